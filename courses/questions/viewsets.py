"""The list of banks, and the forms that open and rename one."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, EditView, IndexView

from courses.people.permissions import MANAGE_QUESTIONS
from courses.people.viewsets import SavedByVerb, ScopedModelViewSet, ScopedPolicy
from courses.questions import actions
from courses.questions.forms import AddBankForm, ChangeBankForm
from courses.questions.models import Bank


class BankList(IndexView):
    """Banks of the schools where one may write questions; the title opens the bank, not a form."""

    page_title = _("Question banks")
    add_item_label = _("Open a question bank")

    def get_base_queryset(self) -> models.QuerySet[Any]:
        return super().get_base_queryset().select_related("organisation", "course__current").with_counts()

    def get_edit_url(self, instance: Bank) -> str:
        return reverse("questions_bank", args=[instance.pk])


class AddBank(SavedByVerb, CreateView):
    page_title = _("Open a question bank")

    def save_instance(self) -> Bank:
        return actions.add_bank(by=self.request.user, **self.form.cleaned_data)

    def get_success_url(self) -> str:
        return reverse("questions_bank", args=[self.object.pk])


class ChangeBank(SavedByVerb, EditView):
    def save_instance(self) -> Bank:
        return actions.change_bank(bank=self.object, by=self.request.user, **self.form.cleaned_data)

    def get_success_url(self) -> str:
        return reverse("questions_bank", args=[self.object.pk])


class BankViewSet(ScopedModelViewSet):
    model = Bank
    name = "banks"
    icon = "q-question"
    menu_label = _("Question banks")
    menu_order = 120
    add_to_admin_menu = True
    index_view_class = BankList
    add_view_class = AddBank
    edit_view_class = ChangeBank
    list_display = [
        "title",
        Column("course", label=_("course"), accessor="course_title"),
        Column("organisation", label=_("school"), accessor="organisation"),
        Column("in_use", label=_("questions in use"), accessor="in_use"),
    ]
    search_fields = ["title"]
    inspect_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type:
        return ChangeBankForm if for_update else AddBankForm


POLICY = ScopedPolicy(Bank, by_object=False, view=MANAGE_QUESTIONS, add=MANAGE_QUESTIONS, change=MANAGE_QUESTIONS)
