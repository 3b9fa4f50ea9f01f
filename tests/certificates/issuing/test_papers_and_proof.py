"""The kept PDF, the issue log beside the database, keys outside it, and the proof of the register."""

import os
import stat

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError

from certificates.issuing import actions, issue_log, keys
from certificates.issuing.models import Certificate, PublicRecord, RegisterCounter, SigningKey
from certificates.issuing.rules import credential
from courses.people.models import Organisation
from tests.reading import pdf_codes, pdf_properties, pdf_text


@pytest.fixture
def certificate(world):
    return world.issued(world.outcomes[:1])[0]


def test_the_pdf_says_who_what_how_long_and_nothing_of_the_place(world, certificate):
    """P1 step 7, CRT-8: name, course, hours 20, 2025-09 dates, issuer; no word of the prison, its wards or the class."""
    pdf = actions.pdf_bytes(certificate)
    text, properties = pdf_text(pdf), pdf_properties(pdf)
    for words in (
        "王国强",
        "焊工入门（验收）",
        "20学时",
        "2025年9月1日至9月12日",
        "2025年9月30日",
        "丽禾职业培训学校（演示）",
        certificate.number,
    ):
        assert words in text
    for words in ("监", "狱", "服刑", "江州", "2025-WELD", certificate.register_number, "100001"):
        assert words not in text
        assert words not in properties
    assert certificate.number in properties, "the properties are read"
    assert pdf_codes(pdf) == [certificate.qr_text]


def test_the_pdf_is_drawn_once_and_kept(world, certificate):
    """CRT-8: identical bytes when downloaded again, hash stored; only the owner may read the file."""
    assert actions.draw_missing() == 1
    kept = Certificate.objects.get(pk=certificate.pk)
    first = actions.pdf_bytes(kept)
    assert actions.pdf_bytes(certificate) == first
    actions.draw_pdf(certificate=kept)
    assert Certificate.objects.get(pk=kept.pk).pdf_sha256 == kept.pdf_sha256
    assert kept.number in kept.pdf.name
    assert stat.S_IMODE(os.stat(kept.pdf.path).st_mode) == 0o600
    assert actions.draw_missing() == 0


def test_a_lost_or_changed_file_is_drawn_again_to_the_same_bytes(world, certificate):
    certificate = actions.draw_pdf(certificate=certificate)
    first = actions.pdf_bytes(certificate)
    path = certificate.pdf.path
    with open(path, "ab") as file:
        file.write(b"x")
    assert actions.pdf_bytes(certificate) == first
    certificate.pdf.storage.delete(certificate.pdf.name)
    assert actions.pdf_bytes(certificate) == first


def test_the_issue_log_has_a_line_before_anybody_gets_an_answer(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        certificate = world.issued(world.outcomes[:1])[0]
    (line,) = issue_log.lines()
    assert (line["number"], line["register_number"], line["qr_text"]) == (
        certificate.number, certificate.register_number, certificate.qr_text,
    )  # fmt: skip
    assert line["learner"] == str(world.learners[0].uuid)


def test_after_a_restore_the_log_knows_what_is_lost_and_lifts_the_counter(world, certificate):
    """The database is last night's: today's papers exist only in the log, and their numbers are not given out again."""
    issue_log.append({"number": "202510399999999999", "register_number": "2025-990103-2-000007", "qr_text": "…"})
    issue_log.append({"number": certificate.number, "register_number": certificate.register_number, "qr_text": "…"})
    assert any("in the issue log" in problem for problem in actions.audit_register()[1])
    found = actions.reconcile()
    assert [line["register_number"] for line in found.lost] == ["2025-990103-2-000007"]
    assert RegisterCounter.objects.get().last == 7
    assert world.issued(world.outcomes[1:2])[0].register_number == "2025-990103-2-000008"
    assert actions.audit_register() == (2, []), "the register explains itself: two papers, one lost, five left out"


def test_a_certificate_without_a_line_is_written_into_the_log(world, certificate):
    assert actions.reconcile().added == 1
    assert actions.reconcile().added == 0


def test_the_torn_last_line_of_a_power_cut_is_left_out(world):
    issue_log.append({"number": "1"})
    with (settings.PRIVATE_ROOT / issue_log.NAME).open("a") as file:
        file.write('{"number": "2')
    assert [line["number"] for line in issue_log.lines()] == ["1"]


def test_the_register_is_proven(world, certificate):
    world.replaced(certificate)
    assert actions.audit_register() == (2, [])


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (lambda c: Certificate.objects.filter(pk=c.pk).update(facts=c.facts | {"name": "李德顺"}), "signed facts"),
        (
            lambda c: Certificate.objects.filter(pk=c.pk).update(
                cose=bytes(c.cose)[:-1] + bytes([bytes(c.cose)[-1] ^ 1])
            ),
            "signature",
        ),
        (lambda c: PublicRecord.objects.filter(number=c.number).update(state="revoked"), "public record says revoked"),
        (lambda c: PublicRecord.objects.filter(number=c.number).update(facts={}), "something else"),
        (lambda c: PublicRecord.objects.filter(number=c.number).delete(), "no public record"),
        (lambda c: RegisterCounter.objects.update(last=5), "5 numbers given out"),
        (lambda c: SigningKey.objects.update(state="compromised"), "unknown_key"),
    ],
)
def test_the_audit_names_what_was_changed(world, certificate, tamper, said):
    tamper(certificate)
    count, found = actions.audit_register()
    assert count == 1
    assert said in " ".join(found)


