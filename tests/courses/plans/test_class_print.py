"""All workbooks of a class as one file: in the order of the roster, in the background, for whoever may read them (PRV-3)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from courses.classes.models import Enrolment
from courses.journal.models import JournalEntry
from courses.papers import Bound, Unprintable, bind, draw, page_count
from courses.people.models import User
from courses.plans import actions as plans
from courses.plans import tasks
from courses.plans.actions import printing
from courses.plans.models import ClassPrint
from tests.courses.english import english
from tests.courses.plans.building import plan_scene
from tests.reading import pdf_lines, pdf_pages, pdf_text

pytestmark = pytest.mark.django_db
build_scene = plan_scene
__all__ = ["english"]  # an autouse fixture
State = ClassPrint.State


@pytest.fixture(autouse=True)
def wakes(monkeypatch):
    """Wake-up calls are counted, not sent."""
    calls = []
    monkeypatch.setattr(tasks.make_class_print, "delay", calls.append)
    return calls


@pytest.fixture
def quick(monkeypatch):
    """One page in place of a book: what is tested is the way, not the book."""
    page = one_page()
    monkeypatch.setattr(printing, "print_plan", lambda plan, mark: page)


def one_page() -> bytes:
    return draw(
        "courses/plans/paper/typst/class.typ",
        {"title": "一页", "course": "", "day": "2026-11-22", "count": "0", "rows": []},
    )


def url(room, more: str = "") -> str:
    return f"/admin/plans/class/{room.training_class.pk}/print/{more}"


def ask(room, by=None):
    return plans.ask_class_print(training_class=room.training_class, by=by or room.trainer)


def test_the_books_of_a_class_in_the_order_of_the_roster_behind_a_list(
    room, desk, django_capture_on_commit_callbacks, wakes
):
    for name in ("陈小龙", "孙丽娟"):
        room.save(room.plan(name), "cover.enterprise", f"{name}的店")
    page = desk(room.trainer).get(f"/admin/plans/class/{room.training_class.pk}/")
    assert url(room) in page.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert "Make the file" in desk(room.trainer).get(url(room)).content.decode()
        answer = desk(room.trainer).post(url(room), follow=True)
    made = ClassPrint.objects.get()
    assert wakes == [made.pk] and "data-reloads" in answer.content.decode()
    tasks.make_class_print(made.pk)
    made.refresh_from_db()
    assert (made.state, made.books_done, made.books_total, made.pages) == (State.DONE, 2, 2, 2 + 14 + 14)
    answer = desk(room.trainer).get(url(room, "file/"))
    pdf = b"".join(answer.streaming_content)
    assert answer["Content-Type"] == "application/pdf" and "no-store" in answer["Cache-Control"]
    assert pdf_pages(pdf) == 30
    text, rows = pdf_text(pdf), pdf_lines(pdf)
    numbers = {one.learner.full_name: one.roster_no for one in room.training_class.enrolments.select_related("learner")}
    first, second = sorted(("陈小龙", "孙丽娟"), key=numbers.get)
    assert text.index(f"{first}的店") < text.index(f"{second}的店")
    assert any(first in row and row.endswith("3–16") for row in rows)
    assert any(second in row and row.endswith("17–30") for row in rows)
    assert "李德顺" in text and "还没有写" in text and f"名册第{numbers[first]}号" in text
    assert [one.verb for one in JournalEntry.objects.filter(object_label="plans.classprint")] == [
        "plans.ask_class_print", "plans.make_class_print",
    ]  # fmt: skip


def test_who_was_overtaken_and_fails_late_leaves_the_good_file(room, quick, monkeypatch):
    """Its last try was taken for dead, another worker has made the file since."""
    room.plan()
    asked = ask(room)

    def late(*_args, **_more):
        ClassPrint.objects.filter(pk=asked.pk).update(state=State.DONE)
        raise OSError("disk full")

    ClassPrint.objects.filter(pk=asked.pk).update(tries=printing.TRIES - 1)
    monkeypatch.setattr(printing, "bind_class", late)
    assert plans.make_class_print(class_print=asked).state == State.DONE
    assert not JournalEntry.objects.filter(verb="plans.give_up_class_print").exists()


def test_only_readers_of_the_plans_ask_see_and_open_it(room, desk, quick):
    room.plan()
    made = plans.make_class_print(class_print=ask(room))
    for user in (
        room.world.other_trainer,
        room.world.officer,
        room.world.admin_city,
        room.world.admin_provider,
        room.expert,
    ):
        with pytest.raises(PermissionDenied):
            ask(room, by=user)
        for answer in (desk(user).get(url(room)), desk(user).post(url(room)), desk(user).get(url(room, "file/"))):
            assert answer.status_code == 404, user
    assert ClassPrint.objects.get() == made
    assert desk(room.trainer).get(url(room, "file/")).status_code == 200


def test_asking_twice_is_once_and_a_new_file_replaces_the_old(room, quick, django_capture_on_commit_callbacks):
    with pytest.raises(ValidationError, match="nothing to print"):
        ask(room)
    room.plan()
    first = ask(room)
    assert ask(room) == first
    first = plans.make_class_print(class_print=first)
    name, storage = first.file.name, first.file.storage
    with django_capture_on_commit_callbacks(execute=True):
        second = plans.make_class_print(class_print=ask(room))
    first.refresh_from_db()
    assert (first.state, first.file.name, storage.exists(name)) == (State.DELETED, "", False)
    assert plans.make_class_print(class_print=second).tries == 1, "done is done"


def test_who_has_left_the_class_is_not_in_it(room, quick):
    room.plan()
    room.plan("李德顺")
    room.training_class.enrolments.filter(learner=room.learners["李德顺"]).update(
        state=Enrolment.State.INCOMPLETE, end_reason=Enrolment.EndReason.WITHDREW
    )
    assert plans.make_class_print(class_print=ask(room)).books_total == 1


def test_a_crash_is_taken_up_again_and_three_are_the_end(room, monkeypatch):
    room.plan()
    asked = ask(room)
    monkeypatch.setattr(printing, "print_plan", lambda plan, mark: 1 / 0)
    for _attempt in range(2):
        with pytest.raises(ZeroDivisionError):
            plans.make_class_print(class_print=asked)
        assert plans.resume_class_prints() == 0, "somebody may still be at it"
        ClassPrint.objects.update(beat_at=timezone.now() - timedelta(minutes=5))
    assert plans.resume_class_prints() == 1
    asked.refresh_from_db()
    assert (asked.state, asked.tries) == (State.FAILED, 3) and "three times" in asked.problem


def test_whoever_lost_the_right_gets_no_file(room, quick):
    room.plan()
    asked = ask(room)
    User.objects.filter(pk=room.trainer.pk).update(is_active=False)
    assert plans.make_class_print(class_print=asked).state == State.FAILED


def test_the_file_is_deleted_after_some_days(room, desk, quick, settings, django_capture_on_commit_callbacks):
    room.plan()
    made = plans.make_class_print(class_print=ask(room))
    name, storage = made.file.name, made.file.storage
    tasks.sweep()
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        assert plans.delete_old_prints(at=timezone.now() + timedelta(days=settings.LMS_EXPORT_DAYS, minutes=1)) == 1
    assert not storage.exists(name)
    assert desk(room.trainer).get(url(room, "file/")).status_code == 404
    assert "deleted" in desk(room.trainer).get(url(room)).content.decode()


@pytest.mark.once
def test_each_bound_paper_begins_on_a_new_sheet():
    page = one_page()
    bound = bind([Bound("1 孙丽娟", page), Bound("2 李德顺", page)], title="两份")
    assert page_count(page) == 1 and pdf_pages(bound) == page_count(bound) == 4
    with pytest.raises(Unprintable):
        bind([Bound("x", b"%PDF-1.7 /Type /Page nothing")], title="x")
