"""Forty people type at the same moment, two of them into one field: every text that was acknowledged is there (4.9)."""

import pytest

from courses.plans import actions as plans
from courses.plans.models import Plan, PlanLog, values_of
from tests.courses.exams.test_at_once import at_once
from tests.courses.plans.building import NAMES, fresh, plan_room, plan_scene

pytestmark = pytest.mark.django_db(transaction=True)
TREND = "market.trend"


def test_4_9_forty_saves_at_once_lose_nothing_and_a_plan_that_is_handed_in_takes_no_more():
    room = plan_room(plan_scene())
    written = {name: room.plan(name) for name in NAMES}
    calls, wanted = [], {}
    for number in range(40):
        name = NAMES[number % 3]
        path = f"forecast.quantity.{number % 8 + 1}.m{number // 8 + 1}"
        wanted[name, path] = str(number)
        calls.append(lambda plan=written[name], path=path, number=number: room.save(plan, path, str(number), base=0))
    came = at_once(*calls)
    assert [type(one) for one in came] == [plans.Saved] * 40, came
    for name, plan in written.items():
        assert values_of(plan) == {path: text for (whose, path), text in wanted.items() if whose == name}
    assert PlanLog.objects.count() == 40

    plan = written["孙丽娟"]
    same = at_once(*[lambda text=text: room.save(plan, TREND, text, base=0) for text in "甲乙丙丁戊己"])
    assert sorted(one.version for one in same) == [1, 2, 3, 4, 5, 6]
    newest = max(same, key=lambda one: one.version)
    assert values_of(plan)[TREND] == newest.value
    replaced = {one.replaced for one in same} - {None}
    assert replaced == set("甲乙丙丁戊己") - {newest.value}, "each that lost its place came back to somebody"
    assert set(PlanLog.objects.filter(path=TREND).values_list("value", flat=True)) == set("甲乙丙丁戊己")

    plan = room.written("李德顺")
    twice, saved = (
        lambda: plans.hand_in(plan=plan, by=room.learners["李德顺"]),
        lambda: room.save(plan, TREND, "最后一句"),
    )
    first, second, last = at_once(twice, twice, saved)
    assert first == second, "a double click"
    acknowledged = isinstance(last, plans.Saved)
    assert acknowledged or isinstance(last, plans.Closed), last
    assert (first.values[TREND] == "最后一句") == acknowledged, "what was acknowledged is handed in"
    assert fresh(plan).state == Plan.State.HANDED_IN
    assert first.values == values_of(plan)

    first, second = at_once(*[lambda: room.plan("孙丽娟")] * 2)
    assert first == second
