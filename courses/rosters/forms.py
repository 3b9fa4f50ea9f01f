"""Choosing the table of a roster."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.people.models import Organisation, User
from courses.people.permissions import MANAGE_LEARNERS, organisations_where
from courses.rosters.models import RosterImport


class ClassRosterForm(forms.Form):
    """The table of a class."""

    file = forms.FileField(label=_("Table"), help_text=_("XLSX, XLS or CSV. The first row names the columns."))
    when_full = forms.ChoiceField(
        label=_("When the class is full"), choices=RosterImport.WhenFull.choices, initial=RosterImport.WhenFull.WAIT,
        widget=forms.RadioSelect,
    )  # fmt: skip


class PeopleRosterForm(forms.Form):
    """The table of a place."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"), empty_label=None)
    file = forms.FileField(label=_("Table"), help_text=_("XLSX, XLS or CSV. The first row names the columns."))

    def __init__(self, *args: Any, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations_where(user, MANAGE_LEARNERS)  # type: ignore[attr-defined]
