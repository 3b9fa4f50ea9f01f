"""What is said about a plan: comments to its fields, and the review of what was handed in."""

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.people.models import User
from courses.plans.models.plans import Plan


class CommentQuerySet(models.QuerySet["Comment"]):
    def open(self) -> Self:
        return self.filter(settled_at__isnull=True)


class Comment(models.Model):
    """What a trainer or reviewer says about one field (`path`), or about the plan as a whole (no path)."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="comments", verbose_name=_("plan"))
    path = models.CharField(_("field"), max_length=80, blank=True)
    text = models.TextField(_("comment"), max_length=1000)
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=1)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["plan_id", "at", "pk"]
        verbose_name = _("comment on a plan")
        verbose_name_plural = _("comments on plans")

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.path}"


class HandInQuerySet(models.QuerySet["HandIn"]):
    def reviewed(self) -> Self:
        return self.filter(reviews__superseded_at__isnull=True, reviews__isnull=False)


class HandIn(models.Model):
    """A plan as it was handed in: `values` are its texts by path and never change. One for each attempt."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="hand_ins", verbose_name=_("plan"))
    number = models.PositiveSmallIntegerField(_("attempt"))
    values = models.JSONField(default=dict)
    at = models.DateTimeField(_("handed in at"), default=timezone.now)

    objects = HandInQuerySet.as_manager()

    class Meta:
        ordering = ["plan_id", "number"]
        verbose_name = _("plan as handed in")
        verbose_name_plural = _("plans as handed in")
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plans_one_hand_in_per_attempt")]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.number}"

    @property
    def review(self) -> "Review | None":
        """The review that counts, if there is one. One query."""
        return self.reviews.live().select_related("reviewer").first()


class ReviewQuerySet(models.QuerySet["Review"]):
    def live(self) -> Self:
        return self.filter(superseded_at__isnull=True)


class Review(models.Model):
    """An outside expert's points for the eleven items, and the comment that goes with them (4.8)."""

    hand_in = models.ForeignKey(HandIn, models.PROTECT, related_name="reviews", verbose_name=_("plan as handed in"))
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("reviewer"))
    scores = models.JSONField(_("points"), default=dict)  # {item: "11.50"}
    total = models.DecimalField(_("total"), max_digits=5, decimal_places=2)
    comment = models.TextField(_("comment"), max_length=2000)
    at = models.DateTimeField(_("reviewed at"), default=timezone.now)
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["hand_in_id", "at"]
        verbose_name = _("review of a plan")
        verbose_name_plural = _("reviews of plans")
        constraints = [
            models.UniqueConstraint(
                fields=["hand_in"], condition=Q(superseded_at__isnull=True), name="plans_one_live_review"
            ),
            models.CheckConstraint(condition=Q(total__gte=0, total__lte=100), name="plans_review_0_to_100"),
        ]

    def __str__(self) -> str:
        return f"{self.hand_in_id}: {self.total}"

    @property
    def points(self) -> dict[str, Decimal]:
        """The points by item."""
        return {item: Decimal(text) for item, text in self.scores.items()}
