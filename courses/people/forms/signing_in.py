"""Forms for signing in and for one's own password."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from courses.people.actions import derive_rights
from courses.people.models import User


class SignInForm(AuthenticationForm):
    """User name and password."""

    error_messages = {
        "invalid_login": _("The user name and the password do not fit together. Look at both and try again."),
        "inactive": _("The user name and the password do not fit together. Look at both and try again."),
    }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
        self.fields["password"].label = _("Password")

    def confirm_login_allowed(self, user: User) -> None:
        """Bring the rights up to today; without a post there is no desk to sit at."""
        super().confirm_login_allowed(user)
        derive_rights(user)
        if not User.objects.get(pk=user.pk).has_perm("wagtailadmin.access_admin"):
            raise ValidationError(_("This account has no post at present. Ask your administrator for one."))


class OwnPasswordForm(forms.Form):
    """A new password, typed twice; the present one too, unless it is a one-time password."""

    old_password = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new_password = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters. A short sentence is easy to remember."),
    )
    again = forms.CharField(
        label=_("New password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user = user
        if user.must_change_password:
            del self.fields["old_password"]

    def clean_old_password(self) -> str:
        """Refuses anything but the present password."""
        typed = self.cleaned_data["old_password"]
        if not self.user.check_password(typed):
            raise ValidationError(_("This is not your present password."))
        return typed

    def clean_again(self) -> str:
        """Refuses a second entry that differs from the first."""
        again = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new_password"):
            raise ValidationError(_("The two entries differ. Type both once more."))
        return again
