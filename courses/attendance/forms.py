"""Forms on registers."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.attendance.rules import Mark
from courses.attendance.views.rows import KEYS, read_mark
from courses.classes.models import ClassSession
from courses.people.models import Room


class InterruptForm(forms.Form):
    """How long a session lasted before it was broken off."""

    held_minutes = forms.IntegerField(label=_("Minutes that were held"), min_value=0, max_value=1440)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=120,
        help_text=_("In neutral words, such as: power cut, lockdown."),
    )


class MakeUpForm(forms.Form):
    """When the lost hours are made up."""

    offered_to_all = {"room": "rooms of the place and the school of this class"}
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    begins = forms.TimeField(label=_("Begins at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    room = forms.ModelChoiceField(Room.objects.none(), label=_("room"), required=False)

    def __init__(self, *args: Any, session: ClassSession, **kwargs: Any):
        super().__init__(*args, **kwargs)
        training_class = session.training_class
        self.fields["room"].queryset = Room.objects.filter(
            organisation__in=[training_class.host_id, training_class.provider_id]
        )

    def starts_at(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["begins"]))


class CorrectionForm(forms.Form):
    """What a mark should be, and why (ATT-5)."""

    status = forms.ChoiceField(
        label=_("What is right"),
        widget=forms.RadioSelect,
        choices=[(status, name) for status, _key, name, _shape in KEYS],
    )
    minutes = forms.CharField(
        label=_("Minutes there"), required=False, max_length=4, help_text=_("Only for late and left early."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, session: ClassSession, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.session = session

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "status" in cleaned:
            mark = read_mark(cleaned["status"], cleaned.get("minutes", ""), self.session)
            if isinstance(mark, Mark):
                cleaned["mark"] = mark
            else:
                self.add_error("minutes", mark)
        return cleaned
