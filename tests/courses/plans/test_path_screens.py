"""What a learner types on a screen of the workbook is stored, or a sentence says why not: by script, by form, in the table."""

import json
import re

import pytest
from django.test import Client

from courses.plans.models import values_of
from tests.courses.english import english
from tests.courses.plans.building import plan_scene
from tests.courses.plans.sitting import sit_down

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
