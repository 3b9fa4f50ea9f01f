"""The subtree of a school: catalogue, course, module, lesson. Authors write here; classes hang on what publication froze."""

from collections.abc import Iterable
from typing import Any, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Prefetch
from django.forms import Select
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Collection, Page, PageManager, PageQuerySet
from wagtail.search import index

from cms.blocks.body import LessonBody
from cms.blocks.lessons import steps_of
from cms.media.models import Picture, PictureRendition
from cms.pages import forms
from cms.pages.models.base import OwnPage, UnroutedPage
from cms.pages.models.fields import HalfHoursField
from cms.pages.rules import lines_of
from courses.catalogue.models import Course, Edition
from courses.catalogue.rules import EditionFacts, PassRule, UnitFacts
from courses.people.models import Organisation

LESSON_FORMAT = 1  # of `LessonText.content`: {"format": 1, "body": [blocks as stored]}
CARD = "fill-640x400"  # the size of a picture on a course card


class CataloguePage(OwnPage):
    """One school's courses. The school's authors and publishers hold their rights here and on all below."""

    organisation = models.OneToOneField(
        Organisation, models.PROTECT, related_name="catalogue_page", verbose_name=_("school"), editable=False
    )
    collection = models.OneToOneField(
        Collection, models.SET_NULL, null=True, related_name="+", verbose_name=_("collection"), editable=False
    )
    introduction = models.TextField(_("introduction"), max_length=300, blank=True)

    content_panels = [*OwnPage.content_panels, FieldPanel("introduction")]
    promote_panels: list[Any] = []
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.CoursePage"]
    is_creatable = False  # made by the verb `add_school_pages`, with its rights and its collection
    template = "pages/catalogue.html"

    class Meta:
        verbose_name = _("catalogue of a school")
        verbose_name_plural = _("catalogues of schools")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        offered = CoursePage.objects.offered().for_cards().child_of(self)
        shown, outlines = with_certificates(offered.ready()), with_certificates(offered.outlines())
        return {**context, "section": "courses", "shown": shown, "outlines": outlines}


class CoursePageQuerySet(PageQuerySet):
    def offered(self) -> Self:
        """Public: live, with a published edition, not withdrawn."""
        return self.live().filter(course__current__isnull=False, course__withdrawn_at__isnull=True)

    def ready(self) -> Self:
        """Written out: what can be learned now."""
        return self.filter(is_outline=False)

    def outlines(self) -> Self:
        """Announced, but only the outline stands."""
        return self.filter(is_outline=True)

    def for_cards(self) -> Self:
        """With all that a card shows, in a constant number of queries."""
        sizes = Prefetch(
            "picture__renditions", PictureRendition.objects.filter(filter_spec=CARD), "prefetched_renditions"
        )
        return self.select_related("course", "picture").prefetch_related(sizes)


