"""Writing down what happened in the room; used by the other verbs, inside their transactions."""

from datetime import datetime

from courses.exams.models import Attempt, Incident, Outage, Pause, Sitting
from courses.people.models import User


def note_down(
    sitting: Sitting, kind: str, *, by: User | None, at: datetime, reason: str = "", attempt: Attempt | None = None,
    seconds: int = 0, press: str = "", outage: Outage | None = None,
) -> Incident:  # fmt: skip
    """Add a line to the sitting's log."""
    return Incident.objects.create(
        sitting=sitting, kind=kind, by=by, at=at, reason=reason.strip(), attempt=attempt, seconds=seconds, press=press,
        outage=outage,
    )  # fmt: skip


def pressed_before(sitting: Sitting, press: str) -> Incident | None:
    """What this press of a button did already. Pages send a fresh `press` with each form, and the same one again if the reply is lost."""
    return Incident.objects.filter(sitting=sitting, press=press).first() if press else None


def end_pause(sitting: Sitting, at: datetime) -> Pause | None:
    """End the sitting's open pause, never before it began; None where there is none."""
    pause = Pause.objects.select_for_update().filter(sitting=sitting, until__isnull=True).first()
    if pause:
        pause.until = max(pause.since, at)
        pause.save(update_fields=["until"])
    return pause
