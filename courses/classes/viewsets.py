"""The list of classes, and the forms that draft and change one."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, EditView, IndexView

from courses.classes import actions
from courses.classes.forms import ChangeClassForm, DraftClassForm
from courses.classes.models import Enrolment, TrainingClass
from courses.classes.templatetags.classes import chip_kind
from courses.people.models import User
from courses.people.permissions import OPEN_CLASSES, VIEW_CLASSES
from courses.people.viewsets import ChipColumn, DayColumn, SavedByVerb, ScopedModelViewSet, ScopedPolicy, WholeColumn

GONE = Q(enrolments__state=Enrolment.State.INCOMPLETE) & ~Q(enrolments__end_reason=Enrolment.EndReason.HOURS_SHORT)


class ClassPolicy(ScopedPolicy):
    """A class belongs to two organisations, and a trainer holds rights on the class itself."""

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> models.QuerySet[Any]:
        found = TrainingClass.objects.none()
        for name in {right for action in actions for right in self.rights.get(action, [])}:
            found |= TrainingClass.objects.where(user, name)
        return found


class ClassFilters(WagtailFilterSet):
    """State, place, school; and those that are over and still run."""

    over = django_filters.ChoiceFilter(
        label=_("last day"), choices=[("1", _("over, and not closed"))], method="filter_over", empty_label=_("all")
    )

    class Meta:
        model = TrainingClass
        fields = ["state", "host", "provider"]

    def filter_over(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.not_closed() if value else queryset


class ClassList(IndexView):
    """Classes, newest first; the number opens the class, not a form."""

    table_classname = "listing q-listing--numbers"

    def get_base_queryset(self) -> models.QuerySet[Any]:
        classes = super().get_base_queryset().select_related("edition__course", "host", "provider")
        return classes.annotate(learners=Count("enrolments", filter=~GONE))

    def get_edit_url(self, instance: TrainingClass) -> str:
        return reverse("classes_class", args=[instance.pk])

    def get_list_more_buttons(self, instance: TrainingClass) -> list[Any]:
        """None: the one there was, "edit", led where the class number leads."""
        return []


class DraftClass(SavedByVerb, CreateView):
    def save_instance(self) -> TrainingClass:
        return actions.draft_class(by=self.request.user, **self.form.cleaned_data)

    def get_success_url(self) -> str:
        return reverse("classes_class", args=[self.object.pk])


class ChangeClass(SavedByVerb, EditView):
    def save_instance(self) -> TrainingClass:
        return actions.change_class(training_class=self.object, by=self.request.user, **self.form.cleaned_data)

    def get_success_url(self) -> str:
        return reverse("classes_class", args=[self.object.pk])


class LearnersColumn(WholeColumn):
    """ "24 / 30": on the roster, of so many places."""

    def get_value(self, instance: TrainingClass) -> str:
        return f"{instance.learners} / {instance.capacity}"  # type: ignore[attr-defined]


class ClassViewSet(ScopedModelViewSet):
    model = TrainingClass
    name = "classes"
    icon = "q-calendar"
    menu_label = _("Classes")
    menu_order = 100
    add_to_admin_menu = True
    index_view_class = ClassList
    add_view_class = DraftClass
    edit_view_class = ChangeClass
    list_display = [
        "class_no",
        Column("edition", label=_("course"), accessor="edition.title"),
        Column("host", label=_("place"), accessor="host"),
        Column("provider", label=_("school"), accessor="provider"),
        LearnersColumn("learners", label=_("learners")),
        DayColumn("starts_on", label=_("from"), sort_key="starts_on"),
        DayColumn("ends_on", label=_("until")),
        ChipColumn("state", label=_("state"), accessor="get_state_display", kind=lambda one: chip_kind(one.state)),
    ]
    filterset_class = ClassFilters
    search_fields = ["class_no"]
    inspect_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type:
        return ChangeClassForm if for_update else DraftClassForm


POLICY = ClassPolicy(TrainingClass, view=VIEW_CLASSES, add=OPEN_CLASSES, change=OPEN_CLASSES)
