"""A roster that was confirmed: how far it has got, what was refused, the cards to print."""

import io
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from courses.papers.qr import qr_code
from courses.people.permissions import MANAGE_LEARNERS
from courses.people.viewsets import ScopedObjectMixin
from courses.rosters import actions, slips
from courses.rosters.models import RosterImport, RosterRow
from courses.rosters.permissions import can_print_cards
from courses.rosters.tables import write_refused
from courses.rosters.views.choosing import PRIVATE, XLSX, cookie_of

State, Outcome, Place = RosterImport.State, RosterRow.Outcome, RosterRow.Place
CHIPS = {State.DONE: "good", State.FAILED: "stop"}
SHOWN = 200


class RosterScreen(ScopedObjectMixin):
    """A screen about one roster, for whoever may open files at its place."""

    model = RosterImport
    right = MANAGE_LEARNERS
    object: RosterImport
    header_icon = "q-people"
    page_title = gettext_lazy("Bring in a roster")

    def get_base_object_queryset(self) -> Any:
        return super().get_base_object_queryset().select_related("organisation", "training_class__edition", "asked_by")

    def get_page_subtitle(self) -> str:
        return str(self.object.training_class.class_no if self.object.training_class else self.object.organisation)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items, training_class = super().get_breadcrumbs_items(), self.object.training_class
        if training_class:
            items += [
                {"url": reverse("classes:index"), "label": _("Classes")},
                {"url": reverse("classes_roster", args=[training_class.pk]), "label": training_class.class_no},
            ]
        else:
            items.append({"url": reverse("learners:index"), "label": _("Learners")})
        return [*items, {"url": "", "label": self.page_title}]


class RosterPage(RosterScreen, TemplateView):
    """How far it has got; looks again by itself until it is done."""

    template_name = "rosters/import.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked, user = self.object, self.request.user
        outcomes = dict(asked.rows.values_list("outcome").annotate(Count("pk")).order_by())
        places = dict(asked.rows.exclude(outcome=Outcome.THERE).values_list("place").annotate(Count("pk")).order_by())
        refused = list(asked.rows.filter(outcome=Outcome.REFUSED).order_by("row")[:SHOWN])
        done = sum(outcomes.values())
        return super().get_context_data(
            asked=asked, done=done, chip=CHIPS.get(State(asked.state), "plain"),
            reloads=asked.state in (State.ASKED, State.WORKING), refused=refused,
            more=outcomes.get(Outcome.REFUSED, 0) - len(refused), may_take=self.may_take(user),
            counts={**{one.value: outcomes.get(one, 0) for one in Outcome}, "to_class": places.get(Place.CLASS, 0), "to_waiting": places.get(Place.WAITING, 0)},
            **self.cards(), **kwargs,
        )  # fmt: skip

    def may_take(self, user: Any) -> bool:
        """Refused rows hold full identity numbers: they go back only to whoever brought them."""
        taken = self.object.rows.filter(outcome=Outcome.REFUSED).exclude(cells="")
        return self.object.asked_by_id == user.pk and taken.exists()

    def cards(self) -> dict[str, Any]:
        if not can_print_cards(self.request.user, self.object.organisation):
            return {"unprinted": 0}
        unprinted = self.object.rows.exclude(slip="").count()
        key = self.request.COOKIES.get(cookie_of(self.object), "")
        readable = bool(unprinted) and slips.fits(key, self.object.slip_key)
        return {"unprinted": unprinted, "readable": readable, "at_once": actions.CARDS_AT_ONCE}


class RefusedRows(RosterScreen, View):
    """The refused rows as a table, with the reasons: for whoever brought them."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.object.asked_by_id != request.user.pk or not self.object.rows.exclude(cells="").exists():
            raise Http404
        file = io.BytesIO()
        write_refused(file, self.object)
        answer = HttpResponse(file.getvalue(), content_type=XLSX, headers=PRIVATE)
        answer["Content-Disposition"] = f'attachment; filename="roster-{self.object.pk}-refused.xlsx"'
        return answer


class PrintCards(RosterScreen, TemplateView):
    """The next cards with their PINs, shown once (POST)."""

    http_method_names = ["post"]
    template_name = "terminals/desk/sheet.html"
    page_title = gettext_lazy("Sign-in cards")

    def is_permitted(self) -> bool:
        return super().is_permitted() and can_print_cards(self.request.user, self.object.organisation)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.COOKIES.get(cookie_of(self.object), "")
        try:
            found = actions.hand_out_slips(roster_import=self.object, key=key, by=request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("rosters_import", self.object.pk)
        if not found:
            messages.warning(request, _("All cards of this roster have been printed."))
            return redirect("rosters_import", self.object.pk)
        cards = [{"learner": one.learner, "pin": one.pin, "qr": qr_code(one.code)} for one in found]
        back = reverse("rosters_import", args=[self.object.pk])
        context = self.get_context_data(cards=cards, with_names="with_names" in request.POST, back=back)
        return self.render_to_response(context, headers=PRIVATE)
