"""What the screens of one bank and of its questions share."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.people.models import Organisation
from courses.people.permissions import MANAGE_QUESTIONS
from courses.people.viewsets import ScopedObjectMixin
from courses.questions.models import Bank, Question


class BankScreen(ScopedObjectMixin):
    """A screen about one bank, or about something in it (`bank`). Foreign ones answer 404."""

    model = Bank
    right = MANAGE_QUESTIONS
    header_icon = "q-question"

    @property
    def bank(self) -> Bank:
        return self.object  # type: ignore[attr-defined]

    def get_base_object_queryset(self) -> Any:
        return super().get_base_object_queryset().select_related("organisation", "course__current")

    def get_organisation(self) -> Organisation:
        return self.bank.organisation

    def get_page_title(self) -> str:
        return self.bank.title

    def trail(self) -> list[tuple[str, str]]:
        """Between the bank and this page: addresses and labels."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        links = [(reverse("banks:index"), _("Question banks")), (bank_url(self.bank), self.bank.title), *self.trail()]
        here = self.get_page_subtitle()
        items = [{"url": url, "label": label} for url, label in (links if here else links[:-1])]
        return [*self.breadcrumbs_items, *items, {"url": "", "label": here or links[-1][1]}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(bank=self.bank, **kwargs)


class QuestionScreen(BankScreen):
    """A screen about one version of a question."""

    model = Question

    @property
    def bank(self) -> Bank:
        return self.object.bank  # type: ignore[attr-defined]

    def get_base_object_queryset(self) -> Any:
        joined = ("bank__organisation", "bank__course__current", "written_by")
        return ScopedObjectMixin.get_base_object_queryset(self).select_related(*joined)

    def get_page_title(self) -> str:
        return self.object.code  # type: ignore[attr-defined]

    def trail(self) -> list[tuple[str, str]]:
        return [(question_url(self.object), self.object.code)]  # type: ignore[attr-defined]


def bank_url(bank: Bank) -> str:
    return reverse("questions_bank", args=[bank.pk])


def question_url(question: Question) -> str:
    return reverse("questions_question", args=[question.pk])
