"""What a learner types on a screen of the workbook is stored, or a sentence says why not: by script, by form, in the table."""

import json
import random
import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.html import escape

from courses.catalogue.models import Edition
from courses.plans.book import BOOKS
from courses.plans.guide import stops
from courses.plans.models import values_of
from courses.plans.progress import progress_of
from courses.plans.texts import stored_text
from tests.courses.english import english
from tests.courses.plans.building import plan_scene
from tests.courses.plans.sitting import sit_down, with_shop

pytestmark = pytest.mark.django_db
build_scene = plan_scene
__all__ = ["english"]  # an autouse fixture
PRICE = "marketing.products.1.selling_price"
SHARES = (
    "marketing.credit_share",
    "cash.loan_rate",
    "cash.purchase_credit_share",
    "assets.residual",
    "organisation.partners.1.share",
)


@pytest.fixture
def seat(client, room) -> Client:
    return sit_down(client, room)


def text_of(response) -> str:
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
    return text.replace("\xa0", " ").replace("&#x27;", "'")


def q(plan, path: str) -> str:
    return f"/plan/{plan.pk}/q/{path}/"


def put(seat, plan, path, value, version=0):
    message = json.dumps({"path": path, "value": value, "version": version})
    return seat.put(f"/plan/{plan.pk}/field/", message, content_type="application/json")


def shown_on(page) -> str:
    return re.search(r'name="shown" value="([^"]*)"', page.content.decode())[1]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_p6_5_a_share_above_100_is_refused_in_a_sentence_by_script_and_by_form(seat, room, settings, language):
    settings.LANGUAGE_CODE = language
    plan = room.plan()
    says = "100 per cent at most" if language == "en" else "比例最多是"
    for path in SHARES:
        answer = put(seat, plan, path, "150")
        assert (answer.status_code, says in answer.json()["sentence"]) == (422, True), path
    assert says in put(seat, plan, SHARES[0], "9" * 20).json()["sentence"]
    form = seat.post(q(plan, SHARES[0]), {"value": "150", "version": "0", "go": "next"})
    assert (form.status_code, says in text_of(form)) == (422, True)
    table = seat.post(f"/plan/{plan.pk}/s/marketing/", {SHARES[0]: "150", "shown": "", "go": "stay"})
    assert (table.status_code, says in text_of(table)) == (422, True)
    assert values_of(plan) == {}


ROW = "forecast.quantity.1"
MONTHS = [f"{ROW}.m{month}" for month in range(1, 13)]
BUTTON = re.compile(r'<button class="q-btn q-btn--big" type="submit" name="go" value="(\w+)">\s*([^<]+)')


def one_product(room):
    plan = room.plan()
    for path, text in (("marketing.products.1.name", "烤鱼"), (PRICE, "28"), ("capital.running.rent.amount", "800")):
        room.save(plan, path, text)
    return plan


def primary(page) -> tuple[str, str]:
    (found,) = BUTTON.findall(page.content.decode())
    return found[0], found[1].strip()


def months_of(plan) -> list[str]:
    return [values_of(plan).get(path, "") for path in MONTHS]


def test_the_primary_button_keeps_the_twelve_months_that_were_typed(seat, room):
    plan = one_product(room)
    seat.post(q(plan, ROW), {"value": "3000", "shown": "", "go": "next"})
    assert months_of(plan) == ["3000"] * 12
    sent = seat.post(q(plan, ROW), {"value": "3000", "shown": shown_on(seat.get(q(plan, ROW))), "go": "differ"})
    page = seat.get(sent["Location"])
    assert primary(page) == ("next", "Next question")
    assert "烤鱼: how many do you sell in each month?" in text_of(page)
    typed = {path: str(1000 + 10 * place) for place, path in enumerate(MONTHS)}
    for path, text in typed.items():  # as the script stores them, with the versions of this page
        assert put(seat, plan, path, text, version=1).status_code == 200
    sent = seat.post(q(plan, ROW), {**typed, "shown": shown_on(page), "go": "next"})
    assert sent["Location"] == q(plan, "forecast.price.1"), "and no other window is spoken of"
    assert months_of(plan) == list(typed.values())
    page = seat.get(q(plan, ROW))
    assert page.content.decode().count("data-path") == 12, "months that differ are shown one by one"
    assert primary(page)[0] == "next"


