"""`{% load classes %}`: the tabs of a class. `{% class_tabs training_class "registers" %}`."""

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from courses.classes.models import ClassSession, Enrolment, TrainingClass

register = template.Library()

# Name of the address (its argument: the class), key, words. Addresses of apps above are left out where they do not exist.
TABS = [
    ("classes_class", "overview", _("Overview")),
    ("classes_roster", "roster", _("Roster")),
    ("classes_timetable", "timetable", _("Timetable")),
    ("classes_people", "people", _("Staff")),
    ("attendance_registers", "registers", _("Registers")),
    ("learning_class", "learning", _("At the terminals")),
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


@register.inclusion_tag("classes/tabs.html")
def class_tabs(training_class: TrainingClass, current: str = "") -> dict[str, Any]:
    """Links to all screens of a class; the current one is marked."""
    tabs = []
    for name, key, label in TABS:
        try:
            url = reverse(name, args=[training_class.pk])
        except NoReverseMatch:
            continue
        tabs.append({"url": url, "label": label, "current": key == current})
    return {"tabs": tabs}


@register.filter
def chip_kind(state: str) -> str:
    """How a state of a class, an enrolment or a session is shown: `kind` of components/chip.html."""
    return STATE_CHIPS.get(state, "plain")
