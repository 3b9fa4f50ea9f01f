"""Marks of two examiners for skill shown by hand."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.classes.models import TrainingClass
from courses.exams.models import Exam, ExamEntry
from courses.people.models import User
from courses.people.permissions import VIEW_RESULTS


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def visible_to(self, user: User) -> Self:
        """Examiners' marks are seen by who may see results, and by who may examine the class."""
        seen = TrainingClass.objects.where(user, VIEW_RESULTS)
        return self.filter(Q(exam__training_class__in=seen) | Q(exam__in=Exam.objects.examined_by(user)))

    def live(self) -> Self:
        """The marks that count: not changed since."""
        return self.filter(superseded_at__isnull=True)


class Assessment(models.Model):
    """One examiner's mark for one learner's practical exam (EXM-4). Corrected by a newer one; the old stays."""

    exam = models.ForeignKey(Exam, models.PROTECT, related_name="assessments", verbose_name=_("exam"))
    entry = models.ForeignKey(ExamEntry, models.PROTECT, related_name="assessments", verbose_name=_("learner"))
    resit = models.BooleanField(_("resit"), default=False)
    examiner = models.ForeignKey(User, models.PROTECT, related_name="assessments", verbose_name=_("examiner"))
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=2)
    assessed_at = models.DateTimeField(_("assessed at"), default=timezone.now)
    typed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("typed by"))
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["exam", "entry", "resit", "examiner"]
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = [
            models.UniqueConstraint(
                fields=["exam", "entry", "resit", "examiner"],
                condition=Q(superseded_at__isnull=True),
                name="practicals_one_live_mark_per_examiner",
            ),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=100), name="practicals_mark_0_to_100"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.score}"
