"""Regions, organisations, learners and staff. A learner is never a Django user."""

import uuid
from datetime import date, datetime
from typing import Self

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from courses.people import rules, sealing
from courses.people.permissions import (
    APPOINT,
    ORGANISATION_PERMISSIONS,
    VIEW_LEARNERS,
    Role,
    organisations_where,
    roles_with,
)


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: "User") -> Self:
        """The user and everybody who has, or had, a post where the user may give posts."""
        posts = Post.objects.filter(organisation__in=organisations_where(user, APPOINT))
        return self.filter(Q(pk=user.pk) | Q(pk__in=posts.values("user")))

    def with_right(self, permission: str, organisation: "Organisation", on: date | None = None) -> Self:
        """Active staff whose posts give a right at an organisation: who could be asked to do something there."""
        ids = [int(part) for part in organisation.path.split(".") if part]
        posts = Post.objects.held(on).filter(organisation__in=ids, role__in=roles_with(permission))
        return self.filter(pk__in=posts.values("user"), is_active=True)


class StaffManager(UserManager["User"]):
    """Django's manager of accounts, with our questions."""

    use_in_migrations = False

    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def visible_to(self, user: "User") -> UserQuerySet:
        """See `UserQuerySet.visible_to`."""
        return self.get_queryset().visible_to(user)

    def with_right(self, permission: str, organisation: "Organisation", on: date | None = None) -> UserQuerySet:
        """See `UserQuerySet.with_right`."""
        return self.get_queryset().with_right(permission, organisation, on)


class User(AbstractUser):
    """A member of staff. Rights come from posts; a learner never has an account."""

    expires_on = models.DateField(_("account ends on"), null=True, blank=True)

    objects = StaffManager()

    class Meta(AbstractUser.Meta):
        verbose_name = _("staff account")
        verbose_name_plural = _("staff accounts")

    def get_full_name(self) -> str:
        """Family name first, without a blank, as Chinese names are written."""
        return f"{self.last_name}{self.first_name}" or self.username


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
    def visible_to(self, user: User) -> Self:
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
        permissions = ORGANISATION_PERMISSIONS
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
    def visible_to(self, user: User) -> Self:
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
    full_name = models.CharField(_("name"), max_length=50)
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

    def id_number(self) -> str:
        """The full identity number. Callers must hold `view_full_id` and write a journal entry (PRV-1)."""
        return sealing.unseal(self.id_sealed) if self.id_sealed else ""


class PeriodQuerySet(models.QuerySet[models.Model]):
    def open(self, at: datetime | None = None) -> Self:
        """Periods that run at a moment: begun, and not over. An end is exclusive."""
        moment = at or timezone.now()
        return self.filter(Q(until__isnull=True) | Q(until__gt=moment), since__lte=moment)

    def visible_to(self, user: User) -> Self:
        """Periods of learners whom the user may see now: the file goes with the person."""
        return self.filter(learner__in=Learner.objects.visible_to(user))


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
    expected_release = models.DateField(_("must finish by"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

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

    def __str__(self) -> str:
        return self.get_category_display()


class QualificationQuerySet(models.QuerySet["Qualification"]):
    def visible_to(self, user: User) -> Self:
        """Qualifications of the staff whom the user may see, and one's own."""
        return self.filter(user__in=User.objects.visible_to(user))


class Qualification(models.Model):
    """A trainer's or examiner's qualification with its validity."""

    user = models.ForeignKey(User, models.CASCADE, related_name="qualifications", verbose_name=_("staff account"))
    kind = models.CharField(_("qualification"), max_length=60)
    level = models.CharField(_("level"), max_length=30, blank=True)
    number = models.CharField(_("number"), max_length=40, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = QualificationQuerySet.as_manager()

    class Meta:
        ordering = ["user", "kind"]
        verbose_name = _("qualification")
        verbose_name_plural = _("qualifications")

    def __str__(self) -> str:
        return f"{self.kind} {self.level}".strip()

    def valid_on(self, day: date) -> bool:
        """Whether the qualification holds on a day; no date means no limit."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)


class PostQuerySet(models.QuerySet["Post"]):
    def held(self, on: date | None = None) -> Self:
        """Posts in force on a day; today by default. The last day counts."""
        day = on or timezone.localdate()
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)

    def visible_to(self, user: User) -> Self:
        """One's own posts, and all posts where the user may give them."""
        return self.filter(Q(user=user) | Q(organisation__in=organisations_where(user, APPOINT)))


class Post(models.Model):
    """A user's role at an organisation for a time: the only source of staff rights."""

    user = models.ForeignKey(User, models.PROTECT, related_name="posts", verbose_name=_("staff account"))
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts", verbose_name=_("organisation"))
    since = models.DateField(_("from"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["user", "organisation", "role"]
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "organisation"], condition=Q(until__isnull=True), name="people_one_open_post"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()} – {self.organisation}"


class CountersignQuerySet(models.QuerySet["Countersign"]):
    def waiting(self) -> Self:
        """Not decided yet, oldest first."""
        return self.filter(decision="").order_by("asked_at")

    def waiting_for(self, user: User) -> Self:
        """What this user may decide: holds the right at the organisation and did not ask for it."""
        return self.waiting().filter(self._decidable_by(user)).exclude(asked_by=user)

    def visible_to(self, user: User) -> Self:
        """What the user asked for, decided, or holds the right to decide."""
        return self.filter(Q(asked_by=user) | Q(decided_by=user) | self._decidable_by(user))

    def _decidable_by(self, user: User) -> Q:
        allowed = Q(pk__in=[])
        for permission in self.order_by().values_list("permission", flat=True).distinct():
            allowed |= Q(permission=permission, organisation__in=organisations_where(user, permission))
        return allowed


class Countersign(models.Model):
    """An act that needs a second person: asked by one, decided by another, never by the same.

    How an app uses it. Its verb asks: `people.actions.ask_countersign(act="classes.approve", about=training_class,
    title=…, organisation=…, permission=APPROVE_CLASSES, by=user)`. The list "waits for me" on the home page links to the
    admin URL named `<app>_decide` (here `classes_decide`) with the countersign's number as only argument; the app registers
    it (`register_admin_urls`, `path("classes/decide/<int:pk>/", Decide.as_view(), name="classes_decide")`) with a view of
    its own on `people.viewsets.DecideMixin`, which shows the object and calls the app's own verb; that verb calls
    `people.actions.countersign(request=…, by=…, approve=…, comment=…)` and does the act in the same transaction.
    """

    class Decision(models.TextChoices):
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")

    act = models.CharField(_("act"), max_length=64, help_text=_("The verb that waits, e.g. classes.approve"))
    object_label = models.CharField(max_length=64)
    object_id = models.CharField(max_length=64)
    title = models.CharField(_("what it is about"), max_length=160)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="countersigns", verbose_name=_("organisation")
    )
    permission = models.CharField(_("right that the second person needs"), max_length=40)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    reason = models.TextField(_("reason"), blank=True)
    decision = models.CharField(_("decision"), max_length=8, choices=Decision.choices, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    comment = models.TextField(_("comment"), blank=True)

    objects = CountersignQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        verbose_name = _("second signature")
        verbose_name_plural = _("second signatures")
        constraints = [
            models.UniqueConstraint(
                fields=["act", "object_label", "object_id"],
                condition=Q(decision=""),
                name="people_one_open_countersign",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("asked_by")),
                name="people_second_person_is_another",
            ),
        ]

    def __str__(self) -> str:
        return self.title
