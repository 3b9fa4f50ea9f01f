"""Serving pages, and the screen on which a whole course is published."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.views import serve

from cms.pages import actions
from cms.pages.actions.publishing import Outcome, changes_with_drafts, outcome_with_drafts
from cms.pages.caching import kept
from cms.pages.changes import shown_changes
from cms.pages.models import CoursePage
from courses.people.viewsets import refusals_in

page = kept(serve)

OUTCOMES = {
    Outcome.FIRST: _("This becomes the first edition of the course."),
    Outcome.NEXT: _("Facts changed: this becomes the next edition. Classes that run keep theirs."),
    Outcome.WORDING: _("Only words changed: classes that run read the mended words at once."),
}


class PublishCourse(WagtailAdminTemplateMixin, FormView):
    """All that publishing a course would make public, what would become of it, and one button."""

    form_class = forms.Form
    template_name = "pages/publish_course.html"
    page_title = _("Publish the course")
    header_icon = "upload"

    @cached_property
    def course_page(self) -> CoursePage:
        """The page, or 404: for who may not even edit it, it is not there."""
        found = CoursePage.objects.filter(pk=self.kwargs["pk"]).first()
        if found is None or not found.permissions_for_user(self.request.user).can_edit():
            raise Http404
        return found

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.course_page.permissions_for_user(request.user).can_publish():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.course_page.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.course_page.pk])
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*super().get_breadcrumbs_items(), {"url": edit, "label": self.course_page.title}, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        below = list(self.course_page.get_descendants(inclusive=True).order_by("path").specific())
        waiting = [page for page in below if page.has_unpublished_changes or not page.live]
        return super().get_context_data(
            course_page=self.course_page,
            below=below,
            waiting=waiting,
            outcome=OUTCOMES[outcome_with_drafts(self.course_page)] if waiting else "",
            changes=shown_changes(changes_with_drafts(self.course_page)) if waiting else [],
            **self._newest(),
            **kwargs,
        )

    def _newest(self) -> dict[str, Any]:
        newest = self.course_page.get_latest_revision_as_object()
        return {"newest": newest, "facts": newest.facts(), "current": newest.course and newest.course.current}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        with refusals_in(form):
            outcome = outcome_with_drafts(self.course_page)
            edition = actions.publish_everything(page=self.course_page, by=self.request.user)
            text = _("Published: %(title)s, edition %(number)s.")
            messages.success(self.request, text % {"title": edition.title, "number": edition.number})
            if outcome is Outcome.WORDING:
                messages.info(self.request, OUTCOMES[outcome])
            return redirect("wagtailadmin_pages:edit", self.course_page.pk)
        return self.form_invalid(form)
