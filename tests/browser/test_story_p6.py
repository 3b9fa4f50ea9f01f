"""P6: the plan that earns money and runs dry, as its author meets it, with scripts and without."""

import re

import pytest
from playwright.sync_api import expect

from courses.plans import actions as plans
from courses.plans.models import Plan, PlanLog, values_of
from courses.terminals import actions as terminals
from courses.terminals import middleware
from tests.browser.classroom import contrast
from tests.courses.plans import shop
from tests.courses.plans.building import fresh, plan_room, plan_scene
from tests.courses.plans.sitting import with_shop

expect.set_options(timeout=15_000)
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PRICE = "marketing.products.1.selling_price"


@pytest.fixture
def room(live_server):
    return plan_room(plan_scene())


@pytest.fixture
def plan(room) -> Plan:
    """Everything is written but the things to buy."""
    plan = with_shop(room, whole=True)
    for table, row in (place.split(".") for place, *_rest in shop.THINGS):
        plans.remove_row(plan=plan, table=f"assets.{table}", row=row, by=room.learners["孙丽娟"])
    return fresh(plan)


@pytest.fixture
def seat(live_server, room):
    """Seats the learner at a terminal of that name: today's, tomorrow's."""
    learner = room.learners["孙丽娟"]
    _card, pin, _code = terminals.issue_card(learner=learner, organisation=room.world.prison, by=None)

    def seated(page, name):
        terminal, token = terminals.enrol_terminal(
            organisation=room.world.prison, name=name, room=room.world.room, by=None
        )  # fmt: skip
        _session, seat = terminals.sign_in(terminal=terminal, learner_no=learner.learner_no, pin=pin)
        page.context.add_cookies([
            {"name": middleware.TERMINAL_COOKIE, "value": token, "url": live_server.url},
            {"name": middleware.SEAT_COOKIE, "value": seat, "url": live_server.url},
        ])  # fmt: skip
        return page

    return seated


def cell(page, path):
    return page.locator(f'[name="{path}"]')


def go(page, what):
    with page.expect_navigation():  # what is being kept goes first
        page.locator(f'main form button[name=go][value="{what}"]').last.click()


def ask(page, plan, path, value):
    """One question of the guided path, answered."""
    page.goto(f"/plan/{plan.pk}/q/{path}/")
    page.locator("#f").fill(value)
    go(page, "next")


def kept(page, plan, path, text):
    """Wait until the server has it."""
    for _attempt in range(60):
        if values_of(plan).get(path) == text:
            return
        page.wait_for_timeout(100)
    assert values_of(plan).get(path) == text


def things(page, plan):
    """Step 1: the things to buy, in the whole table; lines that are filled make room for more."""
    page.goto(f"/plan/{plan.pk}/s/assets/")
    for place, name, kind, quantity, price in shop.THINGS:
        thing = f"assets.{place}"
        cell(page, f"{thing}.name").fill(name)
        cell(page, f"{thing}.quantity").fill(quantity)
        cell(page, f"{thing}.unit_price").fill(price)
        if kind:
            cell(page, f"{thing}.kind").select_option(kind)


def row(page, code, month):
    """The figure of the last line of the first half for a month."""
    return page.locator(f".q-table--money tr.{code} td").nth(month - 1)


