"""Forms on targets: what was typed, as the verbs take it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.catalogue.models import Programme
from courses.people.forms import offer_regions
from courses.people.models import CategoryPeriod, Organisation, Region, User
from courses.people.permissions import organisations_where
from lms.reports.measures import MEASURES
from lms.reports.rules import Period
from lms.targets.models import Target
from lms.targets.permissions import SET_TARGETS
from lms.targets.rules import InvalidNumber, read_number


class NumberField(forms.CharField):
    """A number as people write it; refuses separators in wrong places with a sentence (Z-4)."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 12, "autocomplete": "off"})

    def __init__(self, *, whole: bool = False, **kwargs: Any):
        self.whole = whole
        super().__init__(max_length=20, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            number = read_number(text)
        except InvalidNumber:
            raise ValidationError(
                _(
                    "“%(typed)s” cannot be read as a number. Write 41150 or 41,150, with a comma only before every three digits."
                )
                % {"typed": text}
            ) from None
        if number != round(number, 2) or (self.whole and number != int(number)) or number >= 10**10:
            raise ValidationError(_("This number has too many digits."))
        return int(number) if self.whole else number


class TargetForm(forms.Form):
    """A target as it is set or changed. `reason` is asked for changes only."""

    title = forms.CharField(label=gettext_lazy("Name of the target"), max_length=80)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Whose classes count"),
        help_text=gettext_lazy("This organisation and everything below it, as place or as school of the class."),
    )  # fmt: skip
    measure = forms.ChoiceField(label=gettext_lazy("What is counted"))
    unit = forms.ChoiceField(
        label=gettext_lazy("Unit"), choices=[("", gettext_lazy("please choose")), *Target.Unit.choices],
        error_messages={"required": gettext_lazy("A target needs a unit: persons, person-times, documents or per cent.")},
        help_text=gettext_lazy("Persons are counted once each; person-times and documents are not persons."),
    )  # fmt: skip
    direction = forms.ChoiceField(
        label=gettext_lazy("Direction"), choices=Target.Direction.choices, initial=Target.Direction.AT_LEAST
    )
    value = NumberField(label=gettext_lazy("How much"))
    first = forms.DateField(
        label=gettext_lazy("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=gettext_lazy("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    region = forms.ModelChoiceField(Region.objects.all(), label=gettext_lazy("Only this region"), required=False)
    programme = forms.ModelChoiceField(
        Programme.objects.all(), label=gettext_lazy("Only this programme"), required=False
    )
    category = forms.ChoiceField(
        label=gettext_lazy("Only these people"), required=False,
        choices=[("", gettext_lazy("no limit")), *CategoryPeriod.Category.choices],
        help_text=gettext_lazy("As they were on the day of the event."),
    )  # fmt: skip
    parent = forms.ModelChoiceField(
        Target.objects.none(), label=gettext_lazy("Part of"), required=False,
        help_text=gettext_lazy("The whole counts each person once, so parts may add up to more."),
    )  # fmt: skip
    source = forms.CharField(
        label=gettext_lazy("Where it is written"), max_length=200, required=False,
        help_text=gettext_lazy("Document, number and date, or the words of the notice."),
    )  # fmt: skip
    stated_done = NumberField(label=gettext_lazy("Stated there: done"), required=False, whole=True)
    stated_rate = NumberField(
        label=gettext_lazy("Stated there: completion (%)"), required=False,
        help_text=gettext_lazy("If the three numbers do not fit together, you are told before anything is stored."),
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=500
    )
    reason = forms.CharField(
        label=gettext_lazy("Why it is changed"), widget=forms.Textarea(attrs={"rows": 2}), max_length=500
    )

    def __init__(self, *args: Any, user: User, target: Target | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        own = organisations_where(user, SET_TARGETS).order_by("path")
        self.fields["organisation"].queryset = own
        self.fields["organisation"].initial = own.first()
        self.fields["organisation"].empty_label = _("please choose")
        offer_regions(self.fields["region"], Region.objects.all(), user, empty=_("no limit"))
        self.fields["programme"].empty_label = _("no limit")
        self.fields["parent"].empty_label = _("of none")
        self.fields["measure"].choices = [(one.code, f"{one.title} ({one.unit_word})") for one in MEASURES]
        wholes = Target.objects.visible_to(user).standing()
        self.fields["parent"].queryset = wholes.exclude(pk=target.pk) if target else wholes
        year = Period.year(timezone.localdate().year)
        self.fields["first"].initial, self.fields["last"].initial = year.first, year.last
        if target is None:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        first, last = typed.get("first"), typed.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day comes after the first."))
        return typed

    def facts(self) -> dict[str, Any]:
        """What was typed, by the names of `Target.FACTS`."""
        return {name: self.cleaned_data[name] for name in Target.FACTS}


class SubmitForm(forms.Form):
    """The day of a report, and a word to those who read it."""

    as_of = forms.DateField(label=gettext_lazy("As of"), widget=forms.HiddenInput)
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=500
    )
