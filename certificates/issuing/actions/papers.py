"""The PDF of a certificate: drawn once after the release, kept, and the same bytes for ever (CRT-8)."""

import hashlib
import logging
from collections.abc import Iterable
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from certificates.designs import render
from certificates.designs.rules import Facts
from certificates.issuing.models import Certificate
from courses.journal.actions import record
from courses.papers import Unprintable

logger = logging.getLogger("lms.certificates")


def draw_pdf(*, certificate: Certificate, at: datetime | None = None) -> Certificate:
    """Draw and keep the PDF. One that is kept already stays as it is."""
    if certificate.pdf:
        return certificate
    pdf = _draw(certificate)
    with transaction.atomic():
        locked = Certificate.objects.select_for_update(of=("self",)).select_related("issuer")
        certificate = locked.get(pk=certificate.pk)
        if certificate.pdf:
            return certificate
        name = f"{certificate.award_date.year}/{certificate.number}.pdf"
        storage = certificate.pdf.storage
        stored = f"certificates/{name}"
        if storage.exists(stored):  # kept by a run that was killed before it could say so
            storage.delete(stored)
        certificate.pdf.save(name, ContentFile(pdf), save=False)
        certificate.pdf_sha256 = hashlib.sha256(pdf).hexdigest()
        certificate.save(update_fields=["pdf", "pdf_sha256"])
        record(
            verb="issuing.draw_pdf", about=certificate, by=None, organisation=certificate.issuer.organisation_id,
            fields=["pdf", "pdf_sha256"], at=at or timezone.now(),
        )  # fmt: skip
    return certificate


def draw_papers(*, certificates: Iterable[Certificate]) -> int:
    """Draw several. One that cannot be drawn is written to the log and keeps no other from its paper. Returns how many were."""
    drawn = 0
    for certificate in certificates:
        try:
            draw_pdf(certificate=certificate)
            drawn += 1
        except Unprintable:
            logger.exception("The paper of certificate %s cannot be drawn.", certificate.pk)
    return drawn


def draw_missing(*, limit: int = 200) -> int:
    """Draw what no task has drawn: the sweep. Returns how many."""
    return draw_papers(certificates=list(Certificate.objects.undrawn().order_by("pk")[:limit]))


def pdf_bytes(certificate: Certificate) -> bytes:
    """The kept PDF; one that is not kept yet, or whose file was lost or changed, is drawn again from the frozen facts."""
    if certificate.pdf.name and certificate.pdf.storage.exists(certificate.pdf.name):
        with certificate.pdf.open("rb") as file:
            kept: bytes = file.read()
        if hashlib.sha256(kept).hexdigest() == certificate.pdf_sha256:
            return kept
    return _draw(certificate)


def _draw(certificate: Certificate) -> bytes:
    facts, paper = certificate.public_facts, certificate.paper
    return render(
        paper["design"],
        Facts(
            title=facts.title, number=facts.number, name=facts.name, course=facts.course, half_hours=facts.half_hours,
            award_date=facts.award_date, issuer=facts.issuer, verify_url=paper["verify_url"],
            qr_text=certificate.qr_text, level=facts.level, result=facts.result, trained_from=facts.trained_from,
            trained_to=facts.trained_to, signatory=paper["signatory"], seal=paper["seal"],
        ),
    )  # fmt: skip