def test_the_same_each_month_asks_before_it_takes_different_numbers_away(seat, room):
    plan = one_product(room)
    typed = {path: str(1000 + 10 * place) for place, path in enumerate(MONTHS)}
    sent = seat.post(q(plan, ROW), {**typed, "shown": "", "go": "one"})
    assert sent["Location"] == q(plan, ROW) + "?one"
    assert months_of(plan) == list(typed.values()), "what was typed is kept while it asks"
    page = seat.get(sent["Location"])
    assert "Different numbers stand in the months now: month 1 1,000, month 2 1,010" in text_of(page)
    assert primary(page)[0] == "same"
    for go, value in (("same", ""), ("next", " "), ("prev", ""), ("differ", ""), ("prev", "5"), ("later", "5")):
        answer = seat.post(q(plan, ROW), {"value": value, "sure": "1", "shown": shown_on(page), "go": go})
        assert months_of(plan) == list(typed.values()), (go, value)
        if go in ("same", "next"):
            assert (answer.status_code, "Please type a number here." in text_of(answer)) == (422, True)
    seat.post(q(plan, ROW), {"value": "1200", "sure": "1", "shown": shown_on(page), "go": "same"})
    assert months_of(plan) == ["1200"] * 12


@pytest.mark.parametrize("row", ["forecast.price.1", "profit.costs.rent"])
def test_some_months_differ_writes_nothing_by_itself_and_a_later_price_counts(seat, room, row):
    plan = one_product(room)
    before = values_of(plan)
    sent = seat.post(q(plan, row), {"shown": shown_on(seat.get(q(plan, row))), "go": "differ"})
    assert values_of(plan) == before
    page = seat.get(sent["Location"])
    assert f'placeholder="{"28.00" if "price" in row else "800.00"}"' in page.content.decode()
    assert primary(page)[0] == "next"
    months = {f"{row}.m{month}": "" for month in range(1, 13)}
    seat.post(q(plan, row), {**months, "shown": shown_on(page), "go": "next"})
    assert values_of(plan) == before
    seat.post(q(plan, row), {**months, f"{row}.m3": "35", "shown": shown_on(page), "go": "next"})
    assert values_of(plan) == {**before, f"{row}.m3": "35.00"}
    room.save(plan, PRICE, "40")
    room.save(plan, "capital.running.rent.amount", "40")
    page = seat.get(q(plan, row))
    assert page.content.decode().count('placeholder="40.00"') == 12
    assert "A month that stays empty counts as 40.00 yuan." in text_of(page)
    asked = seat.post(q(plan, row), {"shown": shown_on(page), "go": "same"})
    assert asked["Location"] == q(plan, row) + "?one"
    assert values_of(plan)[f"{row}.m3"] == "35.00"
    page = seat.get(asked["Location"])
    assert 'name="sure"' in page.content.decode()
    seat.post(q(plan, row), {"shown": shown_on(page), "sure": "1", "go": "same"})
    assert f"{row}.m3" not in values_of(plan)
    assert primary(seat.get(q(plan, row)))[0] == "same"


def test_a_question_with_one_number_for_all_months_goes_on_with_next(seat, room):
    plan = one_product(room)
    page = seat.get(q(plan, "cash.others.other_in"))
    assert primary(page) == ("next", "Next question")
    assert re.findall(r'name="go" value="(\w+)"', page.content.decode())[1:] == ["prev", "differ", "next"]
    seat.post(q(plan, "cash.others.other_in"), {"value": "20", "shown": "", "go": "next"})
    assert values_of(plan)["cash.others.other_in.m12"] == "20.00"


