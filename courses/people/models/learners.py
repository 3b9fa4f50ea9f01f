"""One person, one file; where the person is; which category the person belongs to."""

import uuid
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Self, TypeVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.search import index

from courses.people import rules, sealing
from courses.people.models.movements import Movement, tell_movements
from courses.people.models.places import Organisation, OrganisationUnit
from courses.people.models.staff import User
from courses.people.permissions import VIEW_CATEGORIES, VIEW_LEARNERS, organisations_where

Period = TypeVar("Period", bound=models.Model)


class LearnerQuerySet(models.QuerySet["Learner"]):
    def at(self, organisation: Organisation, on: datetime | None = None) -> Self:
        """Learners who stay at an organisation (or below it) at a moment; now by default."""
        moment = on or timezone.now()
        stays = Stay.objects.open(moment).filter(organisation__path__startswith=organisation.path)
        return self.filter(pk__in=stays.values("learner"))

    def visible_to(self, user: User) -> Self:
        """Learners with an open stay where the user may see learners. A class's roster is another door: enrolments."""
        organisations = organisations_where(user, VIEW_LEARNERS)
        return self.filter(pk__in=Stay.objects.open().filter(organisation__in=organisations).values("learner"))

    def with_place(self) -> Self:
        """Brings the open stay along: `learner.place` and `learner.unit` then ask the database nothing more."""
        stays = Stay.objects.filter(until__isnull=True).select_related("organisation", "unit")
        return self.prefetch_related(models.Prefetch("stays", stays, to_attr="open_stays"))

    def matching(self, typed: str) -> Self:
        """Learners found by part of a name, its pinyin or the learner number, or by a whole identity number."""
        text = typed.strip()
        if not text:
            return self
        pinyin = text.replace(" ", "").replace("'", "").lower()
        found = Q(full_name__icontains=rules.comparable_name(text)) | Q(name_pinyin__icontains=pinyin)
        found |= Q(learner_no__startswith=text) | Q(former_names__icontains=text)
        found |= Q(id_hash=sealing.keyed_hash(rules.normalise_id(text)))
        return self.filter(found)

    def with_id(self, typed: str) -> Self:
        """The learner with an identity number, however it was typed (PER-1, PER-3)."""
        return self.filter(id_hash=sealing.keyed_hash(rules.normalise_id(typed)))


