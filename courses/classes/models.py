"""Training classes, their timetable and their people."""

from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.search import index

from courses.catalogue.models import Edition, Programme
from courses.catalogue.rules import RunRules
from courses.classes.rules import ApplicationFacts, PlannedSession, minutes_of, missing_elements
from courses.people.models import Learner, Organisation, Room, User
from courses.people.permissions import CLASS_PERMISSIONS, MARK_REGISTERS, VIEW_CLASSES, granted, organisations_where


class TrainingClassQuerySet(models.QuerySet["TrainingClass"]):
    def where(self, user: User, permission: str) -> Self:
        """Classes on which the user holds a right: as provider or host organisation, or by an assignment to the class."""
        if user.is_superuser and user.is_active:
            return self
        organisations = organisations_where(user, permission).values("pk")
        found = Q(provider__in=organisations) | Q(host__in=organisations)
        if permission in CLASS_PERMISSIONS and user.is_authenticated and user.is_active:
            found |= Q(pk__in=granted(user, TrainingClass, [permission]))
        return self.filter(found)

    def visible_to(self, user: User) -> Self:
        return self.where(user, VIEW_CLASSES)

    def running(self, on: date | None = None) -> Self:
        """Classes that run on a day, today by default."""
        day = on or timezone.localdate()
        return self.filter(state=TrainingClass.State.RUNNING, starts_on__lte=day, ends_on__gte=day)

    def not_closed(self, on: date | None = None) -> Self:
        """Classes whose last day is over and that still run."""
        return self.filter(state=TrainingClass.State.RUNNING, ends_on__lt=on or timezone.localdate())

    def led_by(self, user: User) -> Self:
        """Classes to which the user is assigned as a trainer."""
        return self.filter(assignments__user=user, assignments__role=TrainerAssignment.Role.TRAINER).distinct()


class TrainingClass(index.Indexed, models.Model):
    """A group working through one edition at one place (培训班). Two organisations: where it is held and who teaches."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("state of a class", "draft")
        APPLIED = "applied", pgettext_lazy("state of a class", "waiting for approval")
        APPROVED = "approved", pgettext_lazy("state of a class", "approved")
        RUNNING = "running", pgettext_lazy("state of a class", "running")
        CLOSED = "closed", pgettext_lazy("state of a class", "closed")
        CANCELLED = "cancelled", pgettext_lazy("state of a class", "cancelled")

    class_no = models.CharField(_("class number"), max_length=30, unique=True)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="classes", verbose_name=_("course"))
    provider = models.ForeignKey(Organisation, models.PROTECT, related_name="taught_classes", verbose_name=_("school"))
    host = models.ForeignKey(Organisation, models.PROTECT, related_name="hosted_classes", verbose_name=_("place"))
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, verbose_name=_("programme"))
    capacity = models.PositiveSmallIntegerField(_("places"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    run_rules_data = models.JSONField(_("rules of the programme"), default=dict, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)

    objects = TrainingClassQuerySet.as_manager()
    search_fields = [
        index.SearchField("class_no"),
        index.AutocompleteField("class_no"),
        index.FilterField("id"),
        index.FilterField("state"),
    ]

    class Meta:
        ordering = ["-starts_on", "class_no"]
        verbose_name = _("class")
        verbose_name_plural = _("classes")
        permissions = [(name, f"Class: {name}") for name in CLASS_PERMISSIONS]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="classes_ends_after_start"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="classes_has_places"),
        ]

    def __str__(self) -> str:
        return f"{self.class_no} {self.edition.title}"

    @property
    def run_rules(self) -> RunRules:
        """The programme's numbers as they were when the class was drafted."""
        return RunRules.from_json(self.run_rules_data)

    @property
    def is_approved(self) -> bool:
        """Approved, running or closed: from here on changes need reasons (CLS-4)."""
        return self.state in (self.State.APPROVED, self.State.RUNNING, self.State.CLOSED)

    def missing_elements(self) -> list[str]:
        """What the application still lacks, of `rules.ELEMENTS` (CLS-1)."""
        application = self.application
        facts = ApplicationFacts(
            learners=self.enrolments.on_roster().count(),
            trainers=self.assignments.filter(role=TrainerAssignment.Role.TRAINER).count(),
            sessions=self.sessions.taking_place().count(),
            teaching_plan=application.teaching_plan,
            resources=application.resources,
            assessment_plan=application.assessment_plan,
        )
        return missing_elements(facts)


