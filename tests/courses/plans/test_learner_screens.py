"""The learner's workbook, both ways through it, as plain pages and as a script asks (4.9, P6)."""

import json
import re
from decimal import Decimal

import pytest
from django.test import Client
from django.utils.translation import override

from courses.catalogue.models import Edition
from courses.plans import actions as plans
from courses.plans import charts, guide
from courses.plans.book import BOOKS, Table
from courses.plans.book.ideas import STATEMENTS
from courses.plans.models import Plan, PlanLog, values_of
from courses.plans.progress import missing_of
from courses.plans.views.control import choices_of
from tests.courses.building import at
from tests.courses.plans.building import PASSABLE, fresh, plan_scene
from tests.courses.plans.sitting import sit_down, with_shop

pytestmark = pytest.mark.django_db
build_scene = plan_scene
TAX_STEPS = {
    code: {"value": value, "region": "", "valid_from": "2025-01-01", "source": "x"}
    for code, value in (("income_tax_rate_1", "5"), ("income_tax_from_2", "30000"), ("income_tax_rate_2", "10"))
}
PRICE = "marketing.products.1.selling_price"


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with override("en"):
        yield


@pytest.fixture
def seat(client, room) -> Client:
    return sit_down(client, room)


def text_of(response) -> str:
    return (
        re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
        .replace("\xa0", " ")
        .replace("&#x27;", "'")
    )


def q(plan, path: str) -> str:
    return f"/plan/{plan.pk}/q/{path}/"


def put(seat, plan, path, value, version=0, **more):
    return seat.put(
        f"/plan/{plan.pk}/field/", json.dumps({"path": path, "value": value, "version": version, **more}),
        content_type="application/json",
    )  # fmt: skip


def test_the_book_is_begun_with_a_button_and_nothing_is_written_by_looking(seat, room):
    page = seat.get("/plan/")
    assert "Begin to write" in text_of(page)
    assert not Plan.objects.exists()
    begun = seat.post(re.search(r'action="(/plan/begin/\d+/)"', page.content.decode())[1])
    plan = Plan.objects.get()
    assert begun.status_code == 303
    assert begun["Location"] == q(plan, "self.check.commitment.own"), "straight to the first question"
    assert seat.get("/plan/")["Location"] == f"/plan/{plan.pk}/"
    page = text_of(seat.get(f"/plan/{plan.pk}/"))
    assert "Begin here:" in page
    assert "not begun" in page


def test_another_learners_plan_is_not_there(seat, room):
    foreign = with_shop(room, "李德顺")
    plan = room.plan()
    for address in (
        "", "q/market.trend/", "s/market/", "result/", "cash/", "check/", "self/", "hand-in/", "attempts/1/",
    ):  # fmt: skip
        assert seat.get(f"/plan/{foreign.pk}/{address}").status_code == 404, address
    for address in ("q/market.trend/", "s/market/", "hand-in/", "way/"):
        assert seat.post(f"/plan/{foreign.pk}/{address}", {"value": "x", "go": "next"}).status_code == 404
    assert put(seat, foreign, "market.trend", "x").status_code == 404
    said = plans.comment(plan=foreign, text="好", by=room.trainer)
    assert seat.post(f"/plan/{plan.pk}/comments/{said.pk}/done/").status_code == 404
    assert not PlanLog.objects.filter(plan=foreign, path="market.trend").exists()
    for nowhere in ("q/market.nothing/", "q/x/", "q/market.trend.1/", "s/nothing/", "attempts/7/"):
        assert seat.get(f"/plan/{plan.pk}/{nowhere}").status_code == 404, nowhere