class Learner(index.Indexed, models.Model):
    """One person, one file (一人一档)."""

    class IdType(models.TextChoices):
        RESIDENT = "resident", _("resident identity card")
        PERMIT = "permit", _("Hong Kong, Macao or Taiwan permit")
        PASSPORT = "passport", _("passport")
        NONE_YET = "none_yet", _("none yet")

    class IdEvidence(models.TextChoices):
        CARD = "card", _("identity card seen")
        JUDGMENT = "judgment", _("legal document")
        HOUSEHOLD = "household", _("household book")
        UNVERIFIED = "unverified", _("not verified yet")

    class Gender(models.TextChoices):
        MALE = "male", _("male")
        FEMALE = "female", _("female")

    class Literacy(models.IntegerChoices):
        NON_READER = 0, _("does not read")
        WEAK = 1, _("reads with difficulty")
        ADEQUATE = 2, _("reads simple texts")
        FLUENT = 3, _("reads fluently")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner_no = models.CharField(
        _("learner number"),
        max_length=8,
        unique=True,
        validators=[RegexValidator(r"^\d{6,8}$", _("The learner number has 6 to 8 digits."))],
    )
    full_name = models.CharField(pgettext_lazy("of a person", "name"), max_length=50)
    name_pinyin = models.CharField(_("pinyin"), max_length=200, blank=True)
    former_names = models.CharField(_("former names"), max_length=200, blank=True)
    display_name = models.CharField(_("alias on screens"), max_length=20)
    id_type = models.CharField(
        _("kind of identity document"), max_length=10, choices=IdType.choices, default=IdType.RESIDENT
    )
    id_sealed = models.TextField(_("identity number (encrypted)"), blank=True, editable=False)
    id_hash = models.CharField(_("identity number (keyed hash)"), max_length=64, null=True, blank=True, editable=False)
    id_masked = models.CharField(_("identity number"), max_length=24, blank=True, editable=False)
    id_evidence = models.CharField(
        _("identity seen on"), max_length=12, choices=IdEvidence.choices, default=IdEvidence.UNVERIFIED
    )
    gender = models.CharField(_("gender"), max_length=6, choices=Gender.choices)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    literacy = models.PositiveSmallIntegerField(_("reading"), choices=Literacy.choices, default=Literacy.ADEQUATE)
    large_text = models.BooleanField(_("large text"), default=False)
    read_aloud = models.BooleanField(_("read aloud"), default=False)
    registered_at = models.DateTimeField(_("registered at"), default=timezone.now, editable=False)

    objects = LearnerQuerySet.as_manager()
    search_fields = [
        index.SearchField("full_name"),
        index.AutocompleteField("full_name"),
        index.SearchField("name_pinyin"),
        index.AutocompleteField("name_pinyin"),
        index.SearchField("learner_no"),
        index.AutocompleteField("learner_no"),
        index.SearchField("former_names"),
        index.FilterField("id"),
    ]

    class Meta:
        ordering = ["learner_no"]
        verbose_name = _("learner")
        verbose_name_plural = _("learners")
        constraints = [
            models.UniqueConstraint(
                fields=["id_hash"], condition=Q(id_hash__isnull=False), name="people_one_file_per_identity"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_name} {self.learner_no}"

    @property
    def identity_pending(self) -> bool:
        """No verified identity yet (PER-5): may study and sit exams, gets no official-level certificate."""
        return not self.id_hash or self.id_evidence == self.IdEvidence.UNVERIFIED

    @property
    def stay(self) -> "Stay | None":
        """The open stay; see `with_place` for lists."""
        if "open_stays" not in self.__dict__:
            self.open_stays = list(self.stays.filter(until__isnull=True).select_related("organisation", "unit"))
        return self.open_stays[0] if self.open_stays else None

    def id_number(self) -> str:
        """The full identity number. Callers must hold `view_full_id` and write a journal entry (PRV-1)."""
        return sealing.unseal(self.id_sealed) if self.id_sealed else ""


class PeriodQuerySet(models.QuerySet[Period]):
    def open(self, at: datetime | None = None) -> Self:
        """Periods that run at a moment: begun, and not over. An end is exclusive."""
        moment = at or timezone.now()
        return self.filter(Q(until__isnull=True) | Q(until__gt=moment), since__lte=moment)

    def visible_to(self, user: User) -> Self:
        """Periods of learners whom the user may see now: the file goes with the person."""
        return self.filter(learner__in=Learner.objects.visible_to(user))


class StayQuerySet(PeriodQuerySet["Stay"]):
    def leaving(self, user: User) -> Self:
        """Open stays whose expected end the user may know (PRV-3: never a trainer), the next to go first; without a day last."""
        places = organisations_where(user, VIEW_CATEGORIES)
        found = self.filter(until__isnull=True, organisation__in=places).select_related(
            "learner", "organisation", "unit"
        )
        return found.order_by(models.F("expected_release").asc(nulls_last=True), "learner__learner_no")

    def due(self, wanted: rules.Release, today: date) -> Self:
        """Stays of which `rules.release_due` says this today: the same question, asked of the database."""
        notice, prepare = (today + timedelta(days=days) for days in (rules.NOTICE_DAYS, rules.PREPARE_DAYS))
        ranges = {
            rules.Release.CHECK: Q(expected_release__lt=today),
            rules.Release.NOTICE: Q(expected_release__gte=today, expected_release__lte=notice),
            rules.Release.PREPARE: Q(expected_release__gt=notice, expected_release__lte=prepare),
            rules.Release.LATER: Q(expected_release__gt=prepare),
        }
        return self.filter(ranges[wanted])

    def movements(self, places: Collection[int], begin: datetime, end: datetime | None = None) -> list[Movement]:
        """Who came to these places, left them or changed inside them since a moment, newest first: one query.

        A stay at another place counts only as where somebody came from or went to.
        """
        touched = Q(since__gte=begin) | Q(until__gte=begin)
        here = self.filter(touched, organisation__in=places)
        stays = self.filter(touched, learner__in=here.values("learner")).select_related(
            "learner", "organisation", "unit"
        )
        return tell_movements(stays.order_by("learner", "since", "pk"), places, begin, end)


class Stay(models.Model):
    """Where a learner is: exactly one open stay per person (PER-6)."""

    class Reason(models.TextChoices):
        ADMISSION = "admission", _("admission")
        MOVE = "move", _("move inside the organisation")
        TRANSFER_IN = "transfer_in", _("transfer from elsewhere")
        RETURN = "return", _("return")

    learner = models.ForeignKey(Learner, models.PROTECT, related_name="stays", verbose_name=_("learner"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="stays", verbose_name=_("organisation"))
    unit = models.ForeignKey(
        OrganisationUnit, models.PROTECT, null=True, blank=True, related_name="stays", verbose_name=_("unit")
    )
    since = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices, default=Reason.ADMISSION)
    # When the stay is expected to end: only `VIEW_CATEGORIES` sees it (PRV-3); a trainer reads "must finish by".
    expected_release = models.DateField(_("must finish by"), null=True, blank=True)

    objects = StayQuerySet.as_manager()

    class Meta:
        ordering = ["learner", "since"]
        verbose_name = _("stay")
        verbose_name_plural = _("stays")
        constraints = [
            models.UniqueConstraint(fields=["learner"], condition=Q(until__isnull=True), name="people_one_open_stay"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")), name="people_stay_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} @ {self.organisation_id}"


class CategoryPeriod(models.Model):
    """The category of a person for a time; reports use the one of the day of the event (G-7)."""

    class Category(models.TextChoices):
        INMATE = "inmate", _("inmate")
        RELEASED = "released", _("released person")
        COMMUNITY_CORRECTION = "community_correction", _("person in community correction")
        REHAB_RESIDENT = "rehab_resident", _("resident of a rehabilitation centre")
        COMMUNITY_REHAB = "community_rehab", _("person in community rehabilitation")
        LIFTED_HOUSEHOLD = "lifted_household", _("member of a household lifted out of poverty")
        MONITORED_HOUSEHOLD = "monitored_household", _("member of a monitored household")
        RETURNEE = "returnee", _("returned migrant worker")
        RURAL_WORKER = "rural_worker", _("rural worker")
        UNEMPLOYED = "unemployed", _("registered unemployed")
        DISABLED = "disabled", _("person with a disability")
        OTHER = "other", _("other")

    learner = models.ForeignKey(Learner, models.PROTECT, related_name="categories", verbose_name=_("learner"))
    category = models.CharField(_("category"), max_length=24, choices=Category.choices)
    since = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["learner", "since"]
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = [
            models.UniqueConstraint(
                fields=["learner"], condition=Q(until__isnull=True), name="people_one_open_category"
            ),
        ]

    def __str__(self) -> str:
        return self.get_category_display()
