"""Check-yourself questions as values: what a form sends is read safely, and the answer is shown beside the choice."""

import pytest
from django.core.exceptions import ValidationError

from cms.blocks.questions import QuestionBlock
from cms.blocks.rules import Choice, Question


def question(right):
    choices = tuple(Choice(key, f"选项{key}", key in right) for key in "ABC")
    return Question("q1", "先做哪一件？", choices, "面罩先落下。")


@pytest.mark.parametrize(("right", "sent", "is_right"), [
    ("A", ["A"], True),
    ("A", ["B"], False),
    ("A", [], False),
    ("A", ["A", "B"], True),  # circles send one; of a forged second only the first counts
    ("AC", ["A", "C"], True),
    ("AC", ["C", "A"], True),
    ("AC", ["A"], False),
    ("AC", ["A", "B", "C"], False),
    ("A", ["A", "Z"], True),
    ("A", ["Z"], False),
])  # fmt: skip
def test_an_answer_is_right_when_it_is_all_right_choices_and_no_other(right, sent, is_right):
    assert question(right).is_right(sent) is is_right


def test_before_answering_nothing_is_given_away():
    shown = question("A").shown()
    assert {(choice.state, choice.checked) for choice in shown} == {("", False)}


def test_after_answering_the_right_way_stands_beside_what_was_chosen():
    assert [choice.state for choice in question("A").shown(["B"])] == ["right", "mine", "off"]
    assert [choice.checked for choice in question("A").shown(["B"])] == [False, True, False]
    assert [choice.state for choice in question("AC").shown(["A"])] == ["right", "off", "right"]


def value(block, rights):
    return block.to_python(
        {
            "question": "引弧以前？",
            "choices": [{"text": f"选项{i}", "is_right": right} for i, right in enumerate(rights)],
            "explanation": "因为。",
        }
    )


@pytest.mark.parametrize(("rights", "accepted"), [
    ([True, False], True),
    ([True, False, True, False, False], True),
    ([False, False], False),
    ([True, True], False),
    ([True], False),
    ([True, False, False, False, False, False], False),
])  # fmt: skip
def test_a_question_has_two_to_five_choices_some_right_and_some_not(rights, accepted):
    block = QuestionBlock()
    if accepted:
        block.clean(value(block, rights))
    else:
        with pytest.raises(ValidationError):
            block.clean(value(block, rights))


def test_an_unfinished_question_may_be_saved_as_a_draft():
    block = QuestionBlock()
    block.clean_deferred(value(block, [False, False]))
