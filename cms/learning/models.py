"""What a learner has opened, finished and answered. Facts about reading: no mark, no hours, no part of any decision."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.catalogue.models import CourseUnit, LessonText
from courses.classes.models import Enrolment, TrainingClass
from courses.people.models import Learner, User


class ReadingQuerySet(models.QuerySet[models.Model]):
    def visible_to(self, user: User) -> Self:
        """Of the learners in the classes whose trainer the user is: nobody else sees answers in detail (PRV-3b)."""
        learners = Enrolment.objects.filter(training_class__in=TrainingClass.objects.led_by(user)).values("learner")
        return self.filter(learner__in=learners)

    def of(self, learner: Learner) -> Self:
        return self.filter(learner=learner)


class LessonVisit(models.Model):
    """A learner's bookmark in one lesson: since when, which screen, finished or not. One row; it only moves on."""

    learner = models.ForeignKey(Learner, models.PROTECT, related_name="visits", verbose_name=_("learner"))
    unit = models.ForeignKey(CourseUnit, models.PROTECT, related_name="visits", verbose_name=_("lesson"))
    screen = models.PositiveSmallIntegerField(_("screen"), default=1)
    opened_at = models.DateTimeField(_("opened at"), default=timezone.now)
    turned_at = models.DateTimeField(_("last turned a page"), default=timezone.now)
    finished_at = models.DateTimeField(pgettext_lazy("of a lesson", "finished at"), null=True, blank=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["learner", "opened_at"]
        verbose_name = _("visit to a lesson")
        verbose_name_plural = _("visits to lessons")
        constraints = [
            models.UniqueConstraint(fields=["learner", "unit"], name="learning_one_bookmark"),
            models.CheckConstraint(condition=Q(screen__gte=1), name="learning_screens_begin_at_one"),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} – {self.unit_id}"


class QuizAnswer(models.Model):
    """One answer to a check-yourself question, with the words as they were. Trying again adds a row; the newest is shown."""

    learner = models.ForeignKey(Learner, models.PROTECT, related_name="quiz_answers", verbose_name=_("learner"))
    unit = models.ForeignKey(CourseUnit, models.PROTECT, related_name="quiz_answers", verbose_name=_("lesson"))
    text = models.ForeignKey(LessonText, models.PROTECT, related_name="+", verbose_name=_("text"))
    question = models.CharField(_("question"), max_length=40)
    chosen = models.JSONField(_("chosen"), default=list)
    is_right = models.BooleanField(_("right"))
    answered_at = models.DateTimeField(_("answered at"), default=timezone.now)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["learner", "unit", "answered_at", "pk"]
        verbose_name = _("answer to a check-yourself question")
        verbose_name_plural = _("answers to check-yourself questions")
        indexes = [models.Index(fields=["learner", "unit"], name="learning_answers_of_lesson")]

    def __str__(self) -> str:
        return f"{self.learner_id} – {self.unit_id}/{self.question}"
