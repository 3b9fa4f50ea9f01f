"""Where things happen: regions, organisations, their units and rooms."""

from typing import TYPE_CHECKING, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from courses.people.permissions import ORGANISATION_PERMISSIONS, organisations_where

if TYPE_CHECKING:
    from courses.people.models.staff import User


class Region(models.Model):
    """An administrative region (GB/T 2260), from province to street."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("province")
        CITY = "city", _("city or prefecture")
        DISTRICT = "district", _("district or county")
        STREET = "street", _("street or town")

    code = models.CharField(_("code"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=60)
    level = models.CharField(_("level"), max_length=8, choices=Level.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )

    class Meta:
        ordering = ["code"]
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def __str__(self) -> str:
        return self.name


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: "User") -> Self:
        """Organisations at which the user holds any right."""
        names = [name for name, _label in ORGANISATION_PERMISSIONS]
        return self.filter(pk__in=organisations_where(user, names).values("pk"))

    def within(self, organisation: "Organisation") -> Self:
        """The organisation and everything below it."""
        return self.filter(path__startswith=organisation.path)


class Organisation(index.Indexed, models.Model):
    """A place or body that takes part: where people are held, who teaches, who supervises, who employs."""

    class Kind(models.TextChoices):
        PRISON = "prison", _("prison")
        JUVENILE = "juvenile", _("juvenile institution")
        REHAB_CENTRE = "rehab_centre", _("compulsory rehabilitation centre")
        COMMUNITY_REHAB = "community_rehab", _("community rehabilitation")
        TRAINING_PROVIDER = "training_provider", _("training provider")
        EMPLOYMENT_SERVICE = "employment_service", _("employment service")
        HR_BUREAU = "hr_bureau", _("human resources bureau")
        JUSTICE_BUREAU = "justice_bureau", _("justice bureau")
        JUSTICE_OFFICE = "justice_office", _("justice office")
        PLACEMENT_BASE = "placement_base", _("placement base")
        WORKSHOP = "workshop", _("employment workshop")
        COLLEGE = "college", _("college")
        EMPLOYER = "employer", _("employer")

    CUSTODIAL = frozenset({Kind.PRISON, Kind.JUVENILE, Kind.REHAB_CENTRE})

    name = models.CharField(_("name"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    code = models.CharField(
        _("organisation code"),
        max_length=6,
        blank=True,
        validators=[RegexValidator(r"^\d{6}$")],
        help_text=_("Six digits; the second part of register numbers"),
    )
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name=_("region"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("supervised by")
    )
    path = models.CharField(max_length=255, editable=False, db_index=True)

    objects = OrganisationQuerySet.as_manager()
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("id"),
        index.FilterField("kind"),
    ]

    class Meta:
        ordering = ["path"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        permissions = ORGANISATION_PERMISSIONS  # type: ignore[assignment]  # lazy texts are meant; the stubs want plain ones
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="people_organisation_code_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_custodial(self) -> bool:
        """Whether the place holds people: its name may then never reach anything public."""
        return self.kind in self.CUSTODIAL


class BelongsToOrganisationQuerySet(models.QuerySet[models.Model]):
    def visible_to(self, user: "User") -> Self:
        """What belongs to an organisation at which the user holds any right."""
        return self.filter(organisation__in=Organisation.objects.visible_to(user))


class OrganisationUnit(models.Model):
    """A ward, brigade or team (监区, 大队, 中队, 队) of an organisation."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="units", verbose_name=_("organisation"))
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    name = models.CharField(_("name"), max_length=40)

    objects = BelongsToOrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "name"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="people_unit_name_once")]

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    """A classroom, workshop or field of an organisation."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="rooms", verbose_name=_("organisation"))
    name = models.CharField(_("name"), max_length=40)
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)

    objects = BelongsToOrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "name"]
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="people_room_name_once")]

    def __str__(self) -> str:
        return self.name
