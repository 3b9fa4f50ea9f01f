"""A whole foreign world, made with the demo's builders, and one small place of one's own beside it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
<<<<<<< HEAD
from typing import Any
=======
>>>>>>> people

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models
<<<<<<< HEAD
from django.utils import timezone
from wagtail.models import Collection, Page

from cms.media.models import Handout, Picture
=======
from wagtail.models import Collection, Page

from cms.media.models import Handout, Picture
from cms.pages.actions import create_site
from cms.pages.models import CataloguePage, CoursePage
>>>>>>> people
from courses.catalogue.actions import add_course, publish_edition
from courses.catalogue.rules import EditionFacts, PassRule, UnitFacts
from courses.classes.actions import assign, draft_class
from courses.classes.models import TrainerAssignment
<<<<<<< HEAD
=======
from courses.exams.actions import start as start_exam
from courses.exams.models import Sitting
>>>>>>> people
from courses.people import actions as people
from courses.people.models import Learner, Organisation, User
from courses.people.permissions import VIEW_LEARNERS, Role
from courses.terminals.actions import enrol_terminal, issue_card, sign_in
<<<<<<< HEAD
from lms.demo.certificates import TYPE, build_issuer
from lms.demo.classes import World
from lms.demo.course import build_bank
from lms.demo.history import build_finished_class
from lms.demo.learners import build_learners
from lms.demo.places import build_places, build_staff
from lms.demo.today import build_running_class
=======
from courses.terminals.models import Terminal
from lms.demo import build as demo
>>>>>>> people

OURS = ("courses.", "certificates.", "cms.", "lms")
# Words that the product itself uses, or that name nobody.
COMMON: set[str] = {"培训合格证书", "焊接技术", "考评员"}
SECRETS = re.compile(r"hash|seal|token|secret|password|path|uuid|signature|payload|object_|code$|etag|sha|kid")


<<<<<<< HEAD
=======
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


>>>>>>> people
@dataclass
class Foreign:
    """What exists over there: an object of each model, and every name by which a leak would show."""

    names: dict[str, str] = field(default_factory=dict)  # name: where it comes from

    def object_of(self, model: type[models.Model]) -> models.Model | None:
        """The first object of a model. What is ours is made after it, so the first one is foreign."""
        manager = model._base_manager
<<<<<<< HEAD
        if model is Page:
            return Page.objects.filter(depth__gt=2).order_by("pk").first() or Page.objects.order_by("-pk").first()
=======
        if model in {Page, CoursePage}:
            return CoursePage.objects.get(slug="foreign-draft")
>>>>>>> people
        if model is Collection:
            return Collection.objects.filter(depth__gt=1).order_by("pk").first()
        return manager.order_by("pk").first()


<<<<<<< HEAD
def facts(title: str) -> EditionFacts:
    return EditionFacts(title, "", "", 16, 24, ("能安全地引弧和运条",), PassRule(), TYPE)


def build_foreign_world() -> Foreign:
    """Two schools, prisons, a finished and a running class, exams, certificates, terminals, pictures, pages, requests."""
    places = build_places()
    staff = build_staff(places)
    build_issuer(places)
    course = add_course(provider=places.school, code="WELD-20", by=staff["trainer_wang"])
    units = [UnitFacts("module", "m1", "防护须知"), UnitFacts("lesson", "l01", "面罩用法", "m1", {"body": []})]
    edition = publish_edition(course=course, facts=facts("焊工入门外人班"), units=units, by=staff["reviewer_zhao"])
    learners = build_learners(places, None, generated=30)
    at_prison = [learner for learner in learners if learner.stay.organisation_id == places.prison.pk]
    world = World(places, staff, edition)
    build_finished_class(world, at_prison[:24])
    bank = build_bank(places, staff, course)
    build_running_class(world, at_prison[24:32], bank, now=timezone.now())
    _terminals(places.prison, at_prison[0])
    _media(places.school, staff["author_sun"])
    people.ask_countersign(
        act="people.test", about=at_prison[0], title="核对外人的身份证件", organisation=places.prison,
        permission=VIEW_LEARNERS, by=staff["admin_prison"],
    )  # fmt: skip
    found = Foreign()
    for name, source in _names():
        found.names.setdefault(name, source)
    for common in COMMON:
        found.names.pop(common, None)
    return found


def _terminals(prison: Organisation, learner: Learner) -> None:
    terminal, _token = enrol_terminal(organisation=prison, name="外人终端T-90", room=prison.rooms.first(), by=None)
    issue_card(learner=learner, by=None, organisation=prison, pin="483920")
    sign_in(terminal=terminal, learner_no=learner.learner_no, pin="483920")


def _media(school: Organisation, by: User) -> None:
    collection = Collection.get_first_root_node().add_child(name=f"{school.name}外人资料")
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
    )
    Picture.objects.create(
        title="外人图片一张", file=ContentFile(png, "foreign.png"), collection=collection, uploaded_by_user=by, width=1,
=======
def build_foreign_world() -> Foreign:
    """The demo: two schools, prisons, a finished and a running class, exams, certificates, terminals. And what it has not:
    a learner at a terminal with an exam begun, a page and a document nobody has published, a request for a signature."""
    create_site()
    demo.build(lambda step: None)
    school = Organisation.objects.get(name__startswith="丽禾")
    prison = Organisation.objects.get(name__startswith="江州监狱")
    learner = Learner.objects.filter(enrolments__training_class__class_no__endswith="-WELD-02").first()
    terminal = Terminal.objects.in_use().first()
    sign_in(terminal=terminal, learner_no=learner.learner_no, pin=learner.learner_no)
    start_exam(sitting=Sitting.objects.open().first(), learner=learner, terminal=terminal)
    _unpublished(school, User.objects.get(username="author_sun"))
    people.ask_countersign(
        act="people.test", about=learner, title="核对外人的身份证件", organisation=prison, permission=VIEW_LEARNERS,
        by=User.objects.get(username="admin_prison"),
    )  # fmt: skip
    found = Foreign()
    for name, source in _names():
        if name not in COMMON:
            found.names.setdefault(name, source)
    return found


def _unpublished(school: Organisation, by: User) -> None:
    page = CataloguePage.objects.get(organisation=school)
    page.add_child(instance=CoursePage(title="外人课程草稿", slug="foreign-draft", live=False))
    collection = Collection.objects.get(depth=2, name__contains=school.name[:2])
    Picture.objects.create(
        title="外人图片一张", file=ContentFile(PNG, "foreign.png"), collection=collection, uploaded_by_user=by, width=1,
>>>>>>> people
        height=1,
    )  # fmt: skip
    Handout.objects.create(
        title="外人讲义一份", file=ContentFile(b"%PDF-1.4 foreign", "foreign.pdf"), collection=collection,
        uploaded_by_user=by,
    )  # fmt: skip
<<<<<<< HEAD
    root = Page.objects.filter(depth=2).first() or Page.get_first_root_node()
    root.add_child(instance=Page(title="外人课程草稿", slug="foreign-draft", live=False))
=======
>>>>>>> people


def _names() -> Iterator[tuple[str, str]]:
    """Every text of three or more Chinese characters, and every long number, that stands in a field of ours."""
    for model in [*apps.get_models(), Page, Collection]:
        if not (model.__module__.startswith(OURS) or model in {Page, Collection}):
            continue
        fields = [
            f
            for f in model._meta.get_fields()
            if isinstance(f, models.CharField | models.TextField) and not f.choices and not SECRETS.search(f.name)
        ]
        if model._meta.app_label in {"journal", "theme", "catalogue"} and model._meta.model_name != "course":
            continue  # the journal holds no names; what a course teaches is public
        for row in model._base_manager.values_list(*[f.name for f in fields]) if fields else []:
            for f, value in zip(fields, row, strict=True):
                if isinstance(value, str) and _tells(value):
                    yield value, f"{model._meta.label}.{f.name}"


def _tells(value: str) -> bool:
    if len(value) > 120:
        return False
    return bool(re.search(r"[\u4e00-\u9fff]{3,}", value)) or bool(re.fullmatch(r"[\d*Xx-]{10,}", value))


@dataclass
class Own:
    """A place of one's own: the people at its desks, and its learner at its terminal."""

    staff: dict[str, User]
    learner: Learner
    terminal_token: str
    seat_token: str


