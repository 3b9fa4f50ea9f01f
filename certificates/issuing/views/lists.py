"""The lists: certificates, batches, and classes whose learners wait for certificates."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import HeaderButton

from certificates.issuing.models import Batch, Certificate
from certificates.issuing.models.issuers import BATCH_RIGHTS
from certificates.issuing.rules import number as numbers
from certificates.issuing.views.showing import BATCH_CHIPS, CHIPS
from courses.classes.models import TrainingClass
from courses.people.models import User
from courses.people.permissions import PREPARE_CERTIFICATES, holds_anywhere, organisations_where, rights_anywhere
from courses.people.viewsets import ChipColumn, DayColumn, RightRequiredMixin, WholeColumn
from courses.results.models import Outcome


class CertificateFilters(WagtailFilterSet):
    """In which state a certificate is."""

    state = django_filters.ChoiceFilter(
        label=_("State"), choices=Certificate.State.choices, empty_label=_("all"), widget=forms.Select
    )

    class Meta:
        model = Certificate
        fields: list[str] = []


class CertificateList(IndexView):
    """What was issued: found by name, certificate number or register number."""

    page_title = _("Certificates")
    filterset_class = CertificateFilters
    any_permission_required = ["view"]
    is_searchable = True
    default_ordering = "-register_number"
    paginate_by = 30
    all_columns = [
        TitleColumn(
            "name",
            label=pgettext_lazy("of a person", "Name"),
            get_url=lambda obj: reverse("issuing_certificate", args=[obj.pk]),
        ),
        Column("title", label=_("Certificate"), accessor=lambda obj: obj.facts["title"]),
        Column("course", label=_("Course"), accessor=lambda obj: obj.facts["course"]),
        WholeColumn("number", label=_("Certificate number"), accessor=lambda obj: numbers.grouped(obj.number)),
        WholeColumn("register_number", label=_("Register number"), sort_key="register_number"),
        DayColumn("award_date", label=_("Date of award"), sort_key="award_date"),
        ChipColumn("state", label=_("State"), accessor="get_state_display", kind=lambda obj: CHIPS[obj.state][0]),
    ]

    @property
    def columns(self) -> list[Column]:
        """The register is the issuer's: the place of a class sees the certificates, not their register numbers."""
        keeps_register = rights_anywhere(self.request.user) & {*BATCH_RIGHTS}
        return [column for column in self.all_columns if keeps_register or column.name != "register_number"]

    def get_add_url(self) -> None:
        return None

    @property
    def header_buttons(self) -> list[HeaderButton]:
        buttons = []
        if rights_anywhere(self.request.user) & {*BATCH_RIGHTS}:
            buttons.append(HeaderButton(_("Batches"), reverse("batches:index"), icon_name="q-pages"))
            buttons.append(HeaderButton(_("Issuers"), reverse("issuing_issuers"), icon_name="q-home"))
        if holds_anywhere(self.request.user, PREPARE_CERTIFICATES):
            buttons.insert(0, HeaderButton(_("Prepare certificates"), reverse("issuing_choose"), icon_name="q-pen"))
        return buttons

    def search_queryset(self, queryset: Any) -> Any:
        query = (self.search_query or "").strip()
        if not query:
            return queryset
        found = Q(name__icontains=query) | Q(register_number__icontains=query)
        if typed := numbers.normalise(query):
            found |= Q(number__startswith=typed)
        return queryset.filter(found)


class BatchList(IndexView):
    """Batches, newest first, and where each of them stands."""

    page_title = _("Batches of certificates")
    any_permission_required = ["view"]
    default_ordering = "-prepared_at"
    paginate_by = 30
    columns = [
        TitleColumn("batch", label=_("Batch"), accessor=str, get_url=lambda obj: reverse("issuing_batch", args=[obj.pk])),
        Column("certificate_type", label=_("Certificate")),
        Column("count", label=_("Learners"), accessor="count"),
        Column("issuer", label=_("Issuer")),
        DayColumn("award_date", label=_("Date of award"), sort_key="award_date"),
        Column("prepared_by", label=_("Prepared by"), accessor=lambda obj: obj.prepared_by.get_full_name() if obj.prepared_by else "—"),
        ChipColumn("state", label=_("State"), accessor="get_state_display", kind=lambda obj: BATCH_CHIPS[obj.state]),
    ]  # fmt: skip

    def get_add_url(self) -> None:
        return None

    @property
    def header_buttons(self) -> list[HeaderButton]:
        if not holds_anywhere(self.request.user, PREPARE_CERTIFICATES):
            return []
        return [HeaderButton(_("Prepare certificates"), reverse("issuing_choose"), icon_name="q-pen")]

    def get_base_queryset(self) -> QuerySet[Batch]:
        found = super().get_base_queryset().select_related("certificate_type", "issuer", "prepared_by")
        return found.annotate(count=Count("items"))


def without_certificate(user: User) -> QuerySet[Outcome]:
    """Passes, at the schools for which the user prepares certificates, that have led to none yet."""
    schools = organisations_where(user, PREPARE_CERTIFICATES)
    held = Certificate.objects.live().filter(
        learner=OuterRef("enrolment__learner"), edition=OuterRef("enrolment__training_class__edition")
    )
    return Outcome.objects.certifiable().filter(~Exists(held), enrolment__training_class__provider__in=schools)


class ChooseClass(RightRequiredMixin, TemplateView):
    """Classes of my school with learners who passed and have no certificate yet."""

    right = PREPARE_CERTIFICATES
    page_title = _("Prepare certificates")
    header_icon = "q-pen"
    template_name = "issuing/choose.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*super().get_breadcrumbs_items(), {"url": reverse("certificates:index"), "label": _("Certificates")}]
        return [*items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = without_certificate(self.request.user)
        counts = dict(
            waiting.values_list("enrolment__training_class").annotate(count=Count("pk")).values_list(
                "enrolment__training_class", "count"
            )
        )  # fmt: skip
        classes = list(TrainingClass.objects.filter(pk__in=counts).select_related("edition", "host"))
        for training_class in classes:
            training_class.without_certificate = counts[training_class.pk]  # type: ignore[attr-defined]
        return super().get_context_data(classes=classes, **kwargs)
