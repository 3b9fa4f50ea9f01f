"""The server's sign of life: it shows outages, and clocks that cannot be right. It never decides a deadline (EXM-5)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from courses.exams.actions.incidents import note_down
from courses.exams.models import Attempt, Heartbeat, Incident, Outage, Pause, Sitting
from courses.exams.rules import clock

EVERY = timedelta(seconds=5)
CLOCK_REASON = gettext_noop("The server's clock has jumped. Check the time, then let the room go on.")


class Process:
    """What this process remembers: when it began, and when it last wrote the heartbeat."""

    started_at = timezone.now()
    pulsed_at: datetime | None = None


def arrival(at: datetime | None) -> datetime:
    """The moment at which a request arrived: now, which is also a sign of life; or a moment that the caller names."""
    if at is not None:
        return at
    now = timezone.now()
    pulse(now)
    return now


def pulse(at: datetime) -> None:
    """Note that the web server runs: at most every five seconds per process; otherwise no query.

    A silence that an earlier process left behind becomes an Outage, which the invigilator may give back. A clock that
    cannot be right pauses the rooms (see `guard_clock`).
    """
    last = Process.pulsed_at
    if last is not None and timedelta(0) <= at - last < EVERY:
        return
    with transaction.atomic():
        beat, created = Heartbeat.objects.select_for_update().get_or_create(pk=1, defaults={"at": at})
        if not created:
            guard_clock(at, beat)
            away = clock.outage(last=beat.at, now=at, process_started=Process.started_at)
            if away and away.until and Attempt.objects.cut_off_at(away.since).exists():
                Outage.objects.create(since=away.since, until=away.until)
            beat.at = at
            beat.save(update_fields=["at"])
    Process.pulsed_at = at


def guard_clock(at: datetime, beat: Heartbeat | None = None) -> None:
    """Pause every room with open papers when the clock cannot be right: earlier than it was, or half a day ahead.

    The pause begins at the last moment at which the clock was right, so that nobody's time runs by a wrong clock.
    """
    beat = beat or Heartbeat.objects.filter(pk=1).first()
    if beat is None or not clock.clock_jumped(last=beat.at, now=at):
        return
    with transaction.atomic():
        running = Sitting.objects.select_for_update(of=("self",)).open().filter(attempts__in=Attempt.objects.open())
        for pk in set(running.values_list("pk", flat=True)):
            pause, created = Pause.objects.get_or_create(
                sitting_id=pk, until=None, defaults={"since": beat.at, "reason": CLOCK_REASON}
            )
            if created:
                note_down(pause.sitting, Incident.Kind.PAUSE, by=None, at=at, reason=CLOCK_REASON)
