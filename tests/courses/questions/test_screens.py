"""The screens of banks and questions: who may open what, what a form stores, and that each type has a form."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from courses.exams import actions as exams
from courses.journal.models import JournalEntry
from courses.people import actions as people
from courses.people.models import Organisation
from courses.people.permissions import Role
from courses.questions import actions
from courses.questions.models import Bank, Question
from courses.questions.types import TYPES, by_code
from tests.courses.building import running, staff

pytestmark = pytest.mark.django_db
ROLES = {role: role in {Role.PROVIDER_ADMIN, Role.TRAINER, Role.AUTHOR} for role in Role}
CHOICES = {"choices": ["开大电流", "戴干手套", "脱手套"]}
# A stored question of each type, and what stands in the fields of its form.
SAMPLES = {
    "single": (CHOICES, {"right": 1}),
    "multiple": ({"choices": ["面罩", "手套", "凉鞋"]}, {"right": [0, 1], "partial": True}),
    "true_false": ({}, {"right": False}),
    "numeric": ({"unit": "mm"}, {"value": "3.2", "tolerance": "0.1"}),
}
each_type = pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.code)


def write(bank, by=None, kind="single", **changes):
    body, key = SAMPLES[kind]
    facts = {"type": kind, "text": "在潮湿的地方焊接，先做什么？", "body": body, "key": key}
    return actions.add(bank=bank, by=by, **(facts | changes))


def fields(kind, body=None, key=None, **changes):
    """What a browser posts for a question."""
    stored = SAMPLES[kind.code]
    own = kind.form_class.initial_of(body or stored[0], key or stored[1])
    return {"text": "先做什么？", **{name: value for name, value in own.items() if value is not False}, **changes}


@pytest.fixture
def author(world):
    return staff("author_sun", Role.AUTHOR, world.school, "孙老师")


@pytest.fixture
def bank(world):
    return actions.add_bank(
        organisation=world.school, title="焊工理论题库", course=world.edition.course, by=world.trainer
    )


@pytest.fixture
def stranger(db):
    """An author of another school."""
    other = people.add_organisation(name="江北技工学校(演示)", kind=Organisation.Kind.TRAINING_PROVIDER, by=None)
    return staff("author_other", Role.AUTHOR, other)


def addresses(bank, question):
    return [
        reverse("questions_bank", args=[bank.pk]),
        reverse("banks:edit", args=[bank.pk]),
        reverse("questions_choose_type", args=[bank.pk]),
        reverse("questions_write", args=[bank.pk, "single"]),
        reverse("questions_question", args=[question.pk]),
        reverse("questions_revise", args=[question.pk]),
    ]


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_what_it_may(world, desk, bank, role):
    user, question = staff("somebody", role, world.school), write(bank)
    client = desk(user)
    for address in addresses(bank, question):
        answer = client.get(address)
        assert answer.status_code == (200 if ROLES[role] else 404), address
        assert "no-store" in answer["Cache-Control"], address
    for address in (reverse("banks:index"), reverse("banks:add")):
        assert client.get(address).status_code == (200 if ROLES[role] else 302), address
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert (reverse("banks:index") in home) == ROLES[role]


def test_foreign_banks_and_questions_are_not_there(desk, bank, stranger):
    question = write(bank)
    client = desk(stranger)
    before = JournalEntry.objects.count()
    for address in addresses(bank, question):
        assert client.get(address).status_code == 404, address
        assert client.post(address, fields(by_code("single"))).status_code == 404, address
    assert client.post(reverse("questions_retire", args=[question.pk])).status_code == 404
    assert bank.title not in client.get(reverse("banks:index")).content.decode()
    assert JournalEntry.objects.count() == before


def test_reading_writes_nothing(desk, author, bank):
    question = write(bank)
    client = desk(author)
    before = JournalEntry.objects.count()
    for address in addresses(bank, question):
        client.get(address)
    assert client.get(reverse("questions_retire", args=[question.pk])).status_code == 405
    question.refresh_from_db()
    assert question.retired_at is None
    assert (Question.objects.count(), JournalEntry.objects.count()) == (1, before)


def test_a_bank_is_opened_and_renamed(world, desk, author):
    facts = {"organisation": world.school.pk, "title": "厨师理论", "course": world.edition.course.pk}
    answer = desk(author).post(reverse("banks:add"), facts)
    bank = Bank.objects.get()
    assert answer.url == reverse("questions_bank", args=[bank.pk])
    again = desk(author).post(reverse("banks:add"), facts)
    assert "title" in again.context["form"].errors and Bank.objects.count() == 1
    desk(author).post(reverse("banks:edit", args=[bank.pk]), {"title": "厨师理论题库", "course": ""})
    bank.refresh_from_db()
    assert (bank.title, bank.course) == ("厨师理论题库", None)


def test_a_bank_stands_only_where_one_may_write(world, desk, author, stranger):
    page = desk(author).get(reverse("banks:add"))
    assert list(page.context["form"].fields["organisation"].queryset) == [world.school]
    facts = {"organisation": world.school.pk, "title": "外人的题库", "course": ""}
    assert "organisation" in desk(stranger).post(reverse("banks:add"), facts).context["form"].errors
    assert not Bank.objects.exists()


def test_each_type_has_a_sample_here():
    assert set(SAMPLES) == {kind.code for kind in TYPES}


@each_type
def test_each_type_has_a_form_that_gives_back_what_is_stored(kind):
    """The contract of `form_class`: what `initial_of` puts into the fields comes out as the same body and key."""
    body, key = SAMPLES[kind.code]
    form = kind.form_class(fields(kind))
    assert form.is_valid(), form.errors
    assert (form.body(), form.key()) == (body, key)
    assert kind.validate(form.body(), form.key()) == []
    assert kind.mark(kind.right(key), body, key) == 1
    with override("en"):
        assert kind.label and kind.hint and kind.icon


@each_type
def test_a_question_is_written_and_seen_by_clicks(desk, author, bank, kind):
    url = reverse("questions_write", args=[bank.pk, kind.code])
    assert url in desk(author).get(reverse("questions_choose_type", args=[bank.pk])).content.decode()
    answer = desk(author).post(url, fields(kind, topic="防护", explanation="湿手导电。"))
    question = Question.objects.get()
    assert (question.type, question.body, question.key) == (kind.code, *SAMPLES[kind.code])
    assert (question.code, question.topic, question.written_by) == ("Q001", "防护", author)
    page = desk(author).get(answer.url)
    assert kind.key_in_words(question.body, question.key) in page.content.decode()
    marked = [choice.letter for choice in page.context["preview"].choices if choice.state == "right"]
    assert marked == (kind.posted(kind.right(question.key), range(3)) if page.context["preview"].choices else [])


@each_type
def test_a_question_is_revised_and_the_old_version_stays(desk, author, bank, kind):
    old = write(bank, kind=kind.code)
    url = reverse("questions_revise", args=[old.pk])
    page = desk(author).get(url)
    same = desk(author).post(url, fields(kind, text=old.text))
    assert (same.url, Question.objects.count()) == (reverse("questions_question", args=[old.pk]), 1)
    assert page.context["form"].initial["text"] == old.text
    desk(author).post(url, fields(kind, text="动手以前先做什么？"))
    new = bank.questions.current().get()
    old.refresh_from_db()
    assert (new.version, new.text, new.body, new.key) == (2, "动手以前先做什么？", old.body, old.key)
    shown = desk(author).get(reverse("questions_question", args=[old.pk]))
    assert [one.pk for one in shown.context["versions"]] == [new.pk, old.pk]
    assert shown.context["newest"] == new
    assert url not in shown.content.decode()
    assert desk(author).get(url).status_code == 302
    late = desk(author).post(url, fields(kind, text="又一个问法？"))
    assert late.context["form"].non_field_errors() and Question.objects.count() == 2


WRONG = [
    ("single", {"text": "  "}, "text"),
    ("single", {"right": ""}, "right"),
    ("single", {"right": "3"}, "right"),
    ("single", {"right": "7"}, "right"),
    ("single", {"choice_0": "", "choice_2": "", "right": "1"}, "choice_0"),
    ("single", {"choice_2": "戴干手套"}, "choice_2"),
    ("single", {"choice_0": "长" * 201}, "choice_0"),
    ("single", {"topic": "长" * 61}, "topic"),
    ("multiple", {"right": []}, "right"),
    ("multiple", {"right": ["0", "3"]}, "right"),
    ("multiple", {"right": ["x"]}, "right"),
    ("true_false", {"right": ""}, "right"),
    ("true_false", {"right": "maybe"}, "right"),
    ("numeric", {"value": ""}, "value"),
    ("numeric", {"value": "三"}, "value"),
    ("numeric", {"tolerance": "-1"}, "tolerance"),
    ("numeric", {"tolerance": "little"}, "tolerance"),
    ("numeric", {"unit": "长" * 21}, "unit"),
]


@pytest.mark.parametrize(("code", "changes", "field"), WRONG)
def test_wrong_input_gets_a_sentence_at_its_field_and_stores_nothing(desk, author, bank, code, changes, field):
    url = reverse("questions_write", args=[bank.pk, code])
    answer = desk(author).post(url, fields(by_code(code), **changes))
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert f'href="#id_{field}' in answer.content.decode()
    assert not Question.objects.exists()


def test_each_type_is_tried_with_wrong_input():
    assert {code for code, _changes, _field in WRONG} == {kind.code for kind in TYPES}


def test_a_code_that_is_taken_is_refused_at_its_field(desk, author, bank):
    write(bank, code="W-9")
    url = reverse("questions_write", args=[bank.pk, "single"])
    answer = desk(author).post(url, fields(by_code("single"), code="W-9"))
    assert list(answer.context["form"].errors) == ["code"]
    assert Question.objects.count() == 1


def test_more_rows_keep_what_is_typed_and_store_nothing(desk, author, bank):
    url = reverse("questions_write", args=[bank.pk, "multiple"])
    typed = fields(by_code("multiple"), more="1", right=["0", "1"])
    page = desk(author).post(url, typed)
    form = page.context["form"]
    assert not form.errors and not Question.objects.exists()
    assert [line["field"].value() for line in form.lines()] == ["面罩", "手套", "凉鞋", None, None, None]
    assert form["right"].value() == ["0", "1"]
    page = desk(author).post(url, typed | {"rows": "6"})
    assert len(page.context["form"].lines()) == 8 and not page.context["form"].has_room
    assert len(desk(author).post(url, typed | {"rows": "9" * 5000}).context["form"].lines()) == 6


def test_empty_rows_are_left_out_and_the_mark_goes_along(desk, author, bank):
    values = {"rows": "6", "choice_1": "开大电流", "choice_3": "戴干手套", "choice_5": "脱手套", "right": "3"}
    desk(author).post(reverse("questions_write", args=[bank.pk, "single"]), {"text": "先做什么？", **values})
    question = Question.objects.get()
    assert (question.body, question.key) == (CHOICES, {"right": 1})


def test_an_unknown_type_is_not_there(desk, author, bank):
    assert desk(author).get(reverse("questions_write", args=[bank.pk, "essay"])).status_code == 404


def test_a_question_is_taken_out_of_use(desk, author, bank):
    question = write(bank)
    desk(author).post(reverse("questions_retire", args=[question.pk]))
    assert not bank.questions.current().exists()
    listed = reverse("questions_bank", args=[bank.pk])
    assert desk(author).get(listed).context["rows"] == []
    rows = desk(author).get(listed, {"retired": "1"}).context["rows"]
    assert [row["question"] for row in rows] == [question]
    page = desk(author).get(reverse("questions_question", args=[question.pk]))
    assert [turn["by"] for turn in page.context["turns"]] == [author] and "孙老师" in page.content.decode()
    assert reverse("questions_retire", args=[question.pk]) not in page.content.decode()


def test_a_retired_question_is_brought_back(desk, author, bank):
    question = write(bank)
    desk(author).post(reverse("questions_retire", args=[question.pk]))
    page = desk(author).get(reverse("questions_question", args=[question.pk]))
    assert reverse("questions_bring_back", args=[question.pk]) in page.content.decode()
    answer = desk(author).post(reverse("questions_bring_back", args=[question.pk]), follow=True)
    assert "Q001" in "".join(str(one) for one in answer.context["messages"])
    assert list(bank.questions.current()) == [question]
    assert [turn["by"] for turn in answer.context["turns"]] == [author, author]
    assert reverse("questions_bring_back", args=[question.pk]) not in answer.content.decode()


def test_the_list_is_narrowed(desk, author, bank):
    first = write(bank, topic="防护")
    second = write(bank, kind="numeric", topic="平焊", text="焊 60 厘米要几根焊条？")
    old = write(bank, topic="平焊", text="收弧时怎样不留坑？")
    third = actions.revise(question=old, text="收弧怎样不留坑？", by=author)
    url = reverse("questions_bank", args=[bank.pk])

    def found(**narrowed):
        return [row["question"] for row in desk(author).get(url, narrowed).context["rows"]]

    assert found() == [first, second, third]
    assert found(topic="平焊") == [second, third]
    assert found(type="numeric") == [second]
    assert found(q="焊条") == [second]
    assert found(q="q003") == [third]
    assert found(q="焊条", type="single") == []
    assert found(type="essay", topic="无") == [first, second, third]


def test_the_bank_tells_which_exams_draw_from_it(world, desk, author, bank):
    write(bank)
    training_class = running(world, ["王国强"])
    exams.create_exam(
        training_class=training_class, component="theory", mode="screen", by=world.admin_prison, bank=bank,
        blueprint={"count": 1, "points": 100},
    )  # fmt: skip
    url = reverse("questions_bank", args=[bank.pk])
    page = desk(world.admin_provider).get(url).content.decode()
    assert training_class.class_no in page
    page = desk(author).get(url).content.decode()
    assert training_class.class_no not in page, "an author sees no classes"


def test_lists_ask_the_same_number_of_queries(desk, author, bank):
    question = write(bank, topic="防护")
    pages = [
        reverse("banks:index"),
        reverse("questions_bank", args=[bank.pk]),
        reverse("questions_question", args=[question.pk]),
    ]
    client = desk(author)
    counts = []
    for _round in range(2):
        for address in pages:
            client.get(address)
        found = []
        for address in pages:
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            found.append(len(queries))
        counts.append(found)
        for number in range(30):
            write(bank, by=author, topic=f"课题{number % 3}")
            actions.add_bank(organisation=bank.organisation, title=f"题库{number}", by=author, course=bank.course)
            question = actions.revise(question=question, text=f"问法 {number}？", by=author)
    assert counts[0] == counts[1]


def test_banks_are_found_by_their_title(desk, author, bank):
    actions.add_bank(organisation=bank.organisation, title="厨师理论", by=author)
    write(bank)
    page = desk(author).get(reverse("banks:index"), {"q": "焊工"}).content.decode()
    assert "焊工理论题库" in page and "厨师理论" not in page
