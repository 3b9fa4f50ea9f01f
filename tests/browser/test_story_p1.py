"""Story P1: a welding class in prison, from the application to the employer's check, in a real browser.

The days lie just before today instead of in September 2025, so that the exam on the terminal runs on the server's own clock.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from certificates.issuing.actions import draw_pdf, prepare_batch, release_batch, submit_batch
from certificates.issuing.models import Batch, Certificate, CertificateType
from courses.attendance.actions import close_register, mark_register
from courses.attendance.models import AttendanceRecord
from courses.attendance.rules import Mark, Status
from courses.classes.actions import assign, enrol, interrupt, plan_make_up, plan_sessions
from courses.classes.models import Enrolment, TrainerAssignment, TrainingClass
from courses.exams.actions import create_exam, make_entries, open_sitting, plan_sitting
from courses.exams.models import Exam, Grade
from courses.people.models import Countersign, Room, User
from courses.results.actions import close_class
from courses.results.models import Outcome
from courses.terminals.actions import enrol_terminal, enrolment_code
from lms.demo.certificates import TYPE
from lms.demo.examinations import entries_by_learner
from tests.browser.story import Story, build_story, sign_in_at_terminal, sit_exam

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ABSENT, LEAVE, PRESENT = Mark(Status.ABSENT), Mark(Status.LEAVE), Mark(Status.PRESENT)


@pytest.fixture(autouse=True)
def own_private_files(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "LMS_SIGNING_KEY_DIR", tmp_path / "signing")
    monkeypatch.setattr(settings, "PRIVATE_ROOT", tmp_path / "private")


@pytest.fixture
def story(transactional_db):
    return build_story()


def test_p1_from_the_application_to_the_employers_check(story, open_page, sign_in_staff, axe):
    """P1 steps 1–8. One learner sits at a terminal with scripts, another (the resit) without; so do two employers."""
    staff_page = open_page("desk")
    _apply_and_approve(story, staff_page, sign_in_staff)
    _teach(story, staff_page, sign_in_staff)
    _list_for_the_exam(story)
    _sit_theory_on_a_terminal(story, open_page)
    desk = Desk(open_page("desk", scripts=False), sign_in_staff, story)
    _mark_and_decide(story, desk)
    _resit(story, desk, open_page)
    certificates = _certify(story, staff_page, sign_in_staff)
    for scripts in (True, False):
        _check_as_an_employer(certificates, open_page, axe, scripts)


def _apply_and_approve(story, page, sign_in_staff):
    """Step 1 and 2: drafted, refused while four of five elements are missing, completed, approved by another person."""
    staff, places = story.staff, story.world.places
    sign_in_staff(page, staff["admin_prison"])
    page.goto(reverse("classes:add"))
    page.fill("[name=class_no]", "2025-WELD-T")
    page.select_option("[name=edition]", str(story.world.edition.pk))
    page.select_option("[name=host]", str(places.prison.pk))
    page.select_option("[name=provider]", str(places.school.pk))
    page.fill("[name=capacity]", "24")
    page.fill("[name=starts_on]", timezone.localdate(story.mornings[0]).isoformat())
    page.fill("[name=ends_on]", timezone.localdate(story.mornings[-1]).isoformat())
    page.locator("main form [type=submit], form.footer [type=submit], footer [type=submit]").first.click()
    page.wait_for_load_state()
    training_class = story.training_class
    before = story.mornings[0] - timedelta(days=14)
    for learner in story.learners.values():
        enrol(training_class=training_class, learner=learner, by=staff["admin_prison"], at=before)

    overview = reverse("classes_class", args=[training_class.pk])
    page.goto(overview)
    page.locator("button[name=act][value=submit]").click()
    page.wait_for_load_state()
    assert story.training_class.state == TrainingClass.State.DRAFT
    assert all(word in page.inner_text("body") for word in ("教学计划", "教师", "考核方案"))

    for account, role in (
        ("trainer_wang", TrainerAssignment.Role.TRAINER),
        ("examiner_1", TrainerAssignment.Role.EXAMINER),
        ("examiner_2", TrainerAssignment.Role.EXAMINER),
        ("invigilator_1", TrainerAssignment.Role.INVIGILATOR),
    ):
        assign(training_class=training_class, user=staff[account], role=role, by=staff["admin_prison"])
    plan_sessions(training_class=training_class, sessions=story.sessions(), by=staff["admin_prison"])
    page.goto(reverse("classes_application", args=[training_class.pk]))
    page.fill("[name=teaching_plan]", "先防护，再引弧、运条、平焊，最后查缺陷。")
    page.fill("[name=resources]", "讲义每人一册；面罩、手套、护目镜每人一套。")
    page.fill("[name=assessment_plan]", "理论二十题；实操平焊试件，两名考评员评分取平均。")
    page.locator("main form button.q-btn, main form [type=submit]").first.click()
    page.wait_for_load_state()
    page.goto(overview)
    page.locator("button[name=act][value=submit]").click()
    page.wait_for_load_state()
    assert story.training_class.state == TrainingClass.State.APPLIED

    request = Countersign.objects.waiting().get()
    sign_in_staff(page, staff["admin_city"])
    page.goto(reverse("classes_decide", args=[request.pk]))
    page.locator("button[name=approve]").click()
    page.wait_for_load_state()
    assert story.training_class.state == TrainingClass.State.APPROVED
    sign_in_staff(page, staff["admin_prison"])
    page.goto(overview)
    page.locator("button[name=act][value=start]").click()
    page.wait_for_load_state()
    assert story.training_class.state == TrainingClass.State.RUNNING


def _teach(story, page, sign_in_staff):
    """Step 3: 王 20, 李 16, 陈 19, 张 20, 赵 14 class hours; one lesson broken off and made up."""
    training_class, trainer = story.training_class, story.staff["trainer_wang"]
    first, second, third, fourth, fifth = training_class.sessions.order_by("starts_at")
    enrolments = {one.learner_id: one for one in training_class.enrolments.all()}
    of = {name: enrolments[learner.pk] for name, learner in story.learners.items()}
    sign_in_staff(page, trainer)

    page.goto(reverse("attendance_register", args=[first.pk]))
    page.locator("button[name=act][value=rest]").click()
    page.wait_for_load_state("networkidle")
    page.locator("button[name=act][value=close]").click()
    page.wait_for_load_state("networkidle")
    assert AttendanceRecord.objects.live().filter(session=first, status=Status.PRESENT).count() == 5

    page.goto(reverse("attendance_register", args=[second.pk]))
    late = of["陈"].pk
    page.locator(f"input[name=mark-{late}][value=late]").check(force=True)
    page.locator(f"input[name=minutes-{late}]").fill("150")
    page.keyboard.press("Tab")
    page.wait_for_load_state("networkidle")
    page.locator("button[name=act][value=rest]").click()
    page.wait_for_load_state("networkidle")
    page.locator("button[name=act][value=close]").click()
    page.wait_for_load_state("networkidle")

    def hold(session, exceptions):
        at = session.ends_at + timedelta(minutes=2)
        marks = {one.pk: exceptions.get(name, PRESENT) for name, one in of.items()}
        mark_register(session=session, marks=marks, by=trainer, at=at)
        close_register(session=session, by=trainer, at=at)

    hold(third, {"赵": ABSENT})
    hold(fourth, {})
    broken = interrupt(session=fourth, held_minutes=90, by=trainer, reason="监区集合", at=fourth.ends_at)
    assert broken.half_hours_to_make_up == 4, "the system offers a make-up session of 2 class hours"
    hold(fifth, {"李": LEAVE})
    with pytest.raises(ValidationError) as refusal:
        make_up = plan_make_up(session=broken, starts_at=fifth.starts_at + timedelta(days=1), by=trainer)
        make_entries(training_class=training_class, by=story.staff["admin_prison"], at=make_up.ends_at)
    assert "6" in str(refusal.value), "the unmarked session is named"
    hold(training_class.sessions.get(makes_up=broken), {"赵": ABSENT})
    earned = AttendanceRecord.objects.hours_of(training_class)
    assert {name: earned[one.pk].earned_half_hours / 2 for name, one in of.items()} == {
        "王": 20, "李": 16, "陈": 19, "张": 20, "赵": 14,
    }  # fmt: skip


def _list_for_the_exam(story):
    """Step 4: four may sit (李 with exactly 80 %), 赵 may not."""
    entries = make_entries(training_class=story.training_class, by=story.staff["admin_prison"])
    eligible = {entry.enrolment.learner_id: entry.eligible for entry in entries}
    assert {name: eligible[learner.pk] for name, learner in story.learners.items()} == {
        "王": True, "李": True, "陈": True, "张": True, "赵": False,
    }  # fmt: skip
    out = next(entry for entry in entries if not entry.eligible)
    assert (out.earned_half_hours, out.needed_half_hours) == (28, 32)


def _sit_theory_on_a_terminal(story, open_page):
    """Step 5, 王: signs in at a terminal, reads one lesson, sits the exam: 17 of 20 = 85."""
    theory = create_exam(
        training_class=story.training_class, component=Exam.Component.THEORY, mode=Exam.Mode.SCREEN,
        by=story.staff["admin_prison"], bank=story.bank, blueprint={"count": 20, "points": 5},
    )  # fmt: skip
    attempt = _sit_on_a_terminal(story, open_page("desk"), theory, "王", wrong=3)
    assert Grade.objects.get(attempt=attempt).score == 85


def _sit_on_a_terminal(story, page, theory, name, *, wrong, resit=False):
    """In at a terminal, through one lesson and an exam, out again; nothing is left for the next person."""
    staff, places = story.staff, story.world.places
    room = Room.objects.get(organisation=places.prison, name="电教室")
    sitting = plan_sitting(exam=theory, planned_for=timezone.now(), by=staff["invigilator_1"], room=room, resit=resit)
    open_sitting(sitting=sitting, by=staff["invigilator_1"])
    terminal, _token = enrol_terminal(organisation=places.prison, name=f"T-{name}", by=staff["admin_prison"], room=room)
    learner = story.learners[name]
    sign_in_at_terminal(page, enrolment_code(terminal=terminal, by=staff["admin_prison"]), learner.learner_no)
    assert learner.full_name not in page.inner_text("body"), "screens show the alias only"
    page.goto(f"/learn/{story.world.edition.pk}/l01/")
    for _screen in range(20):
        if page.locator("form[action$='/next/'] button").count() == 0:
            break
        page.locator("form[action$='/next/'] button").last.click()
        page.wait_for_load_state()
    attempt = sit_exam(page, wrong=wrong)
    page.goto("/learn/")
    page.locator("form[action='/t/sign-out/'] button").first.click()
    page.wait_for_url("**/t/**")
    page.go_back()
    assert learner.display_name not in page.inner_text("body"), "nothing is left for the next person"
    return attempt


@dataclass
class Desk:
    """A page of the staff desk without scripts, at which one person after the other sits down."""

    page: Page
    sign_in: Callable[[Page, User], Page]
    story: Story

    def opens(self, account, address):
        self.sign_in(self.page, self.story.staff[account])
        assert self.page.goto(address).status == 200

    def press(self, selector):
        with self.page.expect_navigation():
            self.page.click(selector)

    def types(self, account, sheet, exam, scores):
        """One sheet of scores: `scores` by the name of the field."""
        self.opens(account, reverse(sheet, args=[exam.pk]))
        self.page.fill("[name=sat_on]", timezone.localdate().isoformat())
        for field, score in scores.items():
            self.page.fill(f"[name={field}]", str(score))
        self.press(".q-regfoot button")

    def decides_results(self):
        """Proposed by an examiner, signed by the school."""
        results = reverse("results_class", args=[self.story.training_class.pk])
        self.opens("examiner_1", results)
        self.press("button[value=propose]")
        self.opens("admin_provider", results)
        self.press(".q-banner a")
        self.press("button[name=approve]")


def _enter(story, desk, exam, marks, *, resit=False):
    entries = entries_by_learner(exam.training_class)
    scores = {f"mark-{entries[story.learners[name].pk].pk}": mark for name, mark in marks.items()}
    desk.types("examiner_1", "exams_marks_resit" if resit else "exams_marks", exam, scores)


def _assess(story, desk, exam, marks, *, resit=False):
    """Each examiner types his or her own column; the two lie two points on either side of the mean."""
    entries = entries_by_learner(exam.training_class)
    for account, apart in (("examiner_1", -2), ("examiner_2", 2)):
        examiner = story.staff[account].pk
        scores = {
            f"mark-{entries[story.learners[name].pk].pk}-{examiner}": mark + apart for name, mark in marks.items()
        }
        desk.types(account, "practicals_sheet_resit" if resit else "practicals_sheet", exam, scores)


def _outcomes(story):
    return {
        name: Outcome.objects.live().filter(enrolment__learner=learner).first()
        for name, learner in story.learners.items()
    }


def _mark_and_decide(story, desk):
    """Step 5: theory 85, 60, 59, 92; practice 78, 61, 70, 58 as means of two; first pass rate 2/4."""
    training_class, staff = story.training_class, story.staff
    theory = training_class.exams.get(component=Exam.Component.THEORY)
    practice = create_exam(
        training_class=training_class,
        component=Exam.Component.PRACTICE,
        mode=Exam.Mode.WORKSHOP,
        by=staff["admin_prison"],
    )
    _enter(story, desk, theory, {"李": 60, "陈": 59, "张": 92})
    _assess(story, desk, practice, {"王": 78, "李": 61, "陈": 70, "张": 58})
    close_class(training_class=training_class, by=staff["admin_provider"])
    desk.decides_results()
    assert "50.0 %" in _results_page(story, desk)
    found = _outcomes(story)
    assert [name for name, one in found.items() if one.passed] == ["王", "李"]
    assert (found["陈"].resit_of, found["张"].resit_of) == (["theory"], ["practice"])
    assert training_class.enrolments.filter(state=Enrolment.State.COMPLETED).count() == 4


def _results_page(story, desk):
    desk.opens("admin_provider", reverse("results_class", args=[story.training_class.pk]))
    return desk.page.inner_text("#main")


def _resit(story, desk, open_page):
    """Step 6: 陈, at a terminal without scripts, passes theory with 75; 张 fails practice with 55 and has no further resit."""
    training_class = story.training_class
    theory = training_class.exams.get(component="theory")
    attempt = _sit_on_a_terminal(story, open_page("desk", scripts=False), theory, "陈", wrong=5, resit=True)
    assert Grade.objects.get(attempt=attempt).score == 75
    _assess(story, desk, training_class.exams.get(component="practice"), {"张": 55}, resit=True)
    desk.decides_results()
    assert "75.0 %" in _results_page(story, desk)
    found = _outcomes(story)
    assert [name for name, one in found.items() if one.passed] == ["王", "李", "陈"]
    assert found["张"].repeat_course


def _certify(story, page, sign_in_staff):
    """Step 7: a batch of three; release pressed twice at once gives three certificates without a gap."""
    staff = story.staff
    batch = prepare_batch(
        outcomes=Outcome.objects.certifiable(), certificate_type=CertificateType.objects.get(code=TYPE, active=True),
        by=staff["admin_provider"],
    )  # fmt: skip
    assert batch.items.count() == 3
    submit_batch(batch=batch, by=staff["admin_provider"])

    def press():
        release_batch(batch=Batch.objects.get(pk=batch.pk), by=staff["admin_city"])
        connection.close()

    presses = [threading.Thread(target=press) for _i in range(2)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    certificates = list(Certificate.objects.order_by("register_number"))
    assert [one.register_number[-6:] for one in certificates] == ["000001", "000002", "000003"]
    for one in certificates:
        draw_pdf(certificate=one)
    return certificates


def _check_as_an_employer(certificates, open_page, axe, scripts):
    """Step 8: valid; a miscopied digit; another name."""
    page = open_page("phone", scripts=scripts)
    valid = next(one for one in certificates if one.name == "王国强")

    def ask(number, name):
        page.goto("/verify")
        page.fill("[name=number]", number)
        page.fill("[name=name]", name)
        page.locator("main form button[type=submit], main form button").last.click()
        page.wait_for_load_state()

    ask(valid.number, "王国强")
    shown = page.inner_text("main")
    assert page.locator("h1").inner_text() == "有效"
    for fact in ("王国强", "焊工入门", "20", "丽禾职业培训学校"):
        assert fact in shown
    for word in ("监狱", "监区", "服刑", "江州"):
        assert word not in page.content()
    if scripts:
        axe(page)
    ask(valid.number[:-1] + ("1" if valid.number[-1] != "1" else "2"), "王国强")
    assert page.locator(".q-errors").is_visible()
    ask(valid.number, "李德顺")
    assert page.locator("h1").inner_text() not in {"有效", ""}