PIECES = (
    "1",
    "12",
    "３",
    "0",
    ".",
    "5",
    "，",
    ",",
    "000",
    "-",
    "x",
    "个",
    " ",
    "元",
    "。",
    "%",
    "150",
    "1e3",
    "9999999",
    "\u200b",
    "<b>",
)


def typing(rng: random.Random) -> str:
    return "".join(rng.choice(PIECES) for _piece in range(rng.choice((0, 1, 1, 1, 2, 3))))


def meant(path: str, typed: str) -> str | None:
    """What is to be stored; None where it has to be refused."""
    try:
        return stored_text(BOOKS["syb"].place(path), typed)
    except ValidationError:
        return None


@pytest.mark.parametrize("by_script", [False, True])
def test_4_9_whatever_is_typed_into_the_months_is_stored_or_a_sentence_says_why_not(seat, room, by_script):
    plan, rng = one_product(room), random.Random(20261122)
    for row in (ROW, "forecast.price.1", "profit.costs.rent", "cash.others.other_in"):
        for _time in range(4):
            page, before = seat.get(q(plan, row) + "?months"), values_of(plan)
            typed = {f"{row}.m{month}": typing(rng) for month in range(1, 13)}
            told: dict[str, str] = {}
            if by_script:
                for path, text in typed.items():
                    told[path] = put(seat, plan, path, text).json().get("sentence", "")
            go = rng.choice(("next", "one", "prev", "stay", "same"))
            answer = seat.post(q(plan, row), {**typed, "shown": shown_on(page), "go": go})
            for path, text in typed.items():
                now, stored = meant(path, text), values_of(plan).get(path, "")
                assert stored == (before.get(path, "") if now is None else now), (path, text, go)
                if now is None:
                    if go in ("prev", "one"):  # the next page says it
                        assert f"“{escape(text)}”: " in seat.get(answer["Location"]).content.decode()
                        continue
                    assert answer.status_code == 422
                    said = re.search(
                        rf'data-refusal="{path}" role="alert">.*?<span>([^<]+)</span>', answer.content.decode()
                    )
                    assert said and said[1].strip(), "the sentence stands at its month"
                    assert f'value="{escape(text)}"' in answer.content.decode(), "what was typed is there to be mended"
                    assert told.get(path, "x")
            if answer.status_code == 422:
                assert "The other months are saved." in text_of(answer)
                assert primary(answer)[0] == "next"


def test_nothing_is_called_right_before_anything_is_sold(seat, room):
    plan = room.plan()
    for address in ("check/", "cash/", "result/"):
        page = seat.get(f"/plan/{plan.pk}/{address}")
        assert "There are no numbers yet" in text_of(page)
        assert "q-found" not in page.content.decode()
        assert "work for nothing" not in text_of(page)
    room.save(plan, "capital.running.rent.amount", "800")
    room.save(plan, "cash.loan", "5000")
    for address in ("check/", "cash/", "result/"):
        page = text_of(seat.get(f"/plan/{plan.pk}/{address}"))
        assert "There are no sales yet" in page
        assert "The year loses" not in page
        assert "These fit" not in page
    room.save(plan, "marketing.products.1.name", "烤鱼")
    room.save(plan, f"{ROW}.m1", "100")
    page = text_of(seat.get(f"/plan/{plan.pk}/check/"))
    assert "烤鱼: a number of pieces is written, but no price" in page
    room.save(plan, PRICE, "28")
    assert "These fit" in text_of(seat.get(f"/plan/{plan.pk}/check/"))


def test_months_without_money_are_said_once_on_a_page(seat, room):
    plan = with_shop(room)
    for page in ("check/", "cash/"):
        assert text_of(seat.get(f"/plan/{plan.pk}/{page}")).count("month 1 lacks") == 1, page
    room.save(plan, "marketing.products.1.selling_price", "38")
    page = text_of(seat.get(f"/plan/{plan.pk}/check/"))
    assert page.count("money lacks every month") == 1
    assert "Prepare at least" not in page and "Sell more, take a higher price" in page
    assert "Change the start money" not in text_of(seat.get(f"/plan/{plan.pk}/cash/"))