def test_4_9_question_after_question_and_back_at_the_same_place_tomorrow(seat, room):
    plan = room.plan()
    path = "marketing.products.1.name"
    sent = seat.post(q(plan, path), {"value": "烤鱼", "version": "0", "go": "next"})
    assert sent["Location"] == q(plan, "marketing.products.1.features")
    for value, after in (("麻辣", "cost_price"), ("38", "selling_price"), ("88.005", "competitor_price")):
        sent = seat.post(sent["Location"], {"value": value, "version": "0", "go": "next"})
        assert sent["Location"] == q(plan, f"marketing.products.1.{after}")
    assert values_of(plan)[PRICE] == "88.01"  # P6 step 5
    page = text_of(seat.get(q(plan, PRICE)))
    assert "One 烤鱼: what does the material cost?" not in page
    assert "What do you want to sell one 烤鱼 for?" in page
    assert "Left of one 50.01 yuan" in page
    assert "Of each 100 yuan 56.82 yuan are left" in page
    sent = seat.post(sent["Location"], {"go": "later", "version": "0", "value": "99"})
    assert "marketing.products.1.competitor_price" not in values_of(plan)
    assert sent["Location"] == q(plan, "marketing.products.2.name")
    assert "Thing number 2" in text_of(seat.get(sent["Location"]))
    assert f'href="{sent["Location"]}"' in seat.get(f"/plan/{plan.pk}/").content.decode(), "the next day goes on here"
    sent = seat.post(sent["Location"], {"go": "none", "version": "0"})
    assert sent["Location"] == q(plan, "marketing.credit_share")
    sent = seat.post(sent["Location"], {"go": "prev", "value": "10", "version": "0"})
    assert sent["Location"] == q(plan, "marketing.products.2.name")
    assert values_of(plan)["marketing.credit_share"] == "10.00"


@pytest.mark.parametrize(
    ("value", "sentence"), [("-5", "below 0"), ("八十八", "for example 88 or 88.50"), ("9" * 12, "too large")]
)
def test_p6_5_what_is_no_price_stays_on_the_page_with_what_to_do(seat, room, value, sentence):
    plan = room.plan()
    room.save(plan, "marketing.products.1.name", "烤鱼")
    answer = seat.post(q(plan, PRICE), {"value": value, "version": "0", "go": "next"})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert f'value="{value}"' in answer.content.decode()
    assert PRICE not in values_of(plan)


def test_a_normal_month_fills_the_year_and_some_months_may_differ(seat, room):
    plan = room.plan()
    room.save(plan, "marketing.products.1.name", "烤鱼")
    room.save(plan, PRICE, "88")
    row = "forecast.quantity.1"
    sent = seat.post(q(plan, row), {"value": "200", "shown": "", "go": "same"})
    assert sent["Location"] == q(plan, "forecast.price.1")
    assert {values_of(plan)[f"{row}.m{month}"] for month in range(1, 13)} == {"200"}
    sent = seat.post(q(plan, row), {"value": "210", "shown": "", "go": "differ"})
    page = seat.get(sent["Location"])
    assert page.content.decode().count('value="210"') == 12
    shown = re.search(r'name="shown" value="([^"]+)"', page.content.decode())[1]
    months = {f"{row}.m{month}": "210" for month in range(1, 13)}
    seat.post(q(plan, row), {**months, f"{row}.m2": "250", "shown": shown, "go": "next"})
    assert (values_of(plan)[f"{row}.m1"], values_of(plan)[f"{row}.m2"]) == ("210", "250")
    assert seat.post(q(plan, "forecast.price.1"), {"go": "same", "shown": ""}).status_code == 303
    assert not any(path.startswith("forecast.price") for path in values_of(plan))


def test_4_9_a_script_stores_each_field_with_its_version(seat, room):
    plan = room.plan()
    trend = "market.trend"
    first = put(seat, plan, trend, "越来越好").json()
    assert (first["value"], first["version"], first["replaced"]) == ("越来越好", 1, None)
    room.save(plan, trend, "夏天好", base=1)
    late = put(seat, plan, trend, "冬天好", version=1).json()
    assert (late["version"], late["replaced"]) == (3, "夏天好")
    refused = put(seat, plan, PRICE, "很贵")
    assert refused.status_code == 422
    assert "only digits" in refused.json()["sentence"]
    assert put(seat, plan, "market.nothing", "x").status_code == 404
    for bad in ("[]", "{", '{"path": 1, "value": "x"}', '{"path": "a", "value": "x", "version": true}'):
        assert seat.put(f"/plan/{plan.pk}/field/", bad, content_type="application/json").status_code == 400


