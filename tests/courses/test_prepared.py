"""Queries whose SQL is made once give what the QuerySet gives, and are made once."""

from datetime import timedelta

import pytest
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from courses.exams.models import Attempt, Pause
from courses.people.models import Learner, Organisation
from courses.prepared import Prepared
from tests.courses.exams.building import OPENED, exam_room, exam_scene

build_scene = exam_scene


@pytest.fixture
def room(world):
    return exam_room(world)


def _same(found, expected):
    assert [row.__dict__.keys() for row in found] == [row.__dict__.keys() for row in expected]
    for one, other in zip(found, expected, strict=True):
        fields = [field.attname for field in one._meta.concrete_fields]
        assert {name: getattr(one, name) for name in fields} == {name: getattr(other, name) for name in fields}


def test_objects_are_those_of_the_queryset_with_times_json_and_relations(room, django_assert_num_queries):
    seat = room.start()

    def build(pk):
        return Attempt.objects.select_related("sitting__paper", "terminal__room").filter(pk=pk)

    prepared = Prepared(build, str)
    found, expected = prepared(seat.attempt.pk), list(build(seat.attempt.pk))
    _same(found, expected)
    attempt = found[0]
    assert attempt.started_at == OPENED and attempt.order == seat.attempt.order
    with django_assert_num_queries(0):
        assert attempt.sitting.paper == room.sitting.paper
        assert attempt.terminal.room == room.world.room
    attempt.extra_seconds = 60
    attempt.save(update_fields=["extra_seconds"])
    assert prepared.one(seat.attempt.pk).extra_seconds == 60


def test_a_relation_that_is_empty_is_none(room):
    Pause.objects.create(sitting=room.sitting, since=timezone.now(), reason="停电")
    pause = Prepared(lambda sitting: Pause.objects.select_related("by").filter(sitting=sitting), int).one(
        room.sitting.pk
    )
    assert pause.by is None and pause.until is None


def test_the_order_of_the_query_is_kept(room):
    for minutes in (30, 10, 20):
        since = OPENED + timedelta(minutes=minutes)
        Pause.objects.create(sitting=room.sitting, since=since, until=since + timedelta(minutes=5), reason="停电")
    prepared = Prepared(lambda sitting: Pause.objects.filter(sitting=sitting).order_by("since"), int)
    assert [pause.since.minute for pause in prepared(room.sitting.pk)] == [10, 20, 30]


def test_several_values_go_to_their_places_and_nobody_else_is_found(room):
    wang, other = room.learners["王国强"], room.learners["李德顺"]
    prepared = Prepared(lambda number, pk: Learner.objects.filter(learner_no=number, pk=pk), str, int)
    assert prepared.one(wang.learner_no, wang.pk) == wang
    assert prepared(wang.learner_no, other.pk) == []
    with pytest.raises(Learner.DoesNotExist):
        prepared.one("' OR 1=1 --", wang.pk)
    with pytest.raises(ValueError):
        prepared(wang.learner_no)


def test_the_sql_is_made_once(db, monkeypatch):
    made = []
    as_sql = SQLCompiler.as_sql
    monkeypatch.setattr(
        SQLCompiler, "as_sql", lambda self, *args, **kwargs: made.append(1) or as_sql(self, *args, **kwargs)
    )
    prepared = Prepared(lambda name: Organisation.objects.filter(name=name), str)
    for name in ("江州", "江北", "江南"):
        assert prepared(name) == []
    assert len(made) == 1


def test_a_value_that_the_query_does_not_name_is_refused(db):
    with pytest.raises(ValueError):
        Prepared(lambda name: Organisation.objects.all(), str)("x")
