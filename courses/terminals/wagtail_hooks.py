"""Classroom computers on the staff desk."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from courses.people.models import Learner
from courses.people.permissions import MANAGE_TERMINALS, RESET_PIN, rights_anywhere
from courses.terminals import panels
from courses.terminals.views import cards, computers


@hooks.register("register_admin_urls")
def screens() -> list[URLPattern]:
    return [
        path("terminals/", computers.Classrooms.as_view(), name="terminals_desk"),
        path("terminals/new/", computers.AddTerminal.as_view(), name="terminals_add"),
        path("terminals/release/", computers.Release.as_view(), name="terminals_release"),
        path("terminals/<int:pk>/code/", computers.NewCode.as_view(), name="terminals_code"),
        path("terminals/<int:pk>/revoke/", computers.Revoke.as_view(), name="terminals_revoke"),
        path("terminals/sessions/<int:pk>/end/", computers.EndSession.as_view(), name="terminals_end_session"),
        path("terminals/rooms/<int:pk>/end/", computers.EndRoom.as_view(), name="terminals_end_room"),
        path("terminals/places/<int:pk>/end/", computers.EndPlace.as_view(), name="terminals_end_place"),
        path("terminals/cards/", cards.Cards.as_view(), name="terminals_cards"),
        path("terminals/door/", cards.AtTheDoor.as_view(), name="terminals_door"),
        path("learners/<int:pk>/card/", cards.NewCard.as_view(), name="terminals_card"),
        path("learners/<int:pk>/pin/", cards.NewPin.as_view(), name="terminals_pin"),
    ]


@hooks.register("construct_main_menu")
def menu(request: HttpRequest, items: list[MenuItem]) -> None:
    rights = rights_anywhere(request.user)
    if rights & {MANAGE_TERMINALS, RESET_PIN}:
        url = reverse("terminals_desk")
        items.append(MenuItem(_("Classroom computers"), url, name="terminals", icon_name="q-keypad", order=700))
    if RESET_PIN in rights:
        url = reverse("terminals_cards")
        items.append(MenuItem(_("Sign-in cards"), url, name="cards", icon_name="q-card", order=710))


@hooks.register("construct_learner_file")
def part_of_the_file(request: HttpRequest, learner: Learner, parts: list[Component]) -> None:
    parts.append(panels.LearnerCard())


@hooks.register("construct_homepage_panels")
def home(request: HttpRequest, found: list[Component]) -> None:
    found.append(panels.LockedOut())
    if RESET_PIN in rights_anywhere(request.user):
        found.append(panels.AtTheDoor())
