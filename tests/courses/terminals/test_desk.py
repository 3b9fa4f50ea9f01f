"""The classroom on the staff desk: computers, lock-outs, cards, everyone out; nothing of other places."""

import re

import pytest
from django.urls import reverse

from courses.people import actions as people
from courses.people.models import Learner
from courses.people.permissions import Role
from courses.terminals import actions
from courses.terminals.models import LoginCard, SignInFailure, Terminal, TerminalSession
from tests.courses.building import staff as appoint

pytestmark = pytest.mark.django_db


def lock_out(terminal, number="100004"):
    for _try in range(5):
        with pytest.raises(actions.SignInRefused):
            actions.sign_in(terminal=terminal, learner_no=number, pin="000000")


@pytest.fixture
def seat(t3, zhou):
    return actions.sign_in(terminal=t3[0], learner_no="100004", pin="100004")[0]


SCREENS = ["terminals_desk", "terminals_cards"]


def test_the_classroom_shows_seats_and_lock_outs(desk, officer, t3, t7, seat):
    """P3 step 2: terminal, number, time."""
    lock_out(t7[0], "999999")
    page = desk(officer).get(reverse("terminals_desk")).content.decode()
    assert "T-03" in page and "学员0004" in page and "999999" in page
    assert "T-07" in page


def test_one_click_lets_a_number_in_again(desk, officer, t3, zhou):
    lock_out(t3[0])
    home = desk(officer).get(reverse("wagtailadmin_home")).content.decode()
    assert "100004" in home and reverse("terminals_release") in home
    answer = desk(officer).post(
        reverse("terminals_release"), {"number": "100004", "terminal": t3[0].pk, "back": reverse("wagtailadmin_home")}
    )
    assert answer.url == reverse("wagtailadmin_home")
    assert actions.sign_in(terminal=t3[0], learner_no="100004", pin="100004")
    assert reverse("terminals_release") not in desk(officer).get(reverse("wagtailadmin_home")).content.decode()


def test_a_computer_is_enrolled_and_its_code_shown_once(desk, site_admin, prison, room, client):
    page = desk(site_admin).get(reverse("terminals_add"))
    assert page.context["form"].fields["name"].initial == "T-01"
    facts = {"organisation": prison.pk, "room": room.pk, "name": "T-01"}
    answer = desk(site_admin).post(reverse("terminals_add"), facts)
    assert "no-store" in answer["Cache-Control"]
    code = answer.context["secret"]
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", code)
    assert code not in desk(site_admin).get(reverse("terminals_desk")).content.decode()
    assert actions.redeem_code(code=code)[0] == Terminal.objects.get(name="T-01")
    again = desk(site_admin).post(reverse("terminals_add"), facts)
    assert "name" in again.context["form"].errors and Terminal.objects.count() == 1


def test_another_computer_takes_a_terminals_place_and_one_goes_out_of_use(desk, site_admin, t3):
    url = reverse("terminals_code", args=[t3[0].pk])
    assert desk(site_admin).get(url).status_code == 200
    assert not Terminal.objects.get().code_hash  # looking makes nothing
    assert desk(site_admin).post(url).context["secret"] and Terminal.objects.get().code_hash
    desk(site_admin).post(reverse("terminals_revoke", args=[t3[0].pk]))
    assert Terminal.objects.get().revoked_at


def test_everyone_out_in_one_room(desk, officer, room, seat):
    """P3 step 5."""
    desk(officer).post(reverse("terminals_end_room", args=[room.pk]))
    seat.refresh_from_db()
    assert seat.ended_by == TerminalSession.End.STAFF


def test_one_learner_out_and_a_whole_place(desk, officer, prison, t3, seat):
    desk(officer).post(reverse("terminals_end_session", args=[seat.pk]))
    seat.refresh_from_db()
    assert seat.ended_at
    again, _token = actions.sign_in(terminal=t3[0], learner_no="100004", pin="100004")
    desk(officer).post(reverse("terminals_end_place", args=[prison.pk]))
    again.refresh_from_db()
    assert again.ended_at


def test_a_card_is_made_on_a_page_that_shows_it_once(desk, officer, zhou, t3):
    url = reverse("terminals_card", args=[zhou.pk])
    before = LoginCard.objects.live().get()
    assert desk(officer).get(url).status_code == 200
    assert LoginCard.objects.live().get() == before
    answer = desk(officer).post(url)
    assert "no-store" in answer["Cache-Control"]
    pin = answer.context["cards"][0]["pin"]
    page = answer.content.decode()
    assert pin in page and "100004" in page and "周大山" not in page.partition("q-cards")[2]  # no name unless asked for
    assert LoginCard.objects.live().get() != before
    assert actions.sign_in(terminal=t3[0], learner_no="100004", pin=pin)


def test_a_new_pin_is_shown_once(desk, officer, zhou, t3):
    url = reverse("terminals_pin", args=[zhou.pk])
    answer = desk(officer).post(url)
    assert (
        f'<p class="q-secret" id="secret">{answer.context["secret"]}</p>' in answer.content.decode()
    )  # large: read aloud
    assert actions.sign_in(terminal=t3[0], learner_no="100004", pin=answer.context["secret"])
    assert answer.context["secret"] not in desk(officer).get(url).content.decode()


