"""The certificate desk in a browser: prepared by one, released by another, looked at by both. Also without scripts."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from certificates.issuing import actions
from certificates.issuing.models import Batch, Certificate
from courses.people.models import Countersign
from tests.certificates.conftest import build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def own_private_files(tmp_path):
    before = settings.LMS_SIGNING_KEY_DIR, settings.PRIVATE_ROOT
    settings.LMS_SIGNING_KEY_DIR, settings.PRIVATE_ROOT = tmp_path / "signing", tmp_path / "private"
    yield
    settings.LMS_SIGNING_KEY_DIR, settings.PRIVATE_ROOT = before


@pytest.fixture
def world(transactional_db):
    return build()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_two_people_issue_a_class(world, open_page, sign_in_staff, fits, screenshot, scripts):
    """P1 step 7, CRT-9: press release twice quickly: three certificates, a register without a gap."""
    world.passed("张志远", "990101199712250334", passed=False)
    page = sign_in_staff(open_page("desk", scripts=scripts), world.preparer)
    page.goto("/admin/certificates/prepare/")
    screenshot(page, "certificates-choose")
    page.locator("table a.q-btn").first.click()
    expect(page.locator('input[name="outcomes"]')).to_have_count(3)
    screenshot(page, "certificates-prepare")
    page.locator('input[name="award_date"]').fill("2025-09-30")
    page.locator("form button[type=submit].q-btn").last.click()
    page.wait_for_url("**/admin/certificates/batches/*/")
    batch = Batch.objects.get()
    screenshot(page, "certificates-batch-draft")
    page.locator('form[action$="/submit/"] button').click()
    expect(page.locator(".q-banner")).to_be_visible()

    other = sign_in_staff(open_page("desk", scripts=scripts), world.releaser)
    other.goto(f"/admin/certificates/batches/{batch.pk}/")
    screenshot(other, "certificates-batch-waiting")
    other.locator(".q-banner a.q-btn").click()
    expect(other.locator('button[name="approve"]')).to_be_visible()
    fits(other)
    screenshot(other, "certificates-decide")
    decide = other.url
    other.locator('button[name="approve"]').dblclick()
    expect(other).to_have_url(
        re.compile(rf"/admin/certificates/batches/{batch.pk}/$")
    )  # the second press cuts the first off
    other.goto(decide)
    assert other.locator('button[name="approve"]').count() == 0
    other.goto(f"/admin/certificates/batches/{batch.pk}/")
    assert [c.register_number for c in Certificate.objects.order_by("register_number")] == [
        f"2025-990103-2-{n:06d}" for n in (1, 2, 3)
    ]
    screenshot(other, "certificates-batch-done")
    other.goto("/admin/certificates/")
    screenshot(other, "certificates-list")


def test_one_certificate_and_its_end(world, open_page, sign_in_staff, axe, fits, screenshot):
    certificate = world.issued()[0]
    page = sign_in_staff(open_page("desk"), world.preparer)
    page.goto(f"/admin/certificates/{certificate.pk}/")
    fits(page)
    axe(page, only=".q-staff")
    screenshot(page, "certificate-page")
    page.locator("a.q-btn--danger").click()
    expect(page.locator('select[name="reason_code"]')).to_be_visible()
    screenshot(page, "certificate-ask-revoke")
    page.locator('select[name="reason_code"]').select_option("result")
    page.locator("form button[type=submit].button").last.click()
    expect(page.locator(".q-banner")).to_be_visible()
    screenshot(page, "certificate-waiting")
    other = sign_in_staff(open_page("desk"), world.releaser)
    other.goto(f"/admin/certificates/decide/{Countersign.objects.waiting().get().pk}/")
    axe(other, only=".q-staff")
    screenshot(other, "certificate-decide-revoke")
    other.locator('button[name="approve"]').click()
    expect(other.locator(".q-chip--stop")).to_be_visible()
    screenshot(other, "certificate-revoked")
    assert Certificate.objects.get(pk=certificate.pk).state == "revoked"


def test_progress_is_seen_while_a_batch_is_issued(world, open_page, sign_in_staff, monkeypatch, screenshot):
    from certificates.issuing import tasks

    monkeypatch.setattr(tasks.work_on_batch, "delay", lambda pk: None)  # the worker is away
    batch = actions.release_batch(batch=world.prepared(), by=world.releaser)
    page = sign_in_staff(open_page("desk", scripts=False), world.preparer)
    page.goto(f"/admin/certificates/batches/{batch.pk}/")
    assert "0 / 3" in page.locator(".q-banner").inner_text()
    screenshot(page, "certificates-batch-progress")
    assert actions.resume_batches() == 1
    page.goto(f"/admin/certificates/batches/{batch.pk}/")
    assert "0 / 3" not in page.content()
