"""From the texts of a workbook to its numbers: what empty fields stand for."""

from decimal import Decimal

import pytest

from courses.plans.book import BOOKS
from courses.plans.book.ideas import CRITERIA, STATEMENTS
from courses.plans.book.plan import ASSET_KINDS, ASSET_ROWS, ASSET_TABLES, PRODUCTS, RUNNING_COSTS
from courses.plans.reading import (
    KIND_OF_TABLE,
    contents_of,
    figures_of,
    macro,
    micro,
    rows_of,
    self_check,
    staff_pay,
    swot_missing,
)  # fmt: skip
from courses.plans.rules import local, points, profit, screening
from courses.plans.rules.figures import Loan, twelve
from tests.courses.plans import shop


def figures(**changed):
    written = {path.replace("__", "."): text for path, text in changed.items()}
    return figures_of(written, shop.local())


def test_every_path_of_the_fish_shop_is_in_the_book():
    for path, text in shop.values().items():
        BOOKS["syb"].place(path)
        assert text


def test_every_number_of_the_book_reaches_the_arithmetic():
    """Each number field of the plan changes the figures, but for those that are shown beside a number and never added."""
    beside = {"competitor_price", "area", "place_cost", "cost", "fee", "contribution"}
    kinds = ("money", "count", "percent", "month")
    base = {**shop.values(), "organisation.legal_form": "company", "organisation.partners.1.name": "小李"}
    del base["capital.running.staff_pay.amount"], base["capital.running.owner_pay.amount"]
    before = figures_of(base, shop.local())
    for place in BOOKS["syb"].places():
        if (
            place.field.kind not in kinds
            or place.section.number == 0
            or (place.table and place.table.code == "materials")
        ):
            continue
        if place.row in map(str, range(2, 21)):
            continue
        moved = figures_of({**base, place.path: "11"}, shop.local()) != before
        assert moved is (place.field.code not in beside), place.path


def test_the_codes_of_the_book_and_of_the_rules_are_the_same():
    assert tuple(code for code, _label in RUNNING_COSTS) == profit.RUNNING
    assert tuple(code for code, _label in ASSET_KINDS) == local.ASSET_KINDS
    assert tuple(code for code, _label in CRITERIA) == screening.CRITERIA
    assert set(KIND_OF_TABLE) == set(ASSET_TABLES)
    sections = [section.code for section in BOOKS["syb"].sections if section.code != "self"]
    assert [item.code for item in points.ITEMS] == sections


def test_an_empty_month_has_the_selling_price():
    (fish,) = figures(marketing__products__3__selling_price="88.00", forecast__price__3__m2="70.00").products
    assert fish.prices == (88, 70, *(88,) * 10)
    assert (fish.row, fish.name, fish.quantities) == ("3", "", (0,) * 12)


def test_a_row_exists_when_any_of_its_cells_is_filled():
    rows = figures(
        marketing__products__2__features="hot", forecast__quantity__5__m1="3", marketing__products__1__name=""
    )
    assert [product.row for product in rows.products] == ["2", "5"]
    assert len(figures(**{f"marketing__products__{n}__name": "x" for n in range(1, PRODUCTS + 2)}).products) == PRODUCTS
    assert len(figures(**{f"assets__tools__{n}__name": "x" for n in range(1, ASSET_ROWS + 2)}).assets) == ASSET_ROWS


def test_an_empty_month_has_the_running_cost_and_registration_is_paid_once():
    costs = figures(
        capital__running__rent__amount="3000.00", capital__running__registration__amount="300.00",
        profit__costs__rent__m4="0.00",
    ).costs  # fmt: skip
    assert costs["rent"] == (3000, 3000, 3000, 0, *(3000,) * 8)
    assert costs["registration"] == (300, *(0,) * 11)
    later = figures(
        capital__running__registration__amount="300.00", profit__costs__registration__m1="0.00",
        profit__costs__registration__m3="120.00",
    ).costs  # fmt: skip
    assert later["registration"] == (0, 0, 120, *(0,) * 9)


def test_pay_follows_from_the_posts_unless_section_7_says_otherwise():
    posts = {
        "organisation__staff__1__monthly_pay": "4000.00", "organisation__staff__1__count": "1",
        "organisation__staff__1__owner": "yes", "organisation__staff__2__monthly_pay": "3200.00",
        "organisation__staff__2__count": "2", "organisation__staff__3__monthly_pay": "2500.00",
        "organisation__staff__3__count": "1",
    }  # fmt: skip
    found = figures(**posts)
    assert (found.costs["owner_pay"], found.costs["staff_pay"]) == (twelve(Decimal(4000)), twelve(Decimal(8900)))
    assert found.staff_pay_lowest == 2500
    said = figures(**posts, capital__running__staff_pay__amount="0.00")
    assert said.costs["staff_pay"] == twelve()
    assert figures().staff_pay_lowest is None
    assert staff_pay({}, owner=True) == 0


@pytest.mark.parametrize(
    ("table", "kind", "life", "years"),
    [
        ("tools", "", "", 5), ("vehicles", "", "", 4), ("furniture", "", "", 5), ("premises", "", "", 5),
        ("premises", "building", "", 20), ("premises", "land", "", 0), ("tools", "machinery", "", 10),
        ("tools", "electronics", "", 3), ("tools", "", "8", 8), ("vehicles", "", "0", 0),
    ],
)  # fmt: skip
def test_years_of_use_follow_from_the_kind_and_the_kind_from_the_table(table, kind, life, years):
    thing = f"assets.{table}.4"
    values = {f"{thing}.name": "x", f"{thing}.kind": kind, f"{thing}.life": life}
    (found,) = figures_of(values, shop.local()).assets
    assert (found.life, found.paid_in, found.row) == (years, 1, f"{table}.4")


