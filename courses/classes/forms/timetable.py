"""The timetable: many sessions at once, or one."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from courses.classes.models import ClassSession, TrainerAssignment, TrainingClass
from courses.classes.rules import PlannedSession
from courses.people.models import Room, User


class ClassHoursField(forms.DecimalField):
    """Class hours (课时) as people write them, 4 or 3.5; half-hours in Python (ATT-1)."""

    def __init__(self, **kwargs: Any):
        kwargs = {"min_value": Decimal("0.5"), "max_value": 16, "step_size": Decimal("0.5"), **kwargs}
        super().__init__(**kwargs)

    def clean(self, value: Any) -> int | None:
        number = super().clean(value)
        return None if number is None else int(number * 2)

    def prepare_value(self, value: Any) -> Any:
        return Decimal(value) / 2 if isinstance(value, int) else value


class TimesField(forms.CharField):
    """Times of day, separated by blanks or commas: "08:30 14:00"."""

    def clean(self, value: Any) -> list[time]:
        words = str(super().clean(value)).replace("，", " ").replace(",", " ").replace("：", ":").split()
        try:
            return sorted({datetime.strptime(word, "%H:%M").time() for word in words})
        except ValueError:
            raise ValidationError(_("Write times such as 08:30, several with a blank between them.")) from None


class _PlaceAndTrainer(forms.Form):
    room = forms.ModelChoiceField(Room.objects.none(), label=_("room"), required=False)
    trainer = forms.ModelChoiceField(User.objects.none(), label=_("trainer"), required=False)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=300)
    offered_to_all = {
        "room": "rooms of the place and the school of this class",
        "trainer": "the trainers of this class",
    }

    def __init__(self, *args: Any, training_class: TrainingClass, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.training_class = training_class
        places = [training_class.host_id, training_class.provider_id]
        self.fields["room"].queryset = Room.objects.filter(organisation__in=places)
        self.fields["trainer"].queryset = User.objects.filter(
            assignments__training_class=training_class, assignments__role=TrainerAssignment.Role.TRAINER
        )
        self.fields["trainer"].label_from_instance = lambda user: user.get_full_name()
        if training_class.is_approved:
            self.fields["reason"].help_text = _("The timetable has been approved: say why it changes.")
        else:
            del self.fields["reason"]


class PlanSessionsForm(_PlaceAndTrainer):
    """A run of sessions: from a day on, on these weekdays, at these times, until so many are planned."""

    first_day = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On"), coerce=int, choices=list(WEEKDAYS.items()), widget=forms.CheckboxSelectMultiple,
        initial=[0, 1, 2, 3, 4],
    )  # fmt: skip
    times = TimesField(label=_("Begins at"), initial="09:00", help_text=_("Several times a day: 08:30 14:00"))
    count = forms.IntegerField(label=_("How many sessions"), min_value=1, max_value=120, initial=5)
    hours = ClassHoursField(label=_("Class hours each"), initial=8)
    kind = forms.ChoiceField(label=_("kind"), choices=ClassSession.Kind.choices)
    topics = forms.CharField(
        label=_("Topics"), required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One line for each session, in order. May stay empty."),
    )  # fmt: skip
    field_order = ["first_day", "weekdays", "times", "count", "hours", "kind", "topics", "room", "trainer", "reason"]

    def planned(self) -> list[PlannedSession]:
        """The lines that this form means."""
        cleaned = self.cleaned_data
        topics = [line.strip()[:120] for line in cleaned["topics"].splitlines()]
        sessions: list[PlannedSession] = []
        day = cleaned["first_day"]
        while len(sessions) < cleaned["count"]:
            for begins in cleaned["times"] if day.weekday() in cleaned["weekdays"] else []:
                if len(sessions) < cleaned["count"]:
                    number = len(sessions)
                    sessions.append(self._line(datetime.combine(day, begins), topics[number : number + 1]))
            day += timedelta(days=1)
        return sessions

    def _line(self, begins: datetime, topic: list[str]) -> PlannedSession:
        cleaned = self.cleaned_data
        room, trainer = cleaned["room"], cleaned["trainer"]
        return PlannedSession(
            starts_at=timezone.make_aware(begins), kind=cleaned["kind"], planned_half_hours=cleaned["hours"],
            topic="".join(topic), room_id=room.pk if room else None, trainer_id=trainer.pk if trainer else None,
        )  # fmt: skip


class SessionForm(_PlaceAndTrainer):
    """One session that has not begun."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    begins = forms.TimeField(label=_("Begins at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    hours = ClassHoursField(label=_("Class hours"))
    kind = forms.ChoiceField(label=_("kind"), choices=ClassSession.Kind.choices)
    topic = forms.CharField(label=_("topic"), required=False, max_length=120)
    field_order = ["day", "begins", "hours", "kind", "topic", "room", "trainer", "reason"]

    def planned(self) -> PlannedSession:
        cleaned = self.cleaned_data
        begins = timezone.make_aware(datetime.combine(cleaned["day"], cleaned["begins"]))
        room, trainer = cleaned["room"], cleaned["trainer"]
        return PlannedSession(
            starts_at=begins, kind=cleaned["kind"], planned_half_hours=cleaned["hours"], topic=cleaned["topic"],
            room_id=room.pk if room else None, trainer_id=trainer.pk if trainer else None,
        )  # fmt: skip
