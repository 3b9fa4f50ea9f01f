"""Forms of the staff desk."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from courses.people.models import Learner, Organisation, OrganisationUnit, Room, User
from courses.people.permissions import MANAGE_TERMINALS, RESET_PIN, organisations_where
from courses.terminals.models import Terminal

CARDS_AT_ONCE = 60  # each PIN is hashed slowly on purpose


class TerminalForm(forms.Form):
    """A new classroom computer."""

    organisation = forms.ModelChoiceField(Organisation.objects.all(), label=_("Organisation"), empty_label=None)
    room = forms.ModelChoiceField(
        Room.objects.select_related("organisation"),
        label=_("Room"),
        required=False,
        empty_label=_("no room of its own"),
    )
    name = forms.CharField(
        label=_("Name of the computer"), max_length=20, help_text=_("As written on the computer, e.g. T-03"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, for_user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        places = organisations_where(for_user, MANAGE_TERMINALS)
        self.fields["organisation"].queryset = places  # type: ignore[attr-defined]
        self.fields["room"].queryset = self.fields["room"].queryset.filter(organisation__in=places)  # type: ignore[attr-defined]
        first = places.first()
        if first is not None:
            self.fields["organisation"].initial = first.pk
            self.fields["name"].initial = next_name(first)


def next_name(organisation: Organisation) -> str:
    """The number after the highest one in use: T-08 after T-07."""
    names = (
        Terminal.objects.in_use()
        .filter(organisation=organisation, name__regex=r"^T-\d+$")
        .values_list("name", flat=True)
    )
    return f"T-{max((int(name[2:]) for name in names), default=0) + 1:02d}"


class WhoseCardsForm(forms.Form):
    """Which learners the list of cards shows. GET."""

    place = forms.ModelChoiceField(
        Organisation.objects.all(), label=_("Organisation"), required=False, empty_label=_("all")
    )
    unit = forms.ModelChoiceField(
        OrganisationUnit.objects.select_related("organisation"),
        label=_("Ward or team"),
        required=False,
        empty_label=_("all"),
    )
    missing = forms.BooleanField(label=_("only those without a card"), required=False)

    def __init__(self, *args: Any, for_user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        places = organisations_where(for_user, RESET_PIN)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]
        self.fields["unit"].queryset = self.fields["unit"].queryset.filter(organisation__in=places)  # type: ignore[attr-defined]


class CardsForm(forms.Form):
    """The learners who get new cards together. POST."""

    learners = forms.ModelMultipleChoiceField(
        Learner.objects.none(), error_messages={"required": _("Tick the learners who get a card.")}
    )
    with_names = forms.BooleanField(required=False)

    def __init__(self, *args: Any, offered: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["learners"].queryset = offered  # type: ignore[attr-defined]

    def clean_learners(self) -> Any:
        chosen = self.cleaned_data["learners"]
        if len(chosen) > CARDS_AT_ONCE:
            raise ValidationError(_("Make at most %(n)s cards at once.") % {"n": CARDS_AT_ONCE})
        return chosen
