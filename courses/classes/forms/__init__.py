"""Forms on classes."""

from courses.classes.forms.drafting import ApplicationForm, ChangeClassForm, DraftClassForm
from courses.classes.forms.people import AssignForm, EnrolForm, EnrolmentForm
from courses.classes.forms.timetable import ClassHoursField, PlanSessionsForm, SessionForm

__all__ = [
    "ApplicationForm",
    "AssignForm",
    "ChangeClassForm",
    "ClassHoursField",
    "DraftClassForm",
    "EnrolForm",
    "EnrolmentForm",
    "PlanSessionsForm",
    "SessionForm",
]
