"""Certificates of the demo world: prepared by the school, released by the city."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random

from django.conf import settings
from django.utils import timezone

from certificates.issuing.actions import (
    ask_replacement,
    ask_revocation,
    define_type,
    prepare_batch,
    register_issuer,
    release_batch,
    replace,
    revoke,
    rotate_key,
    submit_batch,
    work_on_batch,
)
from certificates.issuing.models import Certificate, CertificateType, SigningKey
from courses.classes.models import TrainingClass
from courses.results.models import Outcome
from lms.demo.classes import World, moment
from lms.demo.places import Places

TYPE = "skills"
# code, title, English title, kind of register, design: what the courses lead to
TYPES = (
    (TYPE, "培训合格证书", "Certificate of Training", 2, "certificate"),
    ("business", "创业培训合格证书", "Certificate of Entrepreneurship Training", 1, "certificate"),
    ("hours", "学时证明", "Statement of Hours", 4, "hours_statement"),
)


def build_issuer(places: Places) -> CertificateType:
    """The school may issue; the types that its courses lead to (the first is returned); a key to sign with."""
    register_issuer(
        organisation=places.school, public_name="丽禾职业培训学校（演示）", public_name_en="Lihe Vocational School (demo)",
        code="103", uscc="", by=None,
    )  # fmt: skip
    if not SigningKey.objects.filter(state=SigningKey.State.ACTIVE).exists():
        Path(settings.LMS_SIGNING_KEY_DIR).mkdir(parents=True, exist_ok=True, mode=0o700)
        rotate_key(by=None)
    types = [
        define_type(
            code=code, title=title, title_en=title_en, register_type=register, by=None, design=design,
            show_training_dates=True,
        )
        for code, title, title_en, register, design in TYPES
    ]  # fmt: skip
    return types[0]


def certify(world: World, outcomes: Iterable[Outcome], *, at: datetime) -> list[Certificate]:
    """Prepared by the school, released by the city, issued."""
    chosen = list(
        Outcome.objects.filter(pk__in=[outcome.pk for outcome in outcomes])
        .select_related("enrolment__training_class")
        .order_by("enrolment__training_class__class_no", "enrolment__roster_no")
    )
    batch = prepare_batch(
        outcomes=chosen, certificate_type=CertificateType.objects.get(code=world.edition.certificate_type, active=True),
        by=world.staff["admin_provider"], award_date=timezone.localdate(at), at=at,
    )  # fmt: skip
    submit_batch(batch=batch, by=world.staff["admin_provider"], at=at)
    batch = release_batch(batch=batch, by=world.staff["admin_city"], at=at)
    # Not waiting for the worker: what is done already stays. The public numbers are random, but the same in every demo.
    seed = f"qihang {chosen[0].enrolment.training_class.class_no} {timezone.localdate(at)}"
    work_on_batch(batch=batch, chance=Random(seed).randrange, at=at)
    return list(Certificate.objects.filter(outcome__in=chosen).order_by("register_number"))


def certify_class(world: World, training_class: TrainingClass) -> list[Certificate]:
    """Everybody of a class who passed, three weeks after its last day."""
    passed = Outcome.objects.certifiable().filter(enrolment__training_class=training_class)
    awarded = training_class.ends_on + timedelta(days=21)
    return certify(world, passed, at=moment(awarded, time(10)))


def replace_certificate(world: World, certificate: Certificate, *, at: datetime) -> Certificate:
    """The holder's name was typed wrongly: the file was corrected, now the paper is."""
    ask_replacement(certificate=certificate, reason_code="name", by=world.staff["admin_provider"], at=at)
    return replace(
        certificate=certificate, by=world.staff["admin_city"], award_date=timezone.localdate(at), at=at,
        chance=Random("qihang replacement").randrange,
    )  # fmt: skip


def ask_for_a_new_print(world: World, certificate: Certificate, *, at: datetime) -> None:
    """Left for the city to sign: the paper was printed with a fault."""
    ask_replacement(certificate=certificate, reason_code="print", by=world.staff["admin_provider"], at=at)


def revoke_certificate(world: World, certificate: Certificate, *, at: datetime) -> Certificate:
    """The result behind it was corrected to a fail."""
    ask_revocation(certificate=certificate, reason_code="result", by=world.staff["admin_provider"], at=at)
    return revoke(certificate=certificate, by=world.staff["admin_city"], at=at)
