"""Choose the table, look at every row, confirm. Between the steps nothing is kept here but what the page carries, encrypted."""

import io
import time
import uuid
from typing import Any

from cryptography.fernet import InvalidToken
from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View

from courses.classes.models import TrainingClass
from courses.classes.views.screens import ClassScreen
from courses.people.models import Organisation
from courses.people.permissions import MANAGE_LEARNERS, OPEN_CLASSES, organisations_where
from courses.people.viewsets import RightRequiredMixin
from courses.rosters import actions, rules, slips
from courses.rosters.forms import ClassRosterForm, PeopleRosterForm
from courses.rosters.models import RosterImport, RosterRow
from courses.rosters.permissions import can_bring_in, can_print_cards
from courses.rosters.tables import write_template

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KEPT_FOR = 2 * 60 * 60  # seconds between looking and confirming
PRIVATE = {"Cache-Control": "no-store"}
EARLIER = 5
Outcome, Place = RosterRow.Outcome, RosterRow.Place


class Choosing(FormView):
    """What both ways share: with a class, or for a place alone."""

    training_class: TrainingClass | None = None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "roster" in request.POST:
            return self.confirm(request.POST["roster"])
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            roster = actions.read_upload(form.cleaned_data["file"])
            place = self.place_of(form.cleaned_data)
            when_full = form.cleaned_data.get("when_full", RosterImport.WhenFull.WAIT)
            return self.look(roster, place, when_full, uuid.uuid4())
        except ValidationError as refusal:
            form.add_error("file", refusal)
            return self.form_invalid(form)

    def look(self, roster: rules.Roster, place: Organisation, when_full: str, ticket: uuid.UUID) -> HttpResponse:
        """The check page."""
        planned = actions.preview_roster(
            roster=roster, organisation=place, training_class=self.training_class, when_full=when_full,
            by=self.request.user,
        )  # fmt: skip
        refused = [one for one in planned if one.outcome == Outcome.REFUSED]
        carried = {
            "roster": actions.packed(roster), "organisation": place.pk, "when_full": when_full, "ticket": str(ticket),
            "training_class": self.training_class.pk if self.training_class else 0, "user": self.request.user.pk,
            "at": int(time.time()),
        }  # fmt: skip
        context = self.get_context_data(
            planned=[one for one in planned if one.outcome != Outcome.REFUSED], refused=refused, counts=counted(planned),
            place=place, unread=roster.unread, total=len(planned), masks=any(one.id_masked for one in planned),
            carried="" if len(refused) == len(planned) else actions.sealed(carried),
        )  # fmt: skip
        return self.render_to_response(context, headers=PRIVATE)

    def confirm(self, carried: str) -> HttpResponse:
        """The second step: what was looked at is stored and begun; the browser gets the key to the slips."""
        try:
            found = actions.unsealed(carried)
            mine = (found["user"], found["training_class"]) == (
                self.request.user.pk, self.training_class.pk if self.training_class else 0,
            )  # fmt: skip
            if not mine or time.time() - found["at"] > KEPT_FOR:
                raise ValidationError(_("This page is too old. Choose the file again."))
            place = get_object_or_404(Organisation, pk=found["organisation"])
            public, private = slips.new_key() if can_print_cards(self.request.user, place) else ("", "")
            asked = actions.ask_import(
                roster=actions.unpacked(found["roster"]), organisation=place, training_class=self.training_class,
                when_full=found["when_full"], ticket=uuid.UUID(found["ticket"]), slip_key=public, by=self.request.user,
            )  # fmt: skip
        except (InvalidToken, ValidationError) as refusal:
            form = self.get_form_class()({}, **self.extra_form_kwargs())
            form.errors.clear()
            words = (
                refusal if isinstance(refusal, ValidationError) else _("This page is too old. Choose the file again.")
            )
            form.add_error(None, words)
            return self.form_invalid(form)
        response = redirect("rosters_import", asked.pk)
        if private and asked.slip_key == public:  # the second of two clicks has made a key for nothing
            keep_key(response, asked, private)
        return response

    def extra_form_kwargs(self) -> dict[str, Any]:
        return {}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | self.extra_form_kwargs()

    def place_of(self, chosen: dict[str, Any]) -> Organisation:
        raise NotImplementedError

    def earlier(self) -> Any:
        """The rosters that were brought in here last."""
        found = RosterImport.objects.visible_to(self.request.user).filter(training_class=self.training_class)
        return found.select_related("organisation", "asked_by")[:EARLIER]


