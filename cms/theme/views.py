"""The page that shows every part, and the screen for who runs the site."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.theme import actions, drawings
from cms.theme.forms import PatternForm, SiteSettingsForm
from cms.theme.models import SiteSettings
from cms.theme.permissions import may_change_site_settings

SWATCHES = (
    ("#FBF9F4", "paper"),
    ("#FFFFFF", "sheet"),
    ("#191E1D", "ink"),
    ("#3F4644", "ink-2"),
    ("#0B4E53", "teal"),
    ("#E4EEEB", "teal-tint"),
    ("#F5ECD7", "sand"),
    ("#9B1C17", "seal"),
)


def pattern_context() -> dict[str, Any]:
    """What the parts are shown with: the same example values on the page and on the staff desk."""
    return {
        "swatches": SWATCHES,
        "icons": drawings.icon_names(),
        "drawings": drawings.art_names(),
        "form": PatternForm({"price": "八十八", "trade": "cook"}),
        "page": Paginator(range(701), 20).get_page(2),
        "bars": [(21, 60, "35.0"), (701, 450, "155.8"), (600, 60, "1,000.0"), (0, 60, "0.0")],
    }


def patterns(request: HttpRequest) -> HttpResponse:
    """Every part of learner and public pages. 404 unless somebody of the staff asks, or this is a demo."""
    if not (settings.LMS_DEMO or request.user.has_perm("wagtailadmin.access_admin")):
        raise Http404
    return render(request, "theme/patterns.html", pattern_context())


class StaffPatterns(WagtailAdminTemplateMixin, TemplateView):
    """The parts that staff screens add to Wagtail's own."""

    template_name = "theme/staff_patterns.html"
    page_title = gettext_lazy("Parts of the staff desk")
    header_icon = "q-list"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**pattern_context(), **kwargs)


class ChangeSiteSettings(WagtailAdminTemplateMixin, FormView):
    """Who runs this site; 404 for everybody who may not change it."""

    template_name = "theme/site_settings.html"
    form_class = SiteSettingsForm
    page_title = gettext_lazy("Who runs this site")
    header_icon = "q-home"
    success_url = reverse_lazy("theme_site_settings")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not may_change_site_settings(request.user):
            raise Http404

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_form_kwargs(self) -> dict[str, Any]:
        row = SiteSettings.objects.filter(pk=1).first() or SiteSettings(pk=1)
        return {**super().get_form_kwargs(), "instance": row}

    def form_valid(self, form: SiteSettingsForm) -> HttpResponse:
        try:
            actions.change_site_settings(by=self.request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except PermissionDenied:
            raise Http404
        messages.success(self.request, _("Saved. Public pages show it within five minutes."))
        return redirect(self.get_success_url())


def favicon(request: HttpRequest) -> HttpResponse:
    """Where a browser looks by itself on papers and pictures, which name no icon."""
    return redirect(static("theme/favicon.svg"))