def test_4_5_both_figures_of_sales_say_whether_value_added_tax_is_in_them(seat, room):
    plan = with_shop(room)
    sales, year = q(plan, "forecast.quantity.1"), q(plan, "profit.costs.rent")
    assert "value-added tax" not in text_of(seat.get(sales)) + text_of(seat.get(year))
    room.save(plan, "profit.pays_vat", "yes")
    assert "All sales of the year, with value-added tax 404,480.00" in " ".join(text_of(seat.get(sales)).split())
    assert "Sales of the year, without value-added tax 392,699.03" in " ".join(text_of(seat.get(year)).split())


def test_what_is_asked_twice_is_compared(seat, room):
    plan = with_shop(room)
    check = f"/plan/{plan.pk}/check/"
    assert "Rent:" not in text_of(seat.get(check))
    for path, text in (
        ("marketing.place_cost", "800"), ("capital.running.rent.amount", ""), ("capital.running.owner_pay.amount", "200"),
        ("marketing.promotion.1.cost", "9000"), ("organisation.licences.1.fee", "500"), ("assets.tools.1.quantity", "1"),
    ):  # fmt: skip
        room.save(plan, path, text)
    page = text_of(seat.get(check))
    for sentence in (
        "In part 4 you wrote 800.00 yuan for the place. It is counted as rent only when it stands here as well.",
        "The posts of part 5 make 4,000.00 yuan a month, here stands 200.00 yuan.",
        "Part 4: 1 9,000.00 yuan, together 9,000.00 yuan. Only 7,000.00 yuan are counted",
        "Fees of part 5: 1 500.00 yuan, together 500.00 yuan. Only 300.00 yuan are counted",
    ):  # fmt: skip
        assert sentence in page
    beside = text_of(seat.get(q(plan, "capital.running.rent.amount")))
    assert beside.count("In part 4 you wrote 800.00 yuan for the place.") == 1
    room.save(plan, "capital.running.rent.amount", "900")
    assert "for the place, here 900.00 yuan. Only what stands here is counted." in text_of(seat.get(check))
    room.save(plan, "capital.running.rent.amount", "800")
    assert "for the place" not in text_of(seat.get(check))


def test_what_was_written_before_is_taken_over_with_one_press(seat, room):
    plan = with_shop(room)
    rent = "capital.running.rent.amount"
    before = {"cover.address": "河湾路 18 号", "marketing.place_cost": "800.00", rent: ""}
    for path, text in before.items():
        room.save(plan, path, text)
    for path, text, button in (
        (rent, "800.00", "Take over 800.00 yuan"), ("marketing.place_address", "河湾路 18 号", "Take it over"),
        ("organisation.proposed_name", "清河县小李烤鱼店", "Take it over"),
    ):  # fmt: skip
        page = seat.get(q(plan, path))
        assert button in text_of(page) and f'name="value" value="{text}"' in page.content.decode()
        assert path not in values_of(plan), "nothing is filled in before the press"
        assert seat.post(q(plan, path), {"value": text, "go": "stay"}).status_code == 303
        assert values_of(plan)[path] == text and button not in text_of(seat.get(q(plan, path)))
    room.save(plan, "marketing.place_address", "别处")
    assert "On the cover you wrote “河湾路 18 号”, in part 4 “别处”" in text_of(seat.get(f"/plan/{plan.pk}/check/"))


