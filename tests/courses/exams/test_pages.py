"""The exam over HTTP: the codes of the protocol, the plain forms, and what never reaches a page (EXM-5, EXM-6)."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from courses.exams import actions as exams
from courses.exams.booklet import Booklet
from courses.exams.models import Answer, AnswerLog, Attempt
from courses.exams.views.replies import TOKEN_COOKIE
from tests.courses.exams.building import exam_room, exam_scene, right, sit_down


def build_scene():
    return exam_scene(timezone.now() - timedelta(minutes=1))


@pytest.fixture
def room(world):
    """A sitting that opened a minute ago: pages read the real clock."""
    return exam_room(world, when=timezone.now() - timedelta(minutes=1))


@pytest.fixture
def browser(room, client):
    sit_down(client, room)
    assert client.post(f"/exam/sittings/{room.sitting.pk}/start/").status_code == 303
    return client


@pytest.fixture
def attempt(browser):
    return Attempt.objects.select_related("sitting__paper", "sitting__exam__training_class").get()


def put(client, attempt, number, **message):
    return client.put(
        f"/exam/{attempt.pk}/{number}/", json.dumps(message), content_type="application/json",
        headers={"accept": "application/json"},
    )  # fmt: skip


def beat(client, attempt):
    return client.post(f"/exam/{attempt.pk}/beat/", "{}", content_type="application/json").json()


def move(attempt, **shift):
    """Let the attempt have begun earlier."""
    Attempt.objects.filter(pk=attempt.pk).update(started_at=attempt.started_at - timedelta(**shift))


def choice_number(attempt):
    return next(page.number for page in Booklet.of(attempt) if page.item.type == "single")


def test_a_learner_finds_the_open_sitting_and_begins(room, client):
    sit_down(client, room)
    assert "焊工(五级)理论考试" in client.get("/exam/").content.decode()
    reply = client.post(f"/exam/sittings/{room.sitting.pk}/start/")
    attempt = Attempt.objects.get()
    assert reply["Location"] == f"/exam/{attempt.pk}/1/?all"
    assert reply.cookies[TOKEN_COOKIE]["httponly"] and reply.cookies[TOKEN_COOKIE]["samesite"] == "Strict"
    page = client.get(reply["Location"])
    assert page.status_code == 200 and "no-store" in page["Cache-Control"]
    assert page.content.count(b"data-question=") == len(attempt.order)  # the script turns the pages without asking
    assert client.get(f"/exam/{attempt.pk}/2/").content.count(b"data-question=") == 1


def test_nobody_else_finds_the_attempt(room, attempt):
    other = sit_down(Client(), room, "李德顺", 1)
    for address in ("", "1/", "paper/", "review/", "receipt/"):
        assert other.get(f"/exam/{attempt.pk}/{address}").status_code == 404
    for address in ("1/", "submit/", "beat/", "hand/"):
        assert other.post(f"/exam/{attempt.pk}/{address}").status_code == 404
    assert put(other, attempt, 1, seq=1, answer=["A"]).status_code == 404
    assert Client().get(f"/exam/{attempt.pk}/1/").status_code == 303
    assert not Answer.objects.exists()


def test_a_learner_of_another_class_cannot_start(room, client):
    sit_down(client, room, "赵铁柱")
    reply = client.post(f"/exam/sittings/{room.sitting.pk}/start/")
    assert reply.status_code == 409
    assert not Attempt.objects.exists()


def test_the_codes_of_a_save(room, browser, attempt):
    number = choice_number(attempt)
    first = put(browser, attempt, number, seq=1, answer=["A"])
    assert (first.status_code, first.json()["reply"], first.json()["seq"]) == (200, "ok", 1)
    assert first.json()["remaining"] > 5000 and first.json()["state"] == "open"
    assert put(browser, attempt, number, seq=1, answer=["A"]).json()["reply"] == "same"
    put(browser, attempt, number, seq=3, answer=["C"])
    stale = put(browser, attempt, number, seq=2, answer=["B"])
    assert (stale.status_code, stale.json()["reply"]) == (409, "stale")
    assert (stale.json()["seq"], stale.json()["answer"]) == (3, ["C"])
    page = Booklet.of(attempt).page(number)
    assert Answer.objects.get().value == page.parse(["C"])
    assert AnswerLog.objects.count() == 2


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"seq": 1, "answer": ["Z"]}, 422), ({"seq": 1, "answer": ["A", "B"]}, 422), ({"seq": 1, "answer": "A"}, 400),
        ({"seq": "1", "answer": ["A"]}, 400), ({"seq": True, "answer": ["A"]}, 400), ({"seq": -1, "answer": ["A"]}, 400),
        ({"answer": ["A"]}, 400), ({"seq": 1, "answer": [1]}, 400), ({"seq": 1, "answer": ["A"], "flag": "yes"}, 400),
        ({"seq": 2**31, "answer": ["A"]}, 400),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused_with_nothing_stored(browser, attempt, message, code):
    reply = put(browser, attempt, choice_number(attempt), **message)
    assert reply.status_code == code
    assert not Answer.objects.exists()


def test_a_message_that_is_no_json_is_refused(browser, attempt):
    reply = browser.put(
        f"/exam/{attempt.pk}/1/", "{", content_type="application/json", headers={"accept": "application/json"}
    )
    assert reply.status_code == 400


def test_an_answer_after_the_deadline_is_410_with_a_receipt(browser, attempt):
    move(attempt, minutes=90, seconds=11)
    late = put(browser, attempt, 1, seq=1, answer=[])
    assert (late.status_code, late.json()["reply"], late.json()["receipt"]) == (
        410,
        "late",
        f"/exam/{attempt.pk}/receipt/",
    )
    assert put(browser, attempt, 1, seq=2, answer=[]).json()["reply"] == "closed"
    page = browser.get(late.json()["receipt"])
    assert page.status_code == 200


def test_a_late_form_leads_to_the_receipt_and_stores_nothing(browser, attempt):
    move(attempt, minutes=90, seconds=11)
    number = choice_number(attempt)
    reply = browser.post(f"/exam/{attempt.pk}/{number}/", {"seq": 1, "was": "", "answer": "A", "go": "next"})
    assert reply["Location"] == f"/exam/{attempt.pk}/receipt/"
    assert not Answer.objects.exists()


def test_what_cannot_be_read_gets_the_deadlines_reply_after_it_exm_5(browser, attempt):
    numeric = next(page.number for page in Booklet.of(attempt) if page.item.type == "numeric")
    assert put(browser, attempt, numeric, seq=1, answer=["三点二毫"]).status_code == 422
    move(attempt, minutes=91)
    reply = put(browser, attempt, numeric, seq=1, answer=["三点二毫"])
    assert (reply.status_code, reply.json()["reply"]) == (410, "late")
    assert reply.json()["receipt"] == f"/exam/{attempt.pk}/receipt/"
    again = put(browser, attempt, numeric, seq=2, answer=["三点二毫"])
    assert (again.status_code, again.json()["reply"]) == (410, "closed")
    form = browser.post(f"/exam/{attempt.pk}/{numeric}/", {"answer": "三点二毫", "seq": "1", "was": ""})
    assert form["Location"] == f"/exam/{attempt.pk}/receipt/"
    assert not Answer.objects.filter(value__isnull=False).exists()


def test_what_cannot_be_read_is_kept_on_the_page_in_the_pause(room, browser, attempt):
    numeric = next(page.number for page in Booklet.of(attempt) if page.item.type == "numeric")
    exams.pause_room(
        sitting=room.sitting, by=room.invigilator, reason="停电", at=timezone.now() - timedelta(seconds=30)
    )
    page = browser.post(f"/exam/{attempt.pk}/{numeric}/", {"answer": "三点二毫", "seq": "1", "was": ""})
    assert page.status_code == 423 and 'value="三点二毫"' in page.content.decode()


def test_the_pause_names_the_question_that_the_learner_was_at_and_leads_there(room, browser, attempt):
    question = f"/exam/{attempt.pk}/5/"
    shown = browser.post(f"/exam/{attempt.pk}/4/", {"answer": [], "seq": "1", "was": "", "go": "next"})
    assert shown["Location"] == question
    attempt.refresh_from_db()
    assert attempt.at_number == 5  # a crash, or another terminal, leads there too
    exams.pause_room(sitting=room.sitting, by=room.invigilator, reason="停电")
    for address in (question, f"/exam/{attempt.pk}/"):
        page = browser.get(address)
        assert page.status_code == 423 and page.context["at_number"] == 5
        assert f'data-return-url="{question}"' in page.content.decode()
    assert browser.get(f"/exam/{attempt.pk}/7/").context["at_number"] == 7  # a script shows the next one without asking
    exams.resume_room(sitting=room.sitting, by=room.invigilator)
    assert browser.get(f"/exam/{attempt.pk}/")["Location"] == f"{question}?all"


def test_a_second_terminal_gets_409_everywhere(room, browser, attempt):
    other = sit_down_elsewhere(room)
    assert other.post(f"/exam/sittings/{room.sitting.pk}/start/").status_code == 409
    assert other.get(f"/exam/{attempt.pk}/1/").status_code == 409
    save = put(other, attempt, 1, seq=1, answer=[])
    assert (save.status_code, save.json()["reply"]) == (409, "elsewhere")
    assert "T-01" in other.get(f"/exam/{attempt.pk}/1/").content.decode()
    assert beat(other, attempt)["reply"] == "elsewhere"


def sit_down_elsewhere(room):
    """A second seat of the same learner; signing in itself already refuses it, so the session is made by hand."""
    from courses.terminals import middleware
    from courses.terminals.models import TerminalSession
    from courses.terminals.rules import digest, new_token

    token = new_token()
    TerminalSession.objects.filter(learner=room.learners["王国强"]).update(ended_at=timezone.now())
    TerminalSession.objects.create(
        terminal=room.terminals[1], learner=room.learners["王国强"], token_hash=digest(token)
    )
    other = Client()
    other.cookies[middleware.TERMINAL_COOKIE], other.cookies[middleware.SEAT_COOKIE] = room.tokens[1], token
    return other


def test_signing_in_at_a_second_terminal_is_refused_while_the_exam_is_open(room, browser):
    from courses.terminals.actions import SignInRefused

    with pytest.raises(SignInRefused) as refusal:
        sit_down(Client(), room, "王国强", 1)
    assert refusal.value.code == "elsewhere"


def test_the_same_terminal_after_a_crash_goes_on_at_the_same_question(room, browser, attempt):
    browser.post(f"/exam/{attempt.pk}/beat/", '{"number": 7}', content_type="application/json")
    crashed = sit_down(Client(), room)
    assert crashed.get(f"/exam/{attempt.pk}/7/")["Location"] == "/exam/"
    assert crashed.post(f"/exam/sittings/{room.sitting.pk}/start/")["Location"] == f"/exam/{attempt.pk}/7/?all"
    assert crashed.get(f"/exam/{attempt.pk}/7/").status_code == 200


def test_a_paused_room_covers_the_questions(room, browser, attempt):
    exams.pause_room(
        sitting=room.sitting, by=room.invigilator, reason="点名", at=timezone.now() - timedelta(seconds=30)
    )
    for address in ("1/", "review/", ""):
        page = browser.get(f"/exam/{attempt.pk}/{address}")
        assert page.status_code == 423
        assert "题:动手焊接" not in page.content.decode()
    assert browser.get(f"/exam/{attempt.pk}/paper/").status_code == 423
    assert beat(browser, attempt)["paused"] is True
    save = put(browser, attempt, choice_number(attempt), seq=1, answer=["A"])
    assert (save.status_code, save.json()["paused"]) == (423, True)


def test_a_form_that_arrives_in_the_pause_is_kept_on_the_page(room, browser, attempt):
    number = choice_number(attempt)
    exams.pause_room(
        sitting=room.sitting, by=room.invigilator, reason="点名", at=timezone.now() - timedelta(seconds=30)
    )
    page = browser.post(f"/exam/{attempt.pk}/{number}/", {"seq": 1, "was": "", "answer": "B", "go": "next"})
    assert page.status_code == 423
    assert 'name="answer" value="B"' in page.content.decode()
    exams.resume_room(sitting=room.sitting, by=room.invigilator)
    fields = dict(re.findall(r'<input type="hidden" name="(seq|was|answer)" value="([^"]*)"', page.content.decode()))
    browser.post(f"/exam/{attempt.pk}/{number}/", fields | {"go": str(number)})
    assert Answer.objects.get().value == Booklet.of(attempt).page(number).parse(["B"])


def test_the_whole_exam_without_scripts(room, browser, attempt):
    key = {item.position: item for item in attempt.sitting.paper.items.all()}
    for page in Booklet.of(attempt):
        html = browser.get(f"/exam/{attempt.pk}/{page.number}/").content.decode()
        seq = re.search(r'name="seq" value="(\d+)"', html)[1]
        answer = page.posted(right(key[page.item.position]))
        reply = browser.post(
            f"/exam/{attempt.pk}/{page.number}/", {"seq": seq, "was": "", "answer": answer, "go": "next"}
        )
        assert reply.status_code == 303
    assert reply["Location"] == f"/exam/{attempt.pk}/review/"
    review = browser.get(reply["Location"]).content.decode()
    assert 'name="believed" value="20"' in review
    done = browser.post(f"/exam/{attempt.pk}/submit/", {"believed": "20"})
    assert done["Location"] == f"/exam/{attempt.pk}/receipt/"
    receipt = browser.get(done["Location"]).content.decode()
    attempt.refresh_from_db()
    assert attempt.state == "submitted" and attempt.receipt[:4] in receipt
    assert attempt.grades.get().score == 100
    assert "100" not in re.sub(r"<[^>]+>", "", receipt)
    assert browser.post(f"/exam/{attempt.pk}/submit/", {"believed": "3"})["Location"] == done["Location"]


def test_a_page_that_was_not_changed_writes_nothing(browser, attempt):
    number = choice_number(attempt)
    browser.post(f"/exam/{attempt.pk}/{number}/", {"seq": 1, "was": "", "answer": "B", "go": "next"})
    html = browser.get(f"/exam/{attempt.pk}/{number}/").content.decode()
    assert 'name="seq" value="2"' in html and 'name="was" value="B"' in html
    browser.post(f"/exam/{attempt.pk}/{number}/", {"seq": 2, "was": "B", "answer": "B", "go": "prev"})
    assert AnswerLog.objects.count() == 1


def test_the_back_button_shows_the_newer_answer_and_never_overwrites_it(browser, attempt):
    number = choice_number(attempt)
    for seq, answer in ((1, "B"), (2, "C")):
        browser.post(f"/exam/{attempt.pk}/{number}/", {"seq": seq, "was": "", "answer": answer, "go": "next"})
    old_page = browser.post(f"/exam/{attempt.pk}/{number}/", {"seq": 1, "was": "", "answer": "A", "go": "next"})
    assert old_page["Location"].endswith(f"/{number}/?newer")
    html = browser.get(old_page["Location"]).content.decode()
    assert re.search(r'value="C"[^>]* checked', html)


def test_what_cannot_be_read_as_a_number_comes_back_with_a_sentence(browser, attempt):
    number = next(page.number for page in Booklet.of(attempt) if page.item.type == "numeric")
    page = browser.post(f"/exam/{attempt.pk}/{number}/", {"seq": 1, "was": "", "answer": "三点二", "go": "next"})
    assert page.status_code == 422
    assert 'value="三点二"' in page.content.decode()
    assert not Answer.objects.exists()


def test_a_count_that_differs_closes_nothing_and_names_what_is_missing(browser, attempt):
    page = browser.post(f"/exam/{attempt.pk}/submit/", {"believed": "5"})
    assert page.status_code == 409
    attempt.refresh_from_db()
    assert attempt.state == "open"
    assert 'name="believed" value="0"' in page.content.decode()


def test_flags_and_hands_without_scripts(browser, attempt):
    reply = browser.post(f"/exam/{attempt.pk}/3/", {"seq": 1, "was": "", "flag": "on"})
    assert reply["Location"] == f"/exam/{attempt.pk}/3/"
    assert Answer.objects.get().flagged
    browser.post(f"/exam/{attempt.pk}/3/", {"seq": 1, "was": "", "flag": "off"})
    assert not Answer.objects.get().flagged
    browser.post(f"/exam/{attempt.pk}/hand/", {"up": "1"})
    attempt.refresh_from_db()
    assert attempt.hand_raised_at


def test_time_that_is_up_is_said_and_a_button_leads_to_the_receipt(browser, attempt):
    move(attempt, minutes=91)
    page = browser.get(f"/exam/{attempt.pk}/1/")
    assert page.status_code == 410
    attempt.refresh_from_db()
    assert attempt.state == "open"  # looking writes nothing
    browser.post(f"/exam/{attempt.pk}/submit/")
    attempt.refresh_from_db()
    assert attempt.state == "expired"


def test_no_page_tells_the_key_the_bank_or_the_order_of_the_bank_exm_6(room, browser, attempt):
    """Choices stand in the attempt's own order under the letters of that order; places of the bank appear nowhere."""
    pages = [browser.get(f"/exam/{attempt.pk}/{n}/").content.decode() for n in range(1, 21)]
    pages += [browser.get(f"/exam/{attempt.pk}/{name}/").content.decode() for name in ("paper", "review")]
    for html in pages:
        assert "right" not in re.sub(r'Choose all that are right|value="\w{40,}"|csrf="\w+"', "", html)
        assert (
            "tolerance" not in html and not re.search(r"\bQ0\d\d\b", html) and attempt.sitting.paper.sha256 not in html
        )
        assert attempt.token_seed not in html and exams.attempts.token_of(attempt, room.terminals[0]) not in html
        assert not re.search(r"https?://|//[a-z]", html.replace("http://www.w3.org", ""))
        assert not re.search(r"\sstyle=|\son[a-z]+=|<script(?![^>]* src=)", html)
    for page in Booklet.of(attempt):
        letters = re.findall(r'name="answer" value="([A-H])"', pages[page.number - 1])
        assert letters == list("ABCDEFGH")[: len(letters)]


def test_the_hot_paths_stay_small(browser, attempt, django_assert_max_num_queries):
    """At most six statements for an answer; the begin and end of a savepoint come on top in a test."""
    number = choice_number(attempt)
    put(browser, attempt, number, seq=1, answer=["A"])
    browser.get(f"/exam/{attempt.pk}/{number}/")
    with django_assert_max_num_queries(6 + 2):
        assert put(browser, attempt, number, seq=2, answer=["B"]).status_code == 200
    with django_assert_max_num_queries(4):
        browser.get(f"/exam/{attempt.pk}/{number}/")
    with django_assert_max_num_queries(4 + 2):
        beat(browser, attempt)


def test_a_script_whose_seat_is_gone_gets_401_and_keeps_its_page(room, attempt):
    stranger = Client()
    assert put(stranger, attempt, 1, seq=1, answer=[]).status_code == 401


def test_forms_need_the_csrf_token(room, attempt):
    strict = sit_down(Client(enforce_csrf_checks=True), room)
    assert strict.post(f"/exam/{attempt.pk}/submit/").status_code == 403
    assert put(strict, attempt, 1, seq=1, answer=[]).status_code == 403
