"""The class that ran to its certificates: the figures that the stories are told with."""

import pytest

from certificates.issuing.actions import audit_register
from certificates.issuing.models import Certificate, PublicRecord
from courses.catalogue.actions import add_course, publish_edition
from courses.catalogue.rules import EditionFacts, PassRule, UnitFacts
from courses.classes.models import Enrolment, TrainingClass
from courses.journal.actions import prove
from courses.results.models import Outcome
from lms.demo.certificates import TYPE, build_issuer
from lms.demo.classes import World
from lms.demo.history import build_finished_class
from lms.demo.learners import build_learners
from lms.demo.places import build_places, build_staff

pytestmark = pytest.mark.django_db
NAMED = ("100001", "100002", "100003", "100005", "100008")


@pytest.fixture
def finished_class():
    places = build_places()
    staff = build_staff(places)
    build_issuer(places)
    course = add_course(provider=places.school, code="WELD-20", by=staff["trainer_wang"])
    edition = publish_edition(
        course=course,
        facts=EditionFacts("焊工入门", "", "", 16, 24, ("能安全地引弧和运条",), PassRule(), TYPE),
        units=[UnitFacts("module", "m1", "防护"), UnitFacts("lesson", "l01", "面罩", "m1", {"body": []})],
        by=staff["reviewer_zhao"],
    )
    learners = build_learners(places, staff["admin_prison"], named=NAMED, generated=19, mistyped={"100005": "赵铁拄"})
    learners[3], learners[4] = learners[4], learners[3]  # the fifth on the roster is the one whose name is wrong
    return build_finished_class(World(places, staff, edition), learners)


def test_the_finished_class_tells_its_story(finished_class):
    enrolments = finished_class.enrolments
    assert finished_class.enrolments.count() == 24
    assert enrolments.filter(state=Enrolment.State.COMPLETED).count() == 22
    assert enrolments.get(end_reason=Enrolment.EndReason.TRANSFERRED).roster_no == 23
    assert enrolments.get(end_reason=Enrolment.EndReason.HOURS_SHORT).roster_no == 24
    assert Outcome.objects.certifiable().count() == 21
    finished_class.refresh_from_db()
    assert finished_class.state == TrainingClass.State.CLOSED

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
    assert prove()[1] == []
