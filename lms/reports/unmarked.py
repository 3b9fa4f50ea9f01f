"""未点名的课次: sessions that were held and are not fully marked."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.attendance.models import AttendanceRecord, Marking
from courses.classes.models import ClassSession, Enrolment, TrainerAssignment
from courses.people.models import User
from courses.people.permissions import VIEW_CLASSES
from courses.words import listed
from lms.reports.ledger import OPENED
from lms.reports.rules import Period
from lms.reports.scope import Scope
from lms.reports.sight import Sight
from lms.reports.tables import CLASS_PARTS, Column, Count, Kind, Report, Row, Rows


class UnmarkedRegisters(Report):
    """One row for each session of the period that has begun and lacks marks (ATT-3, CLS-7)."""

    code = "unmarked"
    title = _("Unmarked registers")
    description = _(
        "Sessions that have begun and on whose register somebody has no mark yet. Until they are marked, no exam list can be "
        "made and no class be closed. The day of the session decides; days overdue are counted up to today. Responsible is "
        "the trainer of the session, else all trainers of the class."
    )
    unit = _("sessions")
    columns = (
        Column("class_no", _("class")),
        Column("number", _("session"), Kind.NUMBER),
        Column("starts_at", _("begins"), Kind.MOMENT),
        Column("overdue", _("days overdue"), Kind.NUMBER),
        Column("responsible", _("responsible")),
        Column("due", _("expected"), Kind.NUMBER),
        Column("marked", _("marked"), Kind.NUMBER),
        Column("left", _("not marked"), Kind.NUMBER),
        Column("course", _("course")),
        Column("host", _("place")),
        Column("provider", _("school")),
    )
    rights = (VIEW_CLASSES,)

    def usual_period(self, today: date) -> Period:
        return Period(today - timedelta(days=365), today)  # what is overdue does not end with the year

    def objects(self, user: User, scope: Scope, period: Period) -> Sequence[Marking]:
        sessions = (
            scope.sessions(ClassSession.objects.visible_to(user))
            .taking_place()
            .filter(
                Exists(_without_mark()),
                training_class__state__in=OPENED,
                starts_at__gte=period.starts_at,
                starts_at__lt=min(period.ends_before, timezone.now()),
            )
            .select_related("trainer")
            .prefetch_related(*CLASS_PARTS, Prefetch("training_class__assignments", _trainers(), to_attr="trainers"))
            .order_by("starts_at", "training_class__class_no", "number")
        )
        # Who joined only later is due at no earlier session: the one function of attendance has the last word.
        return [one for one in AttendanceRecord.objects.progress_of(sessions) if one.left]

    def counts(self, rows: Rows) -> list[Count]:
        classes = {one.session.training_class_id for one in rows.objects}
        return [
            Count("sessions", _("not fully marked"), str(len(rows)), _("sessions")),
            Count("classes", _("classes"), str(len(classes)), ""),
            Count("marks", _("missing marks"), str(sum(one.left for one in rows.objects)), _("person-times")),
        ]

    def cells(self, objects: list[Any], sight: Sight) -> list[Row]:
        today = timezone.localdate()
        return [
            (
                one.session.training_class.class_no,
                one.session.number,
                one.session.starts_at,
                (today - timezone.localdate(one.session.starts_at)).days,
                _responsible(one.session),
                one.due,
                one.marked,
                one.left,
                one.session.training_class.edition.title,
                one.session.training_class.host.name,
                one.session.training_class.provider.name,
            )
            for one in objects
        ]


def _without_mark() -> Any:
    marks = AttendanceRecord.objects.live().filter(session=OuterRef(OuterRef("pk")), enrolment=OuterRef("pk"))
    return Enrolment.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=OuterRef("starts_at")),
        ~Exists(marks),
        training_class=OuterRef("training_class"),
    )


def _trainers() -> Any:
    return TrainerAssignment.objects.filter(role=TrainerAssignment.Role.TRAINER).select_related("user")


def _responsible(session: Any) -> str:
    people = [session.trainer] if session.trainer else [one.user for one in session.training_class.trainers]
    return listed(one.get_full_name() or one.username for one in people)
