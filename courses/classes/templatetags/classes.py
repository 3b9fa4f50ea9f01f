"""`{% load classes %}`: the tabs of a class. `{% class_tabs training_class "registers" %}`."""

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from courses.catalogue.rules import PLAN_BOOK
from courses.classes.models import ClassSession, Enrolment, TrainingClass
from courses.classes.permissions import may_in_class
from courses.people.permissions import READ_PLANS

register = template.Library()

# Name of the address (its argument: the class), key, words. Addresses of apps above are left out where they do not exist.
TABS = [
    ("classes_class", "overview", _("Overview")),
    ("classes_roster", "roster", _("Roster")),
    ("classes_timetable", "timetable", _("Timetable")),
    ("classes_people", "people", _("Staff")),
    ("attendance_registers", "registers", _("Registers")),
    ("learning_class", "learning", _("At the terminals")),
    ("plans_class", "plans", pgettext_lazy("of a class", "Plans")),
    ("exams_class", "exams", _("Exams")),
    ("results_class", "results", _("Results")),
]

STATE_CHIPS = {
    TrainingClass.State.APPLIED: "look",
    TrainingClass.State.RUNNING: "good",
    Enrolment.State.SUSPENDED: "look",
    Enrolment.State.COMPLETED: "good",
    ClassSession.State.INTERRUPTED: "look",
}


@register.inclusion_tag("classes/tabs.html", takes_context=True)
def class_tabs(context: template.Context, training_class: TrainingClass, current: str = "") -> dict[str, Any]:
    """Links to all screens of a class; the current one is marked. Plans: to whom they may be shown, in courses with a workbook."""
    tabs = []
    for name, key, label in TABS:
        if key == "plans" and not reads_plans(context, training_class):
            continue
        try:
            url = reverse(name, args=[training_class.pk])
        except NoReverseMatch:
            continue
        words = plans_word(training_class) if key == "plans" else label
        tabs.append({"url": url, "label": words, "current": key == current})
    return {"tabs": tabs}


def plans_word(training_class: TrainingClass) -> str:
    """What the class writes: business plans, or the workbook on the way to an idea."""
    is_plan = training_class.edition.workbook == PLAN_BOOK
    return pgettext("of a class", "Plans") if is_plan else pgettext("of a class", "Workbooks")


def reads_plans(context: template.Context, training_class: TrainingClass) -> bool:
    """Whether the class writes plans that the person at the desk may read (PRV-3)."""
    request = context.get("request")
    if not training_class.edition.workbook or request is None:
        return False
    return may_in_class(request.user, READ_PLANS, training_class)


@register.filter
def chip_kind(state: str) -> str:
    """How a state of a class, an enrolment or a session is shown: `kind` of components/chip.html."""
    return STATE_CHIPS.get(state, "plain")
