"""Staff screens that show and change only what belongs to the person at the desk.

Wagtail's stock views load any object by its number and list all of them, whatever permission policy is registered. Every
screen on something that belongs to an organisation or a class therefore builds on this module (the one screen module that
other apps import). A foreign object answers 404, as an absent one does.

**Lists and forms on a model** – `wagtail_hooks.py` of the app::

    register_permission_policy(TrainingClass, ScopedPolicy(TrainingClass, view=VIEW_CLASSES, add=OPEN_CLASSES,
                                                            change=OPEN_CLASSES))      # before the viewset

    class ClassViewSet(ScopedModelViewSet):
        model = TrainingClass                      # its QuerySet must have visible_to(user)
        form_fields = ["name", "capacity"]
        add_view_class = OpenClass                 # class OpenClass(SavedByVerb, CreateView): save_instance calls the verb

    @hooks.register("register_admin_viewset")
    def classes(): return ClassViewSet()

What is not named in the policy (here: delete) is allowed to nobody. Drop-down lists of forms and filters are narrowed to
`visible_to(user)` by themselves; narrow further in the form (`for_user`); a form that must offer more (a prison asks
any school) names the field: `offered_to_all = {"provider": "reason"}`. `ScopedChooserViewSet` is the same for choosers.
Prefer `ModelViewSet`; a `SnippetViewSet` also needs `chooser_viewset_class` set to a scoped one.

**Any other screen** (register, console, a page with one button) – `views.py` of the app::

    class Register(ScopedObjectMixin, TemplateView):
        model = ClassSession
        right = MARK_REGISTERS                     # on obj.organisation; override is_permitted() for another question
        template_name = "attendance/register.html" # extends "wagtailadmin/generic/base.html", block main_content

    class Decide(ScopedObjectMixin, FormView): ...

Verbs refuse with ValidationError: `with refusals_in(form): verb(...)` puts the sentences at the fields of the form.
"""

from courses.people.viewsets.columns import ChipColumn, DayColumn, WholeColumn
from courses.people.viewsets.narrowing import ScopedChooser, narrow, visible
from courses.people.viewsets.policy import ScopedPolicy
from courses.people.viewsets.scoped import Scoped, ScopedChooserViewSet, ScopedModelViewSet
from courses.people.viewsets.screens import DecideMixin, RightRequiredMixin, SavedByVerb, ScopedObjectMixin, refusals_in

__all__ = [
    "ChipColumn",
    "DayColumn",
    "DecideMixin",
    "RightRequiredMixin",
    "SavedByVerb",
    "Scoped",
    "ScopedChooser",
    "ScopedChooserViewSet",
    "ScopedModelViewSet",
    "ScopedObjectMixin",
    "ScopedPolicy",
    "WholeColumn",
    "narrow",
    "refusals_in",
    "visible",
]
