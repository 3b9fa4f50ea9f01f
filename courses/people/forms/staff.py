"""Forms on staff accounts and posts."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from courses.people.forms.learners import DateInput
from courses.people.models import Organisation, User
from courses.people.permissions import APPOINT, Role, organisations_where, roles_given_by


class PostForm(forms.Form):
    """A role at a place, perhaps until a day."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"))
    role = forms.ChoiceField(label=_("Role"))
    until = forms.DateField(
        label=_("Last day"), required=False, widget=DateInput(), help_text=_("Empty: until somebody ends it.")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        places = organisations_where(user, APPOINT)
        self.fields["organisation"].queryset = places
        given = {role for place in places for role in roles_given_by(user, place)}
        self.fields["role"].choices = [(value, label) for value, label in Role.choices if value in given]
        only = list(places[:2])
        if len(only) == 1:
            self.fields["organisation"].initial = only[0]


class NewAccountForm(PostForm):
    """A new account, with its first post."""

    last_name = forms.CharField(label=_("Family name"), max_length=20)
    first_name = forms.CharField(label=_("Given name"), max_length=30)
    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        help_text=_("Letters, digits and _ . - ; it is typed at each sign-in."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    expires_on = forms.DateField(
        label=_("Account ends on"), required=False, widget=DateInput(), help_text=_("Empty: without an end.")
    )
    field_order = ["last_name", "first_name", "username", "organisation", "role", "until", "expires_on"]


class AppointForm(PostForm):
    """A post for an account that exists: one's own staff, or somebody whose user name one has been told."""

    username = forms.CharField(label=_("User name"), max_length=150)
    field_order = ["username", "organisation", "role", "until"]

    def clean_username(self) -> User:
        """Refuses a name that no open account has."""
        user = User.objects.filter(username=self.cleaned_data["username"].strip(), is_active=True).first()
        if user is None:
            raise ValidationError(_("No open account has this user name. Look at the spelling, or make a new account."))
        return user