def test_4_9_two_windows_without_scripts_the_older_text_can_be_taken_back(seat, room):
    plan = room.plan()
    trend = "market.trend"
    room.save(plan, trend, "夏天好", base=0)
    sent = seat.post(q(plan, trend), {"value": "冬天好", "version": "0", "go": "next"})
    assert sent["Location"] == q(plan, trend) + f"?other={trend}"
    page = seat.get(sent["Location"])
    assert "It wrote “夏天好”. Now yours counts" in text_of(page)
    seat.post(q(plan, trend), {"value": "夏天好", "shown": f"{trend}:2", "go": "stay"})
    assert values_of(plan)[trend] == "夏天好"
    unchanged = seat.post(q(plan, trend), {"value": "冬天好", "version": "2", "go": "next"})
    assert values_of(plan)[trend] == "夏天好", "a page that stood open and was not touched brings nothing back"
    assert unchanged.status_code == 303


def test_4_9_a_section_as_whole_tables(seat, room):
    plan = with_shop(room)
    page = seat.get(f"/plan/{plan.pk}/s/assets/")
    assert "7,200.00" in text_of(page)
    shown = re.search(r'name="shown" value="([^"]+)"', page.content.decode())[1]
    fields = {"assets.tools.3.name": "刀具", "assets.tools.3.quantity": "2", "assets.tools.3.unit_price": "100"}
    sent = seat.post(f"/plan/{plan.pk}/s/assets/", {**fields, "shown": shown, "go": "stay"})
    assert sent.status_code == 303
    assert values_of(plan)["assets.tools.3.unit_price"] == "100.00"
    bad = {**fields, "assets.tools.3.unit_price": "viel", "assets.tools.4.name": "锅", "shown": shown}
    wrong = seat.post(f"/plan/{plan.pk}/s/assets/", bad)
    assert wrong.status_code == 422
    assert "Everything else on this page is saved." in text_of(wrong)
    assert 'value="viel"' in wrong.content.decode()
    assert "Saved, but not what is marked red" in text_of(wrong)
    assert (values_of(plan)["assets.tools.4.name"], values_of(plan)["assets.tools.3.unit_price"]) == ("锅", "100.00")
    gone = seat.post(f"/plan/{plan.pk}/s/assets/", {**bad, "assets.tools.4.quantity": "x", "remove": "assets.tools.4"})
    assert "1 place needs another look" in text_of(gone), "what is wrong in a row that goes is nobody's business"
    assert "1 place needs another look" in text_of(wrong)
    assert "刀具: unit price" in text_of(wrong)
    seat.post(f"/plan/{plan.pk}/s/assets/", {"remove": "assets.tools.3", "shown": shown})
    assert "assets.tools.3.name" not in values_of(plan)
    assert seat.post(f"/plan/{plan.pk}/s/assets/", {"market.trend": "x", "shown": ""}).status_code == 303
    assert "market.trend" not in values_of(plan)
    assert 'value="assets.tools.1"' in page.content.decode(), "each row can be taken out"
    assert text_of(page).count("Why?") >= page.content.decode().count('class="q-rowcard"')
    checks = seat.get(f"/plan/{plan.pk}/s/self/").content.decode()
    assert checks.count('class="q-whys"') >= len(STATEMENTS), "each statement says why it is asked"
    halves = seat.get(f"/plan/{plan.pk}/s/forecast/")
    assert "months 1 to 6" in text_of(halves)
    assert "months 7 to 12" in text_of(halves)


def test_p6_3_the_cash_page_says_what_lacks_and_why(seat, room):
    page = text_of(seat.get(f"/plan/{with_shop(room).pk}/cash/"))
    assert "Prepare at least 1,483.50 yuan more" in page
    assert "month 1 lacks 897.75 yuan, month 2 lacks 1,483.50 yuan" in page
    assert "The year earns 31,635.75 yuan, but" in page
    assert page.count("runs dry") == 2
    assert "−1,483.50" in page


def test_p6_4_with_a_larger_loan_it_lasts_and_the_advice_stays(seat, room):
    plan = with_shop(room, loan="50000.00")
    page = text_of(seat.get(f"/plan/{plan.pk}/cash/"))
    assert "The money lasts all year" in page
    assert "month 2: 10,429.50 yuan" in page
    assert "41,533.75" in page
    checks = text_of(seat.get(f"/plan/{plan.pk}/check/"))
    assert "125,240.00 yuan are needed, 60,000.00 yuan are there, 65,240.00 yuan are lacking" in checks
    assert "They agree, to the cent." in checks
    result = text_of(seat.get(f"/plan/{plan.pk}/result/"))
    assert "404,480.00" in result
    assert "The year earns 31,113.75 yuan" in result


