"""Forms on organisations, units and rooms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.people.models import Organisation, Region


class OrganisationForm(forms.Form):
    """Name, kind, code and region."""

    name = forms.CharField(label=pgettext_lazy("of a place", "Name"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), choices=Organisation.Kind.choices)
    code = forms.CharField(
        label=_("Organisation code"),
        max_length=6,
        required=False,
        help_text=_("Six digits; the second part of register numbers"),
    )
    region = forms.ModelChoiceField(Region.objects.all(), label=_("Region"), required=False)

    def changes(self) -> dict[str, Any]:
        """All fields, for the verb."""
        return dict(self.cleaned_data)


class UnitForm(forms.Form):
    """A ward, brigade or team."""

    name = forms.CharField(label=_("Ward or team"), max_length=40)


class RoomForm(forms.Form):
    """A classroom, workshop or field."""

    name = forms.CharField(label=_("Room"), max_length=40)
    seats = forms.IntegerField(label=_("Seats"), required=False, min_value=1, max_value=2000)
