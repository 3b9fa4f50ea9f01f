"""What the single pages are measured on: a class of forty, one of a hundred, thirty courses, one certificate. Verbs only."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from certificates.issuing import actions as issuing
from certificates.issuing.models import Certificate
from cms.pages.actions import create_site, publish_everything
from cms.pages.models import CataloguePage, CoursePage, LessonPage, ModulePage
from courses.catalogue.actions import add_course
from courses.catalogue.models import Programme, RuleSet
from courses.catalogue.rules import RunRules
from courses.classes.models import TrainingClass
from courses.people.models import User
from courses.people.permissions import Role
from courses.results.models import Outcome
from tests.bench import rooms
from tests.courses.building import World, running_now, session, staff

COURSES = 30


@dataclass(frozen=True)
class Pages:
    """Addresses, and cookies of those who may see them. A learner's seat locks after three idle minutes: `seated(desk)` then."""

    desk: rooms.Desk
    trainer: dict[str, str]
    admin: dict[str, str]
    lesson: str
    next_screen: str
    catalogue: str
    certificate: str
    check_form: str
    register: str
    hundred: str


def of_pages() -> Pages:
    """Build everything in the current database."""
    create_site()
    world = rooms.bare_world()
    desk = rooms.fill(world, 40)[0]
    certificate = _certificate(world, TrainingClass.objects.get())
    forty = running_now(world, [rooms.person(number) for number in range(40)], "BENCH-40", capacity=40)
    hundred = _hundred(world)
    lesson = f"/learn/{desk.edition}/{desk.lesson}/"
    return Pages(
        desk=desk, trainer=signed_in(world.trainer), admin=signed_in(world.admin_city),
        lesson=f"{lesson}1/", next_screen=f"{lesson}2/", catalogue=_catalogue(world),
        certificate=f"/c/{certificate.token}",
        check_form=urlencode({"number": certificate.number, "name": certificate.name}),
        register=reverse("attendance_register", args=[session(forty, 1).pk]),
        hundred=reverse("attendance_register", args=[session(hundred, 1).pk]),
    )  # fmt: skip


def address(name: str) -> str:
    """Where a named screen is; empty where this version does not have it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def signed_in(user: User) -> dict[str, str]:
    """The cookie of a member of staff."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def seated(desk: rooms.Desk) -> dict[str, str]:
    """The cookies of a learner who has signed in at the terminal, through the pages."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies["qihang-terminal"] = desk.terminal_token
    client.post("/t/number/", {"number": desk.learner.learner_no})
    assert client.post("/t/pin/", {"pin": desk.pin}).status_code == 303
    client.post(f"/learn/{desk.edition}/{desk.lesson}/")
    return {name: morsel.value for name, morsel in client.cookies.items()}


def _hundred(world: World) -> TrainingClass:
    """A lecture: a programme whose rules allow a hundred learners in a class."""
    rules = RuleSet.objects.create(name="讲座", numbers=RunRules(max_learners=100).to_json())
    programme = Programme.objects.create(name="讲座", kind="skills", rule_set=rules)
    names = [rooms.person(number) for number in range(100)]
    return running_now(world, names, "BENCH-100", capacity=100, programme=programme)


def _certificate(world: World, training_class: TrainingClass) -> Certificate:
    """A confirmed pass of the first learner, and its certificate through the batch and the second person."""
    outcome = Outcome.objects.create(
        enrolment=training_class.enrolments.order_by("roster_no")[0], state=Outcome.State.CONFIRMED, hours_met=True,
        passed=True, earned_half_hours=40, required_half_hours=40, theory_score=Decimal(85),
        practice_score=Decimal(78), confirmed_at=timezone.now(),
    )  # fmt: skip
    issuing.register_issuer(organisation=world.school, public_name="丽禾职业培训学校", code="103", by=None)
    kind = issuing.define_type(code="skills", title="培训合格证书", title_en="Certificate of training", register_type=2, by=None)  # fmt: skip
    issuing.rotate_key(by=None)
    awarded = timezone.localdate() - timedelta(days=1)
    batch = issuing.prepare_batch(
        outcomes=[outcome], certificate_type=kind, by=world.admin_provider, award_date=awarded
    )
    issuing.submit_batch(batch=batch, by=world.admin_provider)
    issuing.work_on_batch(batch=issuing.release_batch(batch=batch, by=world.admin_city))
    return Certificate.objects.get()


def _catalogue(world: World) -> str:
    """The school's catalogue with thirty published courses of one lesson each."""
    author = staff("bench_author", Role.AUTHOR, world.school)
    reviewer = staff("bench_reviewer", Role.REVIEWER, world.school)
    catalogue = CataloguePage.objects.get(organisation=world.school)
    for number in range(COURSES):
        course = add_course(provider=world.school, code=f"PAGE-{number}", by=author)
        page = CoursePage(
            title=f"焊工入门（{number + 1}）", slug=f"page-{number}", course=course, summary=rooms.WORDS[:120], art="weld",
            theory_half_hours=16, practice_half_hours=24, can_do="平焊一条焊缝", certificate_type="skills", live=False,
            owner=author,
        )  # fmt: skip
        catalogue.add_child(instance=page)
        page.save_revision(user=author)
        module = page.add_child(instance=ModulePage(title="防护", slug="m1", live=False, owner=author))
        module.save_revision(user=author)
        body = [{"type": "text", "value": f"<p>{rooms.WORDS}</p>", "id": "1"}]
        lesson = LessonPage(title="看见弧光之前", slug="l01", body=body, live=False, owner=author)
        module.add_child(instance=lesson).save_revision(user=author)
        publish_everything(page=CoursePage.objects.get(pk=page.pk), by=reviewer)
    return str(CataloguePage.objects.get(pk=catalogue.pk).url)
