"""The world of `test_every_screen`: the demo's core with what is easily forgotten: things that wait, were refused or corrected."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from certificates.issuing import actions as issuing
from certificates.issuing.models import Batch, Certificate
from cms.pages.actions import create_site
from cms.pages.models import CoursePage
from courses.attendance import actions as attendance
from courses.attendance.models import AttendanceRecord
from courses.attendance.rules import Mark, Status
from courses.catalogue.models import Edition
from courses.classes import actions as classes
from courses.classes.models import Enrolment, TrainingClass
from courses.exams import actions as exams
from courses.exams.models import Exam, Grade, Sitting
from courses.journal.models import JournalEntry
from courses.people import actions as people
from courses.people.models import Countersign, Learner, Organisation, User
from courses.plans import actions as plans
from courses.plans.book import BOOKS
from courses.plans.models import Plan
from courses.questions.models import Bank, Question
from courses.results import actions as results
from courses.terminals import actions as terminals
from courses.terminals.models import Terminal
from lms.demo import build as demo
from lms.demo.content.plans import fish, ideas
from lms.reports.actions import ask_export
from lms.reports.registry import REPORTS
from lms.reports.rules import Period
from lms.reports.scope import Scope
from lms.targets.actions import set_target, submit_report, take_readings
from lms.targets.models import Target
from tests.browser.classroom import seat_at

LONG_NAME = "阿卜杜热合曼·买买提艾力·吐尔逊江"
MANY_WORDS = "因机房例行检修和教室临时调换，"


class Screens:
    """`ids` fill the placeholders of the table; `token` makes a browser a terminal of the prison."""

    def __init__(self) -> None:
        create_site()
        demo.build(lambda step: None)
        self.staff = {user.username: user for user in User.objects.all()}
        self.prison = Organisation.objects.get(name__startswith="江州监狱")
        self.city = Organisation.objects.get(name=demo.CITY)
        self.finished = TrainingClass.objects.get(class_no__endswith="-WELD-01")
        self.running = TrainingClass.objects.get(class_no__endswith="-WELD-03")
        self.ids: dict[str, Any] = {}
        self._at_the_prison()
        self._things_of_the_class()
        self._what_waits()
        self._targets()
        self._certificates()
        self._plans()

    def _at_the_prison(self) -> None:
        unit, room = self.prison.units.first(), self.prison.rooms.first()
        learner = people.register_learner(
            full_name=LONG_NAME, gender="male", organisation=self.prison, unit=unit, category="inmate", by=None
        )
        self.empty = classes.draft_class(
            class_no="2027-WELD-09", edition=self.finished.edition, provider=self.finished.provider, host=self.prison,
            capacity=24, starts_on=date(2027, 1, 4), ends_on=date(2027, 2, 4), by=None,
        )  # fmt: skip
        joined = classes.enrol(training_class=self.empty, learner=learner, by=None)
        _terminal, self.token = terminals.enrol_terminal(organisation=self.prison, name="T-09", room=room, by=None)
        self.ids |= {
            "prison": self.prison.pk, "city": self.city.pk, "unit": unit.pk, "room": room.pk, "learner": learner.pk,
            "empty": self.empty.pk, "joined": joined.pk, "terminal": Terminal.objects.first().pk,
            "officer": self.staff["officer_a"].pk,
        }  # fmt: skip

    def _things_of_the_class(self) -> None:
        sessions = list(self.running.sessions.order_by("number"))
        classes.interrupt(session=sessions[4], held_minutes=0, by=self.staff["trainer_wang"], reason=MANY_WORDS)
        self.sitting = Sitting.objects.open().get()
        bank = Bank.objects.get()
        self.ids |= {
            "finished": self.finished.pk, "running": self.running.pk, "held": sessions[0].pk, "today": sessions[4].pk,
            "sitting": self.sitting.pk, "theory": self._exam("theory").pk, "practice": self._exam("practice").pk,
            "bank": bank.pk, "question": Question.objects.filter(bank=bank).first().pk,
            "course": CoursePage.objects.first().pk, "edition": self.running.edition_id,
        }  # fmt: skip

    def _exam(self, component: str) -> Exam:
        return Exam.objects.get(training_class=self.finished, component=component)

    def _what_waits(self) -> None:
        record = AttendanceRecord.objects.live().filter(session__training_class=self.finished).first()
        grade = Grade.objects.filter(exam=self._exam("theory")).first()
        done = Enrolment.objects.filter(training_class=self.finished, state="completed").first()
        self.ids |= {"record": record.pk, "grade": grade.pk, "done": done.pk, "held": record.session_id}
        who = self.staff
        self._waiting(
            "mark", attendance.correct_record, record=record, mark=Mark(Status.LATE, 30), by=who["trainer_wang"]
        )
        self._waiting("score", exams.correct_grade, grade=grade, score="61", by=who["examiner_1"])
        moment = timezone.make_aware(datetime.combine(self.finished.ends_on - timedelta(days=1), time(16)))
        self._waiting("day", results.correct_completion, enrolment=done, becomes=moment, by=who["admin_city"])
        everything = {"scope": Scope(organisation=self.prison), "period": Period.year(2025), "report": REPORTS[0]}
        self.ids["export"] = self._waiting(
            "full", ask_export, file_format="xlsx", full_ids=True, by=who["admin_prison"], **everything
        ).pk

    def _waiting(self, name: str, verb: Callable[..., Any], **asked: Any) -> Any:
        """Ask for something that a second person has to sign; its request is `ids[name]`."""
        found = verb(reason=MANY_WORDS, **asked)
        self.ids[name] = Countersign.objects.waiting().latest("pk").pk
        return found

    def _targets(self) -> None:
        whole = set_target(
            title="对口培训人数", organisation=self.city, measure="trained", unit="persons", value=2,
            period=Period.year(2025), source="年度目标责任书", by=None,
        )  # fmt: skip
        take_readings(as_of=date(2025, 9, 30))
        report = submit_report(organisation=self.city, as_of=date(2025, 9, 30), by=None, note=MANY_WORDS)
        self.ids |= {"target": whole.pk, "report": report.pk, "figure": report.snapshots.first().pk}
        assert Target.objects.get() == whole

    def _certificates(self) -> None:
        certificate = Certificate.objects.live().first()
        issuing.ask_revocation(certificate=certificate, reason_code="result", by=self.staff["admin_provider"])
        self.certificate = Certificate.objects.live().last()
        self.ids |= {
            "certificate": self.certificate.pk, "asked": certificate.pk, "batch": Batch.objects.first().pk,
            "revoking": Countersign.objects.waiting().latest("pk").pk,
        }  # fmt: skip

    def _plans(self) -> None:
        """The welders write plans: one that runs dry and has a comment, one that was sent back and handed in again."""
        expert = User.objects.create(username="expert_1", last_name="许", first_name="专家")
        people.appoint(user=expert, role="expert", organisation=self.prison, by=None)
        root = User.objects.create_superuser("admin_site", "", "x", last_name="全", first_name="站")
        self.staff |= {"expert_1": expert, "admin_site": root}
        Edition.objects.filter(pk=self.running.edition_id).update(workbook="syb")
        first, second = self.running.enrolments.filter(learner__learner_no__in=("100004", "100007")).order_by("pk")
        mine, theirs = self._plan(first), self._plan(second)
        plans.comment(plan=mine, path="market.trend", text=MANY_WORDS, by=self.staff["trainer_wang"])
        plans.hand_in(plan=theirs, by=second.learner)
        plans.send_back(plan=theirs, comment=MANY_WORDS, by=self.staff["trainer_wang"])
        plans.save_field(plan=theirs.pk, path="market.trend", value="改好了", by=second.learner)
        again = plans.hand_in(plan=Plan.objects.get(pk=theirs.pk), by=second.learner)
        plans.set_local_value(
            code="minimum_wage", region=None, value="1960", valid_from=date(2025, 1, 1), source=MANY_WORDS, by=None
        )
        self.ids |= {
            "plan": mine.pk, "theirs": theirs.pk, "handed_in": again.pk, "entry": JournalEntry.objects.at(self.prison).latest("pk").pk,
            "issuer": self.certificate.issuer_id, "type": self.certificate.certificate_type_id,
        }  # fmt: skip

    def _plan(self, enrolment: Enrolment) -> Plan:
        texts = fish.plan() | dict.fromkeys(ideas.SELF_CHECK, ideas.YES) | {"self.check.trade.own": ideas.NO}
        plan = plans.start_plan(enrolment=enrolment, by=enrolment.learner)
        for section in BOOKS[plan.book].sections:
            written = {path: text for path, text in texts.items() if path.startswith(f"{section.code}.")}
            plans.save_section(plan=plan, section=section.code, values=written, shown={}, by=enrolment.learner)
        return plan

    def sit_down(self, page: Any, live_server: Any, number: str) -> None:
        """A learner of the demo signs in at the terminal and begins the open exam: `ids["attempt"]`."""
        seat_at(page, live_server, self.token, number)
        terminal, learner = Terminal.objects.get(name="T-09"), Learner.objects.get(learner_no=number)
        attempt, _token = exams.start(sitting=self.sitting, learner=learner, terminal=terminal)
        self.ids["attempt"] = attempt.pk

    def pause(self) -> None:
        """The invigilator stops the clock for everybody."""
        exams.pause_room(sitting=self.sitting, by=self.staff["invigilator_1"], reason=MANY_WORDS)
