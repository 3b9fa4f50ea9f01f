"""A target, every change of it, and the readings that were taken of it."""

from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from courses.catalogue.models import Programme
from courses.people.models import CategoryPeriod, Organisation, Region, User
from courses.people.permissions import organisations_where
from lms.reports import measures
from lms.reports.rules import Period
from lms.reports.scope import Scope
from lms.targets import rules
from lms.targets.permissions import VIEW_TARGETS


class TargetQuerySet(models.QuerySet["Target"]):
    def visible_to(self, user: User) -> Self:
        """The targets of the organisations for which the user answers, and below them."""
        return self.filter(organisation__in=organisations_where(user, VIEW_TARGETS).values("pk"))

    def standing(self) -> Self:
        """Not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def same_as(self, target: "Target") -> Self:
        """Those of the same owner that say the same in everything."""
        return self.filter(**{name: getattr(target, name) for name in ("owner", *target.FACTS)})

    def of_year(self, year: int) -> Self:
        """Those whose period touches a calendar year."""
        return self.filter(first__lte=date(year, 12, 31), last__gte=date(year, 1, 1))

    def usual_day(self, today: date) -> date:
        """The day on which they are looked at: today, or, where all are over, the last day of the last."""
        newest = self.filter(first__lte=today).aggregate(day=models.Max("last"))["day"]
        return min(today, newest) if newest else today

    def with_scope(self) -> Self:
        """Brings along what the scope and the words for it need."""
        return self.select_related("organisation", "owner", "region", "programme", "parent")


class Target(models.Model):
    """What is to be reached (目标任务): how much of which measure, by whom, with which people, in which time (TGT-1).

    `organisation` is the one whose classes count, itself and everything below; `owner` the one that set it.
    """

    class Direction(models.TextChoices):
        AT_LEAST = rules.Direction.AT_LEAST, _("at least (≥)")
        AT_MOST = rules.Direction.AT_MOST, _("at most (≤)")
        BELOW = rules.Direction.BELOW, _("less than (<)")

    class Unit(models.TextChoices):
        PERSONS = measures.PERSONS, pgettext_lazy("unit", "persons")
        PERSON_TIMES = measures.PERSON_TIMES, pgettext_lazy("unit", "person-times")
        DOCUMENTS = measures.DOCUMENTS, pgettext_lazy("unit", "documents")
        PERCENT = measures.PERCENT, _("per cent (%)")

    SIGNS = {Direction.AT_LEAST: "≥", Direction.AT_MOST: "≤", Direction.BELOW: "<"}
    # What `actions` may set and change, in the order of the form and of the history.
    FACTS = (
        "title", "organisation", "region", "programme", "category", "measure", "unit", "direction", "value", "first",
        "last", "parent", "source", "stated_done", "stated_rate", "note",
    )  # fmt: skip

    title = models.CharField(_("target"), max_length=80)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="targets_set", verbose_name=_("set by"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="targets", verbose_name=_("organisation")
    )
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region")
    )
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("programme")
    )
    category = models.CharField(
        _("category of people"), max_length=24, blank=True, choices=CategoryPeriod.Category.choices
    )
    measure = models.CharField(_("what is counted"), max_length=40)
    unit = models.CharField(_("unit"), max_length=12, choices=Unit.choices)
    direction = models.CharField(_("direction"), max_length=10, choices=Direction.choices, default=Direction.AT_LEAST)
    value = models.DecimalField(_("target value"), max_digits=12, decimal_places=2)
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of the target")
    )
    source = models.CharField(_("where it is written"), max_length=200, blank=True)
    stated_done = models.PositiveIntegerField(_("stated there: done"), null=True, blank=True)
    stated_rate = models.DecimalField(
        _("stated there: completion (%)"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    note = models.TextField(_("note"), blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering = ["first", "pk"]
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [
            models.CheckConstraint(condition=Q(value__gt=0), name="targets_more_than_nothing"),
            models.CheckConstraint(condition=~Q(unit=""), name="targets_have_a_unit"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="targets_end_after_start"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def counted(self) -> measures.Measure:
        """The measure that it names."""
        found = measures.measure(self.measure)
        if found is None:
            raise LookupError(f"No measure {self.measure!r} for target {self.pk}.")
        return found

    @property
    def scope(self) -> Scope:
        """Whose events count."""
        return Scope(
            organisation=self.organisation, region=self.region, programme=self.programme, category=self.category
        )

    def period(self, as_of: date) -> Period | None:
        """From its first day to a day, but not beyond its last; None before it begins."""
        return Period(self.first, min(self.last, as_of)) if as_of >= self.first else None

    @property
    def goal(self) -> str:
        """The value with its sign where it is not the usual one: "450", "< 2"."""
        text = rules.number_text(self.value)
        if self.direction == self.Direction.AT_LEAST and self.unit != self.Unit.PERCENT:
            return text
        return f"{self.SIGNS[self.Direction(self.direction)]} {text}"

    @property
    def people(self) -> str:
        """Whom it counts, in words: region, programme and category, or everybody."""
        parts = [str(self.region or ""), str(self.programme or ""), self.get_category_display()]
        return " · ".join(part for part in parts if part) or gettext("all learners")

    @property
    def mismatch(self) -> rules.Mismatch | None:
        """Whether the figures of its source contradict one another (Z-1)."""
        if self.stated_done is None or self.stated_rate is None:
            return None
        return rules.check_stated(self.value, self.stated_done, self.stated_rate)

    def as_facts(self) -> dict[str, Any]:
        """What it says, as plain values: for its history and for a submission."""
        plain = {
            name: getattr(self, f"{name}_id" if self._meta.get_field(name).is_relation else name) for name in self.FACTS
        }
        return {
            name: value if value is None or isinstance(value, int | str) else str(value)
            for name, value in plain.items()
        }


class OfTargetQuerySet(models.QuerySet[models.Model]):
    def visible_to(self, user: User) -> Self:
        return self.filter(target__in=Target.objects.visible_to(user).values("pk"))


class TargetChange(models.Model):
    """What a target said before it was changed or withdrawn, who changed it and why. Never edited."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="changes", verbose_name=_("target"))
    before = models.JSONField(_("before"))
    after = models.JSONField(_("after"))
    reason = models.TextField(_("reason"))
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("changed by"))

    objects = OfTargetQuerySet.as_manager()

    class Meta:
        ordering = ["target", "-changed_at", "-pk"]
        verbose_name = _("change of a target")
        verbose_name_plural = _("changes of targets")

    def __str__(self) -> str:
        return f"{self.target_id} {timezone.localtime(self.changed_at):%Y-%m-%d}"

    def differences(self) -> list[tuple[str, str, str]]:
        """What was changed, in words: the field's name, before and after."""
        if "withdrawn" in self.after:
            return [(str(_field("withdrawn_at").verbose_name), "", "")]
        return [
            (
                str(_field(name).verbose_name),
                _in_words(name, before),
                _in_words(name, self.after.get(name)),
            )
            for name, before in self.before.items()
            if before != self.after.get(name)
        ]


