"""Forms of the certificate desk: they read what was typed; the verbs decide."""

from typing import Any

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.designs import DESIGNS
from certificates.issuing.models import CertificateType, ChangeRequest, Issuer
from courses.people.forms import DateInput
from courses.people.models import Organisation, User
from courses.people.permissions import MANAGE_ORGANISATION, organisations_where


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


def fields_of(model: type[models.Model], *names: str) -> dict[str, forms.Field]:
    """The form fields of a model's columns: their labels, hints, lengths and patterns are said once, there."""
    return forms.fields_for_model(model, fields=names)


class IssuerForm(forms.Form):
    """What stands on the certificates of an issuer, and whether it issues at all."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        names = ("public_name", "public_name_en", "legal_name", "uscc", "signatory", "seal", "active")
        self.fields.update(fields_of(Issuer, *names))
        self.fields["legal_name"].required = False
        self.fields["legal_name"].help_text = _("Empty: the name on certificates")
        self.fields["active"].help_text = _("Without the tick nothing more is prepared; what is out stays valid.")


class NewIssuerForm(forms.Form):
    """A school or authority that may issue from now on. Offered are those that `may_become_issuers`."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"))

    def __init__(self, *args: Any, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = may_become_issuers(user)
        names = (
            "public_name", "public_name_en", "legal_name", "uscc", "code", "register_code", "signatory", "seal"
        )  # fmt: skip
        self.fields.update(fields_of(Issuer, *names))
        self.fields["legal_name"].required = self.fields["register_code"].required = False
        self.fields["legal_name"].help_text = _("Empty: the name on certificates")
        self.fields["register_code"].help_text = _("Empty: the code of the organisation. It can never be changed.")


def may_become_issuers(user: User) -> QuerySet[Organisation]:
    """The organisations that the user runs, that hold nobody, and that do not issue yet."""
    run = organisations_where(user, MANAGE_ORGANISATION).filter(issuer=None)
    return run.exclude(kind__in=Organisation.CUSTODIAL).order_by("path")


class TypeForm(forms.Form):
    """What a kind of certificate is called, how it looks, and where it is registered. `code` only for a new one."""

    def __init__(self, *args: Any, with_code: bool = True, **kwargs: Any):
        super().__init__(*args, **kwargs)
        names = ["code"] if with_code else []
        names += ["title", "title_en", "register_type", "design", "show_training_dates", "official_level"]
        self.fields.update(fields_of(CertificateType, *names))
        self.fields["design"] = forms.ChoiceField(
            label=_("Design"), choices=[(known.code, DESIGN_WORDS.get(known.code, known.code)) for known in DESIGNS]
        )
        if with_code:
            self.fields["code"].help_text = _("The name by which courses ask for this type, for example skills")


DESIGN_WORDS = {"certificate": _("certificate with border and seal"), "hours_statement": _("statement of hours")}


class RotateKeyForm(forms.Form):
    """A new signing key: why, and that one knows what follows."""

    why = forms.ChoiceField(
        label=_("Why"), widget=forms.RadioSelect, initial="routine",
        choices=[
            ("routine", _("It is time: papers that are out stay valid")),
            ("leaked", _("Somebody else has the key: what it signed is no longer trusted by its code")),
        ],
    )  # fmt: skip
    reason = forms.CharField(
        label=_("What happened to the key"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed for a leak. It stands in the journal."),
    )  # fmt: skip
    sure = forms.BooleanField(label=_("Make a new key now, and sign everything with it from now on"))
