"""The teaching content: every block is one that an author could have saved, every question one that can be marked."""

from collections import defaultdict
from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from wagtail.models import Collection

from cms.blocks.body import LESSON_BODY
from cms.blocks.lessons import steps_of
from cms.media.models import Picture
from courses.questions.rules import PoolQuestion, draw
from courses.questions.types import TYPES
from lms.demo.content import cooking, welding, welding_five, welding_questions
from lms.demo.content.drawings import drawing
from lms.demo.course import _question_data, body_of

LESSONS = [(code, title, blocks) for _m, _t, lessons in welding.MODULES for code, title, blocks in lessons]


def test_three_modules_of_three_lessons():
    assert [len(lessons) for _code, _title, lessons in welding.MODULES] == [3, 3, 3]
    assert len({code for code, _title, _blocks in LESSONS}) == 9


@pytest.mark.django_db
def test_every_lesson_can_be_saved_and_shown(django_user_model):
    """One picture stands for all of them: storing each and its sizes would take a minute."""
    author = django_user_model.objects.create(username="author")
    file = ImageFile(BytesIO(drawing("weld-arc")), name="weld-arc.png")
    root = Collection.get_first_root_node()
    picture = Picture.objects.create(title="weld-arc", file=file, collection=root, uploaded_by_user=author)
    pictures = defaultdict(lambda: picture)
    for course in (welding, welding_five, cooking):
        for code, _title, blocks in (lesson for _m, _t, lessons in course.MODULES for lesson in lessons):
            body = body_of(code, blocks, pictures)
            LESSON_BODY.clean(LESSON_BODY.to_python(body))
            steps = steps_of(body)
            assert len(steps) >= 3
            assert any(step.question for step in steps)


@pytest.mark.parametrize("row", welding_questions.QUESTIONS, ids=lambda row: row[2][:12])
def test_every_question_can_be_marked(row):
    kind, _topic, text, detail, answer, why = row
    body, key = _question_data(kind, detail, answer)
    types = {known.code: known for known in TYPES}
    assert types[kind].validate(body, key) == []
    assert text
    assert why


def test_the_bank_fills_a_paper():
    pool = [PoolQuestion(number, row[1], row[0]) for number, row in enumerate(welding_questions.QUESTIONS)]
    assert len(draw({"count": 20, "points": 5}, pool, "seed")) == 20