def story(page, plan, seat, room, scripts):
    seat(page, "P-01")
    things(page, plan)
    if scripts:
        expect(page.locator('[data-sum="asset.tools.1"]')).to_have_text("7,200.00")
        expect(page.locator('[data-live] [data-sum="lowest"]')).to_have_text("−1,483.50")
    go(page, "stay")
    page.goto(f"/plan/{plan.pk}/check/")
    expect(page.locator("main")).to_contain_text("8,580.00")
    expect(page.locator("main")).to_contain_text("715.00")
    page.goto(f"/plan/{plan.pk}/q/assets.tools.1.unit_price/")
    expect(page.locator('[data-sum="assets"]')).to_contain_text("39,000.00")
    profit_and_cash(page, plan)
    ask(page, plan, "cash.loan", "50000")  # step 4
    page.goto(f"/plan/{plan.pk}/cash/")
    expect(page.locator(".q-banner--good h2")).to_be_visible()
    expect(page.locator(".is-short")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("10,429.50")
    expect(page.locator("tr.is-close").nth(1)).to_contain_text("41,533.75")
    expect(page.locator("main")).to_contain_text(re.compile("125,240.00.*60,000.00.*65,240.00"))
    prices(page, plan, scripts)
    without_a_thing(page, plan)
    tomorrow(page, plan, seat)
    handing_in(page, plan)


def profit_and_cash(page, plan):
    """Steps 2 and 3."""
    page.goto(f"/plan/{plan.pk}/result/")
    expect(row(page, "is-close", 1)).to_have_text("−5,452.75")
    expect(page.locator("main")).to_contain_text("404,480.00")
    expect(page.locator(".q-banner h2")).to_contain_text("31,635.75")
    page.goto(f"/plan/{plan.pk}/cash/")
    expect(page.locator(".q-banner--stop h2")).to_contain_text("1,483.50")
    expect(page.locator(".q-banner--stop p")).to_contain_text(re.compile("897.75.*1,483.50.*31,635.75"))
    expect(page.locator("thead .is-short")).to_have_count(2)
    expect(page.locator(".q-cash__bar--red")).to_have_count(2)


def prices(page, plan, scripts):
    """Step 5: never cut off in silence; what is no number stays, with a sentence."""
    ask(page, plan, PRICE, "88.005")
    assert values_of(plan)[PRICE] == "88.01"
    for typed in ("-5", "八十八"):
        page.goto(f"/plan/{plan.pk}/q/{PRICE}/")
        page.locator("#f").fill(typed)
        if scripts:
            expect(page.locator("[data-refusal]")).to_be_visible()
        go(page, "next")
        expect(page.locator(".q-field__wrong[role=alert]").first).to_be_visible()
        assert values_of(plan)[PRICE] == "88.01"
    ask(page, plan, PRICE, "88")


def without_a_thing(page, plan):
    """Step 6: depreciation is in the profit and never in the cash."""
    page.goto(f"/plan/{plan.pk}/q/assets.residual/")
    before = closing(page, plan)
    ask(page, plan, "assets.residual", "100")
    page.goto(f"/plan/{plan.pk}/result/")
    expect(row(page, "is-close", 1)).to_have_text("−4,781.25")
    assert closing(page, plan) == before
    ask(page, plan, "assets.residual", "0")


def closing(page, plan):
    page.goto(f"/plan/{plan.pk}/cash/")
    return page.locator("tr.is-close").all_inner_texts()


def tomorrow(page, plan, seat):
    """Step 7: signed out in section 8, and on at the same field at another terminal."""
    page.goto(f"/plan/{plan.pk}/q/forecast.price.1/")
    go(page, "same")
    at = page.url
    assert "/q/forecast." in at
    page.locator(".q-top__end form button").click()
    page.wait_for_load_state()
    page.goto(f"/plan/{plan.pk}/")
    assert "/t/" in page.url
    seat(page, "P-02")
    page.goto("/plan/")
    page.locator(".q-today a.q-btn").click()
    page.wait_for_load_state()
    assert page.url == at


def handing_in(page, plan):
    """Step 8, the learner's part: handed in, and locked."""
    page.goto(f"/plan/{plan.pk}/hand-in/")
    page.locator('main form[method="post"] button').click()
    page.wait_for_load_state()
    assert fresh(plan).state == Plan.State.HANDED_IN
    page.goto(f"/plan/{plan.pk}/q/market.trend/")
    expect(page.locator("[name=value]")).to_have_count(0)


def test_p6_the_plan_that_runs_dry_with_scripts(page, plan, seat, room, axe, fits):
    story(page, plan, seat, room, scripts=True)
    for address in ("attempts/1/", "cash/", "q/market.trend/"):
        page.goto(f"/plan/{plan.pk}/{address}")
        contrast(page)
        fits(page)
    axe(page)


@pytest.mark.once
def test_p6_the_plan_that_runs_dry_without_scripts(page_without_js, plan, seat, room):
    story(page_without_js, plan, seat, room, scripts=False)


@pytest.mark.once
def test_4_9_power_cut_two_windows_a_pad_and_the_keyboard_alone(open_page, plan, seat, axe, fits, at_every_size):
    page = seat(open_page((1024, 768)), "P-01")
    address = f"/plan/{plan.pk}/q/{PRICE}/"
    page.goto(address)
    expect(page.locator("form[data-live]")).to_be_visible()
    for key in ("9", "0", ".", "5"):
        page.locator(f'[data-key="{key}"]').click()
    expect(page.locator("#f")).to_have_value("90.5")
    expect(page.locator('[data-sum="left.1"]')).to_contain_text("52.50")
    kept(page, plan, PRICE, "90.50")
    page.route("**/field/", lambda route: route.abort())
    page.locator("#f").fill("91")
    expect(page.locator("[data-status]")).to_have_attribute("data-status", "waiting")
    page.unroute("**/field/")
    kept(page, plan, PRICE, "91.00")
    expect(page.locator("[data-status]")).to_have_attribute("data-status", "saved")
    other = page.context.new_page()
    other.goto(address)
    other.locator("#f").fill("95")
    kept(other, plan, PRICE, "95.00")
    page.locator("#f").fill("92")
    expect(page.locator("[data-take]")).to_be_visible()
    page.locator("[data-take]").click()
    expect(page.locator("#f")).to_have_value(re.compile("95"))
    kept(page, plan, PRICE, "95.00")
    assert PlanLog.objects.filter(plan=plan, path=PRICE, value="92.00", unseen__isnull=False).exists()
    other.close()
    page.locator("#f").press("Enter")  # the keyboard alone: on to the next question
    page.wait_for_url("**/marketing.products.1.competitor_price/")
    for _size in at_every_size(page, zoomed=(683, 384)):
        fits(page)
    contrast(page)
    axe(page)


def says(page, kind):
    expect(page.locator("[data-status]")).to_have_attribute("data-status", kind)


def opened(page, plan, path):
    page.goto(f"/plan/{plan.pk}/q/{path}/")
    expect(page.locator("form[data-live]")).to_be_visible()


def nothing_is_called_saved_before_it_is_and_leaving_loses_nothing(page, plan):
    choice, words = "self.check.commitment.own", "overview.reasons"
    opened(page, plan, choice)
    page.locator(f'[data-path="{choice}"][value=no]').locator("xpath=..").click()
    kept(page, plan, choice, "no")  # pressed is stored
    says(page, "saved")
    opened(page, plan, words)
    page.route("**/field/", lambda route: route.fulfill(status=503))
    page.locator("#f").fill("")
    page.keyboard.type("好")
    assert page.locator("[data-status]").get_attribute("data-status") != "saved", "from the first key on"
    page.unroute("**/field/")
    kept(page, plan, words, "好")
    says(page, "saved")
    for number in range(12):  # who never pauses is stored while typing on
        page.keyboard.type(str(number % 10))
        page.wait_for_timeout(200)
    assert len(values_of(plan)[words]) > 1
    page.keyboard.type("尾")
    page.locator(".q-planways a").first.click()  # a link takes the last keys along
    page.wait_for_url("**/?parts")
    assert values_of(plan)[words] == "好012345678901尾"
    opened(page, plan, words)
    page.locator("#f").fill("再来")
    page.reload()
    kept(page, plan, words, "再来")
    expect(page.locator("#f")).to_have_value("再来")
    page.locator("#f").fill("换人")
    page.locator(".q-top__end form button").click()  # and so does signing out
    page.wait_for_url("**/t/**")
    assert values_of(plan)[words] == "换人"


@pytest.mark.once
def test_4_9_twelve_months_are_kept_refused_ones_say_so_and_no_total_disagrees(open_page, plan, seat, fits):
    page = seat(open_page((1024, 768)), "P-02")
    row = "forecast.quantity.1"
    page.goto(f"/plan/{plan.pk}/q/{row}/?months")
    expect(page.locator("form[data-live]")).to_be_visible()
    primary = page.locator(".q-actions button.q-btn:not(.q-btn--quiet):visible")
    expect(primary).to_have_attribute("value", "next")
    cell(page, f"{row}.m2").fill("210")
    kept(page, plan, f"{row}.m2", "210")
    cell(page, f"{row}.m1").fill("150x")
    refusal = page.locator(f'[data-refusal="{row}.m1"]')
    expect(refusal).to_be_visible()
    expect(cell(page, f"{row}.m1")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[data-status]")).to_have_attribute("data-status", "refused")
    assert values_of(plan)[f"{row}.m1"] == "150"
    cell(page, f"{row}.m1").fill("1.5")
    expect(refusal).to_be_visible()
    both_say(page, "405,360.00")  # the fish shop's year and ten dishes of 88 more
    fits(page)
    cell(page, f"{row}.m1").fill("160")
    kept(page, plan, f"{row}.m1", "160")
    expect(refusal).to_be_hidden()
    expect(page.locator("[data-status]")).to_have_attribute("data-status", "saved")
    both_say(page, "406,240.00")
    primary.click()
    page.wait_for_url("**/forecast.quantity.2/")
    assert [values_of(plan)[f"{row}.m{month}"] for month in (1, 2, 3)] == ["160", "210", "240"]
    nothing_is_called_saved_before_it_is_and_leaving_loses_nothing(page, plan)


def both_say(page, sum_of_the_year):
    """The sums that the page works out and the sentence of the server."""
    expect(page.locator('[data-sum="sales"]')).to_contain_text(sum_of_the_year)
    expect(page.locator(".q-sum .q-sumpicture").first).to_contain_text(sum_of_the_year)
    expect(page.locator(".q-sum .q-sumpicture").first).to_be_visible()
