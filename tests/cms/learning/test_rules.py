"""Where to go on, and how far one has come."""

from datetime import datetime, timedelta

import pytest

from cms.learning import rules
from cms.learning.rules import Lesson

NOON = datetime(2025, 9, 30, 12)


def lesson(code, module="A", *, finished=False, minutes=None):
    turned = None if minutes is None else NOON + timedelta(minutes=minutes)
    return Lesson(code, code, module, 1, screen=0 if turned is None else 1, turned_at=turned, finished=finished)


@pytest.mark.parametrize(
    ("lessons", "here"),
    [
        ([], None),
        ([lesson("a"), lesson("b")], "a"),
        ([lesson("a", finished=True), lesson("b")], "b"),
        ([lesson("a"), lesson("b", minutes=1), lesson("c")], "b"),  # begun in the middle: go on there
        ([lesson("a", minutes=5), lesson("b", minutes=1)], "a"),  # the one that was open last
        ([lesson("a", minutes=5, finished=True), lesson("b")], "b"),  # read again after finishing: no place to go on
        ([lesson("a", finished=True), lesson("b", minutes=3, finished=True)], None),
    ],
)
def test_where_a_learner_goes_on(lessons, here):
    found = rules.lesson_to_go_on_with(lessons)
    assert (found.code if found else None) == here


def test_the_way_shows_what_is_done_where_one_is_and_what_comes():
    lessons = [lesson("a", "A", finished=True), lesson("b", "B", finished=True), lesson("c", "B"), lesson("d", "C")]
    found = [(leg.title, leg.done, leg.total, leg.state) for leg in rules.legs(lessons)]
    assert found == [("A", 1, 1, "done"), ("B", 1, 2, "now"), ("C", 0, 1, "")]


@pytest.mark.parametrize(("code", "around"), [("a", ("", "b")), ("b", ("a", "c")), ("c", ("b", ""))])
def test_neighbours(code, around):
    assert rules.neighbours(["a", "b", "c"], code) == around


@pytest.mark.parametrize(("bookmark", "total", "screen"), [(1, 4, 1), (4, 4, 4), (9, 4, 4), (0, 4, 1), (3, 0, 1)])
def test_a_bookmark_stays_within_the_words(bookmark, total, screen):
    assert rules.screen_to_open(bookmark, total) == screen


@pytest.mark.parametrize(
    ("questions", "screen", "words"), [([0, 0, 1], 3, 2), ([0, 1, 1], 3, 1), ([1, 1], 2, 0), ([1], 1, 0)]
)
def test_the_words_to_read_again_are_the_nearest_before(questions, screen, words):
    assert rules.last_words_before([bool(one) for one in questions], screen) == words