class ClassApplication(models.Model):
    """The application to open a class: five elements that must all be there (CLS-1)."""

    training_class = models.OneToOneField(
        TrainingClass, models.CASCADE, related_name="application", verbose_name=_("class")
    )
    teaching_plan = models.TextField(_("teaching plan"), blank=True)
    resources = models.TextField(_("books and materials"), blank=True)
    assessment_plan = models.TextField(_("assessment plan"), blank=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    # One `rules.plan_line` for each session (CLS-4).
    approved_plan = models.JSONField(_("timetable as approved"), default=list, editable=False)

    class Meta:
        verbose_name = _("application for a class")
        verbose_name_plural = _("applications for classes")

    def __str__(self) -> str:
        return str(self.training_class)


class TimetableChange(models.Model):
    """Why a timetable was changed after its approval (CLS-4). Never edited."""

    training_class = models.ForeignKey(
        TrainingClass, models.CASCADE, related_name="timetable_changes", verbose_name=_("class")
    )
    what = models.CharField(_("what changed"), max_length=200)
    reason = models.TextField(_("reason"))
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("changed by"))

    class Meta:
        ordering = ["training_class", "changed_at"]
        verbose_name = _("change of a timetable")
        verbose_name_plural = _("changes of timetables")

    def __str__(self) -> str:
        return f"{self.training_class_id}: {self.what}"


