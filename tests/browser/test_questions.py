"""Questions are written at the desk: by keyboard, with and without scripts, and look right at every size."""

import pytest
from django.urls import reverse

from courses.questions import actions
from courses.questions.models import Question
from tests.courses.building import make_world

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
# Wagtail's own frame: its skip link and its side panels.
FRAME = ("region", "landmark-unique", "color-contrast")
TEXT = "有人触电，手还握着焊钳，第一步做什么？"
CHOICES = ["拉开他的手", "断开电源", "给他做人工呼吸"]


@pytest.fixture
def world(transactional_db):
    return make_world()


@pytest.fixture
def bank(world):
    return actions.add_bank(
        organisation=world.school, title="焊工入门 理论题库", course=world.edition.course, by=world.trainer
    )


def samples(bank, by):
    """One of each type; the first has three versions, the last is out of use."""
    write = [
        ("single", "防护", TEXT, {"choices": [*CHOICES, "去找医生"]}, {"right": 1}),
        ("multiple", "防护", "开机以前要检查哪些？", {"choices": ["手套是干的", "外壳接了地线", "电缆没有破皮", "焊条越长越好"]},
         {"right": [0, 1, 2], "partial": True}),
        ("true_false", "平焊", "渣还红着就敲，敲得更干净。", {}, {"right": False}),
        ("numeric", "平焊", "直径 2.5 毫米的焊条，按“直径乘四十”算，电流是多少？", {"unit": "安培"},
         {"value": "100", "tolerance": "5"}),
        ("true_false", "", "焊机空着不焊的时候，焊钳上没有电。", {}, {"right": False}),
    ]  # fmt: skip
    found = [
        actions.add(bank=bank, type=kind, topic=topic, text=text, body=body, key=key, by=by, explanation="电没断，救人的人也会触电。")
        for kind, topic, text, body, key in write
    ]  # fmt: skip
    for text in ("有人触电，先做什么？", "有人触电，手还握着焊钳，先做什么？"):
        found[0] = actions.revise(question=found[0], text=text, by=by)
    actions.retire(question=found[-1], by=by)
    return found


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_a_single_choice_question_by_keyboard(world, bank, open_page, sign_in_staff, axe, fits, screenshot, scripts):
    page = sign_in_staff(open_page("desk", scripts=scripts), world.trainer)
    page.goto(reverse("questions_bank", args=[bank.pk]))
    page.get_by_role("link", name="出题").press("Enter")
    page.get_by_role("link", name="单选题").press("Enter")
    page.locator("[name=text]").focus()
    page.keyboard.type(TEXT)
    for text in CHOICES:
        page.keyboard.press("Tab")
        page.keyboard.type(text)
    for key in ("Tab", "Tab", "Space", "ArrowDown"):  # past the empty fourth row to the marks, there to the second
        page.keyboard.press(key)
    screenshot(page, f"question-typed-{'scripts' if scripts else 'plain'}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/questions/*/")
    question = Question.objects.get()
    assert (question.text, question.body, question.key) == (TEXT, {"choices": CHOICES}, {"right": 1})
    right = page.locator(".q-choice__box--right")
    assert right.count() == 1 and "断开电源" in right.inner_text()
    assert page.locator(".q-seen .q-choice").count() == 3
    if scripts:
        axe(page, only=".q-staff", without=FRAME)
    fits(page)


def test_mistakes_and_the_question_before_retiring(
    world, bank, open_page, sign_in_staff, axe, fits, at_every_size, screenshot
):
    question = samples(bank, world.trainer)[0]
    page = sign_in_staff(open_page("desk"), world.trainer)
    page.goto(reverse("questions_write", args=[bank.pk, "single"]))
    page.locator("[name=choice_0]").fill("同样")
    page.locator("[name=choice_1]").fill("同样")
    page.locator("[name=more]").click()
    page.locator("[name=choice_4]:focus").wait_for()  # the cursor stands in the first new row
    page.locator("[name=choice_1]").press("Enter")
    page.locator(".q-errors").wait_for()
    axe(page, only=".q-staff", without=FRAME)
    for size in at_every_size(page):
        screenshot(page, f"questions-mistakes-{size}")
        fits(page)
    page.goto(reverse("questions_question", args=[question.pk]))
    page.locator(".q-ask > summary").click()
    axe(page, only=".q-staff", without=FRAME)
    for size in at_every_size(page):
        screenshot(page, f"questions-retire-{size}", full=False)
        fits(page)
    page.locator(".q-ask__body button").click()
    page.locator(".q-banner").wait_for()
    question.refresh_from_db()
    assert question.retired_at
