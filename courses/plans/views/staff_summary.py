"""The summary of the reviews of a class, to be printed and signed (4.8)."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from courses.plans.rules.amounts import plain
from courses.plans.rules.points import verdict
from courses.plans.views.staff_class import PlanLine, PlansOfClass, lines_of


@dataclass(frozen=True)
class Statistics:
    """The six lines of a class's summary. The mean is of the standing reviews, two decimals; None without any."""

    learners: int
    handed_in: int
    reviewed: int
    passed: int
    excellent: int
    mean: Decimal | None


def statistics_of(lines: list[PlanLine]) -> Statistics:
    """What the lines of a class add up to; persons, not documents: a plan that was rewritten counts once."""
    reviewed = [line for line in lines if line.review]
    totals = [line.review.total for line in reviewed if line.review]
    marks = [verdict(line.review.total, Decimal(line.pass_mark or 0)) for line in reviewed if line.review]
    mean = (sum(totals, Decimal(0)) / len(totals)).quantize(Decimal("0.01"), ROUND_HALF_UP) if totals else None
    return Statistics(
        learners=len(lines),
        handed_in=sum(line.handed_in for line in lines),
        reviewed=len(reviewed),
        passed=sum(mark != "returned" for mark in marks),
        excellent=sum(mark == "excellent" for mark in marks),
        mean=mean,
    )


class ClassReviews(PlansOfClass, TemplateView):
    """The summary of all reviews of a class, to be printed and signed (4.8)."""

    template_name = "plans/staff_reviews.html"

    def get_page_subtitle(self) -> str:
        return _("Summary of the reviews")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = lines_of(self.object, self.book, named=self.knows_writers)
        figures = statistics_of(lines)
        rows = [(_("learners in the class"), str(figures.learners)), (_("plans handed in"), str(figures.handed_in))]
        rows += [(_("reviewed"), str(figures.reviewed)), (_("passed"), str(figures.passed))]
        rows += [(_("excellent"), str(figures.excellent))]
        rows += [(_("mean of the points"), "—" if figures.mean is None else plain(figures.mean))]
        return super().get_context_data(
            lines=lines,
            statistics=rows,
            reviewers=sorted({line.review.reviewer.get_full_name() for line in lines if line.review}),
            today=timezone.localdate(),
            **kwargs,
        )
