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
from courses.classes.models import Enrolment, TrainingClass
from courses.people.models import Learner, Organisation, Room, Stay, User
from courses.questions.models import Bank
from courses.terminals.actions import enrol_terminal, enrolment_code, issue_card
from courses.terminals.models import Terminal
from lms.demo import relief
from lms.demo.catalogue import build_catalogue
from lms.demo.certificates import build_issuer
from lms.demo.classes import World
from lms.demo.closed import build_business_classes, build_cooking_class, build_short_classes, business_programme
from lms.demo.course import build_bank, build_course
from lms.demo.goals import build_targets
from lms.demo.history import MISTYPED, build_finished_class
from lms.demo.learners import NAMED, build_learners
from lms.demo.movements import build_movements, build_release_days, move_somebody
from lms.demo.places import CITY, STAFF, build_offices, build_places, build_staff, places
from lms.demo.plans import build_plans
from lms.demo.staff import MORE_STAFF
from lms.demo.today import bring_up_to_date, build_application, build_running_class, build_sewing_class

FINISHED = ("100001", "100002", "100003", "100008", "100005")  # in the order of the roster
RUNNING = ("100004", "100007", "100013")
# Generated learners at the prison, by class: WELD-01, WELD-03, SEW-01, WELD-02 with its waiting list.
WELDERS, SITTING, SEWING, APPLYING = 19, 5, 26, 33
SCALES = {"small": relief.SMALL, "full": relief.FULL}
FIRST_GENERATED = "100101"
CORE = "core"  # one finished class and a running one: what tests need of the world
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


def steps(scale: str = CORE) -> int:
    """How many steps `build` tells of."""
    return 6 if scale == CORE else 10 + relief.relief_classes(SCALES[scale])


def build(say: Say, *, now: datetime | None = None, scale: str = CORE) -> None:
    """Build the world in one transaction; `say` hears of each of its `steps` before it begins.

    `scale`: "core" is one finished class and a running one, "small" is all of the demo, "full" is for measuring.
    """
    now = now or timezone.now()
    shutil.rmtree(settings.PRIVATE_ROOT, ignore_errors=True)  # left by a build that was broken off
    with transaction.atomic():
        world, bank = _open_house(say, scale)
        named, others = _people(world, say, scale)
        say("2025-WELD-01：从开班到发证")
        welders = [named[number] for number in FINISHED] + others[:WELDERS]
        build_finished_class(world if scale == CORE else world.of("WELD-5"), welders)
        if scale != CORE:
            _tell_of_the_year(world, say, SCALES[scale])
        say("今天在上课的班，今天开考的场次")
        _begin_today(world, [named[number] for number in RUNNING], others[WELDERS:], bank, now=now)
        say("教室终端和登录卡")
        _build_terminals(world)
        _issue_cards()


def _open_house(say: Say, scale: str) -> tuple[World, Bank]:
    """Places, staff, site, courses."""
    say("机构和人员")
    there = build_places(streets=scale != CORE)
    if scale == "full":
        build_offices(there.city)
    staff = build_staff(there, more=scale != CORE)
    change_site_settings(
        name="启航", operator="江州市就业服务中心（演示）", contact="电话 000-0000 0000（演示）", by=staff["admin_city"]
    )
    certificate_type = build_issuer(there)
    say("课程")
    if scale == CORE:
        edition = build_course(there, staff, certificate_type.code)
        return World(there, staff, edition), build_bank(there, staff, edition.course)
    editions = build_catalogue(there, staff)
    edition = editions["WELD-20"]
    return World(there, staff, edition, editions), Bank.objects.get(course=edition.course)


def _people(world: World, say: Say, scale: str) -> tuple[dict[str, Learner], list[Learner]]:
    """The learners of the stories by number, and the prison's others in a row."""
    say("学员")
    count = WELDERS + SITTING + (0 if scale == CORE else SEWING + APPLYING)
    everybody = build_learners(
        world.places, world.staff["admin_prison"], generated=count, mistyped={"100005": MISTYPED}
    )
    named = {one.learner_no: one for one in everybody if one.learner_no < FIRST_GENERATED}
    return named, everybody[len(named) :]


