"""Nobody is in two rooms at once, and a day has its limit."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from courses.attendance.models import AttendanceRecord
from courses.attendance.rules import THERE, Mark, presence
from courses.catalogue.rules import hours_text
from courses.classes.models import ClassSession, Enrolment
from courses.classes.rules import overlap


def overlaps_and_long_days(
    session: ClassSession, marks: Mapping[int, tuple[Enrolment, Mark]]
) -> tuple[list[str], list[str]]:
    """Sentences on learners who were elsewhere in the same minutes (a refusal), and on days that are too long (a warning)."""
    there = {pk: (enrolment, mark) for pk, (enrolment, mark) in marks.items() if mark.status in THERE}
    if not there:
        return [], []
    others: dict[int, list[AttendanceRecord]] = {}
    for other in _other_records(session, [enrolment.learner_id for enrolment, _mark in there.values()]):
        others.setdefault(other.enrolment.learner_id, []).append(other)
    refusals, warnings = [], []
    limit = 2 * session.training_class.run_rules.max_hours_a_day
    for enrolment, mark in there.values():
        mine = presence(mark, session.starts_at, session.minutes)
        that_day = session.planned_half_hours
        for other in others.get(enrolment.learner_id, []):
            theirs = presence(other.mark, other.session.starts_at, other.session.minutes)
            values = {"name": enrolment.learner.full_name, "class_no": other.session.training_class.class_no}
            if mine and theirs and overlap(*mine, *theirs):
                refusals.append(_("%(name)s is marked in %(class_no)s for the same minutes.") % values)
            if timezone.localdate(other.session.starts_at) == timezone.localdate(session.starts_at):
                that_day += other.session.planned_half_hours
        if that_day > limit:
            values = {"name": enrolment.learner.full_name, "hours": hours_text(that_day)}
            warnings.append(_("%(name)s: %(hours)s class hours on this day. Please look again.") % values)
    return refusals, warnings


def _other_records(session: ClassSession, learners: list[int]) -> list[AttendanceRecord]:
    return list(
        AttendanceRecord.objects.live()
        .filter(
            enrolment__learner__in=learners,
            status__in=THERE,
            session__starts_at__gt=session.starts_at - timedelta(days=1),
            session__starts_at__lt=session.starts_at + timedelta(days=1),
        )
        .exclude(session=session)
        .exclude(session__state=ClassSession.State.CANCELLED)
        .select_related("enrolment", "session__training_class")
    )
