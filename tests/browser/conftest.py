"""A real Chromium for every browser test: nothing may leave this machine, and the pages are looked at, not guessed."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

ROOT = Path(__file__).resolve().parent.parent.parent
# Debian's two builds; the headless shell draws nothing it need not, and is a sixth faster.
CHROMIUMS = [os.environ.get("LMS_CHROMIUM", ""), "/usr/bin/chromium-headless-shell", "/usr/bin/chromium"]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]  # fmt: skip
HERE = {"127.0.0.1", "localhost"}
TOO_WIDE = """[...document.querySelectorAll("body *:not(svg *)")]
  .filter(e => Math.max(e.getBoundingClientRect().right, e.getBoundingClientRect().left + e.scrollWidth)
    > document.documentElement.clientWidth + 1)
  .slice(-6).map(e => `${e.tagName}.${e.getAttribute("class") || ""}`)"""
SIZES = {"phone": (360, 740), "tablet": (768, 1024), "desk": (1366, 768)}


def pytest_collection_modifyitems(items):
    """The live server sees only what is committed."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def browser(django_db_setup):
    """One Chromium for the whole run. Where there is none the tests are skipped; on CI that is a failure.

    Playwright runs an event loop in this thread, and inside it Django hands out connections of its own: the new one
    is closed before the test database is dropped.
    """
    installed = next((path for path in CHROMIUMS if path and Path(path).exists()), None)
    if installed is None:
        reason = "no Chromium at " + " or ".join(filter(None, CHROMIUMS)) + "; set LMS_CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=installed, headless=True, args=FLAGS)
        yield chromium
        chromium.close()
        connections["default"].close()


@pytest.fixture
def open_page(browser, live_server, transactional_db):
    """Opens pages in separate visits: `open_page(size="phone", scripts=False)`; relative addresses lead to the live server.

    At the end every visit must have stayed on this machine, thrown no script error, and broken no content security
    policy outside the staff desk (Wagtail's own screens break it in known places).
    """
    visits = []

    def opened(size="desk", *, scripts=True, **options):
        width, height = SIZES[size] if isinstance(size, str) else size
        context = browser.new_context(
            base_url=live_server.url,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            **options,
        )
        outside, problems = [], []

        def noted(request):
            # The browser finds no other host (FLAGS). A route would stop it as well, and switch its cache off.
            address = urlsplit(request.url)
            if address.scheme not in {"data", "blob", "about"} and address.hostname not in HERE:
                outside.append(request.url)

        context.on("request", noted)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: problems.append(f"script error on {page.url}: {error}"))
        page.on("console", lambda message: _policy_broken(page, message, problems))
        visits.append((context, outside, problems))
        return page

    yield opened
    found = [(outside, problems) for _context, outside, problems in visits]
    for context, _outside, _problems in visits:
        context.close()
    for outside, problems in found:
        assert outside == [], f"requests that left this machine: {outside}"
        assert problems == [], problems


def _policy_broken(page, message, problems):
    if "Content Security Policy" in message.text and "/admin/" not in page.url:
        problems.append(f"policy broken on {page.url}: {message.text}")


@pytest.fixture
def page(open_page):
    """One page at the size of a classroom screen."""
    return open_page("desk")


@pytest.fixture
def page_without_js(open_page):
    """The same with scripts switched off."""
    return open_page("desk", scripts=False)


@pytest.fixture
def sign_in_staff(live_server):
    """`sign_in_staff(page, user)`: a staff session of its own, without going through the sign-in form."""

    def signed_in(page, user):
        client = Client()
        client.force_login(user)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
        return page

    return signed_in


@pytest.fixture
def axe():
    """`axe(page)`: no accessibility violation on what is shown now. `without` names rules that Wagtail's frame breaks."""
    from axe_playwright_python.sync_playwright import Axe

    checker = Axe()

    def clean(page, *, only="", without=()):
        options = {"resultTypes": ["violations"], "rules": {rule: {"enabled": False} for rule in without}}
        result = checker.run(page, context=only or None, options=options)
        assert result.violations_count == 0, result.generate_report()

    return clean


@pytest.fixture
def fits():
    """`fits(page)`: nothing makes the page scroll sideways."""

    def checked(page):
        wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide <= seen, f"{page.url} is {wide} px wide in a window of {seen} px: {page.evaluate(TOO_WIDE)}"

    return checked


@pytest.fixture
def at_every_size():
    """`for size in at_every_size(page)`: the same page on a telephone, a tablet and a classroom screen.

    `more` names further windows: `{"zoomed": (683, 384)}` is a classroom screen at 200 %.
    """

    def each(page, **more):
        for size, (width, height) in (SIZES | more).items():
            page.set_viewport_size({"width": width, "height": height})
            yield size

    return each


@pytest.fixture
def screenshot():
    """`screenshot(page, "name")`: a picture in test-results/, when LMS_SCREENSHOTS is set."""

    def taken(page, name, *, full=True):
        if os.environ.get("LMS_SCREENSHOTS"):
            folder = ROOT / "test-results"
            folder.mkdir(exist_ok=True)
            page.screenshot(path=folder / f"{name}.png", full_page=full)

    return taken


@pytest.fixture
def classroom(live_server):
    """A prison with two terminals and two learners; see `tests.browser.classroom`."""
    from tests.browser.classroom import build_classroom

    return build_classroom()