def test_4_5_promotion_and_fees_are_offered_and_asked_about_until_it_is_said_where_they_count(seat, room):
    plan, check = with_shop(room), f"/plan/{room.plan().pk}/check/"
    for path, text in (
        ("marketing.promotion.1.activity", "招牌"), ("marketing.promotion.1.cost", "260"), ("capital.running.registration.amount", ""),
        ("organisation.licences.1.name", "许可"), ("organisation.licences.1.fee", "90"), ("profit.costs.marketing.m1", ""),
    ):  # fmt: skip
        room.save(plan, path, text)
    once = text_of(seat.get(q(plan, "capital.other_once")))
    assert "In part 4 you wrote: 招牌 260.00 yuan. Is that paid once, at the start?" in once
    asked = "Part 4: 招牌 260.00 yuan. Is that in the 6,000.00 yuan for marketing and costs once in the year?"
    assert asked in text_of(seat.get(check)) and asked in text_of(seat.get(q(plan, "capital.promotion_counted")))
    assert "Count in 90.00 yuan" in text_of(seat.get(q(plan, "capital.running.registration.amount")))
    assert "Fees of part 5: 许可 90.00 yuan, together" in text_of(seat.get(check))
    room.save(plan, "capital.promotion_counted", "no")
    assert "You say that it is not counted yet" in text_of(seat.get(check))
    room.save(plan, "capital.running.registration.amount", "90")
    room.save(plan, "capital.other_once", "260")
    page = text_of(seat.get(check))
    assert "招牌" not in page and "许可" not in page, "both stand in part 7 as they are"
    room.save(plan, "capital.other_once", "")
    room.save(plan, "capital.promotion_counted", "yes")
    assert "招牌" not in text_of(seat.get(check))
    assert "招牌" not in text_of(seat.get(q(plan, "capital.other_once")))


def test_4_5_a_shop_below_the_exemption_is_told_that_it_may_leave_vat_empty(seat, room):
    plan = with_shop(room)
    below = (
        "You sell for 41,600.00 yuan at most in a month. Up to 100,000.00 yuan a month no value-added tax is due here"
    )
    assert below in text_of(seat.get(q(plan, "profit.pays_vat")))
    assert below not in text_of(seat.get(f"/plan/{plan.pk}/check/"))
    room.save(plan, "profit.pays_vat", "yes")
    assert below in text_of(seat.get(f"/plan/{plan.pk}/check/")), "a thought; the learner's answer counts"
    room.save(plan, "profit.pays_vat", "no")
    assert below not in text_of(seat.get(q(plan, "profit.pays_vat")))
    room.save(plan, f"{ROW}.m3", "3000")
    assert "in month 3 you sell more. Leave this empty" in text_of(seat.get(f"/plan/{plan.pk}/check/"))


def test_interest_and_years_that_are_rarely_meant_get_a_note(seat, room):
    plan = with_shop(room)
    room.save(plan, "cash.loan_rate", "88")
    room.save(plan, "assets.premises.1.life", "0")
    page = text_of(seat.get(f"/plan/{plan.pk}/check/"))
    assert "more than 24 per cent a year" in page
    assert "店面装修: 0 years mean that it never loses worth." in page
    room.save(plan, "assets.premises.1.kind", "land")
    assert "0 years" not in text_of(seat.get(f"/plan/{plan.pk}/check/"))


def test_part_8_says_that_part_4_comes_first_where_nothing_is_sold_yet(seat, room):
    plan = room.plan()
    assert seat.post(f"/plan/{plan.pk}/turn/", {"to": "forecast"})["Location"] == q(plan, ROW), (
        "the part has its button"
    )
    sent = seat.post(q(plan, "capital.other_once"), {"value": "", "version": "0", "go": "next"})
    assert sent["Location"] == q(plan, ROW)
    page = seat.get(sent["Location"])
    assert "Write part 4 first: Marketing" in text_of(page)
    assert f'href="{q(plan, "marketing.products.1.name")}"' in page.content.decode()
    assert 'name="value"' not in page.content.decode()
    on = seat.post(q(plan, ROW), {"go": "later"})
    assert on["Location"] == q(plan, "profit.pays_vat"), "and whoever wants goes on"
    assert seat.post(q(plan, ROW), {"value": "5", "shown": "", "go": "next"}).status_code == 303
    assert values_of(plan) == {}
    room.save(plan, "marketing.products.1.name", "烤鱼")
    assert "How many 烤鱼 do you sell" in text_of(seat.get(q(plan, ROW)))


