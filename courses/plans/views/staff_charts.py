"""The year of a plan in bars, for those of the staff who read it: the pictures that the learner sees, with the figures below."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from courses.plans.book.rows import ROW_NAMES
from courses.plans.reading import Workbook
from courses.plans.rules.figures import MONTHS, Decimal
from courses.plans.views.figures import cash_of, result_of
from courses.plans.views.staff_screen import PlanScreen
from courses.plans.wording import verdict

FIGURES = ("sales", "total_costs", "profit")


class PlanCharts(PlanScreen, TemplateView):
    """Sales, costs, profit and cash by month; months that run dry are hatched and said in words. `?attempt=1`: as handed in."""

    template_name = "plans/staff_charts.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not self.book.is_plan:
            raise Http404

    def get_page_subtitle(self) -> str:
        return _("Charts")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        profit = self.found.profit
        return super().get_context_data(
            empty=profit["sales"].empty and profit["total_costs"].empty,
            verdict=verdict(self.found),
            names=(_("sales"), _("costs")),
            charts=list(charts_of(self.found)),
            months=range(1, MONTHS + 1),
            rows=list(_rows(self.found)),
            **kwargs,
        )


def charts_of(book: Workbook) -> Iterator[tuple[str, Any, bool]]:
    """The pictures of the learner's pages: what stands above, the picture, whether two rows stand beside each other in it."""
    result = result_of(book)
    yield _("Sales and costs of each month (yuan)"), result["chart"], True
    yield _("Profit of each month (yuan)"), result["profit_chart"], False
    yield _("Cash at the end of each month (yuan)"), cash_of(book)["chart"], False


def _rows(book: Workbook) -> Iterator[tuple[Any, list[tuple[Decimal, bool]], Decimal | None]]:
    """The figures behind the pictures: name, months (with whether one runs dry), and the year; cash has no sum."""
    for code in FIGURES:
        row = book.profit[code]
        yield ROW_NAMES[code], [(amount, False) for amount in row.months], row.total
    closing = enumerate(book.cash.closing, start=1)
    yield ROW_NAMES["closing"], [(amount, month in book.cash.red_months) for month, amount in closing], None