def build_own_place() -> Own:
    """A prison and a school with nobody above them in common with the foreign world; each person holds every right here."""
    prison = people.add_organisation(name="青溪监管所", kind=Organisation.Kind.PRISON, by=None)
    school = people.add_organisation(name="青溪学堂", kind=Organisation.Kind.TRAINING_PROVIDER, code="995555", by=None)
    staff = {}
    for username, posts in {
        "own-everything": [(role, place) for role in Role.values for place in (prison, school)],
        "own-trainer": [(Role.TRAINER, school)],
        "own-officer": [(Role.OFFICER, prison)],
        "own-provider-admin": [(Role.PROVIDER_ADMIN, school)],
    }.items():
        staff[username] = User.objects.create_user(username, last_name="青", first_name="溪")
        for role, place in posts:
            people.appoint(user=staff[username], role=role, organisation=place, by=None)
    course = add_course(provider=school, code="OWN-1", by=None)
    edition = publish_edition(
        course=course,
<<<<<<< HEAD
        facts=facts("青溪课"),
=======
        facts=EditionFacts("青溪课", "", "", 16, 24, ("能安全地引弧和运条",), PassRule(), "skills"),
>>>>>>> people
        units=[UnitFacts("module", "m1", "青溪"), UnitFacts("lesson", "l01", "青溪", "m1", {"body": []})],
        by=None,
    )
    training_class = draft_class(
        class_no="OWN-CLASS", edition=edition, provider=school, host=prison, capacity=5, by=None,
        starts_on=date(2030, 1, 1), ends_on=date(2030, 2, 1),
    )  # fmt: skip
    for username in ("own-everything", "own-trainer"):
        assign(training_class=training_class, user=staff[username], role=TrainerAssignment.Role.TRAINER, by=None)
    learner = people.register_learner(full_name="欧阳若兰", gender="female", organisation=prison, by=None)
    terminal, token = enrol_terminal(organisation=prison, name="OWN-T", room=None, by=None)
    issue_card(learner=learner, by=None, organisation=prison, pin="739201")
<<<<<<< HEAD
    seat: Any = sign_in(terminal=terminal, learner_no=learner.learner_no, pin="739201")
    return Own(staff, learner, token, seat[1] if isinstance(seat, tuple) else seat)
=======
    _session, seat = sign_in(terminal=terminal, learner_no=learner.learner_no, pin="739201")
    return Own(staff, learner, token, seat)
>>>>>>> people
