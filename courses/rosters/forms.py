"""Choosing the table of a roster."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.people.models import Organisation, User
from courses.people.permissions import MANAGE_LEARNERS, organisations_where
from courses.rosters.models import RosterImport


class TableField(forms.FileField):
    """A table to bring in."""

    def __init__(self, **kwargs: Any):
        hint = _("XLSX, XLS or CSV. The first row names the columns.")
        super().__init__(
            label=_("Table"), help_text=hint, error_messages={"required": _("Choose the table.")}, **kwargs
        )


class ClassRosterForm(forms.Form):
    """The table of a class."""

    file = TableField()
    when_full = forms.ChoiceField(
        label=_("When the class is full"), choices=RosterImport.WhenFull.choices, initial=RosterImport.WhenFull.WAIT,
        widget=forms.RadioSelect,
    )  # fmt: skip


class PeopleRosterForm(forms.Form):
    """The table of a place."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"), empty_label=None)
    file = TableField()

    def __init__(self, *args: Any, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations_where(user, MANAGE_LEARNERS)  # type: ignore[attr-defined]
