"""A whole foreign world, made with the demo's builders, and one small place of one's own beside it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models
from wagtail.models import Collection, Page

from cms.media.models import Handout, Picture
from cms.pages.actions import create_site
from cms.pages.models import CataloguePage, CoursePage
from courses.catalogue.actions import add_course, publish_edition
from courses.catalogue.models import Edition
from courses.catalogue.rules import EditionFacts, PassRule, UnitFacts
from courses.classes.actions import assign, draft_class
from courses.classes.models import Enrolment, TrainerAssignment, TrainingClass
from courses.exams.actions import start as start_exam
from courses.exams.models import Sitting
from courses.people import actions as people
from courses.people.models import Learner, Organisation, Region, User
from courses.people.permissions import VIEW_LEARNERS, Role
from courses.plans import actions as plans
from courses.plans.book import BOOKS
from courses.terminals.actions import enrol_terminal, issue_card, sign_in
from courses.terminals.models import Terminal
from lms.demo import build as demo
from lms.reports.actions import ask_export
from lms.reports.registry import REPORTS
from lms.reports.rules import Period
from lms.reports.scope import Scope
from lms.targets.actions import set_target, submit_report, take_readings
from tests.courses.plans.building import whole

OURS = ("courses.", "certificates.", "cms.", "lms")
# Words that the product itself uses, or that name nobody.
COMMON: set[str] = {"培训合格证书", "焊接技术", "考评员"}
SECRETS = re.compile(r"hash|seal|token|secret|password|path|uuid|signature|payload|object_|code$|etag|sha|kid")


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@dataclass
class Foreign:
    """What exists over there: an object of each model, and every name by which a leak would show."""

    names: dict[str, str] = field(default_factory=dict)  # name: where it comes from
    pages: list[tuple[object, ...]] = field(default_factory=list)

    def object_of(self, model: type[models.Model]) -> models.Model | None:
        """The first object of a model. What is ours is made after it, so the first one is foreign."""
        manager = model._base_manager
        if model in {Page, CoursePage}:
            return CoursePage.objects.get(slug="foreign-draft")
        if model is Collection:
            return Collection.objects.filter(depth__gt=1).order_by("pk").first()
        return manager.order_by("pk").first()

    def pages_are_as_they_were(self) -> bool:
        """Whether no page over there was moved, changed, published or taken down."""
        return _pages([page[0] for page in self.pages]) == self.pages


def _pages(ids: list[int] | None = None) -> list[tuple[object, ...]]:
    found = Page.objects.order_by("pk") if ids is None else Page.objects.filter(pk__in=ids).order_by("pk")
    return list(found.values_list("pk", "path", "title", "live", "latest_revision_id", "has_unpublished_changes"))


def build_foreign_world() -> Foreign:
    """The demo: two schools, prisons, a finished and a running class, exams, certificates, terminals. And what it has not:
    a learner at a terminal with an exam begun, a page and a document nobody has published, a request for a signature."""
    create_site()
    demo.build(lambda step: None)
    school = Organisation.objects.get(name__startswith="丽禾")
    prison = Organisation.objects.get(name__startswith="江州监狱")
    learner = Learner.objects.filter(enrolments__training_class__class_no__endswith="-WELD-03").first()
    terminal = Terminal.objects.in_use().first()
    sign_in(terminal=terminal, learner_no=learner.learner_no, pin=learner.learner_no)
    start_exam(sitting=Sitting.objects.open().first(), learner=learner, terminal=terminal)
    _unpublished(school, User.objects.get(username="author_sun"))
    _targets(Organisation.objects.get(name=demo.CITY))
    _plans(learner)
    people.ask_countersign(
        act="people.test", about=learner, title="核对外人的身份证件", organisation=prison, permission=VIEW_LEARNERS,
        by=User.objects.get(username="admin_prison"),
    )  # fmt: skip
    ask_export(
        report=REPORTS[0], scope=Scope(organisation=prison), period=Period.year(2025), file_format="xlsx", full_ids=True,
        reason="外人要核查名单", by=User.objects.get(username="admin_prison"),
    )  # fmt: skip
    found = Foreign()
    for name, source in _names():
        if name not in COMMON:
            found.names.setdefault(name, source)
    found.pages = _pages()
    return found


def _targets(city: Organisation) -> None:
    """A target over there with its part, and a report that was submitted."""
    whole = set_target(
        title="外人目标任务", organisation=city, measure="trained", unit="persons", value=450, period=Period.year(2025),
        source="外人发的通知", by=None,
    )  # fmt: skip
    set_target(
        title="外人分项目标", organisation=city, measure="trained", unit="persons", value=250, period=Period.year(2025),
        parent=whole, by=None,
    )  # fmt: skip
    take_readings(as_of=date(2025, 9, 30))
    submit_report(organisation=city, as_of=date(2025, 9, 30), by=None, note="外人上报说明")


def _plans(learner: Learner) -> None:
    """A plan over there: written, commented, handed in; and a value of its region."""
    enrolment = Enrolment.objects.get(learner=learner, training_class__class_no__endswith="-WELD-03")
    first = TrainingClass.objects.order_by("pk").first()
    # The welders write a plan here, and so does the class whose number is tried.
    Edition.objects.filter(classes__in=[first, enrolment.training_class]).update(workbook="syb")
    enrolment.refresh_from_db()
    plan = plans.start_plan(enrolment=enrolment, by=learner)
    for section in BOOKS["syb"].sections:
        texts = {path: text for path, text in whole("syb").items() if path.startswith(f"{section.code}.")}
        plans.save_section(plan=plan, section=section.code, values=texts, shown={}, by=learner)
    plans.save_field(plan=plan, path="market.trend", value="外人写的市场趋势", by=learner)
    plans.hand_in(plan=plan, by=learner)
    trainer = TrainerAssignment.objects.filter(training_class=enrolment.training_class, role="trainer").first().user
    plans.comment(plan=plan, path="market.trend", text="外人教师的批注", by=trainer)
    plans.set_local_value(
        code="minimum_wage", region=Region.objects.first(), value="1960", valid_from=date(2025, 1, 1),
        source="外人发的工资文件", by=None,
    )  # fmt: skip


def _unpublished(school: Organisation, by: User) -> None:
    page = CataloguePage.objects.get(organisation=school)
    page.add_child(instance=CoursePage(title="外人课程草稿", slug="foreign-draft", live=False))
    collection = Collection.objects.get(depth=2, name__contains=school.name[:2])
    Picture.objects.create(
        title="外人图片一张", file=ContentFile(PNG, "foreign.png"), collection=collection, uploaded_by_user=by, width=1,
        height=1,
    )  # fmt: skip
    Handout.objects.create(
        title="外人讲义一份", file=ContentFile(b"%PDF-1.4 foreign", "foreign.pdf"), collection=collection,
        uploaded_by_user=by,
    )  # fmt: skip


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
        facts=EditionFacts("青溪课", "", "", 16, 24, ("能安全地引弧和运条",), PassRule(), "skills"),
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
    _session, seat = sign_in(terminal=terminal, learner_no=learner.learner_no, pin="739201")
    return Own(staff, learner, token, seat)
