"""Who works in a class."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin import messages

from courses.classes import actions
from courses.classes.forms import AssignForm
from courses.classes.views.screens import ClassScreen, refusals_as_messages
from courses.people.viewsets import refusals_in


class ClassPeople(ClassScreen, FormView):
    """Trainers, examiners, invigilators: their qualifications, and who joins them."""

    template_name = "classes/people.html"
    form_class = AssignForm
    tab = "people"

    def get_page_subtitle(self) -> str:
        return _("Staff")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "training_class": self.object}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assignments = self.object.assignments.select_related("user").prefetch_related("user__qualifications")
        return super().get_context_data(assignments=assignments, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "remove" not in request.POST:
            return super().post(request, *args, **kwargs)
        assignment = get_object_or_404(self.object.assignments.select_related("user"), pk=request.POST["remove"])
        with refusals_as_messages(request):
            actions.unassign(assignment=assignment, by=request.user)
            name = assignment.user.get_full_name()
            messages.success(request, _("%(name)s no longer works in this class.") % {"name": name})
        return redirect(request.path)

    def form_valid(self, form: AssignForm) -> HttpResponse:
        with refusals_in(form):
            actions.assign(training_class=self.object, by=self.request.user, **form.cleaned_data)
            name = form.cleaned_data["user"].get_full_name()
            messages.success(self.request, _("%(name)s works in this class now.") % {"name": name})
            return redirect(self.request.path)
        return self.form_invalid(form)
