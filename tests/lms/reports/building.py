"""P1 to its end: examined, resat, confirmed, closed, certified; and a second class with an unmarked register. Verbs only."""

from dataclasses import dataclass, field
from datetime import date

from certificates.issuing import actions as issuing
from certificates.issuing.models import Certificate, CertificateType
from courses.attendance.models import AttendanceRecord
from courses.classes.models import TrainingClass
from courses.people import actions as people
from courses.people.models import CategoryPeriod, Learner, Room
from courses.people.permissions import Role
from courses.results import actions as results
from courses.results.models import Outcome
from tests.courses.building import World, at, make_world, running, staff
from tests.courses.results.building import assess_all, examined, mark_session, marks

YEAR = {"first": "2025-01-01", "last": "2025-12-31"}


@dataclass
class Told:
    """The story's end."""

    world: World
    done: TrainingClass
    open: TrainingClass
    certificates: list[Certificate] = field(default_factory=list)


def told() -> Told:
    """Five learners, four at the exam, three certificates; a second class of two with one session unmarked."""
    world = make_world()
    world.staff["admin_two"] = staff("admin_two", Role.SITE_ADMIN, world.prison, "第二管理员")
    done, theory, practice = examined(world)
    marks(world, theory, 王国强=85, 李德顺=60, 陈小龙=59, 张志远=92)
    assess_all(world, practice, 王国强=(78, 78), 李德顺=(61, 61), 陈小龙=(70, 70), 张志远=(58, 58))
    results.propose(training_class=done, by=world.examiner_1, at=at(11))
    results.confirm(training_class=done, by=world.admin_city, at=at(11, 10))
    marks(world, theory, resit=True, 陈小龙=75)
    assess_all(world, practice, resit=True, 张志远=(55, 55))
    results.propose(training_class=done, by=world.examiner_1, at=at(25))
    results.confirm(training_class=done, by=world.admin_city, at=at(25, 10))
    done = results.close_class(training_class=done, by=world.admin_city, at=at(26))
    for one in done.enrolments.all():
        people.set_category(
            learner=one.learner, category=CategoryPeriod.Category.INMATE, by=None, organisation=world.prison,
            at=at(1, month=1),
        )  # fmt: skip
    people.correct_learner(
        learner=Learner.objects.get(full_name="王国强"), id_number="990101198804120110", by=None,
        organisation=world.prison, reason="证件核对",
    )  # fmt: skip
    return Told(world, done, second_class(world), certified(world, done))


def certified(world: World, done: TrainingClass) -> list[Certificate]:
    """Three certificates, the first of them revoked."""
    issuing.register_issuer(
        organisation=world.school,
        public_name="丽禾职业培训学校(演示)",
        public_name_en="Lihe (demo)",
        code="103",
        by=None,
    )
    kind = issuing.define_type(
        code="skills", title="培训合格证书", title_en="Certificate of training", register_type=2, by=None
    )
    issuing.rotate_key(by=None)
    _issued(world, done, kind)
    found = list(Certificate.objects.order_by("register_number"))
    issuing.ask_revocation(certificate=found[0], reason_code="result", by=world.admin_provider)
    issuing.revoke(certificate=found[0], by=world.admin_city)
    return list(Certificate.objects.order_by("register_number"))


def _issued(world: World, done: TrainingClass, kind: CertificateType) -> None:
    batch = issuing.prepare_batch(
        outcomes=list(Outcome.objects.certifiable().filter(enrolment__training_class=done)), certificate_type=kind,
        by=world.admin_provider, award_date=date(2025, 9, 30),
    )  # fmt: skip
    issuing.submit_batch(batch=batch, by=world.admin_provider)
    issuing.work_on_batch(batch=issuing.release_batch(batch=batch, by=world.admin_city))


def second_class(
    world: World, names: tuple[str, ...] = ("田秀英", "李发顺"), class_no: str = "2025-WELD-U"
) -> TrainingClass:
    """A class of its own trainer and room; its first session is marked, the second is not."""
    room, trainer = world.room, world.staff["trainer"]
    world.room = Room.objects.create(organisation=world.prison, name=f"教室 {class_no}")
    world.staff["trainer"] = world.staff.get("other_trainer", trainer)
    found = running(world, list(names), class_no, capacity=40)
    for number in (1, 3, 4, 5):
        mark_session(world, found, number)
    world.room, world.staff["trainer"] = room, trainer
    return found


def a_crowd(story: Told) -> None:
    """Thirty more, from the first lesson to the certificate; and a class with four more unmarked sessions."""
    world = story.world
    world.taught_class = None
    world.staff["trainer"] = staff("trainer_crowd", Role.TRAINER, world.school)
    world.room = Room.objects.create(organisation=world.prison, name="第三教室")
    names = tuple(f"王{tens}{ones}" for tens in "甲乙丙" for ones in "一二三四五六七八九十")
    done, theory, practice = examined(world, names, class_no="2025-WELD-V")
    marks(world, theory, **dict.fromkeys(names, 70))
    assess_all(world, practice, **dict.fromkeys(names, (70, 72)))
    results.propose(training_class=done, by=world.examiner_1, at=at(11))
    results.confirm(training_class=done, by=world.admin_city, at=at(12))
    results.close_class(training_class=done, by=world.admin_city, at=at(26))
    _issued(world, done, CertificateType.objects.get())
    world.staff["other_trainer"] = staff("trainer_late", Role.TRAINER, world.school)
    late = second_class(world, ("迟到一", "迟到二"), "2025-WELD-W")
    AttendanceRecord.objects.filter(session__training_class=late).delete()
