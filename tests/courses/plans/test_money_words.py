"""What is said about money that runs out and prices that do not carry themselves: months as one says them, and advice that helps."""

from dataclasses import replace
from decimal import Decimal

import pytest

from courses.plans.rules.checks import Finding, Level, Line, spans, start_money_helps
from courses.plans.wording import Audience, said, said_of, short_months, start_words, verdict
from tests.courses.english import english
from tests.courses.plans import shop

__all__ = ["english"]  # an autouse fixture
LOSES = {"marketing__products__1__selling_price": "40.00", "marketing__products__2__selling_price": "13.00"}


def dry(*months: int, profit: int = 1, lowest_month: int = 2) -> Finding:
    """A finding that those months run dry, each lacking ten times its number."""
    lines = tuple(Line(month=month, amount=Decimal(month * 10)) for month in months)
    extra = Decimal(max(months) * 10)
    facts = {"lowest": -extra, "lowest_month": lowest_month, "extra": extra, "profit": Decimal(profit)}
    return Finding("C9", Level.WRONG, facts, lines)


@pytest.mark.once
def test_months_in_a_row_are_a_span_a_few_are_named_and_many_are_counted():
    assert spans((1, 2, 3, 7, 9, 10)) == ((1, 3), (7, 7), (9, 10))
    assert short_months(dry(1, 2, 5)) == "month 1 lacks 10.00 yuan, month 2 lacks 20.00 yuan, month 5 lacks 50.00 yuan"
    whole = short_months(dry(*range(2, 13)))
    assert whole == "From month 2 to month 12 money lacks every month, 120.00 yuan at most (month 12)"
    assert short_months(dry(1, 2, 3, 7)) == "Money lacks in month 1 to month 3, month 7, 70.00 yuan at most (month 7)"
    assert short_months(dry(1, 3, 5, 7)) == "Money lacks in altogether 4 months, 70.00 yuan at most (month 7)"


@pytest.mark.once
def test_4_6_where_the_plan_loses_money_nobody_is_told_to_bring_more_of_it():
    book = shop.plan(shop.LOAN_THAT_LASTS, **LOSES)
    found = verdict(book)
    assert not found.helps and found.kind == "stop"
    (learner,) = (one for one in said_of(book, Audience.LEARNER) if one.code == "C9")
    (staff,) = (one for one in said_of(book, Audience.STAFF) if one.code == "C9")
    assert learner.path.endswith("selling_price"), "there it is mended, not with a loan"
    for text in (found.title, found.text, learner.text, staff.text, start_words(book)):
        assert "Prepare" not in text and "needed at the start" not in text, text
    assert found.text.count("money lacks every month") == 1 and "lacks" not in learner.text
    assert staff.lines == (short_months(book.finding("C9")),)


@pytest.mark.once
def test_4_6_where_more_money_helps_all_say_the_same_sum():
    book = shop.plan(shop.LOAN_THAT_RUNS_DRY)
    found = verdict(book)
    assert found.helps
    for to in Audience:
        assert "1,483.50 yuan more" in next(one for one in said_of(book, to) if one.code == "C9").text
    assert "1,483.50 yuan more" in found.title and "1,483.50 yuan more" in start_words(book)
    assert start_money_helps(dry(1, 2, profit=-5)), "it loses at first, but the cash grows again"
    assert not start_money_helps(dry(11, 12, profit=-5, lowest_month=12))


@pytest.mark.once
def test_c10_says_where_the_cost_of_a_piece_comes_from_and_advises_what_helps():
    book = shop.plan("200000.00", marketing__products__2__selling_price="20.00")
    found = book.finding("C10")
    (line,) = found.lines
    assert (line.material, line.material + line.share) == (Decimal("12.00"), line.against)
    text = said(found, Audience.LEARNER).text
    assert f"12.00 yuan for material and {line.share} yuan as its part of the other costs" in text
    assert f"{found.facts['costs_month']:,} yuan a month" in text and f"{found.facts['sales_month']:,} yuan" in text
    assert "buy cheaper" not in text and "Sell more" in text
    below = replace(found, level=Level.WRONG, lines=(replace(line, amount=Decimal("11.99")),))
    assert said(below, Audience.LEARNER).text.endswith("buy cheaper.")
    assert f"part of the other costs {line.share} yuan" in said(found, Audience.STAFF).lines[0]