def test_the_end_of_the_path_leads_to_what_is_missing(seat, room):
    plan = one_product(room)
    sent = seat.post(q(plan, "cash.others.other_out"), {"value": "", "shown": "", "go": "next"})
    assert sent["Location"] == f"/plan/{plan.pk}/end/"
    page = seat.get(sent["Location"])
    assert "You are at the end, and some things are still missing" in text_of(page)
    assert f'href="{q(plan, "self.check.commitment.own")}"' in page.content.decode()


def test_coming_back_the_month_written_last_has_the_focus(seat, room):
    plan = one_product(room)
    seat.post(q(plan, ROW), {**{path: str(place) for place, path in enumerate(MONTHS)}, "shown": "", "go": "stay"})
    put(seat, plan, f"{ROW}.m8", "99")
    begins = re.findall(r'name="([\w.]+)"[^>]* autofocus', seat.get(q(plan, ROW)).content.decode())
    assert begins == [f"{ROW}.m8"]
    wrong = seat.post(q(plan, ROW), {f"{ROW}.m3": "x", f"{ROW}.m8": "7", "shown": "", "go": "next"})
    assert re.findall(r'name="([\w.]+)"[^>]* autofocus', wrong.content.decode()) == [f"{ROW}.m3"]


def test_the_bars_have_a_title_and_say_the_same_as_the_sentence(seat, room):
    plan = with_shop(room)
    page = text_of(seat.get(q(plan, "cash.loan")))
    assert "Cash at the end of each month (yuan)" in page
    assert "month 1 lacks 897.75 yuan, month 2 lacks 1,483.50 yuan" in page
    assert "−1,483.50" in page
    assert "−1,484" not in text_of(seat.get(f"/plan/{plan.pk}/cash/"))


def test_the_three_questions_say_that_ideas_come_first_where_there_are_none(seat, room):
    Edition.objects.filter(pk=room.training_class.edition_id).update(workbook="gyb")
    plan = room.plan()
    page = seat.get(q(plan, "macro.questions.1.sells"))
    assert "No idea is written yet." in text_of(page)
    assert f'href="{q(plan, "ideas.list.1.offer")}"' in page.content.decode()
    on = seat.post(q(plan, "macro.questions.1.sells"), {"go": "later"})
    assert on["Location"] == q(plan, "swot.strengths.1.text")
    room.save(plan, "ideas.list.1.offer", "烤鱼")
    assert "烤鱼: will somebody buy it?" in text_of(seat.get(q(plan, "macro.questions.1.sells")))


def test_a_wrong_month_keeps_nobody_from_going_back_or_from_one_number_for_all(seat, room):
    plan = one_product(room)
    typed = dict.fromkeys(MONTHS, "5") | {MONTHS[2]: "abc", "shown": ""}
    back = seat.post(q(plan, ROW), {**typed, "go": "prev"})
    assert back.status_code == 303
    assert values_of(plan)[MONTHS[1]] == "5", "what is good is stored"
    page = seat.get(back["Location"])
    assert re.search("This could not be saved:.*“abc”: Please type only digits", text_of(page))
    assert f'href="{q(plan, ROW)}"' in page.content.decode()
    every = seat.post(q(plan, ROW), {**typed, "go": "one"})
    page = seat.get(every["Location"])
    assert 'name="value"' in page.content.decode()
    assert "“abc”" in text_of(page)
    assert seat.post(q(plan, ROW), {**typed, "go": "next"}).status_code == 422
    wrong = seat.post(q(plan, PRICE), {"value": "八十八", "version": "1", "go": "prev"})
    assert (wrong.status_code, "“八十八”" in text_of(seat.get(wrong["Location"]))) == (303, True)


def test_after_handing_in_one_reads_on_with_the_next_question(seat, room):
    plan = with_shop(room, whole=True)
    assert seat.post(f"/plan/{plan.pk}/hand-in/").status_code == 303
    page = seat.get(q(plan, "market.trend")).content.decode()
    following = re.search(r'<a class="q-btn q-btn--big" href="([^"]+)">Next question', page)[1]
    assert seat.get(following).status_code == 200


