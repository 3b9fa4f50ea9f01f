"""The values of law and place (tax, wages, years of use): what holds where today, and setting a new one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from courses.people.models import Organisation, Region
from courses.people.permissions import SET_LOCAL_VALUES, organisations_where
from courses.people.viewsets import RightRequiredMixin, refusals_in
from courses.plans import actions
from courses.plans.forms import UNITS, LocalValueForm
from courses.plans.models import LOCAL_LABELS, LocalValue, nearest_values
from courses.plans.models.local_values import missing_sentence, region_of, regions_above
from courses.plans.rules.amounts import plain
from courses.plans.rules.local import LOCAL_CODES


@dataclass(frozen=True)
class InForce:
    """One value as it holds at a place today; `row` None and a sentence where nobody has set it."""

    code: str
    row: LocalValue | None

    @property
    def label(self) -> Any:
        return LOCAL_LABELS[self.code]

    @property
    def text(self) -> str:
        return number_text(self.row) if self.row else ""

    @property
    def missing(self) -> str:
        return missing_sentence(self.code)


@dataclass(frozen=True)
class Kept:
    """One value that was ever set, with the day on which another one took its place."""

    row: LocalValue
    superseded_on: date | None

    @property
    def text(self) -> str:
        return number_text(self.row)

    @property
    def state(self) -> str:
        """ "now", "later" (its day is still to come) or "before" (another one holds now)."""
        today = timezone.localdate()
        if self.row.valid_from > today:
            return "later"
        return "before" if self.superseded_on and self.superseded_on <= today else "now"


def number_text(row: LocalValue) -> str:
    """The value with its unit: 1,960 yuan, 3 %."""
    return f"{plain(row.value)} {UNITS[LOCAL_CODES[row.code]]}"


def kept_values(rows: Iterable[LocalValue]) -> list[Kept]:
    """All values, by code and region, the newest first, each with the day of its successor."""
    found, later = [], {}
    for row in sorted(rows, key=lambda one: one.valid_from, reverse=True):
        found.append(Kept(row, later.get((row.code, row.region_id))))
        later[row.code, row.region_id] = row.valid_from
    order = list(LOCAL_CODES)
    return sorted(found, key=lambda one: (order.index(one.row.code), one.row.region.code if one.row.region else ""))


def what_it_does(code: str, region: Region | None, day: date) -> str:
    """What a value from this day on would do to those that are set already, in a sentence; "" where it is simply the newest."""
    rows = LocalValue.objects.filter(code=code, region=region)
    same = rows.filter(valid_from=day).first()
    if same:
        facts = {"day": f"{day:%Y-%m-%d}", "value": number_text(same)}
        return (
            _(
                "For %(day)s there is a value already: %(value)s. The new number takes its place; the journal keeps both."
            )
            % facts
        )
    after = rows.filter(valid_from__gt=day).order_by("valid_from").first()
    if not after:
        return ""
    facts = {"day": f"{day:%Y-%m-%d}", "until": f"{after.valid_from:%Y-%m-%d}", "value": number_text(after)}
    today = timezone.localdate()
    if day <= today < after.valid_from:
        return (
            _(
                "A value is set already for a later day. The new number holds from %(day)s on, so today as well, until %(until)s; from "
                "then on it is %(value)s."
            )
            % facts
        )
    if today < day:
        return (
            _(
                "A value is set already for a later day. The new number will hold from %(day)s until %(until)s; from then on it is "
                "%(value)s."
            )
            % facts
        )
    return (
        _(
            "This day lies before a value that is set already. The new number would hold only from %(day)s until %(until)s; from then on"
            " %(value)s stays. If it is to hold today, write a later day."
        )
        % facts
    )


class LocalValues(RightRequiredMixin, TemplateView):
    """What holds today at one of my places, and every value that was ever set for it or above it."""

    template_name = "plans/staff_values.html"
    page_title = gettext_lazy("Local values")
    header_icon = "q-coin"
    right = SET_LOCAL_VALUES

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": self.page_title}]

    @property
    def header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton(_("Set a value"), url=reverse("plans_local_value"), icon_name="plus")]

    @cached_property
    def places(self) -> list[Organisation]:
        return list(organisations_where(self.request.user, SET_LOCAL_VALUES).order_by("path"))

    @cached_property
    def place(self) -> Organisation:
        """The place that is asked for (`?place=`), else the first of mine."""
        asked = self.request.GET.get("place")
        found = [one for one in self.places if str(one.pk) == asked] if asked else self.places[:1]
        if not found:
            raise Http404
        return found[0]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        region, today = region_of(self.place), timezone.localdate()
        found = nearest_values(self.place, today)
        mine = LocalValue.objects.settable_by(self.request.user)
        above = LocalValue.objects.filter(Q(region__in=regions_above(region)) | Q(region__isnull=True))
        return super().get_context_data(
            place=self.place,
            places=self.places,
            region=region,
            today=today,
            in_force=[InForce(code, found.get(code)) for code in LOCAL_CODES],
            kept=kept_values((mine | above).distinct().select_related("region")),
            **kwargs,
        )


class SetLocalValue(RightRequiredMixin, FormView):
    """A new value from a day on. The old one stays and holds until then."""

    template_name = "plans/staff_value.html"
    form_class = LocalValueForm
    page_title = gettext_lazy("Set a value")
    header_icon = "q-coin"
    right = SET_LOCAL_VALUES

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("plans_local_values"), "label": _("Local values")},
            {"url": "", "label": self.page_title},
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "user": self.request.user,
            "find": self.request.GET.get("find", "").strip(),
        }

    def get_initial(self) -> dict[str, Any]:
        """What the address names, and what was typed before a region was looked for."""
        named = ("code", "value", "valid_from", "source")
        return {name: self.request.GET[name] for name in named if self.request.GET.get(name)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            submit=_("Set it all the same") if kwargs.get("told") else _("Set it"),
            find=self.request.GET.get("find", "").strip(),
            kept=self._typed(),
            back=reverse("plans_local_values"),
            intro=_(
                "Plans that begin from that day on count with it. A plan that was begun keeps the values of its first day."
            ),
            **kwargs,
        )

    def _typed(self) -> list[tuple[str, str]]:
        """What stands in the form, so that looking for a region loses none of it."""
        typed = self.request.POST if self.request.method == "POST" else self.request.GET
        return [(name, typed[name]) for name in ("code", "value", "valid_from", "source") if typed.get(name)]

    def form_valid(self, form: LocalValueForm) -> HttpResponse:
        typed = {name: value for name, value in form.cleaned_data.items() if name != "confirmed"}
        told = what_it_does(typed["code"], typed["region"], typed["valid_from"])
        asked = "|".join(str(value) for value in typed.values())
        if told and form.cleaned_data["confirmed"] != asked:
            form.data = form.data.copy()
            form.data["confirmed"] = asked
            return self.render_to_response(self.get_context_data(form=form, told=told))
        with refusals_in(form):
            actions.set_local_value(by=self.request.user, **typed)
            messages.success(self.request, _("The value is set."))
            return redirect("plans_local_values")
        return self.form_invalid(form)
