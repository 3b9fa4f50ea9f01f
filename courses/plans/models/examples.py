"""What the trainers teach with: a plan that everybody in the course has seen worked out."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.classes.models import TrainingClass
from courses.people.models import User
from courses.plans.models.plans import Plan


class TeachingExampleQuerySet(models.QuerySet["TeachingExample"]):
    def taught_in(self, training_class: TrainingClass) -> Self:
        """The examples of a class's course with the same workbook: an example is taught again with each class."""
        edition = training_class.edition
        found = self.filter(
            plan__enrolment__training_class__edition__course=edition.course_id, plan__book=edition.workbook
        )
        return found.select_related("by", "plan__enrolment__training_class")


class TeachingExample(models.Model):
    """A plan that a trainer has marked as the worked example of the course: who uses its numbers or sentences has not copied
    from a classmate (4.8). `values` are its texts by path on that day; what is changed later is the learner's own."""

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="example", verbose_name=_("plan"))
    values = models.JSONField(default=dict)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), default=timezone.now)

    objects = TeachingExampleQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("teaching example")
        verbose_name_plural = _("teaching examples")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.plan_id}"
