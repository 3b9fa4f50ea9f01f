"""What a migration moves in plans that were begun before it."""

from importlib import import_module

import pytest
from django.apps import apps

from courses.catalogue.models import Edition
from courses.plans.models import Comment, PlanLog, Section, values_of
from courses.plans.reading import micro
from tests.courses.plans.building import plan_scene

build_scene = plan_scene
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


@pytest.mark.django_db
def test_4_3_a_plan_that_was_begun_before_keeps_points_history_and_comments(room):
    Edition.objects.filter(pk=room.training_class.edition_id).update(workbook="gyb")
    plan = room.plan()
    for path, text in {
        "ideas.list.3.offer": "馒头",
        **{f"macro.questions.3.{code}": text for code, text in YES.items()},
    }.items():
        room.save(plan, path, text)
    old = "micro.points.market.idea1"
    Section.objects.filter(plan=plan, code="micro").update(values={old: ["4", 1], "micro.points.risk.idea2": ["5", 1]})
    PlanLog.objects.create(plan=plan, path=old, value="4", version=1)
    Comment.objects.create(plan=plan, path="micro.points.risk.idea2", text="?", by=room.trainer)
    moving.forwards(apps, None)
    assert [(score.name, score.total) for score in micro(values_of(plan))] == [("馒头", 4)]
    assert PlanLog.objects.filter(plan=plan, path="micro.ratings.3.market").exists()
    assert Comment.objects.get().path == "", "of an idea that is not there: to the plan as a whole"
    moving.backwards(apps, None)
    assert values_of(plan)[old] == "4"
