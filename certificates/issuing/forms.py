"""Forms of the certificate desk: they read what was typed; the verbs decide."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.issuing.models import ChangeRequest
from courses.people.forms import DateInput


class PrepareForm(forms.Form):
    """Who gets a certificate, and with which date. `candidates` are the outcomes that can be certified; of `revoked_before`
    a certificate was revoked once, so whoever issues again ticks them knowingly."""

    outcomes = forms.TypedMultipleChoiceField(
        coerce=int,
        label=_("Learners"),
        error_messages={
            "required": _("Choose at least one learner."),
            "invalid_choice": _(
                "Somebody who was chosen cannot get this certificate. The list says why; choose among the others."
            ),
        },
    )
    award_date = forms.DateField(label=_("Date of award"), widget=DateInput())

    def __init__(self, *args: Any, candidates: list[int], revoked_before: set[int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.revoked_before = revoked_before
        self.fields["outcomes"].choices = [(pk, pk) for pk in candidates]
        self.fields["award_date"].initial = timezone.localdate

    @property
    def ticked(self) -> set[int]:
        """Which boxes are ticked: before anything was sent all of them, without those that were revoked once."""
        if not self.is_bound:
            return {pk for pk, _label in self.fields["outcomes"].choices} - self.revoked_before
        return {int(pk) for pk in self.data.getlist("outcomes") if str(pk).isdigit()}


class ChangeForm(forms.Form):
    """Why a certificate is to be replaced or revoked. The reason stays inside."""

    reason_code = forms.ChoiceField(label=_("Reason"))
    note = forms.CharField(
        label=_("Note"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For the second person and the journal. It is never shown outside."),
    )  # fmt: skip

    def __init__(self, *args: Any, kind: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        reasons = [(code.value, code.label) for code in ChangeRequest.REASONS[kind]]
        self.fields["reason_code"].choices = [("", _("Choose a reason")), *reasons]
