"""Submitting a report, reading one that was submitted, and the rows behind its figures."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from courses.people.models import Learner
from courses.people.viewsets import RightRequiredMixin, ScopedObjectMixin, refusals_in
from lms.reports.measures import Figure
from lms.targets import actions
from lms.targets.actions.submitting import reported
from lms.targets.forms import SubmitForm
from lms.targets.models import Snapshot, Submission
from lms.targets.models.submissions import signed
from lms.targets.permissions import SET_TARGETS, VIEW_TARGETS
from lms.targets.views.board import TargetScreen, highest
from lms.targets.views.lines import as_lines, lines_of

PAGE = 100


class SubmitReport(TargetScreen, RightRequiredMixin, FormView):
    """What will be frozen, then the button. A report of this day that exists already is shown instead."""

    right = SET_TARGETS
    template_name = "targets/submit.html"
    form_class = SubmitForm
    page_title = gettext_lazy("Submit a report")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return self.crumbs(("", _("Submit a report")))

    def get_initial(self) -> dict[str, Any]:
        return {"as_of": self.as_of}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        organisation, as_of = highest(self.request.user, SET_TARGETS), self.as_of
        return super().get_context_data(
            organisation=organisation,
            as_of=as_of,
            lines=lines_of(reported(organisation, as_of), as_of, self.request.user) if organisation else [],
            existing=Submission.objects.filter(organisation=organisation, as_of=as_of).first(),
            **kwargs,
        )

    def form_valid(self, form: SubmitForm) -> HttpResponse:
        organisation = highest(self.request.user, SET_TARGETS)
        with refusals_in(form):
            report = actions.submit_report(organisation=organisation, by=self.request.user, **form.cleaned_data)
            messages.success(self.request, _("Submitted. These figures no longer change."))
            return redirect("targets_submission", report.pk)
        return self.form_invalid(form)


class SubmissionPage(TargetScreen, ScopedObjectMixin, TemplateView):
    """A report as it was submitted, and under each figure what has been corrected since (TGT-6)."""

    model = Submission
    right = VIEW_TARGETS
    template_name = "targets/submission.html"

    def get_base_object_queryset(self) -> Any:
        return super().get_base_object_queryset().select_related("organisation", "submitted_by")

    def get_page_title(self) -> str:
        return _("Report as of %(day)s") % {"day": self.object.as_of.isoformat()}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return self.crumbs(("", self.get_page_title()))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        snapshots = list(self.object.snapshots.select_related("target__owner"))
        then = [snapshot.frozen() for snapshot in snapshots]
        figures = {one.target_id: Figure(one.numerator, one.denominator) for one in snapshots}
        lines = as_lines(then, figures, self.object.as_of)
        rows = [
            {"line": line, "snapshot": snapshot, "deltas": deltas, "net": net, "net_text": signed(net)}
            for line, snapshot in zip(lines, snapshots, strict=True)
            for deltas in [snapshot.deltas()]
            for net in [sum(one.change for one in deltas)]
        ]
        return super().get_context_data(
            report=self.object, rows=rows, corrected=any(row["deltas"] for row in rows), **kwargs
        )


class FrozenRows(TargetScreen, ScopedObjectMixin, TemplateView):
    """The rows that a submitted figure counted: exactly as many as it says, with the days as they were then."""

    model = Snapshot
    right = VIEW_TARGETS
    template_name = "targets/frozen_rows.html"

    def get_base_object_queryset(self) -> Any:
        return super().get_base_object_queryset().select_related("submission__organisation", "target__owner")

    def get_organisation(self) -> Any:
        return self.object.submission.organisation

    def get_page_title(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        report = self.object.submission
        page = reverse("targets_submission", args=[report.pk])
        return self.crumbs(
            (page, _("Report as of %(day)s") % {"day": report.as_of.isoformat()}), ("", str(self.object))
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        everything = "all" in self.request.GET and self.object.denominator is not None
        rows = self.object.rows if everything else [row for row in self.object.rows if row[3]]
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        people = Learner.objects.in_bulk([row[1] for row in page.object_list])
        return super().get_context_data(
            snapshot=self.object, report=self.object.submission, page=page, count=len(rows), everything=everything,
            rows=[
                (number, people.get(row[1]), row[2], row[3])
                for number, row in enumerate(page.object_list, page.start_index())
            ],
            **kwargs,
        )  # fmt: skip
