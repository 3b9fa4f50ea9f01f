"""What law and place set (tax, wages, years of use): data with region, day and source, never numbers in code."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from courses.people.models import Organisation, Region, User
from courses.people.permissions import SET_LOCAL_VALUES, organisations_where
from courses.plans.rules.local import TAX_STEPS

# What the values of `rules.local.LOCAL_CODES` are called.
LOCAL_LABELS: dict[str, str | Promise] = {
    "vat_rate": _("rate of value-added tax"),
    "vat_exempt_below": _("no value-added tax up to sales a month of"),
    "minimum_wage": _("minimum wage a month"),
    "reserve_months": _("months that money must last at the start"),
    "highest_loan_rate": _("highest interest that a loan should ask a year"),
    "life_building": _("years of use: building"),
    "life_machinery": _("years of use: machine"),
    "life_tools": _("years of use: tool or furniture"),
    "life_vehicle": _("years of use: vehicle"),
    "life_electronics": _("years of use: electronic device"),
    "life_fit_out": _("years of use: fitting-out of the shop"),
    "life_land": _("years of use: land"),
    "insurance_pension": _("employer's pension insurance"),
    "insurance_medical": _("employer's medical insurance"),
    "insurance_unemployment": _("employer's unemployment insurance"),
    "insurance_injury": _("employer's injury insurance"),
    "insurance_floor": _("lowest pay for social insurance a month"),
    "income_tax_rate_1": _("income tax, step 1: rate"),
    **{
        f"income_tax_{what}_{step}": format_lazy(words, step=step)
        for step in TAX_STEPS[1:]
        for what, words in (
            ("from", _("income tax, step {step}: from a profit a year of")),
            ("rate", _("income tax, step {step}: rate")),
        )
    },
}
# What counts while a value is missing.
MISSING_LIFE = _("Not set here: each plan asks for the years of use of its own things.")
MISSING: dict[str, str | Promise] = {
    "vat_rate": _("Not set here: plans count no value-added tax."),
    "vat_exempt_below": _("Not set here: value-added tax counts from the first yuan on."),
    "minimum_wage": _("Not set here: pay is not compared with a minimum wage."),
    "highest_loan_rate": _("Not set here: no interest is called high."),
    "reserve_months": _("Not set here: the money needed at the start counts no month without sales."),
    "insurance_floor": _("Not set here: social insurance is reckoned from the pay itself."),
}
MISSING_TAX = _("Not set here: plans estimate no income tax for this step.")
MISSING_INSURANCE = _("Not set here: this insurance is not reckoned.")


def missing_sentence(code: str) -> str:
    """What counts while the value of a code is missing, in one sentence."""
    if code.startswith("life_"):
        return str(MISSING_LIFE)
    if code.startswith("income_tax_"):
        return str(MISSING_TAX)
    return str(MISSING.get(code, MISSING_INSURANCE))


def missing_values(known: Collection[str]) -> dict[str, str]:
    """The codes that are not among those known, each with what counts instead: for the page of a plan (`Plan.values`)."""
    return {code: missing_sentence(code) for code in LOCAL_LABELS if code not in known}


class LocalValueQuerySet(models.QuerySet["LocalValue"]):
    def on(self, day: date) -> Self:
        """What has begun to hold by a day."""
        return self.filter(valid_from__lte=day)

    def settable_by(self, user: User) -> Self:
        """The values of the regions for which the user may set them: the other form of `permissions.may_set_values`."""
        places = organisations_where(user, SET_LOCAL_VALUES)
        regions = regions_below(places.filter(region__isnull=False).values_list("region", flat=True))
        found = Q(region__in=regions)
        if places.filter(parent__isnull=True).exists():
            found |= Q(region__isnull=True)
        return self.filter(found)


class LocalValue(models.Model):
    """One value of one region from a day on, with where it is written. A region without one has that of the region above;
    no region: the whole country. Never edited: a new value has a new day."""

    code = models.CharField(_("value of"), max_length=40, choices=list(LOCAL_LABELS.items()))
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region"),
        help_text=_("Empty: the whole country."),
    )  # fmt: skip
    value = models.DecimalField(_("value"), max_digits=11, decimal_places=2)
    valid_from = models.DateField(_("valid from"))
    source = models.CharField(_("source"), max_length=200, help_text=_("The document in which it is written."))

    objects = LocalValueQuerySet.as_manager()

    class Meta:
        ordering = ["code", "region", "-valid_from"]
        verbose_name = _("local value")
        verbose_name_plural = _("local values")
        constraints = [
            models.UniqueConstraint(fields=["code", "region", "valid_from"], name="plans_local_value_once"),
            models.UniqueConstraint(
                fields=["code", "valid_from"], condition=Q(region__isnull=True), name="plans_country_value_once"
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="plans_local_value_from_0"),
        ]

    def __str__(self) -> str:
        return f"{LOCAL_LABELS.get(self.code, self.code)}: {self.value}"


def region_of(organisation: Organisation) -> Region | None:
    """Where an organisation is: its own region, else that of the nearest organisation above it which has one."""
    ids = [int(part) for part in organisation.path.split(".") if part]
    above = {one.pk: one for one in Organisation.objects.filter(pk__in=ids).select_related("region")}
    return next((above[pk].region for pk in reversed(ids) if pk in above and above[pk].region_id), None)


def regions_above(region: Region | None) -> list[int]:
    """A region and those that it is part of, the nearest first."""
    found: list[int] = []
    while region is not None and region.pk not in found:
        found.append(region.pk)
        region = region.parent
    return found


def regions_below(numbers: Iterable[int]) -> set[int]:
    """The regions with these numbers and all that are part of them."""
    found: set[int] = set()
    newest = set(numbers)
    while newest:
        found |= newest
        newest = set(Region.objects.filter(parent__in=newest).values_list("pk", flat=True)) - found
    return found


def nearest_values(organisation: Organisation, day: date) -> dict[str, LocalValue]:
    """The values that hold at a place on a day, by code: of the nearest region upwards, then of the whole country; there the
    newest that has begun. A code that nobody has set is left out."""
    order = regions_above(region_of(organisation))
    rows = LocalValue.objects.on(day).filter(Q(region__in=order) | Q(region__isnull=True)).select_related("region")

    def nearness(row: LocalValue) -> tuple[int, int]:
        return (order.index(row.region_id) if row.region_id else len(order), -row.valid_from.toordinal())

    found: dict[str, LocalValue] = {}
    for row in sorted(rows, key=nearness):
        found.setdefault(row.code, row)
    return found
