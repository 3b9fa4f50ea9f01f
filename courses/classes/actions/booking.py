"""Nobody teaches in two places at once, and no room holds two classes (CLS-5)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.classes.models import ClassSession, TrainingClass
from courses.classes.rules import overlap
from courses.people.models import Room, User

Span = tuple[datetime, datetime]
Booking = tuple[Span, int | None, int | None]  # when, room, trainer


def refuse_double_booking(
    training_class: TrainingClass, wanted: Sequence[Booking], *, leaving_out: Iterable[int] = ()
) -> None:
    """Refuse (ValidationError) what overlaps another session of the class, or one in the same room or with the same trainer.

    Locks the rooms and trainers first, so that two timetables entered at once cannot both succeed. Every conflict is named.
    """
    if not wanted:
        return
    rooms = {room for _span, room, _trainer in wanted if room}
    trainers = {trainer for _span, _room, trainer in wanted if trainer}
    list(Room.objects.select_for_update().filter(pk__in=rooms).order_by("pk"))
    list(User.objects.select_for_update().filter(pk__in=trainers).order_by("pk"))
    first = min(start for (start, _end), _room, _trainer in wanted)
    last = max(end for (_start, end), _room, _trainer in wanted)
    others = (
        ClassSession.objects.taking_place()
        .filter(Q(training_class=training_class) | Q(room__in=rooms) | Q(trainer__in=trainers))
        .filter(starts_at__gt=first - timedelta(days=1), starts_at__lt=last)
        .exclude(pk__in=list(leaving_out))
        .select_related("training_class", "room", "trainer")
    )
    taken = list(others)
    conflicts = [
        sentence
        for span, room, trainer in wanted
        for other in taken
        if overlap(*span, *other.span()) and (sentence := _conflict(training_class, room, trainer, other))
    ]
    if conflicts:
        raise ValidationError(conflicts)


def _conflict(training_class: TrainingClass, room: int | None, trainer: int | None, other: ClassSession) -> str:
    """Why a session and another one at the same time exclude each other; empty where they do not."""
    start, end = (timezone.localtime(moment) for moment in other.span())
    values = {
        "when": f"{start:%Y-%m-%d %H:%M}–{end:%H:%M}",
        "class_no": other.training_class.class_no,
        "number": other.number,
    }
    if trainer and other.trainer and other.trainer_id == trainer:
        values["who"] = other.trainer.get_full_name()
        return _("%(who)s teaches %(class_no)s (session %(number)s) then: %(when)s.") % values
    if room and other.room_id == room:
        values["room"] = str(other.room)
        return _("%(room)s is used by %(class_no)s (session %(number)s) then: %(when)s.") % values
    if other.training_class_id == training_class.pk:
        return _("The class has session %(number)s at that time: %(when)s.") % values
    return ""
