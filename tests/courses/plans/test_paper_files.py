"""Who gets a plan as a file: its learner at a terminal, its trainers and experts; to all others it is not there (PRV-3)."""

import pytest

from courses.plans import actions as plans
from courses.plans.views.paper import XLSX
from courses.terminals import actions as terminals
from courses.terminals import middleware
from tests.courses.building import at
from tests.courses.plans.building import fresh, plan_scene
from tests.reading import pdf_pages, pdf_text

pytestmark = pytest.mark.django_db
build_scene = plan_scene


def seat(client, room, name: str = "孙丽娟"):
    learner = room.learners[name]
    terminal, token = terminals.enrol_terminal(
        organisation=room.world.prison, name="S-1", room=room.world.room, by=None
    )
    _card, pin, _code = terminals.issue_card(learner=learner, organisation=room.world.prison, by=None)
    _session, key = terminals.sign_in(terminal=terminal, learner_no=learner.learner_no, pin=pin)
    client.cookies[middleware.TERMINAL_COOKIE], client.cookies[middleware.SEAT_COOKIE] = token, key
    return client


def test_a_learner_prints_the_own_plan_at_any_time_and_no_other(room, client):
    own, other = room.plan(), room.plan("李德顺")
    assert client.get(f"/plan/{own.pk}/print/").status_code == 303, "nobody sits there"
    seat(client, room)
    answer = client.get(f"/plan/{own.pk}/print/")
    assert answer["Content-Type"] == "application/pdf" and pdf_pages(answer.content) == 14
    assert answer["Content-Disposition"] == f'inline; filename="plan-{own.pk}.pdf"'
    assert "no-store" in answer["Cache-Control"]
    assert client.get(f"/plan/{other.pk}/print/").status_code == 404
    assert client.post(f"/plan/{own.pk}/print/").status_code == 405


def test_trainers_and_experts_get_both_files_and_nobody_else(room, desk):
    hand_in = room.handed_in()
    paper, sheets = f"/admin/plans/{hand_in.plan_id}/paper/", f"/admin/plans/{hand_in.plan_id}/sheets/"
    for user in (room.trainer, room.expert):
        answer = desk(user).get(paper, {"attempt": "1"})
        assert answer["Content-Type"] == "application/pdf" and "一段较长的文字" in pdf_text(answer.content)
        answer = desk(user).get(sheets)
        assert answer["Content-Type"] == XLSX and answer.content.startswith(b"PK")
        assert answer["Content-Disposition"] == f'attachment; filename="plan-{hand_in.plan_id}.xlsx"'
        for attempt in ("2", "x", "99999", "-1", "１ "):
            assert desk(user).get(paper, {"attempt": attempt}).status_code == 404, attempt
    for user in (room.world.other_trainer, room.world.officer, room.world.admin_city, room.world.admin_provider):
        for url in (paper, sheets):
            assert desk(user).get(url).status_code == 404, user


def test_what_was_handed_in_stays_as_it_was_on_paper(room, desk):
    hand_in = room.handed_in()
    plans.send_back(plan=hand_in.plan, comment="改一改。", by=room.trainer, at=at(9))
    room.save(fresh(hand_in.plan), "cover.enterprise", "新的名称饭馆")
    url = f"/admin/plans/{hand_in.plan_id}/paper/"
    assert "新的名称饭馆" in pdf_text(desk(room.trainer).get(url).content)
    assert "新的名称饭馆" not in pdf_text(desk(room.trainer).get(url, {"attempt": "1"}).content)
