"""The public frame, and the screen that says who runs the site."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.fixture
def boss(django_user_model):
    return django_user_model.objects.create_superuser("boss", "boss@qihang.example", "a long enough word")


def test_administrator_says_who_runs_the_site_and_the_public_reads_it(
    open_page, sign_in_staff, settings, boss, axe, fits, screenshot
):
    settings.ROOT_URLCONF = "tests.browser.broken_urls"
    desk = sign_in_staff(open_page("desk"), boss)
    desk.goto("/admin/site-settings/")
    desk.fill("#id_name", "启航·江州")
    desk.fill("#id_operator", "江州市就业服务中心（演示）")
    desk.fill("#id_contact", "电话 023-0000 0000\n个人信息负责人：李老师")
    axe(desk, only="main form")
    screenshot(desk, "site-settings")
    desk.click("main form button[type=submit]")
    desk.wait_for_selector(".messages .success")

    for size, query in (("phone", "?narrow=1"), ("tablet", ""), ("desk", "")):
        visitor = open_page(size, scripts=False)
        visitor.goto(f"/frame/{query}")
        assert "江州市就业服务中心" in visitor.locator("footer").inner_text()
        assert "启航·江州" in visitor.locator("header").inner_text()
        fits(visitor)
        screenshot(visitor, f"public-frame-{size}")
    reader = open_page("phone")
    reader.goto("/frame/")
    reader.click("header a[hreflang=en]")
    assert reader.locator("html").get_attribute("lang") == "en"
    axe(reader, without=("page-has-heading-one",))  # the bare frame has no content
