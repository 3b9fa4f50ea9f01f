"""All workbooks of a class on paper with one click: how far the file is, and the file itself."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from courses.classes.models import TrainingClass
from courses.classes.views.screens import refusals_as_messages
from courses.plans import actions
from courses.plans.actions.printing import plans_to_print
from courses.plans.models import ClassPrint
from courses.plans.views.staff_class import PlansOfClass

State = ClassPrint.State
CHIPS = {State.DONE: "good", State.FAILED: "stop"}


class NamedPlans(PlansOfClass):
    """Of a class that one may see: the file begins with a list of names."""

    def get_base_object_queryset(self) -> Any:
        return super().get_base_object_queryset().filter(pk__in=TrainingClass.objects.visible_to(self.request.user))


class PrintClass(NamedPlans, TemplateView):
    """GET shows what was asked for last and reloads itself until it is there; POST asks."""

    template_name = "plans/staff_print.html"
    header_icon = "q-print"

    def get_page_subtitle(self) -> str:
        return _("Print all of them")

    @cached_property
    def newest(self) -> ClassPrint | None:
        return ClassPrint.objects.newest(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        newest = self.newest
        return super().get_context_data(
            print=newest,
            chip=CHIPS.get(State(newest.state), "plain") if newest else "plain",
            reloads=newest is not None and newest.state in (State.ASKED, State.WORKING),
            books=len(plans_to_print(self.object)),
            is_plan=self.book.is_plan,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with refusals_as_messages(request):
            actions.ask_class_print(training_class=self.object, by=request.user)
        return redirect("plans_class_print", self.object.pk)


class ClassPrintFile(NamedPlans, View):
    """The newest file of the class, for whoever may read its plans now: the right is asked again at each download."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        newest = ClassPrint.objects.newest(self.object)
        if newest is None or newest.state != State.DONE or not newest.file:
            raise Http404
        response = FileResponse(newest.file.open("rb"), filename=newest.file_name, content_type="application/pdf")
        response["Cache-Control"] = "private, no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response
