"""Builds the demo world, all of it or nothing, and brings it up to date on another day."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from certificates.issuing.models import Certificate
from cms.theme.actions import change_site_settings
from courses.catalogue.models import Edition
from courses.classes.models import TrainingClass
from courses.people.models import Learner, Organisation, Room, Stay, User
from courses.terminals.actions import enrol_terminal, enrolment_code, issue_card
from courses.terminals.models import Terminal
from lms.demo.certificates import build_issuer
from lms.demo.classes import World
from lms.demo.course import build_bank, build_course
from lms.demo.history import MISTYPED, build_finished_class
from lms.demo.learners import build_learners
from lms.demo.places import STAFF, Places, build_places, build_staff
from lms.demo.today import bring_up_to_date, build_running_class

STEPS = 6
CITY = "江州市人社局（演示）"
FINISHED = ("100001", "100002", "100003", "100008", "100005")  # in the order of the roster
RUNNING = ("100004", "100007", "100013")
GENERATED = 30
Say = Callable[[str], None]


@dataclass(frozen=True)
class Example:
    """A certificate to try the employer's page with."""

    what: str
    number: str
    name: str


def is_built() -> bool:
    """Whether this database holds the demo world. Refuses (ImproperlyConfigured) one that holds a real site."""
    if Organisation.objects.filter(name=CITY).exists():
        return True
    if Organisation.objects.exists() or User.objects.exists():
        raise ImproperlyConfigured(
            "This database holds a site that is not the demo. Set LMS_DATA_DIR to another folder."
        )
    return False


def build(say: Say, *, now: datetime | None = None) -> None:
    """Build the whole world in one transaction; `say` hears of each of the `STEPS` steps before it begins."""
    now = now or timezone.now()
    shutil.rmtree(settings.PRIVATE_ROOT, ignore_errors=True)  # left by a build that was broken off
    with transaction.atomic():
        say("机构和人员")
        places = build_places()
        staff = build_staff(places)
        change_site_settings(
            name="启航",
            operator="江州市就业服务中心（演示）",
            contact="电话 000-0000 0000（演示）",
            by=staff["admin_city"],
        )
        say("课程：焊工入门")
        certificate_type = build_issuer(places)
        edition = build_course(places, staff, certificate_type.code)
        bank = build_bank(places, staff, edition.course)
        say("学员")
        learners = {
            learner.learner_no: learner
            for learner in build_learners(
                places, staff["admin_prison"], generated=GENERATED, mistyped={"100005": MISTYPED}
            )
        }
        world = World(places, staff, edition)
        generated = [learner for number, learner in sorted(learners.items()) if number > "100100"]
        say("2025-WELD-01：从开班到发证")
        build_finished_class(world, [learners[number] for number in FINISHED] + generated[:19])
        say("今天在上课的班，今天开考的场次")
        build_running_class(world, [learners[number] for number in RUNNING] + generated[19:24], bank, now=now)
        say("学习终端和登录卡")
        _build_terminals(places)
        for learner in Learner.objects.filter(pk__in=Stay.objects.open().values("learner")):
            stay = learner.stays.get(until=None)
            issue_card(learner=learner, by=None, organisation=stay.organisation, pin=learner.learner_no)


def refresh(*, now: datetime | None = None) -> bool:
    """On another day: today's lesson and an open sitting again. Returns whether anything was added."""
    now = now or timezone.now()
    staff = {user.username: user for user in User.objects.filter(username__in=[row[0] for row in STAFF])}
    running = TrainingClass.objects.get(class_no__endswith="-WELD-02", state=TrainingClass.State.RUNNING)
    world = World(_places(), staff, running.edition)
    with transaction.atomic():
        return bring_up_to_date(world, running, now=now)


def terminal_codes(*, now: datetime | None = None) -> list[tuple[str, str]]:
    """A fresh code for each terminal of the demo classroom, good for a day: (name, code)."""
    minutes = int(timedelta(days=1).total_seconds() // 60)
    terminals = Terminal.objects.in_use().filter(organisation__name="江州监狱（演示）").order_by("name")
    return [(one.name, enrolment_code(terminal=one, by=None, at=now, minutes=minutes)) for one in terminals]


def examples() -> list[Example]:
    """A valid, a replaced and a revoked certificate."""
    wanted = (("有效", "000001"), ("已换发", "000005"), ("已撤销", "000023"))
    found = []
    for what, sequence in wanted:
        certificate = Certificate.objects.get(register_number=f"2025-990103-2-{sequence}")
        found.append(Example(what, certificate.number, certificate.name))
    return found


def _build_terminals(places: Places) -> None:
    room = Room.objects.get(organisation=places.prison, name="电教室")
    for name in ("T-01", "T-02", "T-03"):
        enrol_terminal(organisation=places.prison, name=name, by=None, room=room)


def _places() -> Places:
    by_name = {organisation.name: organisation for organisation in Organisation.objects.all()}
    return Places(
        city=by_name[CITY],
        prison=by_name["江州监狱（演示）"],
        second_prison=by_name["江北监狱（演示）"],
        rehab=by_name["江州市强制隔离戒毒所（演示）"],
        school=by_name["丽禾职业培训学校（演示）"],
        employment=by_name["江州市就业服务中心（演示）"],
        other_school=by_name["渝川职业学校（演示）"],
    )


def edition_in_use() -> Edition:
    """The edition that the demo's classes work through."""
    return Edition.objects.get(course__code="WELD-20", number=1)
