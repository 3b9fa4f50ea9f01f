"""A learner's workbook and every text that was ever written into it."""

from typing import Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.catalogue.models import Edition
from courses.catalogue.rules import PLAN_BOOK
from courses.classes.models import Enrolment, TrainerAssignment, TrainingClass
from courses.people.models import Learner, Post, User
from courses.people.permissions import READ_PLANS, REVIEW_PLANS, Role
from courses.plans.book import BOOKS, Book
from courses.terminals.models import Terminal


class PlanQuerySet(models.QuerySet["Plan"]):
    def of(self, learner: Learner) -> Self:
        """A learner's own plans, the newest first; with class and edition."""
        found = self.filter(enrolment__learner=learner).select_related("enrolment__training_class__edition")
        return found.order_by("-begun_at", "-pk")

    def in_class(self, training_class: TrainingClass) -> Self:
        """The plans of a class in the order of its roster, with the learners."""
        found = self.filter(enrolment__training_class=training_class).select_related("enrolment__learner")
        return found.order_by("enrolment__roster_no")

    def readable_by(self, user: User) -> Self:
        """Plans that a member of staff may read (PRV-3): the other form of `permissions.may_read`."""
        return self.filter(enrolment__training_class__in=TrainingClass.objects.where(user, READ_PLANS))

    def reviewable_by(self, user: User) -> Self:
        """Plans that an outside expert may review: the other form of `permissions.may_review`."""
        classes = TrainingClass.objects.where(user, REVIEW_PLANS)
        teaches = TrainerAssignment.objects.filter(
            training_class=OuterRef("pk"), user=user, role=TrainerAssignment.Role.TRAINER
        )
        # A post as an expert makes nobody a member of the school.
        schools = Post.objects.held().filter(user=user).exclude(role=Role.EXPERT).values("organisation")
        outside = classes.filter(~Exists(teaches)).exclude(provider__in=schools)
        return self.filter(enrolment__training_class__in=outside, book=PLAN_BOOK)

    def with_comments(self) -> Self:
        """With `open_comments`, how many nobody has followed yet, and `first_comment`, the path of the oldest of them."""
        still_open = Q(comments__settled_at__isnull=True, comments__isnull=False)
        from courses.plans.models.reviews import Comment  # noqa: PLC0415  (it imports this module)

        oldest = Comment.objects.open().filter(plan=OuterRef("pk")).order_by("at", "pk")
        return self.annotate(
            open_comments=Count("comments", filter=still_open), first_comment=Subquery(oldest.values("path")[:1])
        )

    def waiting(self) -> Self:
        """Handed in and not reviewed or sent back yet."""
        return self.filter(state=Plan.State.HANDED_IN)


class Plan(models.Model):
    """The workbook of one learner in one class. It belongs to the learner: see PRV-3 for who else reads it."""

    class State(models.TextChoices):
        WRITING = "writing", pgettext_lazy("state of a plan", "being written")
        HANDED_IN = "handed_in", pgettext_lazy("state of a plan", "handed in")
        RETURNED = "returned", pgettext_lazy("state of a plan", "sent back to be rewritten")
        ACCEPTED = "accepted", pgettext_lazy("state of a plan", "accepted")

    class Path(models.TextChoices):
        """Two ways through the same plan."""

        GUIDED = "guided", _("one question at a time")
        FULL = "full", _("whole tables")

    enrolment = models.OneToOneField(Enrolment, models.PROTECT, related_name="plan", verbose_name=_("learner"))
    book = models.CharField(_("workbook"), max_length=3, choices=Edition.Workbook.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WRITING)
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=1)
    path = models.CharField(_("way through it"), max_length=6, choices=Path.choices, default=Path.GUIDED)
    last_path = models.CharField(_("last field"), max_length=80, blank=True)
    # {code: {"value", "region", "valid_from", "source"}}: what held at the class's place when the plan began.
    values = models.JSONField(_("local values"), default=dict)
    begun_at = models.DateTimeField(_("begun at"), default=timezone.now)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        constraints = [models.CheckConstraint(condition=Q(attempt__gte=1), name="plans_attempts_count_from_1")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def workbook(self) -> Book:
        """The shape of the book that is being written."""
        return BOOKS[self.book]

    @property
    def is_open(self) -> bool:
        """Whether it may be written: not handed in, in a class that runs, by somebody who is still in it."""
        enrolment = self.enrolment
        return (
            self.state in (self.State.WRITING, self.State.RETURNED)
            and enrolment.state == Enrolment.State.ACTIVE
            and enrolment.training_class.state == TrainingClass.State.RUNNING
        )

    @property
    def local(self) -> dict[str, str]:
        """The local values by code, as `rules.local.local_values` takes them."""
        return {code: kept["value"] for code, kept in self.values.items()}


class Section(models.Model):
    """What stands in one section: `values` are {path: [text, version]}. Written only with the plan locked."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="sections", verbose_name=_("plan"))
    code = models.CharField(_("section"), max_length=20)
    values = models.JSONField(default=dict)
    changed_at = models.DateTimeField(_("changed at"), null=True, blank=True)

    class Meta:
        ordering = ["plan_id", "pk"]  # not "plan": its own order would join two more tables
        verbose_name = _("section of a plan")
        verbose_name_plural = _("sections of plans")
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="plans_section_once")]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.code}"

    def text(self, path: str) -> str:
        """What stands in a field; "" where nothing does."""
        return str(self.values.get(path, ("", 0))[0])

    def version(self, path: str) -> int:
        """How often a field was written; 0 for never."""
        return int(self.values.get(path, ("", 0))[1])


class PlanLog(models.Model):
    """Every text that was stored, in the order of storing. It only grows: what is replaced stays readable here.

    `unseen` is the version that this text replaced although the page that sent it did not know it: two tabs, two terminals.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="log")
    path = models.CharField(max_length=80)
    value = models.TextField(blank=True)
    version = models.PositiveIntegerField()
    unseen = models.PositiveIntegerField(null=True)
    at = models.DateTimeField(default=timezone.now)
    terminal = models.ForeignKey(Terminal, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        verbose_name = _("log of a plan")
        verbose_name_plural = _("logs of plans")
        constraints = [
            models.UniqueConstraint(fields=["plan", "path", "version"], name="plans_one_text_per_version"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.path}/{self.version}"


def values_of(plan: Plan) -> dict[str, str]:
    """All that is written in a plan, by path; empty fields are left out. One query."""
    rows = Section.objects.filter(plan=plan).order_by("pk").values_list("values", flat=True)
    return {path: text for values in rows for path, (text, _version) in values.items() if text}


def may_begin(learner: Learner) -> models.QuerySet[Enrolment]:
    """Where a learner can begin a workbook: in running classes whose course has one, and where none is begun yet."""
    return (
        Enrolment.objects.active()
        .filter(learner=learner, training_class__state=TrainingClass.State.RUNNING, plan__isnull=True)
        .exclude(training_class__edition__workbook="")
        .select_related("training_class__edition")
    )
