"""The workbooks of a whole class on paper: one file, made in the background, kept for some days."""

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.classes.models import TrainingClass
from courses.jobs import Job, JobQuerySet
from courses.people.models import User


def private_storage() -> Storage:
    """Where the files lie: outside every public folder."""
    return storages["private"]


class ClassPrintQuerySet(JobQuerySet["ClassPrint"]):
    def newest(self, training_class: TrainingClass) -> "ClassPrint | None":
        """What was asked for last in a class; it replaces all earlier ones."""
        return self.filter(training_class=training_class).select_related("asked_by").order_by("-pk").first()


class ClassPrint(Job):
    """All workbooks of a class in one file, in the order of its roster. Whoever may read these plans may take it (PRV-3).

    `asked` → `working` → `done` → `deleted`; or `failed`. The row stays: it says who had the plans of a class printed, and when.
    """

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("state of a print", "begins in a moment")
        WORKING = "working", pgettext_lazy("state of a print", "is being made")
        DONE = "done", pgettext_lazy("state of a print", "ready")
        FAILED = "failed", pgettext_lazy("state of a print", "not made")
        DELETED = "deleted", pgettext_lazy("state of a print", "file deleted")

    training_class = models.ForeignKey(
        TrainingClass, models.PROTECT, related_name="plan_prints", verbose_name=_("class")
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    books_done = models.PositiveSmallIntegerField(_("workbooks drawn"), default=0)
    books_total = models.PositiveSmallIntegerField(_("workbooks"), default=0)
    pages = models.PositiveIntegerField(pgettext_lazy("of a file", "pages"), default=0)
    file = models.FileField(upload_to="plans", storage=private_storage, blank=True, editable=False)

    objects = ClassPrintQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("print of a class's workbooks")
        verbose_name_plural = _("prints of classes' workbooks")
        indexes = [models.Index(fields=["state", "asked_at"], name="plans_prints_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["training_class"], condition=Q(state__in=["asked", "working"]), name="plans_one_print_in_hand"
            )
        ]

    def __str__(self) -> str:
        return f"{self.training_class_id}: {self.pk}"

    @property
    def file_name(self) -> str:
        """A file name that tells nothing of anybody."""
        return f"plans-{self.training_class_id}-{self.pk}.pdf"
