"""The classroom on the staff desk: who sits where, whom to let in again, everyone out; and the computers themselves."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from courses.people.models import Organisation, Room
from courses.people.permissions import MANAGE_TERMINALS, RESET_PIN, may, organisations_where
from courses.people.viewsets import RightRequiredMixin, ScopedObjectMixin, refusals_in
from courses.terminals import actions
from courses.terminals.forms import TerminalForm
from courses.terminals.models import Terminal, TerminalSession
from courses.terminals.permissions import sign_in_rules

LOOKS_AFTER = (MANAGE_TERMINALS, RESET_PIN)


class Titled:
    """A screen of its own in the path at the top of the page."""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = super().get_breadcrumbs_items()  # type: ignore[misc]
        return [*items, {"url": "", "label": self.get_page_title()}]  # type: ignore[attr-defined]


class Classrooms(Titled, RightRequiredMixin, TemplateView):
    """All rooms with their terminals, and the numbers that are locked out."""

    right = LOOKS_AFTER
    template_name = "terminals/desk/classrooms.html"
    page_title = gettext_lazy("Classroom computers")
    header_icon = "q-keypad"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        managed = set(organisations_where(user, MANAGE_TERMINALS).values_list("pk", flat=True))
        terminals = Terminal.objects.visible_to(user).in_use().select_related("organisation", "room")
        live = TerminalSession.objects.live().filter(terminal__in=terminals).select_related("learner")
        return super().get_context_data(
            rooms=rooms_of(terminals.order_by("organisation", "room__name", "name"), live),
            lockouts=actions.lockouts(user),
            managed=managed,
            may_add=bool(managed),
            **kwargs,
        )


def rooms_of(terminals: Iterable[Terminal], live: Iterable[TerminalSession]) -> list[dict[str, Any]]:
    """Rooms in order, each with its terminals and who sits there."""
    sessions = {session.terminal_id: session for session in live}
    rooms: dict[tuple[int, int | None], dict[str, Any]] = {}
    for terminal in terminals:
        key = (terminal.organisation_id, terminal.room_id)
        room = rooms.setdefault(
            key, {"organisation": terminal.organisation, "room": terminal.room, "seats": [], "taken": 0}
        )
        session = sessions.get(terminal.pk)
        room["seats"].append({"terminal": terminal, "session": session})
        room["taken"] += session is not None
    return list(rooms.values())


class LookedAfter(ScopedObjectMixin):
    """Whoever enrols terminals or resets PINs at the object's organisation may."""

    def is_permitted(self) -> bool:
        return any(may(self.request.user, right, self.get_organisation()) for right in LOOKS_AFTER)  # type: ignore[attr-defined]


class EndRoom(LookedAfter, View):
    """一键收场 for a room. POST."""

    model = Room
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _ended(request, actions.end_room(room=self.object, by=request.user))


class EndPlace(LookedAfter, View):
    """一键收场 for a whole place. POST."""

    model = Organisation
    http_method_names = ["post"]

    def get_organisation(self) -> Organisation:
        return self.object

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _ended(request, actions.end_room(organisation=self.object, by=request.user))


class EndSession(LookedAfter, View):
    """One learner out. POST."""

    model = TerminalSession
    http_method_names = ["post"]

    def get_organisation(self) -> Organisation:
        return self.object.terminal.organisation

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actions.end_session(session=self.object, by=request.user)
        messages.success(request, _("%(name)s is free.") % {"name": self.object.terminal})
        return redirect("terminals_desk")


class Release(RightRequiredMixin, View):
    """Let a number, or a terminal, try again at once. POST."""

    right = LOOKS_AFTER
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        number = request.POST.get("number", "")
        if number:
            actions.release_number(learner_no=number, by=request.user)
        else:
            terminal = (
                Terminal.objects.visible_to(request.user).filter(pk=_number(request.POST.get("terminal"))).first()
            )
            if terminal is not None:
                actions.release_terminal(terminal=terminal, by=request.user)
        messages.success(request, _("They can sign in again now."))
        return redirect(
            request.POST.get("back") if request.POST.get("back") == reverse("wagtailadmin_home") else "terminals_desk"
        )


class AddTerminal(Titled, RightRequiredMixin, FormView):
    """A new terminal; then the code to type on it, once."""

    right = MANAGE_TERMINALS
    template_name = "people/form.html"
    form_class = TerminalForm
    page_title = gettext_lazy("Enrol a computer")
    header_icon = "q-keypad"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "for_user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        intro = _("The next page gives a code. Type it at that computer within half an hour; it works once.")
        return super().get_context_data(submit=_("Enrol"), back=reverse("terminals_desk"), intro=intro, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        facts = form.cleaned_data
        with refusals_in(form):
            terminal, _token = actions.enrol_terminal(
                organisation=facts["organisation"], room=facts["room"], name=facts["name"], by=self.request.user
            )
            return show_code(self, terminal)
        return self.form_invalid(form)


class NewCode(Titled, ScopedObjectMixin, FormView):
    """A code for a terminal that is enrolled already: another computer takes its place. GET asks, POST makes it."""

    model = Terminal
    right = MANAGE_TERMINALS
    form_class = Form  # the question alone
    template_name = "people/form.html"
    header_icon = "q-keypad"

    def get_page_title(self) -> str:
        return _("New code for %(name)s") % {"name": self.object}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        intro = _(
            "The computer that is %(name)s now will be none any more as soon as the code has been typed elsewhere."
        )
        return super().get_context_data(
            submit=_("Make a code"), back=reverse("terminals_desk"), intro=intro % {"name": self.object}, **kwargs
        )

    def form_valid(self, form: Any) -> HttpResponse:
        with refusals_in(form):
            return show_code(self, self.object)
        return self.form_invalid(form)


def show_code(view: Any, terminal: Terminal) -> HttpResponse:
    """The page that shows an enrolment code this once."""
    code = actions.enrolment_code(terminal=terminal, by=view.request.user)
    address = view.request.build_absolute_uri(reverse("terminals:start"))
    hint = _(
        "At the computer %(name)s open %(address)s within %(minutes)s minutes and type the code there. It works once."
    )
    context = view.get_context_data(
        secret=code,
        secret_label=_("The code for %(name)s") % {"name": terminal},
        secret_hint=hint % {"name": terminal, "address": address, "minutes": sign_in_rules().code_minutes},
    )
    return view.render_to_response({**context, "form": None, "intro": ""}, headers={"Cache-Control": "no-store"})


class Revoke(ScopedObjectMixin, View):
    """Take a terminal out of use. POST."""

    model = Terminal
    right = MANAGE_TERMINALS
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            actions.revoke_terminal(terminal=self.object, by=request.user)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, _("%(name)s is out of use. Nobody can sign in there.") % {"name": self.object})
        return redirect("terminals_desk")


def _ended(request: HttpRequest, ended: int) -> HttpResponse:
    text = _("%(n)s learners signed out. What they did is kept.") if ended else _("Nobody was signed in.")
    messages.success(request, text % {"n": ended} if ended else text)
    return redirect("terminals_desk")


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 12 else 0
