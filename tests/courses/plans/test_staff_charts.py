"""What the staff sees of a plan in pictures: those of the learner, with the figures below, and nothing for whoever may not read it."""

import re
from decimal import Decimal

import pytest

from courses.catalogue.models import Edition
from courses.plans import charts
from courses.plans.rules.amounts import printed
from tests.courses.english import english
from tests.courses.plans import shop
from tests.courses.plans.building import plan_scene
from tests.courses.plans.sitting import sit_down, with_shop

pytestmark = pytest.mark.django_db
build_scene = plan_scene
__all__ = ["english"]  # an autouse fixture


def svgs(answer) -> list[str]:
    return [
        part.split("</svg>")[0] for part in answer.content.decode().split("<svg")[1:] if 'class="q-cash"' in part[:30]
    ]


def test_trainer_and_expert_see_the_charts_of_the_learner_with_the_figures(room, client, desk):
    plan = with_shop(room)
    seat = sit_down(client, room)
    learners = [*svgs(seat.get(f"/plan/{plan.pk}/result/")), *svgs(seat.get(f"/plan/{plan.pk}/cash/"))]
    assert len(learners) == 3
    url = f"/admin/plans/{plan.pk}/charts/"
    found = shop.plan(shop.LOAN_THAT_RUNS_DRY)
    for user in (room.trainer, room.expert):
        answer = desk(user).get(url)
        page = answer.content.decode()
        assert svgs(answer) == learners
        assert "q-cash__hatch" in learners[2] and "q-cash__hatch" not in learners[0]
        for row in (found.profit["sales"], found.profit["total_costs"], found.profit["profit"]):
            assert all(f">{printed(amount)}<" in page for amount in (*row.months, row.total)), row.code
        assert f'is-short">{printed(found.cash.closing[0])}<' in page and page.count("is-short") == 2
        assert "1,483.50" in page
    assert url in desk(room.trainer).get(f"/admin/plans/{plan.pk}/").content.decode()
    for user in (room.world.other_trainer, room.world.officer, room.world.admin_city):
        assert desk(user).get(url).status_code == 404, user


def test_a_plan_without_numbers_says_so_and_a_way_to_an_idea_has_no_charts(room, desk):
    plan = room.plan()
    page = desk(room.trainer).get(f"/admin/plans/{plan.pk}/charts/").content.decode()
    assert "There are no numbers yet" in page and 'class="q-cash"' not in page
    assert desk(room.trainer).get(f"/admin/plans/{plan.pk}/charts/?attempt=1").status_code == 404, "not handed in yet"
    Edition.objects.filter(pk=room.training_class.edition_id).update(workbook="gyb")
    room.training_class.refresh_from_db()
    sheets = room.plan("李德顺")
    assert desk(room.trainer).get(f"/admin/plans/{sheets.pk}/charts/").status_code == 404


@pytest.mark.once
def test_a_deep_red_bar_is_hatched_from_top_to_bottom():
    drawn = charts.year([Decimal(-900), *[Decimal(100)] * 11], "x")
    heights = [
        Decimal(one) for one in re.findall(r"M\d+ ([\d.]+)l", drawn.split('q-cash__hatch" d="')[1].split('"')[0])
    ]
    top, bottom = min(heights), max(heights)
    assert bottom - top > 70 and len(set(heights)) >= 8


def test_the_summary_has_room_for_the_words_of_the_experts(room, desk):
    page = desk(room.trainer).get(f"/admin/plans/class/{room.training_class.pk}/reviews/").content.decode()
    assert "What the experts say of the class" in page