def _tell_of_the_year(world: World, say: Say, scale: relief.Scale) -> None:
    """What closed in 2025, beside the welders."""
    business = business_programme()
    say("2025-SYB-01 至 04：一百人学创业")
    build_business_classes(world, business)
    say("2025-COOK-01：烹调班")
    build_cooking_class(world)
    say("柑橘、创业意识、电商各一个班")
    build_short_classes(world, business)
    programme, total = relief.build_programme(), relief.relief_classes(scale)
    say(f"对口培训班 1/{total}")
    for number, _closed in enumerate(relief.build_relief(world, programme, scale), start=2):
        say(f"对口培训班 {number}/{total}" if number <= total else "2025 年的目标")
    build_targets(world, programme, business, factor=scale.factor)


def _begin_today(world: World, named: list[Learner], others: list[Learner], bank: Bank, *, now: datetime) -> None:
    """The class with an exam; in a large world also the one with today's register, and the one applied for."""
    build_running_class(world, named + others[:SITTING], bank, now=now)
    if world.editions:
        sewing, applying = others[SITTING : SITTING + SEWING], others[SITTING + SEWING :]
        build_sewing_class(world.of("SEW-S"), sewing, now=now)
        build_application(world.of("WELD-5"), applying, now=now)
        build_plans(world.of("SYB"), now=now)
        build_release_days(world, others[SITTING:], now=now)
        build_movements(world, applying, now=now)


def _issue_cards() -> None:
    """Cards for the learners of the stories and of the classes that run; nobody else sits down at a terminal today."""
    running = Enrolment.objects.filter(training_class__state=TrainingClass.State.RUNNING).values("learner")
    named = Learner.objects.filter(learner_no__in=[row[0] for row in NAMED]).values("pk")
    for learner in (Learner.objects.filter(pk__in=running) | Learner.objects.filter(pk__in=named)).distinct():
        stay = Stay.objects.select_related("organisation").get(learner=learner, until=None)
        issue_card(learner=learner, by=None, organisation=stay.organisation, pin=learner.learner_no)


def refresh(*, now: datetime | None = None) -> bool:
    """On another day: today's lesson and an open sitting again. Returns whether anything was added."""
    now = now or timezone.now()
    accounts = [row[0] for row in (*STAFF, *MORE_STAFF)]
    staff = {user.username: user for user in User.objects.filter(username__in=accounts)}
    with transaction.atomic():
        world = World(places(), staff, edition_in_use())
        moved = move_somebody(world, now=now)
        return bring_up_to_date(world, now=now) or moved


def terminal_codes(*, now: datetime | None = None) -> list[tuple[str, str]]:
    """A fresh code for each terminal of the demo's classrooms, good for a day: (name, code)."""
    minutes = int(timedelta(days=1).total_seconds() // 60)
    terminals = Terminal.objects.in_use().order_by("name")
    return [(one.name, enrolment_code(terminal=one, by=None, at=now, minutes=minutes)) for one in terminals]


def examples() -> list[Example]:
    """A valid, a replaced and a revoked certificate."""
    wanted = (("有效", "000001"), ("已换发", "000005"), ("已撤销", "000023"))
    found = []
    for what, sequence in wanted:
        certificate = Certificate.objects.get(register_number=f"2025-990103-2-{sequence}")
        found.append(Example(what, certificate.number, certificate.name))
    return found


def _build_terminals(world: World) -> None:
    there = world.places
    rooms = [(there.prison, ("T-01", "T-02", "T-03"))] + ([(there.rehab, ("T-11",))] if world.editions else [])
    for organisation, names in rooms:
        room = Room.objects.get(organisation=organisation, name="电教室")
        for name in names:
            enrol_terminal(organisation=organisation, name=name, by=None, room=room)


def edition_in_use() -> Edition:
    """The edition that the demo's classes work through."""
    return Edition.objects.get(course__code="WELD-20", number=1)
