"""The first page of whoever runs exams or marks them."""

import pytest
from django.utils import timezone

from courses.exams import actions as exams
from courses.exams.models import Exam, waiting_for_scores
from tests.courses.exams.building import exam_room, exam_scene
from tests.courses.results.building import marks

pytestmark = pytest.mark.django_db


def build_scene():
    return exam_scene(timezone.now())


def home_of(client, user):
    client.force_login(user)
    return client.get("/admin/").content.decode()


def test_an_invigilator_finds_the_sitting_on_the_first_page(client, world):
    room = exam_room(world, opened=False)
    page = home_of(client, room.invigilator)
    assert f"/admin/exams/sittings/{room.sitting.pk}/" in page
    assert room.exam.title in page
    exams.open_sitting(sitting=room.sitting, by=room.invigilator)
    assert "q-chip--good" in home_of(client, room.invigilator)
    for stranger in (world.officer, world.examiner_1):
        assert "/admin/exams/sittings/" not in home_of(client, stranger)


def test_an_examiner_finds_the_scores_that_are_missing(client, world):
    training_class = world.exam_room.exam.training_class
    paper = exams.create_exam(
        training_class=training_class, component="practice", mode="workshop", by=world.admin_provider
    )
    page = home_of(client, world.examiner_1)
    assert f"/admin/practicals/{paper.pk}/" in page
    assert "2025-WELD-T" in page and "还有 4 名学员没有成绩" in page
    assert f"/admin/practicals/{paper.pk}/" not in home_of(client, world.officer)


def test_an_exam_with_all_its_scores_waits_no_longer(world):
    exam = exams.create_exam(
        training_class=world.exam_room.exam.training_class,
        component="practice",
        mode="workshop",
        by=world.admin_provider,
    )
    assert [(one.pk, one.missing) for one in waiting_for_scores(Exam.objects.filter(pk=exam.pk))] == [(exam.pk, 4)]
    theory = world.exam_room.exam
    theory.mode = "paper"
    theory.save()
    marks(world, theory, 王国强=85, 李德顺=60, 陈小龙=59, 张志远=92)
    assert not waiting_for_scores(Exam.objects.filter(pk=theory.pk)).exists()