def test_4_5_a_hint_beside_a_field_estimates_tax_and_insurance_and_names_what_a_name_lacks(seat, room):
    plan = with_shop(room)
    Plan.objects.filter(pk=plan.pk).update(values={**plan.values, **TAX_STEPS})
    page = text_of(seat.get(q(plan, "profit.taxes.income_tax")))
    assert (
        "On a profit of 31,635.75 yuan a year the tax here is about 1,663.58 yuan, that is 138.63 yuan a month." in page
    )
    page = text_of(seat.get(q(plan, "capital.running.insurance.amount")))
    assert "For the social insurance of your staff reckon with about 1,976.00 yuan a month." in page
    assert "profit.taxes.income_tax.m1" not in values_of(plan)
    room.save(plan, "cover.enterprise", "爱心烘焙屋")
    assert "For the registration this name still lacks: the place." in text_of(seat.get(q(plan, "cover.enterprise")))
    room.save(plan, "cover.enterprise", "清河县小李烤鱼店")
    assert "still lacks" not in text_of(seat.get(q(plan, "cover.enterprise")))
    Plan.objects.filter(pk=plan.pk).update(values={})
    for path in ("profit.taxes.income_tax", "capital.running.insurance.amount"):
        assert "reckon with" not in text_of(seat.get(q(plan, path)))


def test_pages_of_an_empty_plan_say_what_to_do(seat, room):
    plan = room.plan()
    for address in ("cash/", "result/", "check/", "self/", "hand-in/", "s/forecast/", "s/cash/", "s/self/"):
        assert seat.get(f"/plan/{plan.pk}/{address}").status_code == 200, address
    assert "There are no numbers yet" in text_of(seat.get(f"/plan/{plan.pk}/cash/"))
    assert "This is still missing" in text_of(seat.get(f"/plan/{plan.pk}/hand-in/"))


def test_4_2_the_outcome_of_the_self_assessment_is_never_that_somebody_does_not_fit(seat, room):
    plan = room.plan()
    codes = [code for code, _label in STATEMENTS]
    for code in codes[:6]:
        room.save(plan, f"self.check.{code}.own", "no")
    for code in codes[6:9]:
        room.save(plan, f"self.check.{code}.own", "yes")
    page = seat.get(f"/plan/{plan.pk}/self/")
    assert "First make the weak places stronger" in text_of(page)
    assert "3 times yes, 6 times no" in text_of(page)
    assert "suitable" not in text_of(page)
    assert page.content.decode().count(".what/") == 6, "each no leads to what to do about it"
    assert text_of(page).count("Without an answer") == 1
    for code in codes:
        room.save(plan, f"self.check.{code}.own", "yes")
    assert "You can go on" in text_of(seat.get(f"/plan/{plan.pk}/self/"))


def test_p6_8_handed_in_locked_returned_and_the_first_attempt_stays_readable(seat, room):
    plan = with_shop(room, whole=True)
    sent = seat.post(f"/plan/{plan.pk}/hand-in/")
    assert sent.status_code == 303
    assert "Your plan is being read" in text_of(seat.get(f"/plan/{plan.pk}/hand-in/"))
    page = seat.get(q(plan, "market.trend")).content.decode()
    assert 'name="value"' not in page
    assert "data-path" not in seat.get(f"/plan/{plan.pk}/s/market/").content.decode()
    assert put(seat, plan, "market.trend", "x").status_code == 410
    assert seat.post(q(plan, "market.trend"), {"value": "x", "go": "next"}).status_code == 200
    plan.hand_ins.update(at=at(8))
    room.review(plan.hand_ins.get(), total="55", when=at(9))
    said = plans.comment(plan=fresh(plan), text="写清楚客人是谁。", path="market.customers", by=room.trainer)
    page = text_of(seat.get(f"/plan/{plan.pk}/"))
    assert "came back to be made better" in page
    assert "Attempt 1" in page
    page = text_of(seat.get(f"/plan/{plan.pk}/hand-in/"))
    assert "55 of 100 points" in page
    assert "to be written again" in page
    assert "写清楚客人是谁。" in page
    room.save(plan, "market.trend", "第二稿")
    old = text_of(seat.get(f"/plan/{plan.pk}/attempts/1/"))
    assert "烤鱼" in old
    assert "第二稿" not in old
    assert "Prepare at least 1,483.50 yuan more" in old
    assert "写清楚客人是谁。" in text_of(seat.get(q(plan, "market.customers")))
    assert seat.post(f"/plan/{plan.pk}/comments/{said.pk}/done/").status_code == 303
    assert "写清楚客人是谁。" not in text_of(seat.get(q(plan, "market.customers")))