def test_years_of_use_are_data_of_the_site():
    (found,) = figures_of({"assets.tools.1.name": "x"}, shop.local(life_tools="7")).assets
    assert found.life == 7
    (unknown,) = figures_of({"assets.tools.1.name": "x"}, local.local_values({})).assets
    assert unknown.life == 0


def test_what_else_is_empty():
    empty = figures()
    assert (empty.credit_lag, empty.purchase_credit_lag, empty.loan) == (1, 1, Loan())
    assert empty.pays_vat is None
    assert figures(profit__pays_vat="no").pays_vat is False
    assert figures(marketing__credit_lag="0").credit_lag == 0


def test_taxes_of_both_rows_are_added():
    found = figures(profit__taxes__income_tax__m1="10.00", profit__taxes__other_tax__m1="5.50")
    assert found.taxes == (Decimal("15.50"), *(0,) * 11)


@pytest.mark.parametrize(
    ("form", "shares"), [("company", (60, 30)), ("partnership", (60, 30)), ("sole_trader", ()), ("", ())]
)
def test_only_a_partnership_or_company_has_shares(form, shares):
    found = figures(
        organisation__legal_form=form,
        organisation__partners__1__share="60.00",
        organisation__partners__2__share="30.00",
    )
    assert found.partner_shares == shares


def test_fees_and_promotion_are_never_added_silently():
    found = figures(
        organisation__licences__1__fee="500.00", marketing__promotion__1__cost="800.00", marketing__place_cost="3000.00"
    )
    assert not any(sum(months) for months in found.costs.values())


def test_what_the_employer_adds_for_insurance_is_an_estimate_from_the_site_s_data():
    values = shop.local()
    assert local.employer_insurance(Decimal(3200), 2, values) == Decimal("1976.00")  # 24.7 % of 4,000, twice
    assert local.employer_insurance(Decimal(5000), 1, values) == Decimal("1235.00")


def test_the_sheets_beside_the_plan_are_read():
    first, second = STATEMENTS[0][0], STATEMENTS[1][0]
    found = self_check(
        {f"self.check.{first}.own": "yes", f"self.check.{second}.own": "no", f"self.check.{first}.second": "no"}
    )
    assert (found.yes_own, found.to_do, found.disagreements, len(found.blank)) == (1, (second,), (first,), 9)
    ideas = {"ideas.list.1.offer": "烤鱼", "ideas.list.2.offer": "裁缝", "ideas.list.4.offer": "柑橘"}
    ideas |= {f"macro.questions.{row}.{code}": "yes" for row in "14" for code in ("sells", "possible", "learnable")}
    ideas |= {"macro.questions.4.rank": "1", "micro.ratings.4.market": "5", "micro.ratings.1.risk": "4"}
    assert [idea.name for idea in macro(ideas).kept] == ["柑橘", "烤鱼"]
    assert [(score.name, score.total) for score in micro(ideas)] == [("柑橘", 5), ("烤鱼", 4)]
    assert "strengths" in swot_missing({"swot.strengths.1.text": "x"})
    assert swot_missing({"swot.conclusion": "do"}) == ("strengths", "weaknesses", "chances", "dangers")


def test_4_3_points_stay_with_their_idea_when_others_are_kept_or_ranked_otherwise():
    values = {
        f"ideas.list.{row}.offer": name for row, name in (("1", "烤鱼"), ("2", "裁缝"), ("3", "柑橘"), ("4", "豆腐"))
    }
    values |= {f"macro.questions.{row}.{code}": "yes" for row in "1234" for code in ("sells", "possible", "learnable")}
    values |= {f"macro.questions.{row}.rank": str(4 - int(row)) for row in "123"}
    values |= {f"micro.ratings.{row}.market": points for row, points in (("1", "1"), ("2", "3"), ("3", "5"))}
    points = {score.name: score.total for score in micro(values)}
    assert points == {"烤鱼": 1, "裁缝": 3, "柑橘": 5}
    assert {score.name: score.total for score in micro(values | {"macro.questions.1.rank": "1"})} == points
    dropped = values | {"macro.questions.3.sells": "no"}
    assert {score.name: score.total for score in micro(dropped)} == {"烤鱼": 1, "裁缝": 3, "豆腐": 0}
    assert rows_of("micro.ratings", BOOKS["gyb"].section("micro").parts[0], dropped) == ["2", "1", "4"]
    assert {score.name: score.total for score in micro(dropped | {"macro.questions.3.sells": "yes"})} == points


def test_words_and_numbers_of_a_section_are_compared_apart():
    found = contents_of(shop.values(), BOOKS["syb"])
    assert found["marketing"].text == "烤鱼家常小炒"
    assert found["forecast"].tables[0][:12] == shop.FISH
    assert found["cash"].tables == ()


def test_a_workbook_answers_what_its_pages_ask():
    plan = shop.plan()
    assert (plan.need.total, plan.sources, plan.break_even.year) == (125240, 60000, Decimal("349824.87"))
    assert (plan.payback, plan.finding("C5").facts["gap"]) == (Decimal("1.06"), 65240)
    with pytest.raises(KeyError):
        plan.finding("C15")