class TrainerAssignment(models.Model):
    """Who works in a class, and as what: the class's own rights follow from it."""

    class Role(models.TextChoices):
        TRAINER = "trainer", _("trainer")
        EXAMINER = "examiner", _("examiner")
        INVIGILATOR = "invigilator", _("invigilator")
        EXPERT = "expert", _("outside expert")

    training_class = models.ForeignKey(
        TrainingClass, models.CASCADE, related_name="assignments", verbose_name=_("class")
    )
    user = models.ForeignKey(User, models.PROTECT, related_name="assignments", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    since = models.DateTimeField(_("from"), default=timezone.now, editable=False)

    class Meta:
        ordering = ["training_class", "role"]
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(fields=["training_class", "user", "role"], name="classes_assigned_once_per_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()}"


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(training_class__in=TrainingClass.objects.visible_to(user))

    def on_roster(self) -> Self:
        """Those who are, or were to the end, part of the class: neither transferred, released nor withdrawn."""
        return self.filter(state__in=[Enrolment.State.ACTIVE, Enrolment.State.SUSPENDED, Enrolment.State.COMPLETED]) | (
            self.filter(state=Enrolment.State.INCOMPLETE, end_reason=Enrolment.EndReason.HOURS_SHORT)
        )

    def active(self) -> Self:
        return self.filter(state=Enrolment.State.ACTIVE)

    def due_at(self, session: "ClassSession") -> Self:
        """Enrolments that belong on the register of a session: begun by then and not ended before it."""
        return self.filter(
            Q(ended_at__isnull=True) | Q(ended_at__gt=session.starts_at),
            training_class=session.training_class_id,
            enrolled_at__lte=session.ends_at,
        )


class Enrolment(models.Model):
    """A learner in a class. Completed (结业) means the hours are met; the exam's result stands elsewhere."""

    class State(models.TextChoices):
        ACTIVE = "active", pgettext_lazy("state of an enrolment", "active")
        SUSPENDED = "suspended", pgettext_lazy("state of an enrolment", "suspended")
        COMPLETED = "completed", pgettext_lazy("state of an enrolment", "completed")
        INCOMPLETE = "incomplete", pgettext_lazy("state of an enrolment", "not completed")

    class EndReason(models.TextChoices):
        TRANSFERRED = "transferred", _("transferred")
        RELEASED = "released", _("released")
        MEDICAL = "medical", _("medical")
        DISCIPLINARY = "disciplinary", _("other duty")
        WITHDREW = "withdrew", _("withdrew")
        HOURS_SHORT = "hours_short", _("hours not met")
        OTHER = "other", _("other")

    training_class = models.ForeignKey(
        TrainingClass, models.PROTECT, related_name="enrolments", verbose_name=_("class")
    )
    learner = models.ForeignKey(Learner, models.PROTECT, related_name="enrolments", verbose_name=_("learner"))
    roster_no = models.PositiveSmallIntegerField(_("number on the roster"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ACTIVE)
    end_reason = models.CharField(_("reason of the end"), max_length=12, choices=EndReason.choices, blank=True)
    override_reason = models.TextField(_("reason of an exception"), blank=True)
    enrolled_at = models.DateTimeField(_("in the class since"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["training_class", "roster_no"]
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [
            models.UniqueConstraint(fields=["training_class", "learner"], name="classes_enrolled_once"),
            models.UniqueConstraint(fields=["training_class", "roster_no"], name="classes_roster_no_once"),
            models.CheckConstraint(
                condition=(Q(state="incomplete") & ~Q(end_reason="")) | (~Q(state="incomplete") & Q(end_reason="")),
                name="classes_incomplete_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner} – {self.training_class_id}"


class WaitingEntry(models.Model):
    """A learner on the waiting list (候补) of a full class, in the order of asking (CLS-2)."""

    training_class = models.ForeignKey(TrainingClass, models.CASCADE, related_name="waiting", verbose_name=_("class"))
    learner = models.ForeignKey(Learner, models.PROTECT, related_name="+", verbose_name=_("learner"))
    since = models.DateTimeField(_("from"), default=timezone.now)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("asked by"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        ordering = ["training_class", "since", "pk"]
        verbose_name = _("place on the waiting list")
        verbose_name_plural = _("waiting list")
        constraints = [
            models.UniqueConstraint(
                fields=["training_class", "learner"], condition=Q(ended_at__isnull=True), name="classes_waits_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} – {self.training_class_id}"


class HoursCredit(models.Model):
    """Hours earned elsewhere that count here (XFR-1): source and reason are kept."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="credits", verbose_name=_("enrolment"))
    source = models.ForeignKey(Enrolment, models.PROTECT, null=True, blank=True, related_name="credited_to")
    theory_half_hours = models.PositiveIntegerField(_("theory (half-hours)"), default=0)
    practice_half_hours = models.PositiveIntegerField(_("practice (half-hours)"), default=0)
    reason = models.TextField(_("reason"))
    credited_at = models.DateTimeField(_("credited at"), default=timezone.now)
    credited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("credited hours")
        verbose_name_plural = _("credited hours")

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.theory_half_hours}+{self.practice_half_hours}"


class ClassSessionQuerySet(models.QuerySet["ClassSession"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(training_class__in=TrainingClass.objects.visible_to(user))

    def markable_by(self, user: User) -> Self:
        """Sessions whose register the user may mark: the other form of `attendance.permissions.can_mark`."""
        return self.filter(training_class__in=TrainingClass.objects.where(user, MARK_REGISTERS))

    def with_right_to_mark(self, user: User) -> Self:
        """Each with `markable`: whether it is one of `markable_by(user)`, in the same statement."""
        classes = TrainingClass.objects.where(user, MARK_REGISTERS).filter(pk=models.OuterRef("training_class"))
        return self.annotate(markable=models.Exists(classes))

    def held(self, at: datetime | None = None) -> Self:
        """Sessions that have begun and were not cancelled."""
        return self.exclude(state=ClassSession.State.CANCELLED).filter(starts_at__lte=at or timezone.now())

    def taking_place(self) -> Self:
        """Sessions that were not cancelled, in classes that were not cancelled."""
        return self.exclude(state=ClassSession.State.CANCELLED).exclude(
            training_class__state=TrainingClass.State.CANCELLED
        )

    def on(self, day: date) -> Self:
        return self.filter(starts_at__date=day)


class ClassSession(models.Model):
    """One lesson in the timetable (课次). Hours are planned half-hours of 45-minute class hours (ATT-1)."""

    class Kind(models.TextChoices):
        THEORY = "theory", _("theory")
        PRACTICE = "practice", _("practice")

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("state of a session", "planned")
        INTERRUPTED = "interrupted", pgettext_lazy("state of a session", "interrupted")
        CANCELLED = "cancelled", pgettext_lazy("state of a session", "cancelled")

    training_class = models.ForeignKey(TrainingClass, models.CASCADE, related_name="sessions", verbose_name=_("class"))
    number = models.PositiveSmallIntegerField(_("session"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    starts_at = models.DateTimeField(_("begins"))
    planned_half_hours = models.PositiveSmallIntegerField(_("planned hours (half-hours)"))
    topic = models.CharField(_("topic"), max_length=120, blank=True)
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("room")
    )
    trainer = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("trainer")
    )
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.PLANNED)
    held_minutes = models.PositiveSmallIntegerField(
        _("minutes held"), null=True, blank=True, help_text=_("Only where interrupted")
    )
    interruption_reason = models.CharField(_("why it was interrupted"), max_length=120, blank=True)
    makes_up = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="make_up", verbose_name=_("makes up for")
    )

    objects = ClassSessionQuerySet.as_manager()

    class Meta:
        ordering = ["training_class", "starts_at"]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        indexes = [models.Index(fields=["starts_at"], name="classes_sessions_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["training_class", "number"], name="classes_session_number_once"),
            models.CheckConstraint(condition=Q(planned_half_hours__gte=1), name="classes_session_has_hours"),
        ]

    def __str__(self) -> str:
        return f"{self.training_class.class_no} – {self.number}"

    @property
    def planned_minutes(self) -> int:
        """Minutes of 45 to the class hour, rounded up for half a class hour of 22.5 minutes."""
        return minutes_of(self.planned_half_hours)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.planned_minutes)

    @property
    def minutes(self) -> int:
        """Minutes that were held, where the session was interrupted; else the planned ones."""
        held = self.held_minutes if self.state == self.State.INTERRUPTED else None
        return self.planned_minutes if held is None else held

    @property
    def held_until(self) -> datetime:
        """When it is over: after the minutes that were held, where it was interrupted; else as planned."""
        return self.starts_at + timedelta(minutes=self.minutes)

    def span(self) -> tuple[datetime, datetime]:
        """From when to when it is planned."""
        return self.starts_at, self.ends_at

    def planned(self) -> PlannedSession:
        """The session as a line of a timetable."""
        return PlannedSession(
            self.starts_at, self.kind, self.planned_half_hours, self.topic, self.room_id, self.trainer_id
        )

    @property
    def half_hours_to_make_up(self) -> int:
        """What an interruption took away: planned less held, in half-hours (ATT-2)."""
        if self.state != self.State.INTERRUPTED:
            return 0
        return self.planned_half_hours - min(self.planned_half_hours, (self.held_minutes or 0) * 2 // 45)