def _field(name: str) -> "models.Field[Any, Any]":
    found = Target._meta.get_field(name)
    if not isinstance(found, models.Field):
        raise LookupError(name)
    return found


def _in_words(name: str, value: Any) -> str:
    """A stored value of a target as people read it."""
    field = _field(name)
    if value in (None, ""):
        return rules.NOTHING
    if field.is_relation and isinstance(field.related_model, type):
        return str(field.related_model._base_manager.filter(pk=value).first() or rules.NOTHING)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DecimalField):
        return rules.number_text(Decimal(value))
    return str(value)


class Reading(models.Model):
    """What a target's measure gave for a day, and when that was looked up. Never edited: a new look is a new reading."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="readings", verbose_name=_("target"))
    as_of = models.DateField(_("as of"))
    taken_at = models.DateTimeField(_("taken at"), default=timezone.now)
    numerator = models.PositiveIntegerField(_("counted"))
    denominator = models.PositiveIntegerField(_("out of"), null=True, blank=True)

    objects = OfTargetQuerySet.as_manager()

    class Meta:
        ordering = ["target", "-as_of", "-taken_at"]
        verbose_name = _("reading of a target")
        verbose_name_plural = _("readings of targets")
        indexes = [models.Index(fields=["target", "as_of"], name="targets_reading_by_day")]

    def __str__(self) -> str:
        return f"{self.target_id} {self.as_of}: {self.numerator}"
