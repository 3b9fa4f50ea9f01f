"""Question banks. A question that has been used is never edited: a revision stands beside it."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from courses.catalogue.models import Course
from courses.people.models import Organisation, User
from courses.people.permissions import MANAGE_QUESTIONS, organisations_where

IN_USE = Q(superseded_at__isnull=True, retired_at__isnull=True)
RETIRED = Q(superseded_at__isnull=True, retired_at__isnull=False)


class BankQuerySet(models.QuerySet["Bank"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(organisation__in=organisations_where(user, MANAGE_QUESTIONS))

    def with_counts(self) -> Self:
        """Each with `in_use`: of how many questions a paper may be drawn."""
        in_use = Q(questions__superseded_at__isnull=True, questions__retired_at__isnull=True)
        return self.annotate(in_use=models.Count("questions", filter=in_use))


class Bank(index.Indexed, models.Model):
    """The questions of one course, owned by the school that wrote them."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="banks", verbose_name=_("school"))
    course = models.ForeignKey(
        Course, models.PROTECT, null=True, blank=True, related_name="banks", verbose_name=_("course")
    )
    title = models.CharField(_("title"), max_length=120)

    objects = BankQuerySet.as_manager()
    search_fields = [index.SearchField("title"), index.AutocompleteField("title"), index.FilterField("id")]

    class Meta:
        ordering = ["title"]
        verbose_name = _("question bank")
        verbose_name_plural = _("question banks")
        constraints = [models.UniqueConstraint(fields=["organisation", "title"], name="questions_bank_title_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def course_title(self) -> str:
        """Code and title of the course, as it is taught now; empty where the bank serves several."""
        return course_label(self.course) if self.course else ""


def course_label(course: Course) -> str:
    """A course as an author chooses it: its code and, once published, its title."""
    return f"{course.code} {course.current.title}" if course.current else course.code


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(bank__organisation__in=organisations_where(user, MANAGE_QUESTIONS))

    def current(self) -> Self:
        """The newest version of each question, unless retired: what a paper may draw."""
        return self.filter(IN_USE)

    def retired(self) -> Self:
        """The newest version of each question that was taken out of use."""
        return self.filter(RETIRED)

    def versions_of(self, question: "Question") -> Self:
        """All versions of a question, newest first."""
        return self.filter(bank=question.bank_id, code=question.code).order_by("-version")


class Question(index.Indexed, models.Model):
    """One version of one question. `body` and `key` have the shape that the question's type defines (`types/`)."""

    bank = models.ForeignKey(Bank, models.PROTECT, related_name="questions", verbose_name=_("bank"))
    code = models.CharField(_("code"), max_length=30)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    type = models.CharField(_("type"), max_length=20)
    topic = models.CharField(_("topic"), max_length=60, blank=True)
    text = models.TextField(_("question"))
    body = models.JSONField(_("choices"), default=dict)
    key = models.JSONField(_("answer"), default=dict)
    explanation = models.TextField(_("explanation"), blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("written by"))
    written_at = models.DateTimeField(_("written at"), default=timezone.now)
    revises = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="revised_by")
    superseded_at = models.DateTimeField(_("revised at"), null=True, blank=True)
    retired_at = models.DateTimeField(_("retired at"), null=True, blank=True)

    objects = QuestionQuerySet.as_manager()
    search_fields = [
        index.SearchField("text"), index.AutocompleteField("text"), index.SearchField("code"),
        index.FilterField("id"), index.FilterField("bank_id"),
    ]  # fmt: skip

    class Meta:
        ordering = ["bank", "code", "-version"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.UniqueConstraint(fields=["bank", "code", "version"], name="questions_version_once"),
            models.UniqueConstraint(
                fields=["bank", "code"], condition=Q(superseded_at__isnull=True), name="questions_one_newest_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"
