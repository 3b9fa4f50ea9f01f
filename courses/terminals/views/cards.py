"""Cards and PINs on the staff desk. What is secret is shown on one page, once, and cannot be fetched again."""

from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from courses.papers.qr import qr_code
from courses.people.models import Learner, Organisation, Stay
from courses.people.permissions import RESET_PIN, organisations_where
from courses.people.viewsets import RightRequiredMixin, ScopedObjectMixin, refusals_in
from courses.terminals import actions
from courses.terminals.forms import CARDS_AT_ONCE, CardsForm, WhoseCardsForm
from courses.terminals.models import LoginCard
from courses.terminals.views.computers import Titled

FOUND_AT_ONCE = 20
PRIVATE = {"Cache-Control": "no-store"}


class LearnerSecret(Titled, ScopedObjectMixin, FormView):
    """Ask first (GET), then do it and show it once (POST)."""

    model = Learner
    right = RESET_PIN
    form_class = Form
    template_name = "people/form.html"
    header_icon = "q-card"
    submit = gettext_lazy("Go on")
    intro = gettext_lazy("")

    def get_organisation(self) -> Organisation:
        return self.object.stays.select_related("organisation").get(until__isnull=True).organisation

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = reverse("people_file", args=[self.object.pk])
        return super().get_context_data(submit=self.submit, intro=self.intro, back=back, **kwargs)


class NewCard(LearnerSecret):
    """A new card with a new PIN, to print at once."""

    page_title = gettext_lazy("Make a sign-in card")
    submit = gettext_lazy("Make the card")
    intro = gettext_lazy("Print the card and the PIN on the next page.")
    replaces = gettext_lazy(
        "The card and the PIN that this person has now stop working. Print the new ones on the next page."
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        has_one = LoginCard.objects.live().filter(learner=self.object).exists()
        return super().get_context_data(**kwargs) | ({"intro": self.replaces} if has_one else {})

    def form_valid(self, form: Any) -> HttpResponse:
        place = self.get_organisation()
        with refusals_in(form):
            card = made_card(self.object, self.request.user, place)
            context = self.get_context_data(cards=[card], with_names=False)
            return self.response_class(self.request, ["terminals/desk/sheet.html"], context, headers=PRIVATE)
        return self.form_invalid(form)


class NewPin(LearnerSecret):
    """A new PIN; the printed card stays good."""

    page_title = gettext_lazy("Give a new PIN")
    submit = gettext_lazy("Make a new PIN")
    intro = gettext_lazy("The old PIN stops working. The new one is shown once: tell it to this person only.")

    def form_valid(self, form: Any) -> HttpResponse:
        with refusals_in(form):
            _card, pin = actions.reset_pin(
                learner=self.object, by=self.request.user, organisation=self.get_organisation()
            )
            label = _("The new PIN of %(name)s") % {"name": self.object.display_name}
            context = self.get_context_data(
                secret=pin,
                secret_label=label,
                secret_hint=_("It is not shown again. A lock-out of this number has ended."),
            )
            return self.render_to_response({**context, "form": None, "intro": ""}, headers=PRIVATE)
        return self.form_invalid(form)


class Cards(Titled, RightRequiredMixin, TemplateView):
    """The learners here with their cards; new cards for those who are ticked (POST), on one sheet to print."""

    right = RESET_PIN
    template_name = "terminals/desk/cards.html"
    page_title = gettext_lazy("Sign-in cards")
    header_icon = "q-card"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        whose = WhoseCardsForm(self.request.GET or None, for_user=self.request.user)
        narrowed = whose.cleaned_data if whose.is_valid() else {}
        rows = list(self.rows(narrowed)[: CARDS_AT_ONCE + 1])
        return super().get_context_data(
            whose=whose, rows=rows[:CARDS_AT_ONCE], more=len(rows) > CARDS_AT_ONCE, most=CARDS_AT_ONCE, **kwargs
        )

    def rows(self, narrowed: dict[str, Any]) -> Any:
        """Open stays where PINs may be reset, with the person and the live card."""
        places = organisations_where(self.request.user, RESET_PIN)
        stays = Stay.objects.open().filter(organisation__in=places).select_related("learner", "unit", "organisation")
        if place := narrowed.get("place"):
            stays = stays.filter(organisation__path__startswith=place.path)
        if unit := narrowed.get("unit"):
            stays = stays.filter(unit=unit)
        live = LoginCard.objects.live()
        if narrowed.get("missing"):
            stays = stays.exclude(learner__in=live.values("learner"))
        issued = live.filter(learner=OuterRef("learner")).values("issued_at")[:1]
        return stays.annotate(card_issued_at=Subquery(issued)).order_by("learner__learner_no")

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        places = organisations_where(request.user, RESET_PIN)
        here = Learner.objects.filter(pk__in=Stay.objects.open().filter(organisation__in=places).values("learner"))
        form = CardsForm(request.POST, offered=here)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        stays = (
            Stay.objects.open()
            .filter(learner__in=form.cleaned_data["learners"])
            .select_related("learner", "organisation")
        )
        cards = [
            made_card(one.learner, request.user, one.organisation) for one in stays.order_by("learner__learner_no")
        ]
        context = self.get_context_data(
            cards=cards, with_names=form.cleaned_data["with_names"], back=reverse("terminals_cards")
        )
        return self.response_class(request, ["terminals/desk/sheet.html"], context, headers=PRIVATE)


class AtTheDoor(Titled, RightRequiredMixin, TemplateView):
    """Somebody stands at the door and cannot sign in: a learner number or a name leads to the page of the new PIN, or of the
    first card. Several of one name are shown with their wards. Only people here are found."""

    right = RESET_PIN
    template_name = "terminals/desk/door.html"
    page_title = gettext_lazy("PIN at the door")
    header_icon = "q-keypad"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        typed = request.GET.get("number", "").strip()
        rows = list(self.found(typed)[: FOUND_AT_ONCE + 1]) if typed else []
        exact = [one for one in rows if one.learner.learner_no == typed] or rows
        if len(exact) == 1:
            return redirect("terminals_pin" if exact[0].has_card else "terminals_card", exact[0].learner_id)
        more = len(rows) > FOUND_AT_ONCE
        return self.render_to_response(self.get_context_data(typed=typed, rows=rows[:FOUND_AT_ONCE], more=more))

    def found(self, typed: str) -> Any:
        """Open stays, where PINs may be reset, of the people who are meant: one query."""
        places = organisations_where(self.request.user, RESET_PIN)
        cards = LoginCard.objects.live().filter(learner=OuterRef("learner"))
        stays = Stay.objects.open().filter(organisation__in=places, learner__in=Learner.objects.matching(typed))
        stays = stays.select_related("learner", "unit", "organisation").annotate(has_card=Exists(cards))
        return stays.order_by("learner__learner_no")


def made_card(learner: Learner, user: Any, organisation: Organisation) -> dict[str, Any]:
    """A new card as it is printed: number, alias, pattern, and the PIN on a strip to tear off."""
    _card, pin, code = actions.issue_card(learner=learner, by=user, organisation=organisation)
    return {"learner": learner, "pin": pin, "qr": qr_code(code)}
