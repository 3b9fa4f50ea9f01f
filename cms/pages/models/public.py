"""The first page and pages that inform."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms.blocks.body import PageBody
from cms.pages.models.base import OwnPage
from cms.pages.models.courses import CoursePage, with_certificates

COURSES_ON_A_PAGE = 12


class HomePage(OwnPage):
    """What anybody sees first: check a certificate beside the courses; nothing about who or where."""

    hero_title = models.TextField(_("large title"), max_length=60, default="一门手艺，\n一路启航。")
    hero_lead = models.TextField(_("introduction"), max_length=200, blank=True)

    content_panels = [*OwnPage.content_panels, FieldPanel("hero_title"), FieldPanel("hero_lead")]
    promote_panels: list[Any] = []
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["pages.CataloguePage", "pages.InformationPage"]
    max_count = 1
    template = "pages/home.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The courses on offer, newest first, those that are only outlines apart; `q` narrows both to what was searched."""
        context = super().get_context(request, *args, **kwargs)
        offered = CoursePage.objects.offered().for_cards().order_by("-first_published_at", "-pk")
        asked = request.GET.get("q", "").strip()[:40]
        found = (
            offered.filter(pk__in=[page.pk for page in CoursePage.objects.live().search(asked)]) if asked else offered
        )
        shown = Paginator(found.ready(), COURSES_ON_A_PAGE).get_page(request.GET.get("page"))
        shown.object_list = with_certificates(shown.object_list)
        return {
            **context,
            "section": "courses",
            "shown": shown,
            "outlines": with_certificates(found.outlines()) if shown.number == 1 else [],
            "asked": asked,
            "query": f"{urlencode({'q': asked})}&" if asked else "",
            "total": offered.ready().count(),
        }


class InformationPage(OwnPage):
    """A page of text: about us, how certificates work, privacy."""

    body = StreamField(PageBody(), verbose_name=_("text"), blank=True)

    content_panels = [*OwnPage.content_panels, FieldPanel("body")]
    promote_panels = [FieldPanel("slug"), FieldPanel("search_description")]
    search_fields = [*OwnPage.search_fields, index.SearchField("body")]
    parent_page_types = ["pages.HomePage", "pages.InformationPage"]
    subpage_types = ["pages.InformationPage"]
    template = "pages/information.html"

    class Meta:
        verbose_name = _("information page")
        verbose_name_plural = _("information pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, "section": "about" if self.slug == "about" else ""}
