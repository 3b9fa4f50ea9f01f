"""Every sentence of refusal and of the checks, in both languages, with its values in it: a "%" of a translation breaks no page."""

import re
from decimal import Decimal
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation

from courses.plans.book import BOOKS
from courses.plans.book.shape import NUMBERS
from courses.plans.rules import amounts
from courses.plans.rules.checks import Finding, Level, Line
from courses.plans.texts import SENTENCES, sentence, stored_text
from courses.plans.wording import Audience, said, start_words, verdict, year_sentence
from tests.courses.plans import shop

LANGUAGES = ("en", "zh-hans")
FACTS = {name: Decimal("1483.5") for name in (
    "forecast", "sales", "year", "month", "depreciation", "need", "sources", "gap", "cash_sales", "collected", "receivables",
    "loan", "repaid", "left", "repayment", "right", "difference", "lowest", "extra", "profit", "owner_pay", "pay", "minimum",
    "costs_month", "sales_month",
)}  # fmt: skip
FACTS |= {"months": 3, "lowest_month": 2, "shares": Decimal(90)}
LINES = (
    Line(1, "烤鱼100%", "1", Decimal(5), Decimal(8), Decimal(2)),
    Line(2, "", "2", Decimal(5), Decimal(8), Decimal(6)),
)
TYPED = ("", "abc", "88,5", "-5", "1.5", "150", "999999999999", "12345678", "0", "60%", "１５０％")


@pytest.fixture(params=LANGUAGES, autouse=True)
def language(request):
    with translation.override(request.param):
        yield request.param


def whole(text: str) -> bool:
    """A sentence as one reads it: words in it, no place left open."""
    return bool(text.strip()) and "%(" not in text


def test_each_code_of_refusal_has_its_sentence():
    for code in SENTENCES:
        assert whole(sentence(amounts.Refused(code, highest=Decimal("999999999.99"), lowest=1, example=3))), code
        without = amounts.Refused(code)
        if "%(" not in str(SENTENCES[code]):
            assert whole(sentence(without)), code


def test_whatever_is_typed_into_a_number_field_is_stored_or_refused_in_a_sentence():
    kinds = {(place.field.kind, place.path.split(".")[0]): place for book in BOOKS.values() for place in book.places()}
    fields = [place for place in kinds.values() if place.field.kind in NUMBERS]
    assert {place.field.kind for place in fields} == set(NUMBERS)
    for place in fields:
        for typed in TYPED:
            try:
                assert "%(" not in stored_text(place, typed)
            except Exception as refusal:
                assert type(refusal).__name__ == "ValidationError", (place.path, typed)
                assert whole(refusal.messages[0]), (place.path, typed)


@pytest.mark.parametrize("level", list(Level))
def test_each_check_is_said_to_learner_and_staff(level):
    for number in range(1, 15):
        code = f"C{number}"
        for facts in (
            FACTS,
            {**FACTS, "months": 0, "profit": Decimal(-1), "minimum": Decimal(0), "loan": Decimal(0), "shares": 0},
        ):
            for lines in ((), LINES, tuple(Line(month, "x", "1") for month in range(1, 13))):
                if code in ("C9", "C10", "C14") and level is not Level.OK and not lines:
                    continue
                for audience in Audience:
                    found = said(Finding(code, level, facts, lines), audience)
                    assert all(whole(text) for text in (found.title, found.text, found.word, *found.lines)), code
        without = {name: fact for name, fact in FACTS.items() if name != "pay"}
        assert whole(said(Finding(code, Level.OK, without), Audience.STAFF).text)


def test_the_year_and_the_cash_are_said():
    for changed in ({}, {"marketing__products__1__selling_price": "1.00"}, {"cash__own_money": "900000.00"}):
        book = shop.plan(shop.LOAN_THAT_RUNS_DRY, **changed)
        said_in = verdict(book)
        assert all(map(whole, (said_in.title, said_in.text, year_sentence(book))))
        assert whole(start_words(book)) is not book.finding("C9").ok


def test_a_translation_has_the_places_of_its_sentence_and_no_others():
    """What is filled in by name is the same in both languages, and nothing else looks like a place to fill in."""
    for package in ("courses", "lms", "cms", "certificates"):
        catalogue = Path(settings.BASE_DIR) / package / "locale/zh_Hans/LC_MESSAGES/django.po"
        for entry in polib.pofile(str(catalogue)):
            for text in (entry.msgstr, *entry.msgstr_plural.values()):
                if not text or "%(" not in entry.msgid:
                    continue
                assert set(re.findall(r"%\((\w+)\)", text)) <= set(
                    re.findall(r"%\((\w+)\)", entry.msgid + entry.msgid_plural)
                ), text
                assert not re.search(r"%(?!\(\w+\)[sd])", text.replace("%%", "")), text


LIMITED = (
    ("assets.tools.1.life", ("1", "50"), ("0", "51", "88")),
    ("assets.premises.1.life", ("0", "50"), ("51",)),  # land
    ("marketing.credit_lag", ("0", "12"), ("13", "88", "99999999")),
    ("cash.purchase_credit_lag", ("0", "12"), ("13",)),
    ("macro.questions.1.rank", ("1", "20"), ("0", "21")),
    ("micro.ratings.1.market", ("1", "5"), ("0", "6")),
)


def test_numbers_that_nobody_means_are_refused_with_their_limits(language):
    for path, taken, refused in LIMITED:
        place = BOOKS["gyb" if path.startswith(("macro", "micro")) else "syb"].place(path)
        for typed in taken:
            assert stored_text(place, typed) == typed
        for typed in refused:
            with pytest.raises(ValidationError) as refusal:
                stored_text(place, typed)
            assert all(str(limit) in refusal.value.messages[0] for limit in place.field.limits), (path, typed)


def test_a_whole_number_is_asked_for_with_a_whole_number(language):
    for path in ("forecast.quantity.1.m1", "cash.repaid_from", "organisation.staff.1.count", "marketing.credit_lag"):
        for typed in ("abc", "88,5"):
            with pytest.raises(ValidationError) as refusal:
                stored_text(BOOKS["syb"].place(path), typed)
            assert "88.50" not in refusal.value.messages[0]


def test_each_table_of_things_asks_for_its_own_things_and_small_numbers_for_small_ones():
    places = {place.path: place.field for place in BOOKS["syb"].places()}
    asked = {str(places[f"assets.{table}.1.name"].question) for table in ("tools", "vehicles", "furniture", "premises")}
    assert len(asked) == 4
    for path in (
        "marketing.credit_lag",
        "cash.purchase_credit_lag",
        "organisation.staff.1.count",
        "assets.premises.1.quantity",
    ):
        assert "12." not in str(places[path].hint).replace("12 at most.", "")