def visible_choices(page: str) -> list[str]:
    """Links and buttons of a page's own part that are not folded away."""
    own = page.split("<main", 1)[1].split("</main>", 1)[0]
    own = re.sub(r"<details(?! class=\"[^\"]*\" open)[^>]*>(.*?)</summary>.*?</details>", r"\1", own, flags=re.S)
    return [one for one in re.findall(r"<a [^>]*>|<button[^>]*>", own) if " data-here" not in one]


def test_4_9_the_first_page_has_one_thing_to_do_and_folds_the_rest(seat, room):
    plan = room.plan()
    page = seat.get(f"/plan/{plan.pk}/").content.decode()
    assert len(visible_choices(page)) == 1
    assert "All parts" in page and f"/plan/{plan.pk}/print/" in page
    assert page.count('class="q-book__row ') == len(plan.workbook.sections), "one way into each part"
    assert '<details class="q-fold" open' in seat.get(f"/plan/{plan.pk}/?parts").content.decode()
    ways = seat.get(q(plan, "market.trend")).content.decode().split("q-planways", 1)[1].split("</nav>", 1)[0]
    assert ways.count("<a ") <= 3
    assert "hand-in" not in ways
    room.save(plan, "capital.running.rent.amount", "800")
    assert "as you wrote in part 7" in text_of(seat.get(f"/plan/{plan.pk}/")), "nothing has to be written in part 9"


def test_4_9_a_written_plan_is_led_to_the_checks_and_a_short_one_is_named(seat, room):
    plan = with_shop(room, whole=True)
    page = seat.get(f"/plan/{plan.pk}/").content.decode()
    assert "Everything that is asked is written." in page
    assert f'href="/plan/{plan.pk}/end/"' in page
    page = text_of(seat.get(f"/plan/{plan.pk}/hand-in/"))
    assert "Money is short in month 1, month 2." in page
    assert "Checks that are not right yet" not in page


def test_4_9_what_is_missing_is_one_button_and_every_thing_by_its_name(seat, room):
    plan = room.plan()
    page = seat.get(f"/plan/{plan.pk}/hand-in/").content.decode()
    found = missing_of(plan.workbook, {})
    assert all(f'href="{q(plan, one.path)}"' in page for lacking in found.values() for one in lacking)
    assert len(visible_choices(page)) <= 4
    for code, _label in STATEMENTS[:10]:
        room.save(plan, f"self.check.{code}.own", "yes")
    page = seat.get(f"/plan/{plan.pk}/self/")
    assert "One statement still waits for an answer." in text_of(page)
    assert page.content.decode().count(f'href="{q(plan, f"self.check.{STATEMENTS[10][0]}.own")}"') == 1


def test_4_9_a_comment_is_said_at_once_with_the_way_to_its_field(seat, room):
    plan = room.plan()
    assert "Your teacher" not in text_of(seat.get("/learn/"))
    said = plans.comment(plan=plan, text="卖多少钱？", path=PRICE, by=room.trainer)
    for address in ("/learn/", f"/plan/{plan.pk}/"):
        page = seat.get(address)
        assert "Your teacher has written something about your plan." in text_of(page)
        assert f'href="{q(plan, PRICE)}"' in page.content.decode()
    plans.comment(plan=plan, text="好", by=room.trainer)
    plans.settle_comment(comment=said, by=plan.enrolment.learner)
    assert f'href="/plan/{plan.pk}/hand-in/"' in seat.get("/learn/").content.decode(), "about the whole plan"


