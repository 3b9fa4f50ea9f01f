"""The learner's door as a browser meets it: cookies, refusals, idleness, nothing left behind."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path
from django.utils import timezone

from courses.people.models import User
from courses.terminals import actions, middleware
from courses.terminals.models import SignInFailure, TerminalSession
from courses.terminals.permissions import learner_required, terminal_required
from tests.courses.terminals.conftest import new_learner, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@learner_required
def lesson(request):
    assert isinstance(request.user, AnonymousUser)
    return HttpResponse(f"{request.learner.display_name} at {request.terminal.name}")


@terminal_required
def room(request):
    return HttpResponse(f"{request.terminal.name} {request.learner}")


def public(request):
    return HttpResponse(f"{request.terminal} {request.learner} {request.terminal_session}")


urlpatterns = [
    path("t/", include("courses.terminals.urls")),
    path("learn/", lesson),
    path("learn/room/", room),
    path("public/", public),
]


@pytest.fixture
def seated(at_t3, zhou):
    assert sign_in(at_t3, "100004").status_code == 303
    return at_t3


def move_clock(monkeypatch, **later):
    real = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(**later))


# --- which computer -------------------------------------------------------------------------------------------------
def test_an_unknown_browser_is_told_what_to_ask_for(client):
    response = client.get("/t/")
    assert response.status_code == 403 and "no-store" in response["Cache-Control"]
    for address in ("/t/number/", "/t/pin/", "/t/card/", "/t/locked/", "/t/help/", "/learn/", "/learn/room/"):
        assert client.get(address)["Location"] == "/t/"


def test_typing_the_code_enrols_the_computer_once(client, t3):
    code = actions.enrolment_code(terminal=t3[0], by=None)
    page = client.get("/t/enrol/", {"code": code})
    assert page.status_code == 200 and middleware.TERMINAL_COOKIE not in page.cookies  # looking changes nothing
    done = client.post("/t/enrol/", {"code": f" {code.lower().replace('-', ' ')}"})
    cookie = done.cookies[middleware.TERMINAL_COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Strict" and cookie["max-age"] == 365 * 24 * 3600
    assert client.get("/t/").status_code == 200
    assert Client().post("/t/enrol/", {"code": code}).status_code == 403


def test_a_mistyped_code_is_said_at_once_and_stays_in_the_field(client, t3):
    code = actions.enrolment_code(terminal=t3[0], by=None)
    wrong = code[:-1] + ("3" if code[-1] == "2" else "2")
    page = client.get("/t/enrol/", {"code": wrong})
    assert page.status_code == 403 and page.templates[0].name == "terminals/no_terminal.html"
    assert page.context["sentence"] and f'value="{wrong}"' in page.content.decode()
    assert client.get("/t/enrol/", {"code": code}).templates[0].name == "terminals/enrol.html"


def test_a_revoked_terminal_is_none(at_t3, t3, seated):
    actions.revoke_terminal(terminal=t3[0], by=None)
    assert at_t3.get("/learn/")["Location"] == "/t/"
    assert at_t3.get("/t/").status_code == 403


def test_the_demo_world_alone_lets_a_browser_choose(client, settings, t3):
    assert client.post("/t/enrol/", {"demo": t3[0].pk}).status_code == 403
    settings.LMS_DEMO = True
    assert str(t3[0]) in client.get("/t/").content.decode()
    assert client.post("/t/enrol/", {"demo": t3[0].pk}).status_code == 303
    assert client.get("/t/").status_code == 200


# --- signing in -----------------------------------------------------------------------------------------------------
def test_the_start_page_offers_three_ways_and_no_names(at_t3, zhou):
    page = at_t3.get("/t/").content.decode()
    assert page.count("q-tile ") + page.count('"q-tile"') == 3
    assert "周大山" not in page and "100004" not in page and zhou.display_name not in page


def test_number_and_pin_seat_a_learner(at_t3, zhou):
    """P3 step 6: the alias is all that a page shows."""
    assert at_t3.post("/t/number/", {"number": "100004"})["Location"] == "/t/pin/"
    response = at_t3.post("/t/pin/", {"pin": "100004"})
    assert response["Location"] == "/learn/"
    for name in (middleware.SEAT_COOKIE, middleware.ACTIVE_COOKIE):
        cookie = response.cookies[name]
        assert cookie["httponly"] and cookie["samesite"] == "Strict" and cookie["max-age"] == ""
    assert response.cookies[middleware.WHO_COOKIE]["max-age"] == 0
    assert at_t3.get("/learn/").content.decode() == "学员0004 at T-03"


def test_card_and_pin_seat_a_learner(at_t3, prison, zhou):
    _card, pin, code = actions.issue_card(learner=zhou, by=None, organisation=prison)
    assert at_t3.post("/t/card/", {"code": f" {code}\n"})["Location"] == "/t/pin/"
    assert code not in at_t3.get("/t/pin/").content.decode()
    assert at_t3.post("/t/pin/", {"pin": pin})["Location"] == "/learn/"


def test_the_pad_works_without_scripts(at_t3, zhou):
    typed = ""
    for key in ("1", "0", "9", "back", "0", "0", "0", "4"):
        page = at_t3.post("/t/number/", {"number": typed, "key": key}).content.decode()
        typed = typed[:-1] if key == "back" else typed + key
        assert f'value="{typed}"' in page
    at_t3.post("/t/number/", {"number": typed})
    page = at_t3.post("/t/pin/", {"pin": "10000", "key": "4"}).content.decode()
    assert page.count("q-pin__cell--full") == 6
    assert not SignInFailure.objects.exists()
    assert at_t3.post("/t/pin/", {"pin": "100004"})["Location"] == "/learn/"


def test_t2_wrong_and_unknown_get_the_same_page_and_status(at_t3, zhou):
    """P3 step 2."""
    pages = {}
    for number in ("100004", "999999"):
        answers = [sign_in(at_t3, number, "000000") for _try in range(6)]
        assert [answer.status_code for answer in answers] == [200] * 4 + [429] * 2
        pages[number] = [answer.content.decode().replace(number, "N") for answer in answers]
    strip = [(a.split("csrfmiddlewaretoken")[-1][90:]) for a in pages["100004"]]
    assert strip == [(a.split("csrfmiddlewaretoken")[-1][90:]) for a in pages["999999"]]


def test_t4_a_cookie_set_before_is_worth_nothing_after(at_t3, zhou):
    at_t3.cookies[middleware.SEAT_COOKIE] = "chosen-by-somebody-else"
    sign_in(at_t3, "100004")
    first = at_t3.cookies[middleware.SEAT_COOKIE].value
    assert first != "chosen-by-somebody-else"
    sign_in_again = Client()
    sign_in_again.cookies[middleware.TERMINAL_COOKIE] = at_t3.cookies[middleware.TERMINAL_COOKIE].value
    sign_in(sign_in_again, "100004")
    assert sign_in_again.cookies[middleware.SEAT_COOKIE].value != first
    assert at_t3.get("/learn/")["Location"] == "/t/"


def test_a_seat_cookie_is_worth_nothing_at_another_computer(seated, t7):
    thief = Client()
    thief.cookies[middleware.SEAT_COOKIE] = seated.cookies[middleware.SEAT_COOKIE].value
    assert thief.get("/learn/")["Location"] == "/t/"
    thief.cookies[middleware.TERMINAL_COOKIE] = t7[1]
    assert thief.get("/learn/room/").content.decode() == "T-07 None"


def test_staff_never_come_in_by_this_door(at_t3, prison):
    """Trap 8: no account is asked for, so none can be used."""
    user = User.objects.create_user("100001", password="a long password")
    assert sign_in(at_t3, "100001", "a long password").status_code == 200
    at_t3.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert at_t3.get("/learn/")["Location"] == "/t/"


def test_beside_a_member_of_staff_a_learners_page_sees_only_the_learner(seated):
    seated.force_login(User.objects.create_superuser("boss"), backend="django.contrib.auth.backends.ModelBackend")
    assert seated.get("/learn/").content.decode() == "学员0004 at T-03"  # the view asserts that `user` is nobody


def test_scripts_are_told_and_keep_their_page(client, at_t3, seated):
    assert seated.get("/t/alive/", headers={"accept": "application/json"}).json() == {"state": "open"}
    actions.end_room(organisation=TerminalSession.objects.get().terminal.organisation, by=None)
    answer = seated.get("/t/alive/", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()) == (401, {"state": "signed_out"})


# --- queries --------------------------------------------------------------------------------------------------------
def test_a_learners_page_costs_one_query_and_other_pages_none(seated, django_assert_num_queries):
    with django_assert_num_queries(1):
        seated.get("/learn/")
    with django_assert_num_queries(0):
        assert seated.get("/public/").content == b"None None None"


# --- idleness -------------------------------------------------------------------------------------------------------
def test_a_get_writes_nothing_and_still_keeps_the_seat_open(seated, monkeypatch):
    """P3 step 5: four minutes of reading, page by page, is no idleness; the row is not touched."""
    before = TerminalSession.objects.get().last_active_at
    for minutes in (2, 2, 2):
        move_clock(monkeypatch, minutes=minutes)
        assert seated.get("/learn/").status_code == 200
    assert TerminalSession.objects.get().last_active_at == before


def test_three_idle_minutes_lock_with_the_alias_alone_and_the_pin_opens(seated, monkeypatch):
    """P3 step 5."""
    move_clock(monkeypatch, minutes=4, seconds=1)
    assert seated.get("/learn/")["Location"] == "/t/locked/"
    page = seated.get("/t/locked/").content.decode()
    assert "学员0004" in page and "周大山" not in page and "100004" not in page
    assert seated.get("/learn/")["Location"] == "/t/locked/"
    token = seated.cookies[middleware.SEAT_COOKIE].value
    assert seated.post("/t/locked/", {"pin": "000000"}).status_code == 200
    assert seated.post("/t/locked/", {"pin": "100004"})["Location"] == "/learn/"
    assert seated.cookies[middleware.SEAT_COOKIE].value != token
    assert seated.get("/learn/").status_code == 200


def test_a_page_that_locks_itself_is_locked_at_once_and_over_two_minutes_later(seated, monkeypatch):
    assert seated.get("/t/locked/").status_code == 200
    assert seated.get("/learn/")["Location"] == "/t/locked/"
    move_clock(monkeypatch, seconds=100)
    assert seated.get("/t/locked/").status_code == 200  # looking again does not begin the time anew
    move_clock(monkeypatch, seconds=25)
    assert seated.get("/learn/")["Location"] == "/t/"
    page = seated.get("/t/")
    assert page.status_code == 200 and page.cookies[middleware.SEAT_COOKIE]["max-age"] == 0


def test_without_its_cookie_a_seat_locks_sooner_never_later(seated, monkeypatch):
    move_clock(monkeypatch, minutes=5)
    del seated.cookies[middleware.ACTIVE_COOKIE]
    assert seated.get("/learn/")["Location"] == "/t/locked/"
    seated.cookies[middleware.ACTIVE_COOKIE] = "forged:cookie:value"
    assert seated.get("/learn/")["Location"] == "/t/locked/"


def test_asking_whether_the_seat_is_open_is_no_activity(seated, monkeypatch):
    for _minute in range(5):
        move_clock(monkeypatch, minutes=1)
        answer = seated.get("/t/alive/", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()) == (401, {"state": "locked"})


def test_wrong_pins_at_a_locked_seat_count_for_the_lock_out(seated):
    seated.get("/t/locked/")
    statuses = [seated.post("/t/locked/", {"pin": "000000"}).status_code for _try in range(5)]
    assert statuses == [200] * 4 + [429]
    assert seated.post("/t/locked/", {"pin": "100004"}).status_code == 429


def test_the_question_without_scripts_leads_back_to_learners_pages_only(seated):
    assert 'href="/learn/x/"' in seated.get("/t/still-here/", {"back": "/learn/x/"}).content.decode()
    assert "evil" not in seated.get("/t/still-here/", {"back": "//evil.example"}).content.decode()


# --- leaving --------------------------------------------------------------------------------------------------------
def test_t12_signing_out_leaves_nothing_for_the_next_person(seated, t3):
    old = seated.cookies[middleware.SEAT_COOKIE].value
    seated.post("/t/number/", {"number": "100004"})
    response = seated.post("/t/sign-out/")
    assert response["Location"] == "/t/" and response["Clear-Site-Data"] == '"cache", "storage"'
    left = {name for name, cookie in seated.cookies.items() if cookie["max-age"] != 0 and cookie.value}
    assert left == {middleware.TERMINAL_COOKIE}
    assert TerminalSession.objects.get().ended_by == "learner"
    seated.cookies[middleware.SEAT_COOKIE] = old
    assert seated.get("/learn/")["Location"] == "/t/"  # an old cookie is worth nothing


def test_signing_out_is_a_post_with_a_token(seated, t3):
    assert seated.get("/t/sign-out/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = seated.cookies
    assert strict.post("/t/sign-out/").status_code == 403


@pytest.mark.parametrize("address", ["/t/", "/t/number/", "/t/card/", "/t/help/", "/t/locked/", "/learn/"])
def test_nothing_at_the_door_is_kept_by_the_browser(seated, address):
    if address not in ("/learn/", "/t/locked/", "/t/help/"):
        seated.post("/t/sign-out/")
    assert "no-store" in seated.get(address)["Cache-Control"]


def test_demo_numbers_are_shown_only_in_the_demo(at_t3, zhou, settings, other_prison):
    new_learner(other_prison, "100099")
    at_t3.post("/t/number/", {"number": "100001"})
    assert "100004" not in at_t3.get("/t/pin/").content.decode()
    settings.LMS_DEMO = True
    page = at_t3.get("/t/pin/").content.decode()
    assert "100004" in page and "100099" not in page
