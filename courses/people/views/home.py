"""The first panels of the staff desk."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from courses.people.models import Learner, User
from courses.people.permissions import (
    APPOINT,
    MANAGE_LEARNERS,
    MANAGE_ORGANISATION,
    VIEW_LEARNERS,
    organisations_where,
    rights_anywhere,
)
from courses.people.views.waiting import waiting_for

SOON = timedelta(days=60)
PLACES = 3  # places that are named; the rest is a number


class WaitingPanel(Component):
    """How many requests wait for my signature, and the oldest of them: first on the page, or last when there are none."""

    name = "waiting"
    template_name = "people/panels/waiting.html"

    def __init__(self, user: User) -> None:
        self.waiting = waiting_for(user)
        self.order = 10 if self.waiting else 100
        self.beside = not self.waiting

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"count": len(self.waiting), "waiting": self.waiting[:5]}


class QualificationPanel(Component):
    """What the reader holds that has ended, or ends within two months: nobody is assigned to a class on it (CLS-5)."""

    name = "qualification"
    template_name = "people/panels/qualification.html"
    order = 8

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        today = timezone.localdate()
        held = list(parent_context["request"].user.qualifications.all())
        lasting = {one.kind for one in held if one.valid_to is None or one.valid_to >= today + SOON}
        ending = [one for one in held if one.kind not in lasting and one.valid_to]
        newest = {one.kind: one for one in sorted(ending, key=lambda one: one.valid_to)}
        return {"ended": [one for one in newest.values() if one.valid_to < today],
                "ending": [one for one in newest.values() if one.valid_to >= today]}  # fmt: skip


class PeoplePanel(Component):
    """The ways to people: only those that are open to me."""

    name = "people"
    template_name = "people/panels/people.html"
    order = 90
    beside = True

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        rights = rights_anywhere(user)
        ways = [
            (VIEW_LEARNERS, _("Learners"), reverse("learners:index"), "people"),
            (MANAGE_LEARNERS, _("Open a file"), reverse("people_register"), "person"),
            (MANAGE_ORGANISATION, _("Organisations"), reverse("organisations:index"), "home"),
            (APPOINT, _("Staff"), reverse("staff:index"), "card"),
        ]
        present = pending = None
        if VIEW_LEARNERS in rights:
            visible = Learner.objects.visible_to(user)
            present, pending = visible.count(), visible.filter(id_evidence=Learner.IdEvidence.UNVERIFIED).count()
        return {
            "ways": [(label, url, icon) for right, label, url, icon in ways if right in rights],
            "present": present,
            "pending": pending,
            "places": list(organisations_where(user, rights)[:PLACES]) if rights else [],
            "all_places": organisations_where(user, rights).count() if rights else 0,
            "sees_places": MANAGE_ORGANISATION in rights,
        }
