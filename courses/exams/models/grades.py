"""Marks: corrected by newer ones, never edited."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.classes.models import TrainingClass
from courses.exams.models.attempts import Attempt
from courses.exams.models.exams import Exam, ExamEntry
from courses.people.models import User
from courses.people.permissions import VIEW_RESULTS


class GradeQuerySet(models.QuerySet["Grade"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(exam__training_class__in=TrainingClass.objects.where(user, VIEW_RESULTS))

    def live(self) -> Self:
        """The marks that count: not superseded by a correction (EXM-7)."""
        return self.filter(superseded_at__isnull=True)


class Grade(models.Model):
    """A mark of 0 to 100 for one component, first sitting or resit. Corrected by a newer one; the old stays (EXM-7)."""

    class Source(models.TextChoices):
        SCREEN = "screen", _("marked by the computer")
        PAPER = "paper", _("typed from paper")
        PRACTICAL = "practical", _("agreed by the examiners")

    exam = models.ForeignKey(Exam, models.PROTECT, related_name="grades", verbose_name=_("exam"))
    entry = models.ForeignKey(ExamEntry, models.PROTECT, related_name="grades", verbose_name=_("learner"))
    resit = models.BooleanField(_("resit"), default=False)
    absent = models.BooleanField(_("did not come"), default=False)
    score = models.DecimalField(_("mark"), max_digits=5, decimal_places=2, null=True, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Source.choices)
    attempt = models.ForeignKey(Attempt, models.PROTECT, null=True, blank=True, related_name="grades")
    sat_on = models.DateField(_("sat on"))
    graded_at = models.DateTimeField(_("graded at"), default=timezone.now)
    graded_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("examiner")
    )
    released_at = models.DateTimeField(_("released at"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = GradeQuerySet.as_manager()

    class Meta:
        ordering = ["exam", "entry", "resit", "graded_at"]
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        constraints = [
            models.UniqueConstraint(
                fields=["exam", "entry", "resit"], condition=Q(superseded_at__isnull=True), name="exams_one_live_grade"
            ),
            models.CheckConstraint(
                condition=Q(absent=True, score__isnull=True) | Q(absent=False, score__gte=0, score__lte=100),
                name="exams_grade_0_to_100",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.exam_id}: {self.score}"
