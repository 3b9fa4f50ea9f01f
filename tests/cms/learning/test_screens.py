"""The desk and the lesson player as a browser meets them; nobody sees anything of anybody else (T5, T7, T8, T9)."""

import re

import pytest
from django.http import HttpResponse
from django.utils import timezone

from cms.learning import actions
from cms.learning.models import LessonVisit, QuizAnswer
from courses.attendance import actions as attendance
from courses.attendance.rules import Mark, Status
from courses.terminals import middleware
from lms.errors import server_error
from tests.cms.learning.building import lesson, publish, screens
from tests.courses.building import learner as new_learner

pytestmark = pytest.mark.django_db


def text(response):
    """What stands on a page, without tags and blanks."""
    body = re.sub(r"<(script|svg|noscript).*?</\1>", "", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", " ", body))


@pytest.fixture
def at_desk(sit, wang):
    return sit(wang)


@pytest.fixture
def unit(training_class):
    return lesson(training_class.edition)


def path_of(unit, screen=None, act=""):
    end = "" if screen is None else f"{screen}/"
    return f"/learn/{unit.edition_id}/{unit.code}/{end}{act}"


# --- the desk -------------------------------------------------------------------------------------------------------
def test_the_desk_says_one_thing_to_do(at_desk, unit):
    page = at_desk.get("/learn/")
    assert page.content.decode().count("q-btn--big") == 1
    assert unit.title in text(page) and unit.edition.title in text(page)


def test_p1_the_hours_on_the_desk_are_those_of_the_register(at_desk, training_class, world):
    """ATT-3: 16 of 20 hours are needed; after one lesson of four, twelve are missing."""
    session = training_class.sessions.get(number=1)
    marks = {place.pk: Mark(Status.PRESENT) for place in training_class.enrolments.all()}
    attendance.mark_register(session=session, marks=marks, by=world.trainer, at=session.ends_at)
    shown = text(at_desk.get("/learn/"))
    assert "12" in shown and "已学4学时，需要16学时" in shown


def test_the_button_opens_the_lesson_at_its_bookmark(at_desk, unit, wang):
    actions.turn_to(learner=wang, unit=unit, screen=3)
    page = at_desk.get("/learn/").content.decode()
    assert f'action="{path_of(unit)}"' in page
    assert at_desk.post(path_of(unit))["Location"] == path_of(unit, 3)


def test_somebody_in_no_class_is_told_whom_to_ask(world, sit):
    nobody = new_learner("李德顺", world)
    from courses.terminals.actions import issue_card

    issue_card(learner=nobody, by=None, organisation=world.prison, pin=nobody.learner_no)
    page = sit(nobody).get("/learn/")
    assert page.status_code == 200 and "/learn/0" not in page.content.decode()


def test_large_letters_follow_the_learner(sit, zhou):
    zhou.large_text = True
    zhou.save()
    browser = sit(zhou)
    for address in ("/learn/", "/learn/certificates/"):
        assert 'class="q-large"' in browser.get(address).content.decode()


# --- the player -----------------------------------------------------------------------------------------------------
def test_a_lesson_is_read_screen_by_screen_and_finished(at_desk, training_class, wang):
    """Next moves the bookmark; the last screen finishes the lesson and leads home."""
    unit = lesson(training_class.edition, "m1-l2")
    assert screens(unit) == 2
    page = at_desk.get(path_of(unit, 1))
    assert "1/2" in text(page) and "认焊钳的第1段" in text(page)
    assert at_desk.post(path_of(unit, 1, "next/"))["Location"] == path_of(unit, 2)
    assert LessonVisit.objects.get().screen == 2
    response = at_desk.post(path_of(unit, 2, "next/"))
    assert response["Location"] == "/learn/?finished=m1-l2"
    assert LessonVisit.objects.get().finished_at
    assert "1/4" in text(at_desk.get(f"/learn/{unit.edition_id}/"))


def test_a_get_never_writes(at_desk, unit, django_assert_num_queries):
    for address in ("/learn/", path_of(unit), path_of(unit, 1), path_of(unit, 3), f"/learn/{unit.edition_id}/"):
        at_desk.get(address)
    assert not LessonVisit.objects.exists() and not QuizAnswer.objects.exists()


def test_a_lesson_screen_takes_few_queries(at_desk, unit, django_assert_max_num_queries):
    """PERFORMANCE: at most 15; without the words in the cache as well."""
    at_desk.post(path_of(unit))
    for screen in (1, 3):
        with django_assert_max_num_queries(8):
            assert at_desk.get(path_of(unit, screen)).status_code == 200


def test_p3_an_answered_question_shows_the_right_way_first_and_the_way_back(at_desk, unit):
    """P3 step 4, look 05."""
    page = at_desk.get(path_of(unit, 3)).content.decode()
    assert "道理" not in page and "q-choice__box--right" not in page  # the key is not on the page before
    assert at_desk.post(path_of(unit, 3, "answer/"), {"answer": "B"})["Location"] == path_of(unit, 3)
    page = at_desk.get(path_of(unit, 3)).content.decode()
    assert page.index("q-choice__box--right") < page.index("q-choice__box--mine") < page.index("道理")
    assert f'href="{path_of(unit, 2)}"' in page and "answer/" not in page
    again = at_desk.get(path_of(unit, 3), {"again": ""}).content.decode()
    assert "answer/" in again and "q-choice__box--right" not in again


def test_no_answer_asks_for_one_and_stores_nothing(at_desk, unit):
    response = at_desk.post(path_of(unit, 3, "answer/"))
    assert response.status_code == 200 and 'role="alert"' in response.content.decode()
    assert not QuizAnswer.objects.exists()


def test_p3_after_a_power_cut_question_seven_is_open_at_another_terminal(sit, wang, unit):
    """P3 step 4: six of ten answered at T-03, the browser dies; at T-07 question 7 is open and six answers are kept."""
    first = sit(wang, "T-03")
    for number in range(1, 7):
        screen = number + 2
        first.post(path_of(unit, screen, "answer/"), {"answer": "A" if number % 2 else "B"})
        first.post(path_of(unit, screen, "next/"))
    second = sit(wang, "T-07")
    opened = second.post(path_of(unit))["Location"]
    assert opened == path_of(unit, 9)
    page = second.get(opened)
    assert "第7题" in text(page) and "answer/" in page.content.decode()
    assert QuizAnswer.objects.count() == 6
    assert "q-choice__box--right" in second.get(path_of(unit, 8)).content.decode()
    assert first.get("/learn/")["Location"] == "/t/"


# --- nobody else's --------------------------------------------------------------------------------------------------
def test_t5_lessons_of_other_classes_are_not_there(at_desk, world):
    foreign = lesson(publish(world, code="COOK-20", title="烹调入门", questions=1))
    for address in (path_of(foreign), path_of(foreign, 1), f"/learn/{foreign.edition_id}/"):
        assert at_desk.get(address).status_code == 404
    for act in ("next/", "answer/"):
        assert at_desk.post(path_of(foreign, 1, act), {"answer": "A"}).status_code == 404
    assert at_desk.post(path_of(foreign)).status_code == 404


@pytest.mark.parametrize("screen", [0, 99])
def test_a_screen_that_is_not_in_the_words_is_not_there(at_desk, unit, screen):
    assert at_desk.get(path_of(unit, screen)).status_code == 404
    assert at_desk.post(path_of(unit, screen, "answer/"), {"answer": "A"}).status_code == 404


def addresses(unit):
    fixed = ["/learn/", "/learn/certificates/", f"/learn/{unit.edition_id}/", "/t/help/", "/t/still-here/"]
    return fixed + [path_of(unit, screen) for screen in range(1, screens(unit) + 1)]


def stripped(page):
    """A page without its CSRF token and the date."""
    body = re.sub(r'(csrfmiddlewaretoken" value=|data-csrf=)"[^"]+"', "", page.content.decode())
    return re.sub(r"<time.*?</time>", "", body, flags=re.S)


def test_t7_t8_what_one_learner_does_changes_nothing_for_another(sit, wang, zhou, unit):
    """A crawl as B before and after A reads, answers and finishes: not a character differs, no name of A anywhere."""
    b = sit(zhou, "T-07")
    before = {address: stripped(b.get(address)) for address in addresses(unit)}
    a = sit(wang, "T-03")
    for screen in range(1, screens(unit) + 1):
        a.post(path_of(unit, screen, "answer/"), {"answer": "B"})
        a.post(path_of(unit, screen, "next/"))
    assert LessonVisit.objects.get(learner=wang).finished_at
    for address, page in before.items():
        after = stripped(b.get(address))
        assert after == page, address
        for mine in (wang.full_name, wang.learner_no, wang.display_name, str(wang.uuid)):
            assert mine not in after


def test_p3_the_alias_is_the_only_name_on_the_desk(at_desk, wang, unit):
    """P3 step 6."""
    for address in addresses(unit):
        page = at_desk.get(address).content.decode()
        assert wang.display_name in page, address
        assert wang.full_name not in page and wang.learner_no not in page.replace(wang.display_name, "")


def test_t9_no_way_leads_out_of_the_classroom(at_desk, unit):
    for address in [*addresses(unit), "/t/locked/"]:
        page = at_desk.get(address).content.decode()
        assert not re.search(r'target=|mailto:|download|blob:|(href|src|action|url)\s*=\s*"?(https?:)?//', page), (
            address
        )


def test_t12_every_screen_is_kept_by_no_browser(at_desk, unit):
    for address in addresses(unit):
        assert "no-store" in at_desk.get(address)["Cache-Control"], address


@pytest.mark.parametrize("address", ["/learn/", "/learn/certificates/", "/learn/1/", "/learn/1/a/", "/learn/1/a/1/"])
def test_without_a_seat_every_screen_leads_to_the_door(client, address):
    assert client.get(address)["Location"] == "/t/"


def test_the_desk_takes_the_same_queries_with_two_and_with_twenty_learners(
    at_desk, training_class, world, django_assert_max_num_queries, django_assert_num_queries
):
    from courses.classes.actions import enrol

    at_desk.get("/learn/")
    with django_assert_max_num_queries(22) as few:
        at_desk.get("/learn/")
    for number in range(18):
        enrol(
            training_class=training_class, learner=new_learner("赵铁柱", world, f"2000{number:02d}"),
            by=world.admin_prison, at=timezone.now(),
        )  # fmt: skip
    with django_assert_num_queries(len(few)):
        at_desk.get("/learn/")


def test_the_sessions_cookie_alone_opens_nothing(at_desk, client):
    client.cookies[middleware.SEAT_COOKIE] = at_desk.cookies[middleware.SEAT_COOKIE].value
    assert client.get("/learn/")["Location"] == "/t/"


# --- the trainer's look ---------------------------------------------------------------------------------------------
def test_p3_the_trainer_sees_who_sits_where_and_sends_the_class_home(sit, wang, zhou, world, training_class, client):
    """P3 step 5: 一键收场 for the class; an officer of another place sees nothing."""
    from django.urls import reverse

    from courses.terminals.models import TerminalSession

    first, second = sit(wang, "T-03"), sit(zhou, "T-07")
    actions.finish_lesson(learner=wang, unit=lesson(training_class.edition))
    url = reverse("learning_class", args=[training_class.pk])
    client.force_login(world.trainer)
    page = client.get(url).content.decode()
    assert "T-03" in page and "T-07" in page and "王国强" in page and "1 / 4" in page
    client.post(url)
    assert not TerminalSession.objects.live().exists()
    for browser in (first, second):
        assert browser.get("/learn/")["Location"] == "/t/"
    client.force_login(world.other_trainer)
    assert client.get(url).status_code == 404 and client.post(url).status_code == 404


def test_the_trainers_look_takes_the_same_queries_for_two_and_twenty(world, training_class, client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from courses.classes.actions import enrol

    client.force_login(world.trainer)
    url = reverse("learning_class", args=[training_class.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for number in range(18):
        enrol(
            training_class=training_class, learner=new_learner("赵铁柱", world, f"2000{number:02d}"),
            by=world.admin_prison, at=timezone.now(),
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few)


def test_a_step_can_say_that_there_is_more_below_its_foot(at_desk, unit):
    html = at_desk.get(path_of(unit, 1)).content.decode()
    assert "terminals/more.js" in html
    foot = re.search(
        r'<div class="q-step" data-speak>.*</div>\s*<div class="q-actions q-onward" data-onward>(.*)', html, re.S
    )
    assert re.search(r"<button[^>]*hidden data-more>", foot[1]), "hidden until the script has looked"


# --- what went wrong ------------------------------------------------------------------------------------------------
def test_a_wrong_address_leads_back_to_the_own_page(at_desk, wang):
    for address in ("/learn/no-such-page/", "/no-such-page/", "/learn/999999/"):
        page = at_desk.get(address)
        html = page.content.decode()
        assert page.status_code == 404 and page["Cache-Control"] == "no-store"
        assert 'href="/learn/"' in html and 'href="/"' not in html
        assert 'action="/t/sign-out/"' in html and wang.display_name in html
    in_exam = at_desk.get("/exam/no-such-page/").content.decode()
    assert 'href="/learn/"' in in_exam and "sign-out" not in in_exam  # the paper may be open: nobody leaves it here
    assert 'href="/learn/"' not in at_desk.get("/admin/no-such-page/", follow=True).content.decode()


def test_a_mistake_of_ours_keeps_the_frame_and_asks_no_database(at_desk, wang, rf, django_assert_num_queries):
    request = rf.get("/learn/")
    request.COOKIES = {name: morsel.value for name, morsel in at_desk.cookies.items()}
    middleware.ClassroomMiddleware(lambda _request: HttpResponse())(request)
    with django_assert_num_queries(0):  # nothing was read yet, and nothing is asked for
        unread = server_error(request).content.decode()
    assert 'href="/learn/"' in unread and wang.display_name not in unread
    request.read_seat()
    with django_assert_num_queries(0):
        page = server_error(request)
    html = page.content.decode()
    assert page.status_code == 500 and 'action="/t/sign-out/"' in html and wang.display_name in html
    with django_assert_num_queries(0):  # no terminal: the page of everybody
        assert 'href="/"' in server_error(rf.get("/learn/")).content.decode()
