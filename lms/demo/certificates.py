"""Certificates of the demo world: prepared by the school, released by the city."""

from collections.abc import Iterable
from datetime import datetime
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
from courses.results.models import Outcome
from lms.demo.classes import World
from lms.demo.places import Places

TYPE = "skills"


def build_issuer(places: Places) -> CertificateType:
    """The school may issue; the type of certificate that its courses lead to; a key to sign with."""
    register_issuer(
        organisation=places.school, public_name="丽禾职业培训学校（演示）", public_name_en="Lihe Vocational School (demo)",
        code="103", uscc="", by=None,
    )  # fmt: skip
    if not SigningKey.objects.filter(state=SigningKey.State.ACTIVE).exists():
        Path(settings.LMS_SIGNING_KEY_DIR).mkdir(parents=True, exist_ok=True, mode=0o700)
        rotate_key(by=None)
    return define_type(
        code=TYPE, title="培训合格证书", title_en="Certificate of Training", register_type=2, by=None,
        show_training_dates=True,
    )  # fmt: skip


def certify(world: World, outcomes: Iterable[Outcome], *, at: datetime) -> list[Certificate]:
    """Prepared by the school, released by the city, issued."""
    chosen = sorted(outcomes, key=lambda outcome: outcome.enrolment.roster_no)
    batch = prepare_batch(
        outcomes=chosen, certificate_type=CertificateType.objects.get(code=TYPE, active=True),
        by=world.staff["admin_provider"], award_date=timezone.localdate(at), at=at,
    )  # fmt: skip
    submit_batch(batch=batch, by=world.staff["admin_provider"], at=at)
    batch = release_batch(batch=batch, by=world.staff["admin_city"], at=at)
    # Not waiting for the worker: what is done already stays. The public numbers are random, but the same in every demo.
    work_on_batch(batch=batch, chance=Random(f"qihang {batch.pk}").randrange, at=at)
    return list(Certificate.objects.filter(outcome__in=chosen).order_by("register_number"))


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
