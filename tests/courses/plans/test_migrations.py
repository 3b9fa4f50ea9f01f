"""What a migration moves in plans that were begun before it."""

from importlib import import_module

import pytest

moving = import_module("courses.plans.migrations.0002_keep_points_with_their_idea")
YES = dict.fromkeys(("sells", "possible", "learnable"), "yes")


@pytest.mark.once
def test_4_3_points_by_place_become_points_by_idea_and_back():
    values = {f"ideas.list.{row}.offer": "x" for row in (1, 2, 4, 12)}
    values |= {f"macro.questions.{row}.{code}": text for row in (2, 4, 12) for code, text in YES.items()}
    values |= {"macro.questions.12.rank": "1", "micro.points.market.idea1": "5", "micro.points.risk.idea3": "2"}
    rows = moving.kept(values)
    assert rows == [12, 2, 4]
    found = moving.moved(values, "micro.points.", moving.to_idea, rows)
    assert (found["micro.ratings.12.market"], found["micro.ratings.4.risk"]) == ("5", "2")
    assert moving.moved(found, "micro.ratings.", moving.to_place, rows) == values
    few = {"micro.points.market.idea3": "4"}
    assert moving.moved(few, "micro.points.", moving.to_idea, [1]) == few