def test_private_keys_are_files_that_nobody_else_reads(world):
    path = settings.LMS_SIGNING_KEY_DIR / f"{world.key.kid}.pem"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"PRIVATE" in path.read_bytes()
    path.chmod(0o640)
    with pytest.raises(ImproperlyConfigured, match="0600"):
        keys.private(world.key.kid)
    with pytest.raises(ImproperlyConfigured, match="not in LMS_SIGNING_KEY_DIR"):
        keys.private("ed-1999-1")


def test_old_papers_verify_after_the_key_was_changed(world, certificate):
    new = actions.rotate_key(by=None)
    assert (new.kid, new.state) == (f"{world.key.kid[:-1]}2", "active")
    trusted = {key.kid: keys.public(key.public_key) for key in SigningKey.objects.trusted()}
    assert credential.read(bytes(certificate.cose), trusted).kid == world.key.kid
    later = world.issued(world.outcomes[1:2])[0]
    assert credential.read(bytes(later.cose), trusted).kid == new.kid


def test_without_a_key_nothing_is_released(world):
    batch = world.prepared()
    SigningKey.objects.all().update(state="retired")
    with pytest.raises(ValidationError):
        actions.release_batch(batch=batch, by=world.releaser)


@pytest.mark.parametrize(
    ("kind", "public_name"),
    [(Organisation.Kind.PRISON, "江州职业学校"), (Organisation.Kind.REHAB_CENTRE, "江州职业学校"),
     (Organisation.Kind.COLLEGE, "江州监狱职业学校"), (Organisation.Kind.COLLEGE, "𠮷田学校")],
)  # fmt: skip
def test_an_issuer_that_tells_of_custody_or_cannot_be_printed_is_refused(world, kind, public_name):
    """CRT-8: the issuer is a school or an authority, never the place."""
    place = Organisation.objects.create(name="新单位", kind=kind, code="990300")
    with pytest.raises(ValidationError):
        actions.register_issuer(organisation=place, public_name=public_name, code="103", by=None)


def test_issuers_and_types_are_set_up_once(world):
    assert (
        actions.register_issuer(organisation=world.school, public_name="别的名字", code="103", by=None) == world.issuer
    )
    facts = {"code": "skills", "title": "培训合格证书", "title_en": "Certificate of training", "register_type": 2, "show_training_dates": True}  # fmt: skip
    assert actions.define_type(**facts, by=None) == world.certificate_type
    changed = actions.define_type(**(facts | {"show_training_dates": False}), by=None)
    assert (changed.version, world.certificate_type.version) == (2, 1)
    assert type(changed).objects.current("skills") == changed


@pytest.mark.parametrize("verb", ["type", "key", "issuer"])
def test_setting_up_needs_more_than_the_rights_of_a_school(world, verb):
    calls = {
        "type": lambda: actions.define_type(code="x", title="证", register_type=2, by=world.preparer),
        "key": lambda: actions.rotate_key(by=world.releaser),
        "issuer": lambda: actions.register_issuer(organisation=world.other_school, public_name="渝川", code="103", by=world.preparer),
    }  # fmt: skip
    with pytest.raises(PermissionDenied):
        calls[verb]()
