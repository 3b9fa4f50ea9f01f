"""What a report is asked for. The choices name only what the person at the desk may see."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.catalogue.models import Programme
from courses.classes.models import TrainingClass
from courses.people.forms import offer_regions
from courses.people.models import CategoryPeriod, Organisation, Region, User
from courses.people.permissions import VIEW_FULL_ID, organisations_where
from lms.reports.models import ReportExport
from lms.reports.permissions import may_choose_category
from lms.reports.rules import Period
from lms.reports.scope import Scope
from lms.reports.tables import Report


def day_field(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class ReportForm(forms.Form):
    """Period and scope of a report. Names no class: its number is typed."""

    first = day_field(_("From"))
    last = day_field(_("Until"))
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation"), required=False, help_text=_("With everything below it")
    )
    region = forms.ModelChoiceField(Region.objects.none(), label=_("Region"), required=False)
    programme = forms.ModelChoiceField(Programme.objects.none(), label=_("Programme"), required=False)
    class_no = forms.CharField(label=_("Class number"), required=False, max_length=30)
    category = forms.ChoiceField(label=_("Category"), required=False)

    def __init__(self, data: Any, *, user: User, report: Report, today: date):
        usual = report.usual_period(today)
        asked = data.copy()
        asked.setdefault("first", usual.first.isoformat())
        asked.setdefault("last", usual.last.isoformat())
        super().__init__(asked)
        self.user = user
        classes = TrainingClass.objects.visible_to(user)
        self._offer("organisation", _organisations(user, classes))
        offer_regions(self.fields["region"], _regions(classes), user, empty=_("all"))
        self._offer("programme", Programme.objects.filter(trainingclass__in=classes).distinct())
        if may_choose_category(user, report):
            self.fields["category"].choices = [("", _("all")), *CategoryPeriod.Category.choices]  # type: ignore[attr-defined]
        else:
            del self.fields["category"]

    def _offer(self, name: str, choices: Any) -> None:
        field: Any = self.fields[name]
        field.queryset, field.empty_label = choices, _("all")

    def clean_class_no(self) -> TrainingClass | None:
        typed = self.cleaned_data["class_no"].strip()
        if not typed:
            return None
        found = TrainingClass.objects.visible_to(self.user).filter(class_no__iexact=typed).first()
        if found is None:
            raise forms.ValidationError(_("There is no class with this number."))
        return found

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        first, last = asked.get("first"), asked.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day is before the first."))
        return asked

    @property
    def scope(self) -> Scope:
        asked = self.cleaned_data
        return Scope(
            organisation=asked["organisation"], region=asked["region"], programme=asked["programme"],
            category=asked.get("category", ""), training_class=asked["class_no"],
        )  # fmt: skip

    @property
    def period(self) -> Period:
        return Period(self.cleaned_data["first"], self.cleaned_data["last"])


class FullIdentityForm(forms.Form):
    """Why full numbers are needed, at which organisation, and as what file (PRV-2)."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"))
    reason = forms.CharField(
        label=_("What the full numbers are needed for"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands in the journal and in the file itself."),
    )  # fmt: skip
    file_format = forms.ChoiceField(
        label=_("Format"), choices=[choice for choice in ReportExport.Format.choices if choice[0] != "print"]
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.queryset, field.empty_label = organisations_where(user, VIEW_FULL_ID), _("please choose")


def _organisations(user: User, classes: Any) -> Any:
    """Those at which the user holds any right, and the places and schools of the classes that he or she sees."""
    keys = classes.order_by()
    seen = Q(pk__in=Organisation.objects.visible_to(user).values("pk"))
    return Organisation.objects.filter(seen | Q(pk__in=keys.values("host")) | Q(pk__in=keys.values("provider")))


def _regions(classes: Any) -> Any:
    """The regions of those places, and the regions that these are part of."""
    own = Region.objects.filter(pk__in=classes.order_by().values("host__region")).values("pk")
    below = Q(pk__in=own)
    for path in ("children", "children__children", "children__children__children"):
        below |= Q(pk__in=Region.objects.filter(**{f"{path}__in": own}).values("pk"))
    return Region.objects.filter(below)
