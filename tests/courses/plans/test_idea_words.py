"""The way to an idea in the words of whoever walks it: who answers about somebody, which idea is meant, what a tie means (4.2, 4.3)."""

import re

import pytest

from courses.catalogue.models import Edition
from courses.plans import guide, reading
from courses.plans.book import BOOKS
from courses.plans.book.ideas import CRITERIA, STATEMENTS
from courses.plans.rules.screening import Tie, micro_scores, tie_at_the_top
from tests.courses.english import english
from tests.courses.plans.building import plan_scene
from tests.courses.plans.sitting import sit_down

pytestmark = pytest.mark.django_db
build_scene = plan_scene
__all__ = ["english"]  # an autouse fixture
IDEAS = {"1": "米糕店", "2": "修鞋摊"}


def written(market: str = "4") -> dict[str, str]:
    """Two ideas with three yes each and the same points; `market`: those of the second, taken from the last criterion."""
    values = {f"ideas.list.{row}.offer": name for row, name in IDEAS.items()}
    for row in IDEAS:
        values |= {f"macro.questions.{row}.{code}": "yes" for code in ("sells", "possible", "learnable")}
        values |= {f"micro.ratings.{row}.{code}": "4" for code, _label in CRITERIA}
    return {
        **values,
        "micro.ratings.2.market": market,
        "micro.ratings.2.benefit": str(8 - int(market)),
        "swot.conclusion": "do",
    }


def asked(path: str, values: dict[str, str]):
    stops = {stop.path: stop for stop in guide.stops(BOOKS["gyb"], values)}
    return guide.words(stops[path], values)


@pytest.mark.once
def test_4_2_each_statement_is_asked_in_the_words_of_whoever_answers():
    values = {"self.rater": "family", **{f"self.check.{code}.own": "no" for code, _label in STATEMENTS}}
    assert (
        asked("self.check.honesty.second", values).question == "Does your family say that people can rely on your word?"
    )
    values["self.rater"] = "officer"
    questions = {asked(f"self.check.{code}.second", values).question for code, _label in STATEMENTS}
    assert len(questions) == len(STATEMENTS) and all(one.startswith("Does the officer say") for one in questions)
    assert asked("self.check.honesty.own", values).question == "Can people rely on your word?"
    hints = {code: asked(f"self.actions.{code}.what", values).hint for code, _label in STATEMENTS}
    assert len(set(hints.values())) == len(STATEMENTS)
    assert "accounts" in hints["managing"] and "accounts" not in hints["risk"]


@pytest.mark.once
def test_4_3_the_four_lists_name_the_idea_and_two_entries_are_enough():
    values = written()
    for part in ("strengths", "weaknesses", "chances", "dangers"):
        values |= {f"swot.{part}.{row}.text": "x" for row in ("1", "2")}
        assert "米糕店" in asked(f"swot.{part}.1.text", values).question
        assert asked(f"swot.{part}.1.text", values).hint != asked(f"swot.{part}.3.text", values).hint
    assert asked("swot.conclusion", values).question.startswith("“米糕店”")
    assert "this idea" in asked("swot.strengths.1.text", {}).question


@pytest.mark.once
def test_4_3_a_tie_says_what_decided():
    assert tie_at_the_top(reading.micro(written())) is Tie.NOTHING
    assert tie_at_the_top(reading.micro(written("5"))) is Tie.MARKET
    even = dict.fromkeys((code for code, _label in CRITERIA), 3)
    assert tie_at_the_top(micro_scores([("a", even), ("b", {**even, "skills": 2})])) is None
    assert tie_at_the_top(micro_scores([("a", {"skills": 3}), ("b", {"skills": 3})])) is None, "points are missing"
    risky = micro_scores([("a", {**even, "risk": 2, "skills": 5}), ("b", {**even, "risk": 5, "skills": 2})])
    assert (risky[0].name, tie_at_the_top(risky)) == ("b", Tie.RISK)
    assert tie_at_the_top(()) is None


def test_4_3_the_choice_page_says_the_tie_the_idea_and_the_conclusion_and_speaks_of_a_workbook(room, client, desk):
    Edition.objects.filter(pk=room.training_class.edition_id).update(workbook="gyb")
    room.training_class.refresh_from_db()
    plan, seat = room.plan(), sit_down(client, room)
    for path, text in written("5").items():
        room.save(plan, path, text)
    page = seat.get(f"/plan/{plan.pk}/screening/").content.decode()
    assert "“修鞋摊” and “米糕店” both have 40 points." in page and "more points for the market" in page
    assert "dangers: 修鞋摊" in page and "My conclusion:</b> do it" in page
    for where in ("hand-in/", "end/", ""):
        assert "plan" not in re.sub(
            r"<[^>]*>", " ", seat.get(f"/plan/{plan.pk}/{where}").content.decode().split("<main")[1]
        )
    home = seat.get("/learn/").content.decode()
    assert "my workbook" in home and not re.search(r"[Mm]y (business )?plan", home)
    trainer = desk(room.trainer)
    matrix = trainer.get(f"/admin/plans/class/{room.training_class.pk}/").content.decode()
    assert "workbooks handed in" in matrix and "Workbooks" in matrix and "plans handed in" not in matrix
