"""Forms of the staff desk. What may stand in a field is the verbs' business; here is only what is asked."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.people.forms import regions_by_nearness
from courses.people.models import Region, User
from courses.people.permissions import SET_LOCAL_VALUES, organisations_where
from courses.plans.models import LOCAL_LABELS
from courses.plans.models.local_values import regions_below
from courses.plans.rules.local import LOCAL_CODES
from courses.plans.texts import SENTENCES

UNITS = {"yuan": _("yuan"), "percent": "%", "years": _("years"), "months": _("months")}


class CommentForm(forms.Form):
    """What a reader says to one field."""

    comment = forms.CharField(
        label=_("Your comment"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000,
        error_messages={"required": _("Say something about this field: what is good, and what is to be done.")},
        help_text=_("The learner sees it at this field: what is good, what is to be done."),
    )  # fmt: skip


class LocalValueForm(forms.Form):
    """One value of one region from a day on."""

    code = forms.ChoiceField(label=_("Value"))
    region = forms.ModelChoiceField(label=_("Region"), queryset=Region.objects.none())
    value = forms.CharField(
        label=pgettext_lazy("value", "number"), max_length=20, error_messages={"required": SENTENCES["empty"]}
    )
    valid_from = forms.DateField(
        label=_("Valid from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )  # fmt: skip
    source = forms.CharField(
        label=_("Source"), max_length=200, help_text=_("The document in which it is written."),
        error_messages={"required": _("Name the document in which this value is written.")},
    )  # fmt: skip

    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, find: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [
            (code, f"{LOCAL_LABELS[code]} ({UNITS[unit]})") for code, unit in LOCAL_CODES.items()
        ]
        places = organisations_where(user, SET_LOCAL_VALUES)
        below = regions_below(places.filter(region__isnull=False).values_list("region", flat=True))
        region: Any = self.fields["region"]
        region.queryset = Region.objects.filter(Q(pk__in=below)).order_by("code")
        if places.filter(parent__isnull=True).exists():
            region.required, region.empty_label = False, _("the whole country")
        own = list(places.filter(region__isnull=False).order_by("path").values_list("region", flat=True))
        region.initial = own[0] if own else None
        first = [("", region.empty_label)]
        region.widget.choices = [*first, *regions_by_nearness(region.queryset.select_related("parent"), own, find)]
        self.fields["valid_from"].initial = timezone.localdate