def test_cards_for_many_are_printed_on_one_sheet(desk, officer, zhou, wang):
    url = reverse("terminals_cards")
    assert {row.learner for row in desk(officer).get(url).context["rows"]} == {zhou, wang}
    answer = desk(officer).post(url, {"learners": [zhou.pk, wang.pk], "with_names": "on"})
    assert "no-store" in answer["Cache-Control"]
    assert len(answer.context["cards"]) == 2 and "周大山" in answer.content.decode()
    nobody = desk(officer).post(url, {})
    assert nobody.status_code == 200 and nobody.context["form"].errors
    assert not desk(officer).get(url, {"missing": "on"}).context["rows"]


def test_a_pin_is_in_no_list_and_in_no_log(desk, officer, zhou, caplog):
    answer = desk(officer).post(reverse("terminals_pin", args=[zhou.pk]))
    pin = answer.context["secret"]
    for name in SCREENS:
        assert pin not in desk(officer).get(reverse(name)).content.decode()
    assert pin not in caplog.text


# --- nobody else's --------------------------------------------------------------------------------------------------
def test_other_places_are_not_there(desk, other_prison, t3, room, prison, seat, zhou):
    stranger = appoint("admin_other", Role.SITE_ADMIN, other_prison)
    lock_out(t3[0], "999999")
    for name in SCREENS:
        page = desk(stranger).get(reverse(name)).content.decode()
        assert "T-03" not in page and "100004" not in page and "999999" not in page
    for name, pk in [
        ("terminals_code", t3[0].pk), ("terminals_revoke", t3[0].pk), ("terminals_end_session", seat.pk),
        ("terminals_end_room", room.pk), ("terminals_end_place", prison.pk), ("terminals_card", zhou.pk),
        ("terminals_pin", zhou.pk),
    ]:  # fmt: skip
        assert desk(stranger).post(reverse(name, args=[pk])).status_code == 404, name
    desk(stranger).post(reverse("terminals_release"), {"number": "999999"})
    desk(stranger).post(reverse("terminals_release"), {"number": "", "terminal": t3[0].pk})
    assert SignInFailure.objects.counting().count() == 5
    answer = desk(stranger).post(reverse("terminals_cards"), {"learners": [zhou.pk]})
    assert answer.context["form"].errors
    seat.refresh_from_db()
    assert seat.ended_at is None and LoginCard.objects.live().count() == 1


def test_without_the_right_the_screens_lead_home(desk, prison, t3, zhou):
    auditor = appoint("auditor", Role.AUDITOR, prison)
    for name in [*SCREENS, "terminals_add"]:
        assert desk(auditor).get(reverse(name)).status_code == 302, name
    assert desk(auditor).post(reverse("terminals_release"), {"number": "100004"}).status_code == 302
    officer_only = appoint("officer_b", Role.OFFICER, prison)
    assert desk(officer_only).get(reverse("terminals_add")).status_code == 302
    assert desk(officer_only).post(reverse("terminals_revoke", args=[t3[0].pk])).status_code == 302
    assert Terminal.objects.in_use().count() == 1


def test_nothing_that_changes_is_done_by_a_get(desk, site_admin, t3, room, prison, seat):
    for name, pk in [
        ("terminals_revoke", t3[0].pk), ("terminals_end_session", seat.pk), ("terminals_end_room", room.pk),
        ("terminals_end_place", prison.pk),
    ]:  # fmt: skip
        assert desk(site_admin).get(reverse(name, args=[pk])).status_code == 405, name
    assert desk(site_admin).get(reverse("terminals_release")).status_code == 405


def test_the_classroom_takes_the_same_queries_for_one_and_thirty_seats(desk, officer, prison, room, t3, seat):
    from tests.courses.terminals.conftest import new_learner

    url = reverse("terminals_desk")
    desk(officer).get(url)
    with _counted() as few:
        desk(officer).get(url)
    for number in range(30):
        terminal, _token = actions.enrol_terminal(organisation=prison, name=f"T-{number + 20}", room=room, by=None)
        learner = new_learner(prison, f"2000{number:02d}")
        actions.sign_in(terminal=terminal, learner_no=learner.learner_no, pin=learner.learner_no)
    with _counted() as many:
        desk(officer).get(url)
    assert len(many) == len(few)
    assert Learner.objects.count() == 31


def _counted():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return CaptureQueriesContext(connection)


def test_a_number_at_the_door_leads_to_the_new_pin_in_one_step(desk, officer, prison, zhou, client):
    door = reverse("terminals_door")
    home = desk(officer).get(reverse("wagtailadmin_home")).content.decode()
    assert f'action="{door}"' in home
    assert client.get(door, {"number": "100004"}).url == reverse("terminals_pin", args=[zhou.pk])
    without = people.register_learner(full_name="周大勇", gender="male", organisation=prison, by=None)
    assert client.get(door, {"number": without.learner_no}).url == reverse("terminals_card", args=[without.pk])
    several = client.get(door, {"number": "周大"})
    assert [row.learner for row in several.context["rows"]] == [zhou, without]
    assert "这里没有这个编号或姓名" in client.get(door, {"number": "999999"}).content.decode()


def test_the_door_finds_nobody_of_another_place(desk, other_prison, zhou):
    stranger = appoint("admin_other", Role.SITE_ADMIN, other_prison)
    assert desk(stranger).get(reverse("terminals_door"), {"number": "100004"}).context["rows"] == []
    author = appoint("author", Role.AUTHOR, other_prison)
    assert desk(author).get(reverse("terminals_door")).status_code == 302
    assert "panel-door" not in desk(author).get(reverse("wagtailadmin_home")).content.decode()
