"""The demo world: the figures that the stories are told with, made by the real verbs alone."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from certificates.issuing.actions import audit_register
from certificates.issuing.models import Certificate, PublicRecord
from courses.attendance.models import AttendanceRecord
from courses.classes.models import Enrolment, TrainingClass
from courses.exams.models import ExamEntry, Sitting
from courses.journal.actions import prove
from courses.people.actions import add_organisation
from courses.people.models import Post
from courses.people.permissions import Role
from courses.results.models import Outcome
from courses.terminals.models import LoginCard, Terminal
from lms.demo import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    said = []
    build.build(said.append)
    assert len(said) == build.STEPS
    return TrainingClass.objects


def test_the_demo_world_tells_its_story(world):
    finished = world.get(class_no="2025-WELD-01")
    enrolments = finished.enrolments
    assert finished.state == TrainingClass.State.CLOSED
    assert enrolments.count() == 24
    assert enrolments.filter(state=Enrolment.State.COMPLETED).count() == 22
    assert enrolments.get(end_reason=Enrolment.EndReason.TRANSFERRED).roster_no == 23
    assert enrolments.get(end_reason=Enrolment.EndReason.HOURS_SHORT).roster_no == 24
    assert Outcome.objects.certifiable().count() == 21

    states = dict(Certificate.objects.values_list("register_number", "state"))
    numbers = [f"2025-990103-2-{number:06d}" for number in range(1, 24)]
    assert sorted(states) == numbers, "gap-free"
    assert {number: state for number, state in states.items() if state != Certificate.State.ISSUED} == {
        numbers[4]: Certificate.State.SUPERSEDED,
        numbers[22]: Certificate.State.REVOKED,
    }
    assert Certificate.objects.get(register_number=numbers[21]).supersedes.register_number == numbers[4]
    assert PublicRecord.objects.count() == 23
    assert audit_register() == (23, [])

    running = world.running().get()
    today = running.sessions.on(timezone.localdate()).get()
    assert not AttendanceRecord.objects.filter(session=today).exists(), "today's register is open"
    assert ExamEntry.objects.eligible().filter(enrolment__training_class=running).count() == 8
    assert Sitting.objects.open().get().paper.items.count() == 20

    assert set(Post.objects.values_list("role", flat=True)) == set(Role.values), "an account for every role"
    assert Terminal.objects.in_use().count() == 3
    assert LoginCard.objects.live().count() == 40
    assert [example.what for example in build.examples()] == ["有效", "已换发", "已撤销"]
    assert len(build.terminal_codes()) == 3
    assert prove()[1] == []

    assert build.is_built()
    assert build.refresh() is False, "the same day again adds nothing"
    assert build.refresh(now=timezone.now() + timezone.timedelta(days=1)) is True


def test_a_real_site_is_never_built_over():
    assert not build.is_built()
    add_organisation(name="真实学校", kind="training_provider", by=None)
    with pytest.raises(ImproperlyConfigured):
        build.is_built()