def test_help_speaks_of_the_workbook_and_leads_back_to_the_question(seat, room):
    plan = room.plan()
    page = seat.get(q(plan, "market.trend")).content.decode()
    address = re.search(r'href="(/plan/help/[^"]+)"', page)[1]
    help_page = seat.get(address)
    assert "Leave it empty for now" in text_of(help_page)
    assert f'href="{q(plan, "market.trend")}"' in help_page.content.decode()
    for foreign in ("https://example.org/", "//example.org", "/plan/..//example.org", "/admin/"):
        assert 'big" href="/plan/"' in seat.get("/plan/help/", {"back": foreign}).content.decode()


def test_pages_are_light(seat, room, django_assert_max_num_queries):
    """The seat takes what it takes (four); the plan is one, what is written one, comments one."""
    plan = with_shop(room, whole=True)
    for address, most in (
        ("", 9), ("q/market.trend/", 7), (f"q/{PRICE}/", 7), ("q/forecast.quantity.1/", 7), ("s/forecast/", 7), ("cash/", 6),
        ("check/", 6),
    ):  # fmt: skip
        seat.get(f"/plan/{plan.pk}/{address}")
        with django_assert_max_num_queries(most):
            assert seat.get(f"/plan/{plan.pk}/{address}").status_code == 200


def answer_for(stop) -> dict[str, str]:
    """What a willing learner presses on one screen: one row in each table, nothing by credit, every month the same."""
    if stop.is_months:
        return {"go": "same", "shown": "", **({} if stop.part.code in ("price", "costs") else {"value": "3"})}
    if stop.more and stop.row != "1":
        return {"go": "none"}
    kind = stop.field.kind
    value = PASSABLE.get(kind) or stop.field.choices[0][0]
    return {"go": "next", "version": "0", "value": value}


@pytest.mark.parametrize("book", ["gyb", "syb"])
def test_the_guided_path_leads_from_the_first_question_to_a_plan_that_can_be_handed_in(seat, room, book):
    Edition.objects.filter(pk=room.training_class.edition_id).update(workbook=book)
    plan = room.plan()
    path = guide.stops(plan.workbook, {})[0].path
    asked: list[str] = []
    for _screen in range(400):
        assert path not in asked, "no question comes twice"
        asked.append(path)
        values = values_of(plan)
        found = guide.stops(plan.workbook, values)
        stop = found[guide.place_in(found, path)]
        assert stop.path == path
        words = guide.words(stop, values)
        assert words.question and words.why and words.hint
        assert "%(" not in words.question + words.why + words.hint
        sent = seat.post(q(plan, path), answer_for(stop))
        assert sent.status_code == 303, path
        if "/q/" not in sent["Location"]:
            break
        path = sent["Location"].split("/q/")[1].rstrip("/")
    assert sent["Location"] == f"/plan/{plan.pk}/end/"
    assert missing_of(plan.workbook, values_of(plan)) == {}
    end = seat.get(sent["Location"])
    assert "You have written everything" in text_of(end)
    leads = re.findall(rf'class="q-btn[^"]*" href="/plan/{plan.pk}/([\w-]*/?)"', end.content.decode())
    assert leads == (["cash/", "check/", "print/", "hand-in/", ""] if book == "syb" else ["screening/", "hand-in/", ""])
    assert f'href="/plan/{plan.pk}/end/"' in seat.get(f"/plan/{plan.pk}/").content.decode(), "and tomorrow"
    assert len(asked) < (170 if book == "syb" else 80)
    assert not any(".m12" in one for one in asked), "never ninety-six screens for a forecast"


def test_every_field_of_both_books_says_what_it_wants_and_why():
    for book in BOOKS.values():
        for section in book.sections:
            for part in section.parts:
                if isinstance(part, Table):
                    rows = dict(part.asks)
                    fields = [part] if part.monthly else [one for one in part.columns if not rows or one.optional]
                    assert all(one.question and one.why for one in rows.values())
                else:
                    fields = [part]
                assert all(str(one.question or "") and one.why and one.hint for one in fields), part.code


def stop_of(place) -> guide.Stop:
    return guide.Stop(place.path, place.section, place.table or place.field, place.row or "", place.field)


