"""Exports: who took which table out of the house, and how far a long one has got."""

from typing import Self

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.catalogue.models import Programme
from courses.classes.models import TrainingClass
from courses.jobs import Job, JobQuerySet
from courses.people.models import CategoryPeriod, Countersign, Organisation, Region, User
from lms.reports.rules import Period
from lms.reports.scope import Scope


def private_storage() -> Storage:
    """Where finished files lie: outside every public folder."""
    return storages["private"]


class ReportExportQuerySet(JobQuerySet["ReportExport"]):
    def visible_to(self, user: User) -> Self:
        """One's own, and those that one signed or may sign."""
        signable = Countersign.objects.filter(object_label=ReportExport._meta.label_lower).visible_to(user)
        return self.filter(Q(asked_by=user) | Q(countersign__in=signable.values("pk")))

    def in_hand(self) -> Self:
        """Neither finished nor given up; one that waits for its second person is."""
        return super().in_hand() | self.filter(state=ReportExport.State.WAITING)


class ReportExport(Job):
    """One table taken out: printed, or as a file that is made in the background, kept for some days and deleted then.

    The row stays: it is the record of the export. `waiting` → `asked` → `working` → `done` → `deleted`; or `failed`, `refused`.
    """

    class Format(models.TextChoices):
        XLSX = "xlsx", "XLSX"
        CSV = "csv", "CSV"
        PRINT = "print", _("on paper")

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for a second person")
        ASKED = "asked", _("begins in a moment")
        WORKING = "working", _("is being made")
        DONE = "done", _("done")
        FAILED = "failed", _("not made")
        REFUSED = "refused", _("not signed")
        DELETED = "deleted", _("file deleted")

    report = models.CharField(_("report"), max_length=40)
    first = models.DateField(_("from"))
    last = models.DateField(_("until"))
    scope_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region")
    )
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("programme")
    )
    training_class = models.ForeignKey(
        TrainingClass, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("class")
    )
    category = models.CharField(_("category"), max_length=24, blank=True, choices=CategoryPeriod.Category.choices)
    file_format = models.CharField(_("format"), max_length=5, choices=Format.choices)
    language = models.CharField(max_length=10, default="zh-hans", editable=False)
    full_ids = models.BooleanField(_("with full identity numbers"), default=False)
    reason = models.TextField(_("reason"), blank=True)
    countersign = models.OneToOneField(
        Countersign, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("second signature")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("journal of")
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    rows_done = models.PositiveIntegerField(_("rows written"), default=0)
    rows_total = models.PositiveIntegerField(_("rows"), default=0)
    file = models.FileField(upload_to="exports", storage=private_storage, blank=True, editable=False)

    objects = ReportExportQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        indexes = [models.Index(fields=["state", "asked_at"], name="reports_exports_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(full_ids=False) | ~Q(reason=""), name="reports_full_identity_has_reason"
            ),
            models.CheckConstraint(condition=Q(last__gte=models.F("first")), name="reports_period_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.first}–{self.last}"

    @property
    def scope(self) -> Scope:
        return Scope(self.scope_organisation, self.region, self.programme, self.category, self.training_class)

    @property
    def period(self) -> Period:
        return Period(self.first, self.last)

    @property
    def file_name(self) -> str:
        """Without blanks and Chinese characters: some old systems lose them."""
        return f"{self.report}-{self.first:%Y%m%d}-{self.last:%Y%m%d}-{self.pk}.{self.file_format}"
