"""P5: an employer at a job fair checks a certificate on a telephone. Also without scripts."""

import pytest
from django.conf import settings

from certificates.issuing.rules import number as numbers
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


@pytest.fixture
def certificates(world):
    return world.issued()


def ask(page, number, name):
    """By keyboard alone: the number, one step on, the name, Enter."""
    page.goto("/verify?lang=en")
    page.get_by_label("Certificate number").fill(number)
    page.keyboard.press("Tab")
    page.keyboard.type(name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_an_employer_gets_one_answer(world, certificates, open_page, axe, fits, screenshot, scripts):
    """P5 steps 1, 2, 3 and 6: valid, miscopied, another name, replaced, revoked; 360 px, with and without scripts."""
    valid, replaced, revoked = certificates
    world.replaced(replaced)
    world.revoked(revoked)
    page = open_page("phone", scripts=scripts)
    answers = [
        ("valid", numbers.grouped(valid.number).lower(), "王国强", "Valid"),
        ("unknown", valid.number, "李德顺", "Not found"),
        ("superseded", replaced.number, "李德顺", "Replaced"),
        ("revoked", revoked.number, "陈小龙", "Revoked"),
    ]
    for name, number, holder, word in answers:
        ask(page, number, holder)
        assert page.locator("h1").inner_text() == word
        fits(page)
        if scripts:
            axe(page)
            screenshot(page, f"verify-{name}-en")
    ask(page, valid.number[:-1] + ("1" if valid.number[-1] != "1" else "2"), "王国强")
    assert page.locator(".q-errors").is_visible()
    assert page.get_by_label("Name of the holder").input_value() == "王国强"
    fits(page)


def test_the_code_on_the_paper_shows_the_whole_name_on_this_device_only(
    certificates, open_page, live_server, screenshot, axe
):
    """P5 step 4: the address in the QR code; the signed part is read by the telephone and never sent."""
    certificate = certificates[0]
    page = open_page("phone")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    path = certificate.qr_text.removeprefix(settings.LMS_PUBLIC_URL)
    page.goto(path.replace("#", "?lang=en#"))
    page.locator('[data-signature="good"]').wait_for()
    assert page.locator("[data-name]").inner_text() == "王国强"
    assert page.locator('[data-signature="bad"]').is_hidden()
    assert not any("#1." in url or certificate.qr_text[-40:] in url for url in asked if not url.endswith(path))
    axe(page)
    screenshot(page, "verify-code-en")


@pytest.mark.parametrize(
    "damage",
    [lambda own, other: own[:-30], lambda own, other: own[:120] + "AAAA" + own[124:], lambda own, other: other],
    ids=["cut", "changed", "of another certificate"],
)
def test_a_code_that_is_not_genuine_is_never_green_about_the_name(certificates, open_page, damage):
    fragment = damage(certificates[0].qr_text.partition("#")[2], certificates[1].qr_text.partition("#")[2])
    page = open_page("phone")
    page.goto(f"/c/{certificates[0].token}?lang=en#{fragment}")
    page.locator('[data-signature="bad"]').wait_for()
    assert page.locator("[data-name]").inner_text() == "王**"


def test_a_link_without_the_signed_part_asks_for_the_name(certificates, open_page, fits, screenshot):
    page = open_page("phone", scripts=False)
    page.goto(f"/c/{certificates[0].token}?lang=en")
    assert page.locator("h1").inner_text() == "Valid"
    assert "王国强" not in page.content()
    fits(page)
    screenshot(page, "verify-link-en")
    page.get_by_label("Name on the paper").fill("王国强")
    page.get_by_role("button", name="Compare the name").click()
    assert page.locator("[data-name]").inner_text() == "王国强"


def test_a_changed_link_is_not_found(certificates, open_page, fits, screenshot):
    """P5 step 4: one character of the token changed."""
    token = certificates[0].token
    page = open_page("phone")
    assert page.goto(f"/c/{'B' if token[0] != 'B' else 'C'}{token[1:]}?lang=en").status == 404
    assert page.locator("h1").inner_text() == "Not found"
    fits(page)
    screenshot(page, "verify-link-unknown-en")


def test_the_answer_prints_on_one_page(certificates, open_page, tmp_path):
    """P5 step 6."""
    from tests.reading import pdf_pages

    page = open_page("desk")
    ask(page, certificates[0].number, "王国强")
    page.context.unroute_all()
    assert pdf_pages(page.pdf(format="A4")) == 1


def test_the_wait_page_is_calm(certificates, open_page, fits, screenshot, axe):
    """P5 step 3: after twenty failures."""
    from certificates.verification.actions import check

    for _ in range(20):
        check(address="127.0.0.1", number=certificates[0].number, name="某某")
    page = open_page("phone")
    ask(page, certificates[0].number, "王国强")
    assert page.get_by_text("Please wait a moment").first.is_visible()
    fits(page)
    axe(page)
    screenshot(page, "verify-wait-en")
