"""Forms on one person's file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.people.models import CategoryPeriod, Learner, Organisation, OrganisationUnit, User
from courses.people.permissions import MANAGE_LEARNERS, organisations_where


class DateInput(forms.DateInput):
    """The browser's own date field: Wagtail's picker starts with an inline script, which our policy stops."""

    input_type = "date"

    def __init__(self, **kwargs: Any):
        super().__init__(format="%Y-%m-%d", **kwargs)


class UnitChoice(forms.ModelChoiceField):
    """Units of several places: each named with its place."""

    def label_from_instance(self, obj: OrganisationUnit) -> str:
        return f"{obj.organisation} · {obj}"


class PlaceForm(forms.Form):
    """Where somebody is."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"))
    unit = UnitChoice(OrganisationUnit.objects.none(), label=_("Ward or team"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        places = organisations_where(user, MANAGE_LEARNERS)
        self.fields["organisation"].queryset = places
        self.fields["unit"].queryset = OrganisationUnit.objects.filter(organisation__in=places).select_related(
            "organisation"
        )
        self.fields["unit"].queryset = self.fields["unit"].queryset.order_by("organisation__path", "name")


class FileFields(forms.Form):
    """What a file says of a person."""

    full_name = forms.CharField(
        label=pgettext_lazy("of a person", "Name"),
        max_length=60,
        help_text=_("As on the document; the dot of a name with a dot is “·”."),
    )
    name_pinyin = forms.CharField(
        label=_("Pinyin"),
        max_length=200,
        required=False,
        help_text=_("Made from the name. Write it yourself where the name is read differently: Shan, Qiu, Xie …"),
    )
    id_number = forms.CharField(
        label=_("Identity number"),
        max_length=30,
        required=False,
        help_text=_("18 characters, or 15 of an old card. It brings the date of birth and the gender along."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
    )
    id_evidence = forms.ChoiceField(label=_("Identity seen on"), choices=Learner.IdEvidence.choices)
    gender = forms.ChoiceField(
        label=_("Gender"),
        choices=[("", "—"), *Learner.Gender.choices],
        required=False,
        help_text=_("Only if there is no identity number yet."),
    )
    birth_date = forms.DateField(
        label=_("Date of birth"),
        required=False,
        widget=DateInput(),
        help_text=_("Only if there is no identity number yet."),
    )
    literacy = forms.TypedChoiceField(
        label=_("Reading"), choices=Learner.Literacy.choices, coerce=int, initial=Learner.Literacy.ADEQUATE
    )
    large_text = forms.BooleanField(label=_("Large text"), required=False)
    read_aloud = forms.BooleanField(label=_("Read aloud"), required=False)


class RegisterLearnerForm(PlaceForm, FileFields):
    """A new file, with the place where the person is."""

    category = forms.ChoiceField(
        label=_("Category"), choices=[("", "—"), *CategoryPeriod.Category.choices], required=False
    )
    field_order = ["full_name", "id_number", "id_evidence", "gender", "birth_date", "organisation", "unit", "category"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        places = list(self.fields["organisation"].queryset[:2])
        if len(places) == 1:
            self.fields["organisation"].initial = places[0]
        self.fields["id_evidence"].initial = Learner.IdEvidence.UNVERIFIED

    def clean(self) -> dict[str, Any]:
        """Without an identity number the gender must be entered: nothing else tells it."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("id_number") and not cleaned.get("gender") and "id_number" not in self.errors:
            self.add_error("gender", ValidationError(_("Without an identity number the gender is entered here.")))
        return cleaned


class CorrectLearnerForm(FileFields):
    """A correction, with its reason. An empty identity number leaves the present one as it is."""

    former_names = forms.CharField(label=_("Former names"), max_length=200, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Stays in the journal for ever."))

    def __init__(self, *args: Any, learner: Learner, **kwargs: Any):
        names = [*FileFields.base_fields, "former_names"]
        initial = {name: getattr(learner, name) for name in names if name != "id_number"}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["id_number"].label = _("New identity number")
        self.fields["id_number"].help_text = _("Leave empty if %(masked)s is right.") % {
            "masked": learner.id_masked or "—"
        }
        if learner.id_hash:  # the number says it
            del self.fields["gender"], self.fields["birth_date"]

    def changes(self) -> dict[str, Any]:
        """What differs from the file, for the verb."""
        changed = {name: self.cleaned_data[name] for name in self.changed_data if name != "reason"}
        if not self.cleaned_data["id_number"]:
            changed.pop("id_number", None)
        return changed


class MoveForm(PlaceForm):
    """A new place, or another unit of the same place."""

    at = forms.DateTimeField(
        label=_("Since"),
        required=False,
        help_text=_("Empty: now."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class CategoryForm(forms.Form):
    """The category from today on."""

    category = forms.ChoiceField(label=_("Category"), choices=CategoryPeriod.Category.choices)


class ExpectReleaseForm(forms.Form):
    """The day by which somebody is expected to leave. Empty: not known."""

    day = forms.DateField(
        label=_("Expected to leave on"), required=False, widget=DateInput(), help_text=_("Empty: the day is not known.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("The paper on which the day stands, or why it changed. Stays in the journal for ever."),
    )


class ReasonForm(forms.Form):
    """Why somebody must see the full number."""

    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Stays in the journal for ever."))
