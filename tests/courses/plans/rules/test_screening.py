"""From many ideas to one (4.3)."""

from decimal import Decimal

from courses.plans.rules.screening import CRITERIA, Idea, macro_kept, micro_scores, swot_missing

ALL = (True, True, True)


def test_4_3_three_yes_are_kept_at_most_three_of_them_by_rank():
    ideas = (
        Idea("1", "fish", ALL, 2), Idea("2", "tailor", ALL, 0), Idea("3", "taxi", (True, False, True), 1),
        Idea("4", "oranges", ALL, 1), Idea("5", "repairs", ALL, 3), Idea("6", "noodles", ALL, 0),
    )  # fmt: skip
    found = macro_kept(ideas)
    assert [idea.name for idea in found.kept] == ["oranges", "fish", "repairs"]
    assert [idea.name for idea in found.over] == ["tailor", "noodles"]
    assert [idea.name for idea in found.dropped] == ["taxi"]


def test_4_3_without_ranks_the_order_of_the_list_decides():
    found = macro_kept([Idea(str(number), f"idea {number}", ALL) for number in range(1, 5)])
    assert [idea.row for idea in found.kept] == ["1", "2", "3"]


def test_4_3_a_rank_that_is_given_twice_is_named():
    twice = macro_kept([Idea(str(row), f"idea {row}", ALL, rank) for row, rank in enumerate((1, 3, 3, 2), 1)])
    assert [idea.row for idea in twice.same_rank] == ["2", "3"] and not twice.is_ranked
    clear = macro_kept([Idea(str(row), f"idea {row}", ALL, rank) for row, rank in enumerate((1, 0, 3, 2), 1)])
    assert clear.same_rank == () and clear.is_ranked
    assert not macro_kept([Idea(str(row), "", ALL) for row in range(1, 5)]).is_ranked


def points(default, **other):
    return {**dict.fromkeys(CRITERIA, default), **other}


def test_4_3_points_are_summed_and_shown_in_percent():
    best, second = micro_scores((("tailor", points(3)), ("fish", points(4, risk=2))))
    assert (best.name, best.total, best.percent, best.place, best.missing) == ("fish", 38, Decimal("76.00"), 1, ())
    assert (second.name, second.total, second.percent) == ("tailor", 30, Decimal("60.00"))
    assert [micro_scores([("", points(number))])[0].total for number in (1, 5)] == [10, 50]


def test_4_3_equal_points_go_to_the_better_market_then_to_the_lower_risk_then_to_the_earlier_idea():
    by_market = micro_scores((("a", points(3, risk=5)), ("b", points(3, market=5))))
    assert [score.name for score in by_market] == ["b", "a"]
    by_risk = micro_scores((("a", points(3, skills=5)), ("b", points(3, risk=5))))
    assert [score.name for score in by_risk] == ["b", "a"]
    assert [score.name for score in micro_scores((("a", points(3)), ("b", points(3))))] == ["a", "b"]


def test_4_3_criteria_without_points_are_named():
    (found,) = micro_scores([("fish", {"market": 5})])
    assert (found.total, len(found.missing)) == (5, 9)


def test_4_3_each_list_has_two_entries_and_a_conclusion():
    lists = {
        "strengths": ("a", "b", "", ""),
        "weaknesses": ("a", " ", "", ""),
        "chances": (),
        "dangers": ("a", "b", "c"),
    }
    assert swot_missing(lists, "") == ("weaknesses", "chances", "conclusion")
    assert swot_missing(lists, "change") == ("weaknesses", "chances")
