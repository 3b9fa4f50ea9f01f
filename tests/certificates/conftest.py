"""A small true world for certificates: a school that teaches in a prison, a bureau above both, three learners who passed."""

import copy
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from certificates.issuing import actions
from certificates.issuing.models import Batch, Certificate, CertificateType, Issuer, SigningKey
from courses.catalogue.actions import add_course, publish_edition
from courses.catalogue.models import Edition
from courses.catalogue.rules import EditionFacts, PassRule, UnitFacts
from courses.classes.models import Enrolment, TrainingClass
from courses.people.actions import add_organisation, appoint, register_learner
from courses.people.models import Learner, Organisation, User
from courses.people.permissions import Role
from courses.results.models import Outcome
from tests.keeping import kept

Kind = Organisation.Kind
AWARDED = date(2025, 9, 30)
# names and identity numbers that belong to nobody (PER-4)
PEOPLE = [
    ("王国强", "990101198804120110"),
    ("李德顺", "990101197909230135"),
    ("陈小龙", "990102199511070173"),
    ("阿卜杜·热合曼", "990101199211300372"),
]


@dataclass
class World:
    """What the tests of certificates need; `outcomes` are confirmed passes of `learners`, in order."""

    city: Organisation
    prison: Organisation
    school: Organisation
    other_school: Organisation
    preparer: User
    releaser: User
    stranger: User
    warden: User
    edition: Edition
    training_class: TrainingClass
    issuer: Issuer
    certificate_type: CertificateType
    key: SigningKey
    learners: list[Learner] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    def passed(self, name: str, id_number: str = "", **changes: object) -> Outcome:
        """Another learner of the class, with a confirmed pass."""
        learner = register_learner(
            full_name=name, id_number=id_number, by=None, organisation=self.prison,
            id_evidence=Learner.IdEvidence.CARD if id_number else Learner.IdEvidence.UNVERIFIED,
            gender="" if id_number else "male",
        )  # fmt: skip
        enrolment = Enrolment.objects.create(
            training_class=self.training_class, learner=learner, roster_no=self.training_class.enrolments.count() + 1,
            state=Enrolment.State.COMPLETED,
        )  # fmt: skip
        facts = {
            "state": Outcome.State.CONFIRMED, "hours_met": True, "passed": True, "earned_half_hours": 40,
            "required_half_hours": 40, "theory_score": Decimal(85), "practice_score": Decimal(78),
            "confirmed_at": timezone.now(),
        }  # fmt: skip
        outcome = Outcome.objects.create(enrolment=enrolment, **(facts | changes))
        self.learners.append(learner)
        self.outcomes.append(outcome)
        return outcome

    def prepared(self, outcomes: list[Outcome] | None = None) -> Batch:
        """A batch that was handed in and waits for its second person."""
        batch = actions.prepare_batch(
            outcomes=outcomes or self.outcomes, certificate_type=self.certificate_type, by=self.preparer, award_date=AWARDED
        )  # fmt: skip
        actions.submit_batch(batch=batch, by=self.preparer)
        return batch

    def issued(self, outcomes: list[Outcome] | None = None) -> list[Certificate]:
        """Certificates, released by the second person and issued, by register number."""
        batch = actions.release_batch(batch=self.prepared(outcomes), by=self.releaser)
        actions.work_on_batch(batch=batch)
        return list(Certificate.objects.filter(batch_item__batch=batch).order_by("register_number"))

    def revoked(self, certificate: Certificate) -> Certificate:
        actions.ask_revocation(certificate=certificate, reason_code="result", by=self.preparer)
        return actions.revoke(certificate=certificate, by=self.releaser)

    def replaced(self, certificate: Certificate) -> Certificate:
        actions.ask_replacement(certificate=certificate, reason_code="name", by=self.preparer)
        return actions.replace(certificate=certificate, by=self.releaser)


def build() -> World:
    """Build the world in the current database."""
    city = add_organisation(name="江州市人社局(演示)", kind=Kind.HR_BUREAU, by=None)
    prison = add_organisation(name="江州监狱(演示)", kind=Kind.PRISON, by=None, parent=city)
    school = add_organisation(
        name="丽禾职业培训学校(演示)", kind=Kind.TRAINING_PROVIDER, by=None, parent=city, code="990103"
    )
    other = add_organisation(name="渝川职业学校(演示)", kind=Kind.TRAINING_PROVIDER, by=None, code="990200")
    posts = [
        ("admin_provider", Role.PROVIDER_ADMIN, school),
        ("admin_city", Role.ADMIN, city),
        ("admin_other", Role.PROVIDER_ADMIN, other),
        ("admin_prison", Role.SITE_ADMIN, prison),
    ]
    users = []
    for username, role, organisation in posts:
        user = User.objects.create_user(username)
        appoint(user=user, role=role, organisation=organisation, by=None)
        users.append(user)
    edition = publish_edition(
        course=add_course(provider=school, code="WELD-T", by=None),
        facts=EditionFacts(
            title="焊工入门(验收)", level="五级/初级工", summary="", theory_half_hours=16, practice_half_hours=24,
            can_do=("按安全要求穿戴防护、检查设备", "用焊条电弧焊焊平焊缝和角焊缝"), pass_rule=PassRule(), certificate_type="skills",
        ),
        units=[
            UnitFacts(kind="module", code="m1", title="防护", page_id=1),
            UnitFacts(kind="lesson", code="l01", title="弧光", module_code="m1", page_id=2,
                      content={"format": 1, "body": [{"type": "text", "value": "先戴面罩。", "id": "1"}]}),
        ],
        by=None,
    )  # fmt: skip
    training_class = TrainingClass.objects.create(
        class_no="2025-WELD-T", edition=edition, provider=school, host=prison, capacity=24,
        starts_on=date(2025, 9, 1), ends_on=date(2025, 9, 12), state=TrainingClass.State.CLOSED,
    )  # fmt: skip
    issuer = actions.register_issuer(
        organisation=school, public_name="丽禾职业培训学校(演示)", public_name_en="Lihe Vocational Training School (demo)",
        code="103", by=None,
    )  # fmt: skip
    certificate_type = actions.define_type(
        code="skills", title="培训合格证书", title_en="Certificate of training", register_type=2,
        show_training_dates=True, by=None,
    )  # fmt: skip
    key = actions.rotate_key(by=None)
    world = World(city, prison, school, other, *users, edition, training_class, issuer, certificate_type, key)
    for name, id_number in PEOPLE[:3]:
        world.passed(name, id_number)
    return world


@contextmanager
def private_files_in(folder: Path) -> Iterator[None]:
    """Signing keys, papers and the issue log lie here meanwhile."""
    before = settings.LMS_SIGNING_KEY_DIR, settings.PRIVATE_ROOT
    settings.LMS_SIGNING_KEY_DIR, settings.PRIVATE_ROOT = folder / "signing", folder / "private"
    yield
    settings.LMS_SIGNING_KEY_DIR, settings.PRIVATE_ROOT = before


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker, tmp_path_factory):
    """The world of a test module, built once, and the folder of its signing keys."""
    folder = tmp_path_factory.mktemp("scene")
    with private_files_in(folder), kept(django_db_blocker, build) as built:
        yield built, folder


@pytest.fixture(autouse=True)
def own_private_files(tmp_path):
    """Signing keys, papers and the issue log of a test are its own."""
    with private_files_in(tmp_path):
        yield


@pytest.fixture
def world(scene, db, own_private_files, tmp_path):
    built, folder = scene
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    return copy.deepcopy(built)
