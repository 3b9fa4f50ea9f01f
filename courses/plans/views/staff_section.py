"""A section of a plan as it stands on the form, and one field with every text that stood in it."""

from collections import Counter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from courses.people.viewsets import refusals_in
from courses.plans import actions
from courses.plans.book import Book, BookSection
from courses.plans.forms import CommentForm
from courses.plans.models import HandIn, Plan, PlanLog
from courses.plans.views.staff_computed import reckoned_of
from courses.plans.views.staff_parts import parts_of
from courses.plans.views.staff_screen import PlanScreen, known_place
from courses.plans.wording import place_name, text_of


class ReadSection(PlanScreen, TemplateView):
    """One section as on the form, with what is worked out beside it; each field leads to its page."""

    template_name = "plans/staff_section.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.section = section_of(self.book, kwargs["section"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.pop("section", None)  # of the address: only its name
        codes = [section.code for section in self.book.sections]
        place = codes.index(self.section.code)
        shown = [one for one in self.comments if one.path.partition(".")[0] == self.section.code]
        counts = Counter(one.path for one in shown if one.settled_at is None)
        return super().get_context_data(
            section=self.section,
            parts=parts_of(self.section, self.values, counts),
            reckoned=reckoned_of(self.section.code, self.book.code, self.found),
            comments=[{"comment": one, "place": self.named(one.path)} for one in shown],
            before=self.book.sections[place - 1] if place else None,
            after=self.book.sections[place + 1] if place + 1 < len(codes) else None,
            place=place + 1,
            cell_query=f"attempt={self.read.number}&" if self.read else "",
            **kwargs,
        )

    def named(self, path: str) -> str:
        place = known_place(self.book, path)
        return place_name(place, self.values) if place else path


class CellPage(PlanScreen, FormView):
    """One field: what stands in it, what stood in it when, what was said to it; and a place to say more (`?path=`)."""

    template_name = "plans/staff_cell.html"
    form_class = CommentForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.place = known_place(self.book, request.GET.get("path", ""))
        if self.place is None:
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        path, asked = self.place.path, self.place.field
        log = PlanLog.objects.filter(plan=self.plan, path=path).order_by("-version")
        return super().get_context_data(
            section=self.place.section,
            place_name=place_name(self.place, self.values),
            text=text_of(asked, self.values.get(path, "")),
            unit=asked.unit,
            log=[(one, text_of(asked, one.value)) for one in log],
            comments=[one for one in self.comments if one.path == path],
            back=section_url(self.plan, self.place.section, self.read),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("act") == "settle":
            return PlanScreen.post(self, request, *args, **kwargs)
        form = self.get_form()
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def form_valid(self, form: CommentForm) -> HttpResponse:
        with refusals_in(form):
            actions.comment(
                plan=self.plan, path=self.place.path, text=form.cleaned_data["comment"], by=self.request.user
            )
            messages.success(self.request, _("The comment is stored. The learner sees it at this field."))
            return redirect(section_url(self.plan, self.place.section, self.read))
        return self.form_invalid(form)


def section_of(book: Book, code: str) -> BookSection:
    """A section of the book; 404 where it has none of that name."""
    try:
        return book.section(code)
    except KeyError:
        raise Http404 from None


def section_url(plan: Plan, section: BookSection, read: HandIn | None = None) -> str:
    url = reverse("plans_section", args=[plan.pk, section.code])
    return f"{url}?{urlencode({'attempt': read.number})}" if read else url