class CoursePage(OwnPage):
    """A course as its authors write it. Publishing freezes its facts and words in an edition (`courses.catalogue`)."""

    class Art(models.TextChoices):
        """Drawn for the product; shown where a course has no picture of its own."""

        WELD = "weld", _("welding")
        WOK = "wok", _("cooking")
        SEWING = "sewing", _("sewing")
        CITRUS = "citrus", _("citrus")
        ECOM = "ecom", _("e-commerce")
        LEDGER = "ledger", _("business")
        SEED = "seed", _("a seedling")
        READING = "reading", _("reading")

    course = models.ForeignKey(
        Course, models.PROTECT, null=True, blank=True, editable=False, related_name="pages", verbose_name=_("course")
    )
    level = models.CharField(_("level"), max_length=30, blank=True, help_text=_("For example: level five."))
    summary = models.TextField(
        _("summary"), max_length=120, blank=True, help_text=_("One or two sentences for the card.")
    )
    theory_half_hours = HalfHoursField(_("theory, class hours"), default=0, help_text=_("45 minutes each."))
    practice_half_hours = HalfHoursField(_("practice, class hours"), default=0)
    can_do = models.TextField(
        _("what the holder can do"), blank=True, max_length=600, help_text=_("One per line; certificates print them.")
    )
    min_attendance_pct = models.PositiveSmallIntegerField(
        _("attendance needed, %"), default=80, validators=[MaxValueValidator(100)]
    )
    theory_pass = models.PositiveSmallIntegerField(
        _("theory: marks to pass"), null=True, blank=True, default=60, validators=[MaxValueValidator(100)],
        help_text=_("Empty: no such exam."),
    )  # fmt: skip
    practice_pass = models.PositiveSmallIntegerField(
        _("practice: marks to pass"), null=True, blank=True, default=60, validators=[MaxValueValidator(100)]
    )
    workbook = models.CharField(
        _("business-plan workbook"), max_length=3, blank=True, choices=Edition.Workbook.choices,
        help_text=_("What learners write beside the lessons. Empty: the course has none."),
    )  # fmt: skip
    plan_pass = models.PositiveSmallIntegerField(
        _("business plan: marks to pass"), null=True, blank=True, validators=[MaxValueValidator(100)],
        help_text=_("An outside expert reviews each plan. Empty: no such exam."),
    )  # fmt: skip
    certificate_type = models.CharField(_("certificate"), max_length=40, blank=True)
    is_outline = models.BooleanField(
        _("only an outline so far"), default=False,
        help_text=_("The public site then lists the course under “In preparation”, not among those that one can take."),
    )  # fmt: skip
    art = models.CharField(_("drawing"), max_length=10, choices=Art.choices, default=Art.READING)
    picture = models.ForeignKey(
        Picture,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture instead of the drawing"),
    )

    objects = PageManager.from_queryset(CoursePageQuerySet)()
    base_form_class = forms.CoursePageForm
    content_panels = [
        MultiFieldPanel([FieldPanel("title"), FieldPanel("course_code"), FieldPanel("level"), FieldPanel("summary"),
                         FieldPanel("is_outline")],
                        heading=_("Course")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("theory_half_hours"), FieldPanel("practice_half_hours")]), FieldPanel("can_do")],
            heading=_("Hours and skills"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("min_attendance_pct"), FieldPanel("theory_pass"), FieldPanel("practice_pass")]),
             FieldPanel("certificate_type")],
            heading=_("Passing and certificate"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("workbook"), FieldPanel("plan_pass")])], heading=_("Business plan")
        ),
        MultiFieldPanel([FieldPanel("art"), FieldPanel("picture", widget=Select)], heading=_("On the card")),
    ]  # fmt: skip
    promote_panels: list[Any] = []
    search_fields = [
        *OwnPage.search_fields,
        index.SearchField("summary"),
        index.SearchField("can_do"),
    ]
    exclude_fields_in_copy = ["course"]  # a copy is another course until it gets its own code
    parent_page_types = ["pages.CataloguePage"]
    subpage_types = ["pages.ModulePage"]
    template = "pages/course.html"

    class Meta:
        verbose_name = _("course page")
        verbose_name_plural = _("course pages")

    @property
    def half_hours(self) -> int:
        return self.theory_half_hours + self.practice_half_hours

    def facts(self) -> EditionFacts:
        """What this page promises, as publication freezes it."""
        return EditionFacts(
            title=self.title,
            level=self.level,
            summary=self.summary,
            theory_half_hours=self.theory_half_hours or 0,
            practice_half_hours=self.practice_half_hours or 0,
            can_do=lines_of(self.can_do),
            pass_rule=PassRule(
                min_attendance_pct=self.min_attendance_pct,
                theory_pass=self.theory_pass,
                practice_pass=self.practice_pass,
                plan_pass=self.plan_pass,
            ),
            certificate_type=self.certificate_type,
            workbook=self.workbook,
        )

    def units(self) -> list[UnitFacts]:
        """The published modules and lessons in reading order, with the words of the published version.

        The words come from the page's own row, which only publication writes: neither an autosave nor `purge_revisions`
        touches it.
        """
        pages = list(self.get_descendants().order_by("path").specific())
        codes = {page.path: page.slug for page in pages if isinstance(page, ModulePage)}
        units = []
        for page in pages:
            if not page.live:
                continue
            if isinstance(page, ModulePage):
                units.append(UnitFacts("module", page.slug, page.title, page_id=page.pk))
            elif isinstance(page, LessonPage):
                content = {"format": LESSON_FORMAT, "body": page.body.get_prep_value()} if page.body else None
                module = codes[page.path[: -page.steplen]]
                units.append(
                    UnitFacts("lesson", page.slug, page.title, module, content, page.pk, page.live_revision_id)
                )
        return units

    def drafted_units(self) -> list[UnitFacts]:
        """The modules and lessons as their newest drafts name them, unpublished ones too, without their words."""
        units, module = [], None
        pages = self.get_descendants().order_by("path").select_related("latest_revision", "content_type")
        for page in pages:
            waits = page.latest_revision and (page.has_unpublished_changes or not page.live)
            draft = page.latest_revision.content if waits else {}
            code, title = draft.get("slug", page.slug), draft.get("title", page.title)
            if page.specific_class is ModulePage:
                module = code
                units.append(UnitFacts("module", code, title))
            elif page.specific_class is LessonPage:
                units.append(UnitFacts("lesson", code, title, module))
        return units

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The outline comes from the published edition, not from the tree: what is announced is what is taught."""
        context = super().get_context(request, *args, **kwargs)
        with_certificates([self])
        edition = self.course.current if self.course else None
        units = list(edition.units.select_related("module")) if edition else []
        modules = [
            (module, [unit for unit in units if unit.module_id == module.pk])
            for module in units
            if module.kind == module.Kind.MODULE
        ]
        return {
            **context,
            "section": "courses",
            "edition": edition,
            "modules": modules,
            "can_do": lines_of(self.can_do),
        }


def with_certificates(pages: Iterable[CoursePage]) -> list[CoursePage]:
    """The pages, each with the title of its certificate as `certificate_title`: one query for all."""
    titles, found = forms.certificate_titles(), list(pages)
    for page in found:
        page.certificate_title = titles.get(page.certificate_type, "")
    return found


class UnitPage(UnroutedPage):
    """A module or a lesson."""

    code_prefix = ""
    base_form_class = forms.UnitPageForm
    # Not Wagtail's panel of the title: its script would write the Chinese title into the code, which refuses it.
    title_panel = FieldPanel(
        "title", classname="title", widget=forms.TitleInput, help_text=_("The name that learners read.")
    )
    code_panel = MultiFieldPanel([FieldPanel("slug", widget=forms.CodeInput)], heading=_("Code"), classname="collapsed")
    content_panels = [title_panel, code_panel]
    promote_panels: list[Any] = []

    class Meta:
        abstract = True

    @property
    def course_page(self) -> CoursePage:
        """The course to which this page belongs."""
        return CoursePage.objects.ancestor_of(self).get()

    @classmethod
    def codes_below(cls, page: Page) -> set[str]:
        """The codes taken in the course of a page."""
        course = CoursePage.objects.ancestor_of(page, inclusive=True).get()
        return set(cls.objects.descendant_of(course).values_list("slug", flat=True))


class ModulePage(UnitPage):
    """A part of a course."""

    code_prefix = "m"

    parent_page_types = ["pages.CoursePage"]
    subpage_types = ["pages.LessonPage"]

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")


class LessonPage(UnitPage):
    """A lesson in blocks. What learners read are the words frozen at publication."""

    code_prefix = "l"
    body = StreamField(LessonBody(), verbose_name=_("lesson"), blank=True)

    body_panel = FieldPanel(
        "body", heading=_("The lesson, block by block"),
        help_text=_(
            "Press + and choose the first block: begin with a heading, then a text or a picture. Each heading begins a new "
            "screen for the learner."
        ),
    )  # fmt: skip
    content_panels = [UnitPage.title_panel, body_panel, UnitPage.code_panel]
    search_fields = [*UnitPage.search_fields, index.SearchField("body")]
    parent_page_types = ["pages.ModulePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """As a learner will read it, all on one page."""
        steps = steps_of(self.body.get_prep_value())
        return render(request, "pages/lesson_preview.html", {"page": self, "steps": steps})
