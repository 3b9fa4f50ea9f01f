"""The pages for what went wrong, in a browser."""

import re

import pytest
from django.conf import settings

pytestmark = [pytest.mark.browser, pytest.mark.once]


def test_not_found_is_a_calm_page_that_leads_on(page, axe, fits, at_every_size, screenshot):
    response = page.goto("/there/is/no/such/page/")
    assert response.status == 404
    assert page.locator("main a").get_attribute("href") == "/"
    for size in at_every_size(page):
        axe(page)
        fits(page)
        screenshot(page, f"error-404-{size}")


def test_not_found_needs_no_scripts_and_few_requests(page_without_js):
    asked = []
    page_without_js.on("request", lambda request: asked.append(request.url))
    page_without_js.goto("/there/is/no/such/page/")
    assert page_without_js.locator("h1").is_visible()
    assert len(asked) <= 3


def test_language_link_keeps_the_choice(open_page):
    page = open_page("phone")
    page.goto("/nothing/?lang=en")
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto("/nothing/")
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto("/nothing/?lang=zh-hans")
    assert page.locator("html").get_attribute("lang") == "zh-hans"
    cookies = {cookie["name"] for cookie in page.context.cookies()}
    assert settings.LANGUAGE_COOKIE_NAME in cookies


def test_our_mistake_shows_a_number_to_read_out(open_page, settings, axe, fits, screenshot):
    settings.ROOT_URLCONF = "tests.browser.broken_urls"
    page = open_page("phone")
    assert page.goto("/breaks/").status == 500
    assert re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}", page.locator(".q-wrong__number").inner_text())
    axe(page)
    fits(page)
    screenshot(page, "error-500-phone")


def test_too_much_at_once_says_what_to_do(open_page, settings, axe, fits, screenshot):
    settings.ROOT_URLCONF = "tests.browser.broken_urls"
    page = open_page("desk")
    page.goto("/too-much/")
    page.evaluate("document.querySelector('textarea').value = 'x'.repeat(3000000)")
    with page.expect_navigation() as arrived:
        page.click("button")
    assert arrived.value.status == 413
    assert page.locator("h1").is_visible()
    axe(page)
    fits(page)
    screenshot(page, "error-413-desk")