def test_no_screen_of_either_book_offers_more_than_five_choices_and_none_is_lost():
    several = set()
    for book in BOOKS.values():
        for place in book.places():
            if place.table and place.table.monthly:
                continue
            steps = choices_of(stop_of(place))
            assert all(len(step) + (len(steps) > 1) <= 5 for step in steps), place.path
            if place.field.choices:
                assert sorted(one for step in steps for one in step) == sorted(place.field.choices), place.path
            if len(steps) > 1:
                several.add(place.path)
    assert several >= {"overview.kinds", "organisation.legal_form", "ideas.list.1.kind", "assets.tools.1.kind"}


@pytest.mark.parametrize("path", ["overview.kinds", "organisation.legal_form", "assets.tools.1.kind", "self.rater"])
def test_a_page_shows_five_tiles_and_buttons_at_most(seat, room, path):
    plan = room.plan()
    found = []
    for step, onward in zip(choices_of(stop_of(plan.workbook.place(path))), ("more", "first"), strict=False):
        page = seat.get(q(plan, path) + ("?more" if found else "")).content.decode()
        tiles = re.findall(r'class="q-choice__input".*?value="(\w+)"', page)
        assert tiles == [code for code, _label in step]
        assert len(tiles) + page.count(f'name="go" value="{onward}"') <= 5
        found += tiles
    assert sorted(found) == sorted(code for code, _label in plan.workbook.place(path).field.choices)


def test_answers_of_both_screens_are_kept_without_a_script(seat, room):
    plan = room.plan()
    kinds, form = "overview.kinds", "organisation.legal_form"
    offered = "manufacturing,retail,service,farming"
    sent = seat.post(q(plan, kinds), {"value": ["retail"], "offered": offered, "version": "0", "go": "more"})
    assert sent["Location"] == q(plan, kinds) + "?more"
    page = seat.get(sent["Location"])
    assert "You have also chosen: retail." in text_of(page)
    others = re.search(r'name="offered" value="([^"]+)"', page.content.decode())[1]
    sent = seat.post(q(plan, kinds), {"value": ["other"], "offered": others, "version": "1", "go": "next"})
    assert sent["Location"] == q(plan, "overview.reasons")
    assert values_of(plan)[kinds] == "retail,other"
    seat.post(q(plan, kinds), {"offered": offered, "version": "2", "go": "next"})
    assert values_of(plan)[kinds] == "other", "what is offered here and not ticked is taken out"
    seat.post(q(plan, form), {"value": "other", "offered": "sole_proprietor,other", "version": "0", "go": "first"})
    first = {"offered": "sole_trader,partnership,company,cooperative", "version": "1", "go": "next"}
    seat.post(q(plan, form), first)
    assert values_of(plan)[form] == "other"
    seat.post(q(plan, form), {**first, "value": "company"})
    assert values_of(plan)[form] == "company", "of one answer only the newest counts"
    assert seat.post(q(plan, form), {**first, "value": "king"}).status_code == 422


def test_charts_stay_in_their_frame_however_far_one_month_stands_out():
    steady = [Decimal(100)] * 11
    for odd in (Decimal(0), Decimal(1_000), Decimal(-1_000), Decimal("999999999.99"), Decimal("-999999999.99")):
        drawn = str(charts.year([*steady, odd], "x"))
        height = float(re.search(r'viewBox="0 0 \d+ ([\d.]+)"', drawn)[1])
        tops = [float(top) for top in re.findall(r'<rect[^>]* y="([\d.-]+)"', drawn)]
        heights = [float(each) for each in re.findall(r'<rect[^>]* height="([\d.-]+)"', drawn)]
        assert all(top >= 0 and top + high <= height for top, high in zip(tops, heights, strict=True))
        assert ("q-cash__hatch" in drawn) is (odd < 0), "a red month is hatched, not only red"
    assert "100,000 × 10,000" in drawn
    assert "<rect" in str(charts.small([Decimal(0)] * 12, "x"))


def test_the_desk_leads_to_the_workbook(seat, room):
    page = text_of(seat.get("/learn/"))
    assert "Begin to write my plan" in page
    plan = room.plan()
    room.save(plan, "market.trend", "好")
    page = seat.get("/learn/")
    assert "Go on writing my plan" in text_of(page)
    assert f'href="/plan/{plan.pk}/"' in page.content.decode()