class ClassRoster(Choosing, ClassScreen, FormView):
    """A roster for a class: files for new people, places in the class for all of them."""

    right = OPEN_CLASSES
    tab = "roster"
    form_class = ClassRosterForm
    template_name = "rosters/class.html"

    def is_permitted(self) -> bool:
        self.training_class = self.object
        return can_bring_in(self.request.user, self.object.host, self.object)

    def get_page_subtitle(self) -> str:
        return _("Bring in a roster")

    def place_of(self, chosen: dict[str, Any]) -> Organisation:
        return self.object.host

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        template = reverse("rosters_class_template", args=[self.object.pk])
        back = reverse("classes_roster", args=[self.object.pk])
        return super().get_context_data(template_url=template, back=back, earlier=self.earlier(), **kwargs)


class PeopleRoster(Choosing, RightRequiredMixin, FormView):
    """A roster for a place: files for new people, no class."""

    right = MANAGE_LEARNERS
    page_title = gettext_lazy("Bring in a roster")
    header_icon = "q-people"
    form_class = PeopleRosterForm
    template_name = "rosters/people.html"

    def extra_form_kwargs(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*super().get_breadcrumbs_items(), {"url": reverse("learners:index"), "label": _("Learners")}]
        return [*items, {"url": "", "label": self.page_title}]

    def place_of(self, chosen: dict[str, Any]) -> Organisation:
        return chosen["organisation"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        template, back = reverse("rosters_template"), reverse("learners:index")
        return super().get_context_data(template_url=template, back=back, earlier=self.earlier(), **kwargs)


class ClassTemplate(ClassScreen, View):
    """The file to fill in for a class, with the wards and teams of its place."""

    right = OPEN_CLASSES

    def is_permitted(self) -> bool:
        return can_bring_in(self.request.user, self.object.host, self.object)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return template_file(self.object.host)


class PeopleTemplate(View):
    """The file to fill in; with the wards and teams of one's place, where it is only one."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        places = list(organisations_where(request.user, MANAGE_LEARNERS)[:2])
        if not places:
            raise PermissionDenied
        return template_file(places[0] if len(places) == 1 else None)


def template_file(place: Organisation | None) -> HttpResponse:
    file = io.BytesIO()
    write_template(file, place)
    answer = HttpResponse(file.getvalue(), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="roster.xlsx"'
    return answer


def counted(planned: list[actions.Planned]) -> dict[str, int]:
    """How many rows come to what."""
    return {
        **{outcome.value: sum(one.outcome == outcome for one in planned) for outcome in Outcome},
        **{
            f"to_{place.value}": sum(one.place == place and one.outcome != Outcome.THERE for one in planned)
            for place in (Place.CLASS, Place.WAITING)
        },
    }


def cookie_of(asked: RosterImport) -> str:
    """The name of the cookie with the key to the slips of a roster."""
    return f"slips-{asked.pk}"


def keep_key(response: HttpResponse, asked: RosterImport, private: str) -> None:
    """Only this browser can open the slips; the cookie goes to this roster's pages alone."""
    response.set_cookie(
        cookie_of(asked), private, max_age=int(actions.SLIPS_KEPT.total_seconds()), httponly=True, samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE, path=reverse("rosters_import", args=[asked.pk]),
    )  # fmt: skip
