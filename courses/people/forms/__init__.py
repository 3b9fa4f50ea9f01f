"""Forms of people and rights: they read what was typed; the verbs decide."""

from courses.people.forms.signing_in import OwnPasswordForm, SignInForm

__all__ = ["OwnPasswordForm", "SignInForm"]
