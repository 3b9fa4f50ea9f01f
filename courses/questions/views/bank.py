"""One bank: its questions in use, or the retired ones, narrowed by type, topic and words."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.ui.components import Component

from courses.questions.forms import FilterForm
from courses.questions.models import IN_USE, RETIRED, Question
from courses.questions.views.preview import rows
from courses.questions.views.screens import BankScreen

PER_PAGE = 25


class BankPage(BankScreen, TemplateView):
    """The list. Other apps add to the side: hook `construct_question_bank(request, bank, parts)`, where `parts` is a list
    of Laces components that get `bank` and `request` in their parent context."""

    template_name = "questions/bank.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        retired = "retired" in self.request.GET
        everything = Question.objects.filter(bank=self.object)
        kept = everything.retired() if retired else everything.current()
        narrow = FilterForm(self.request.GET, topics=sorted(set(kept.order_by().values_list("topic", flat=True))))
        found = narrow.narrowed(kept).order_by("code")
        page = Paginator(found, PER_PAGE).get_page(self.request.GET.get("page"))
        parts: list[Component] = []
        for construct in hooks.get_hooks("construct_question_bank"):
            construct(self.request, self.object, parts)
        return super().get_context_data(
            retired=retired,
            counts=everything.aggregate(used=Count("pk", filter=IN_USE), retired=Count("pk", filter=RETIRED)),
            narrow=narrow,
            is_narrowed=bool(narrow.chosen()),
            page=page,
            rows=rows(page.object_list),
            query=urlencode({**({"retired": "1"} if retired else {}), **narrow.chosen()}) + "&",
            parts=parts,
            **kwargs,
        )
