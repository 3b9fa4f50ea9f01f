"""Writing, revising and retiring questions."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from courses.journal.models import JournalEntry
from courses.people.actions import add_organisation, appoint
from courses.people.models import Organisation, User
from courses.people.permissions import Role
from courses.questions import actions
from courses.questions.models import Bank, Question

pytestmark = pytest.mark.django_db
CHOICES = {"choices": ["把电流调大", "检查手套是不是干的", "脱下手套"]}


@pytest.fixture
def school():
    return add_organisation(name="丽禾职业培训学校(演示)", kind=Organisation.Kind.TRAINING_PROVIDER, by=None)


@pytest.fixture
def author(school):
    user = User.objects.create_user("author_1")
    appoint(user=user, role=Role.AUTHOR, organisation=school, by=None)
    return user


@pytest.fixture
def bank(school, author):
    return actions.add_bank(organisation=school, title="焊工理论题库", by=author)


def write(bank, by, **changes):
    facts = {"type": "single", "text": "在潮湿的地方焊接,先做什么?", "body": CHOICES, "key": {"right": 1}}
    return actions.add(bank=bank, by=by, **(facts | changes))


def test_the_same_title_again_is_the_same_bank(school, author, bank):
    assert actions.add_bank(organisation=school, title=" 焊工理论题库 ", by=author) == bank
    assert Bank.objects.count() == 1


def test_questions_get_codes_in_their_bank(bank, author):
    assert [write(bank, author, text=text).code for text in ("先做什么?", "再做什么?")] == ["Q001", "Q002"]
    assert write(bank, author, code="W-9").code == "W-9"
    with pytest.raises(ValidationError, match=r"编号|code"):
        write(bank, author, code="W-9")


def test_the_same_question_again_is_the_same_question(bank, author):
    first = write(bank, author)
    assert write(bank, author) == first
    assert write(bank, author, key={"right": 2}) != first
    actions.retire(question=first, by=author)
    assert write(bank, author) != first


def test_a_revision_stands_beside_the_old_version(bank, author):
    old = write(bank, author)
    new = actions.revise(question=old, text="在潮湿处焊接,动手前先做什么?", by=author)
    old.refresh_from_db()
    assert (new.version, new.code, new.revises) == (2, old.code, old)
    assert (old.text, old.superseded_at is None) == ("在潮湿的地方焊接,先做什么?", False)
    assert list(bank.questions.current()) == [new]
    assert JournalEntry.objects.latest("id").fields == ["text"]


def test_the_same_content_again_is_no_revision(bank, author):
    question = write(bank, author)
    assert actions.revise(question=question, text=question.text, by=author) == question
    assert Question.objects.count() == 1


def test_an_old_version_cannot_be_revised(bank, author):
    old = write(bank, author)
    actions.revise(question=old, text="新的问法?", by=author)
    with pytest.raises(ValidationError):
        actions.revise(question=old, text="又一个问法?", by=author)


def test_a_retired_question_is_drawn_no_more(bank, author):
    question = write(bank, author)
    actions.retire(question=question, by=author)
    first = actions.retire(question=question, by=author).retired_at
    assert actions.retire(question=question, by=author).retired_at == first
    assert not bank.questions.current().exists()


def test_a_retired_question_is_brought_back_once(bank, author):
    question = write(bank, author)
    actions.retire(question=question, by=author)
    for _press in range(2):
        assert actions.bring_back(question=question, by=author).retired_at is None
    assert list(bank.questions.current()) == [question]
    assert JournalEntry.objects.about(question).filter(verb="questions.bring_back").count() == 1


def test_neither_an_older_version_nor_a_twin_is_brought_back(bank, author):
    old = write(bank, author)
    newest = actions.revise(question=old, text="新的问法?", by=author)
    actions.retire(question=newest, by=author)
    with pytest.raises(ValidationError):
        actions.bring_back(question=old, by=author)
    twin = actions.add(bank=bank, type=newest.type, text=newest.text, body=newest.body, key=newest.key, by=author)
    with pytest.raises(ValidationError, match=twin.code):
        actions.bring_back(question=newest, by=author)
    with pytest.raises(PermissionDenied):
        actions.bring_back(question=newest, by=User.objects.create_user("stranger"))


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "essay"},
        {"text": "   "},
        {"key": {"right": 3}},
        {"key": {}},
        {"body": {"choices": ["一个"]}},
        {"body": {"choices": ["同样", "同样"]}},
        {"type": "numeric", "body": {}, "key": {"value": "三"}},
        {"type": "multiple", "key": {"right": []}},
    ],
)
def test_a_question_that_cannot_be_used_is_refused_and_not_stored(bank, author, changes):
    with pytest.raises(ValidationError):
        write(bank, author, **changes)
    assert not Question.objects.exists()


def test_strangers_may_not_write(bank):
    with pytest.raises(PermissionDenied):
        write(bank, User.objects.create_user("stranger"))


def test_banks_and_questions_of_others_are_not_visible(bank, author):
    write(bank, author)
    stranger = User.objects.create_user("stranger")
    assert list(Bank.objects.visible_to(author)) == [bank]
    assert not Bank.objects.visible_to(stranger).exists()
    assert not Question.objects.visible_to(stranger).exists()
