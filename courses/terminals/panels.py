"""What terminals add to other screens of the staff desk."""

from collections.abc import Mapping
from typing import Any

from django.middleware.csrf import get_token
from wagtail.admin.ui.components import Component

from courses.people.permissions import MANAGE_TERMINALS, RESET_PIN, may, rights_anywhere
from courses.terminals import actions
from courses.terminals.models import LoginCard


class LearnerCard(Component):
    """On one person's file: since when there is a card, and the ways to a new card or PIN."""

    template_name = "terminals/desk/learner_card.html"
    order = 40

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        learner, user = parent_context["learner"], parent_context["request"].user
        stay = parent_context.get("stay") or learner.stays.get(until__isnull=True)
        if not may(user, RESET_PIN, stay.organisation):
            return {}
        return {"learner": learner, "card": LoginCard.objects.live().filter(learner=learner).first(), "shown": True}


class LockedOut(Component):
    """On the home page: who is locked out now, and the button that lets them in. Nothing where nobody is."""

    name = "locked_out"
    template_name = "terminals/desk/locked_out_panel.html"
    order = 5

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        request = parent_context["request"]
        looks_after = rights_anywhere(request.user) & {MANAGE_TERMINALS, RESET_PIN}
        lockouts = actions.lockouts(request.user) if looks_after else []
        return {"lockouts": lockouts, "csrf_token": get_token(request) if lockouts else ""}


class AtTheDoor(Component):
    """On the home page of whoever may reset PINs: a number or a name, and the way to a new PIN in one step."""

    name = "door"
    template_name = "terminals/desk/door_panel.html"
    order = 1
    beside = True