def test_4_4_the_table_of_part_8_shows_amounts_and_sums_without_scripts(seat, room):
    plan = with_shop(room)
    seat.post(f"/plan/{plan.pk}/s/forecast/", {"forecast.quantity.1.m1": "160", "shown": "", "go": "stay"})
    page = seat.get(f"/plan/{plan.pk}/s/forecast/").content.decode()
    sums = dict(re.findall(r'data-sum="([\w.]+)"[^>]*>([^<]+)<', page))
    assert sums["amount.1.1"] == "14,080.00", "160 times 88"
    assert sums["amount.2.1"] == "8,400.00"
    assert (sums["amounts.1"], sums["amounts.12"]) == ("22,480.00", "41,600.00")
    assert (sums["sales.1"], sums["sales"]) == ("269,280.00", "405,360.00")
    assert 'placeholder="88.00"' in page
    assert "counts with the price of part 4" in page


def test_small_things_of_the_path_are_said_once_and_fit(seat, room):
    plan = room.plan()
    post = "organisation.staff"
    assert "Begin with yourself" in text_of(seat.get(q(plan, f"{post}.1.post")))
    for row, name in (("1", "店主"), ("2", "帮厨")):
        room.save(plan, f"{post}.{row}.post", name)
    assert "Begin with yourself" not in text_of(seat.get(q(plan, f"{post}.3.post")))
    paths = [stop.path for stop in stops(plan.workbook, values_of(plan))]
    assert f"{post}.2.owner" in paths
    room.save(plan, f"{post}.1.owner", "yes")
    paths = [stop.path for stop in stops(plan.workbook, values_of(plan))]
    assert (f"{post}.1.owner" in paths, f"{post}.2.owner" in paths) == (True, False), "one owner, asked for once"
    assert "88.50" not in text_of(seat.get(q(plan, "capital.running.rent.amount")))
    first = seat.get(q(plan, "self.check.commitment.own")).content.decode()
    assert first.split("<main", 1)[1].count("All parts") == 1
    room.save(plan, PRICE, "0")
    assert "give it away" in text_of(seat.get(q(plan, PRICE)))
    work = "person.experience.1"
    room.save(plan, f"{work}.from", "2001年")
    answer = put(seat, plan, f"{work}.to", "1999")
    assert (answer.status_code, "ends before it begins" in answer.json()["sentence"]) == (422, True)
    table = seat.post(f"/plan/{plan.pk}/s/person/", {f"{work}.from": "2005", f"{work}.to": "2003", "shown": ""})
    assert (table.status_code, values_of(plan).get(f"{work}.to")) == (422, None)
    assert (
        seat.post(f"/plan/{plan.pk}/s/person/", {f"{work}.from": "2001", f"{work}.to": "2003", "shown": ""}).status_code
        == 303
    )


def test_the_contents_and_the_checks_promise_no_more_than_is_so(seat, room):
    plan = with_shop(room, whole=True)
    room.save(plan, "self.check.commitment.own", "")
    room.save(plan, "self.check.motivation.own", "yes")
    assert progress_of(plan.workbook, values_of(plan))["self"] == "begun", "one statement waits for an answer"
    room.save(plan, "cash.repayment", "0")
    page = text_of(seat.get(f"/plan/{plan.pk}/check/"))
    assert "You pay nothing of the loan back in this year" in page.split("These fit")[0]
    room.save(plan, "marketing.products.3.name", "凉菜")
    seat.post(f"/plan/{plan.pk}/way/", {"way": "full"})
    missing = seat.get(f"/plan/{plan.pk}/hand-in/").content.decode()
    assert f'href="/plan/{plan.pk}/s/marketing/#marketing.products.3.features"' in missing, "by the way that one goes"
    assert seat.get(f"/plan/{plan.pk}/s/marketing/").content.decode().count("to be written") >= 1
    assert seat.get(f"/plan/{plan.pk}/end/").content.decode().count("/s/marketing/#") == 1
