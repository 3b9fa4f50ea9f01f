"""Courses and their editions. An edition never changes; a changed fact makes the next one."""

from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from courses.catalogue.rules import IDEA_BOOK, PLAN_BOOK, EditionFacts, PassRule, RunRules, UnitFacts
from courses.people.models import Organisation, User
from courses.people.permissions import AUTHOR_COURSES, PUBLISH_COURSES, VIEW_CLASSES, organisations_where


class Occupation(models.Model):
    """An occupation of the national classification."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        ordering = ["code"]
        verbose_name = _("occupation")
        verbose_name_plural = _("occupations")

    def __str__(self) -> str:
        return self.name


class RuleSet(models.Model):
    """The numbers by which a funder or province lets classes run (`rules.RunRules`)."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    numbers = models.JSONField(_("numbers"), default=dict)

    class Meta:
        ordering = ["name"]
        verbose_name = _("rule set")
        verbose_name_plural = _("rule sets")

    def __str__(self) -> str:
        return self.name

    @property
    def rules(self) -> RunRules:
        return RunRules.from_json(self.numbers)


class Programme(models.Model):
    """A funding programme under which classes run."""

    class Kind(models.TextChoices):
        SKILLS = "skills", _("skills training")
        ENTREPRENEURSHIP = "entrepreneurship", _("entrepreneurship training")
        GUIDANCE = "guidance", _("employment guidance")
        PLACEMENT = "placement", _("recommended employment")

    name = models.CharField(_("name"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    rule_set = models.ForeignKey(RuleSet, models.PROTECT, verbose_name=_("rule set"))

    class Meta:
        ordering = ["name"]
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    def __str__(self) -> str:
        return self.name


class CourseQuerySet(models.QuerySet["Course"]):
    def visible_to(self, user: User) -> Self:
        """The courses of the schools at which the user writes or publishes them."""
        return self.filter(provider__in=organisations_where(user, (AUTHOR_COURSES, PUBLISH_COURSES)))

    def offered(self) -> Self:
        """Published and not withdrawn."""
        return self.filter(current__isnull=False, withdrawn_at__isnull=True)


class Course(index.Indexed, models.Model):  # type: ignore[django-manager-missing]  # pages live two storeys up
    """What a school teaches under one code, over all its editions. `current` is the one published last."""

    provider = models.ForeignKey(Organisation, models.PROTECT, related_name="courses", verbose_name=_("school"))
    code = models.CharField(_("code"), max_length=20, unique=True, validators=[RegexValidator(r"^[A-Z0-9-]+$")])
    occupation = models.ForeignKey(Occupation, models.PROTECT, null=True, blank=True, verbose_name=_("occupation"))
    current = models.ForeignKey(
        "Edition",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("published edition"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)

    objects = CourseQuerySet.as_manager()
    search_fields = [index.SearchField("code"), index.AutocompleteField("code"), index.FilterField("id")]

    class Meta:
        ordering = ["code"]
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def __str__(self) -> str:
        return self.code


class EditionQuerySet(models.QuerySet["Edition"]):
    def open_for_classes(self) -> Self:
        """Editions a new class may use: the one published last of each course that is not withdrawn."""
        return self.filter(course__current=models.F("pk"), course__withdrawn_at__isnull=True)

    def visible_to(self, user: User) -> Self:
        """Published content is no secret among staff who see classes anywhere."""
        return self if organisations_where(user, VIEW_CLASSES).exists() or user.is_superuser else self.none()


class Edition(index.Indexed, models.Model):
    """One frozen version of a course: what 120 hours meant when the class began. Classes, exams and certificates hang on it."""

    class Workbook(models.TextChoices):
        """What its learners write beside the lessons (`courses.plans`)."""

        GYB = IDEA_BOOK, _("From the wish to the idea (GYB-style)")
        SYB = PLAN_BOOK, _("Business plan (SYB-style)")

    course = models.ForeignKey(Course, models.PROTECT, related_name="editions", verbose_name=_("course"))
    number = models.PositiveSmallIntegerField(_("edition"))
    title = models.CharField(_("title"), max_length=120)
    level = models.CharField(_("level"), max_length=30, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    theory_half_hours = models.PositiveIntegerField(_("theory (half-hours)"))
    practice_half_hours = models.PositiveIntegerField(_("practice (half-hours)"))
    can_do = models.JSONField(_("what the holder can do"), default=list)
    pass_rule_data = models.JSONField(_("pass rule"), default=dict)
    certificate_type = models.CharField(_("certificate type"), max_length=40)
    workbook = models.CharField(_("business-plan workbook"), max_length=3, choices=Workbook.choices, blank=True)
    facts_sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("published at"), default=timezone.now)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("published by"))

    objects = EditionQuerySet.as_manager()
    search_fields = [index.SearchField("title"), index.AutocompleteField("title"), index.FilterField("id")]

    class Meta:
        ordering = ["course", "-number"]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="catalogue_edition_number_once"),
            models.UniqueConstraint(fields=["course", "facts_sha256"], name="catalogue_same_facts_same_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.course.code}-{self.number} {self.title}"

    @property
    def facts(self) -> EditionFacts:
        """The frozen facts as a value."""
        return EditionFacts(
            title=self.title,
            level=self.level,
            summary=self.summary,
            theory_half_hours=self.theory_half_hours,
            practice_half_hours=self.practice_half_hours,
            can_do=tuple(self.can_do),
            pass_rule=self.pass_rule,
            certificate_type=self.certificate_type,
            workbook=self.workbook,
        )

    def outline(self) -> list[UnitFacts]:
        """The modules and lessons in reading order, without their words."""
        units = self.units.select_related("module")
        return [UnitFacts(one.kind, one.code, one.title, one.module.code if one.module else None) for one in units]

    @property
    def required_half_hours(self) -> int:
        """All hours of the edition; the share that must be earned is `pass_rule.min_attendance_pct` (ATT-3)."""
        return self.theory_half_hours + self.practice_half_hours

    @property
    def pass_rule(self) -> PassRule:
        return PassRule.from_json(self.pass_rule_data)


class LessonText(models.Model):
    """The words of one lesson, kept for ever under their own hash: neither autosave, purge nor page deletion reach them."""

    sha256 = models.CharField(max_length=64, unique=True)
    content = models.JSONField(_("content"))
    page_id = models.BigIntegerField(null=True)
    revision_id = models.BigIntegerField(null=True)
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("lesson text")
        verbose_name_plural = _("lesson texts")

    def __str__(self) -> str:
        return self.sha256[:12]


class CourseUnit(models.Model):
    """A module or lesson of an edition, in reading order. A wording fix moves `text`; nothing else ever changes."""

    class Kind(models.TextChoices):
        MODULE = "module", _("module")
        LESSON = "lesson", _("lesson")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="units", verbose_name=_("edition"))
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices)
    module = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="lessons", verbose_name=_("module")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    code = models.SlugField(_("code"), max_length=40)
    title = models.CharField(_("title"), max_length=120)
    text = models.ForeignKey(
        LessonText, models.PROTECT, null=True, blank=True, related_name="units", verbose_name=_("text")
    )
    page_id = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["edition", "position"]
        verbose_name = _("course unit")
        verbose_name_plural = _("course units")
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="catalogue_unit_position_once"),
            models.UniqueConstraint(fields=["edition", "code"], name="catalogue_unit_code_once"),
            models.CheckConstraint(
                condition=Q(kind="module") | Q(text__isnull=False), name="catalogue_lesson_has_text"
            ),
        ]

    def __str__(self) -> str:
        return self.title
