"""Correcting the day of a completion: a reason, two persons, and the old day stays readable."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from courses.classes.models import Enrolment
from courses.journal.models import JournalEntry
from courses.people.models import Countersign
from courses.results import actions
from tests.courses.building import at
from tests.courses.results.building import taught, taught_scene

build_scene = taught_scene


@pytest.fixture
def completed(world):
    """Somebody who completed the class on 20 September."""
    training_class = actions.close_class(training_class=taught(world), by=None, at=at(20))
    return training_class.enrolments.filter(state=Enrolment.State.COMPLETED).first()


def ask(world, enrolment, **changes):
    facts = {"becomes": at(19, 17), "reason": "登记表上是 19 日", "by": world.examiner_1, "at": at(22), **changes}
    return actions.correct_completion(enrolment=enrolment, **facts)


def test_two_persons_correct_a_day_and_both_days_stay(world, completed):
    wish = ask(world, completed)
    assert ask(world, completed) == wish
    completed.refresh_from_db()
    assert completed.ended_at == at(20), "nothing changes before the second signature"
    with pytest.raises(PermissionDenied):
        actions.decide_completion(correction=wish, by=world.examiner_1, approve=True)
    for _twice in range(2):
        actions.decide_completion(correction=wish, by=world.admin_provider, approve=True, at=at(23))
    completed.refresh_from_db()
    wish.refresh_from_db()
    assert (completed.ended_at, wish.was, wish.approved) == (at(19, 17), at(20), True)
    assert JournalEntry.objects.filter(verb__startswith="results.").filter(verb__contains="completion").count() == 2


def test_a_refused_wish_changes_nothing(world, completed):
    wish = ask(world, completed)
    with pytest.raises(ValidationError):
        actions.decide_completion(correction=wish, by=world.admin_provider, approve=False)
    actions.decide_completion(correction=wish, by=world.admin_provider, approve=False, comment="登记表是 20 日")
    completed.refresh_from_db()
    assert completed.ended_at == at(20)
    assert ask(world, completed) != wish


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"becomes": at(20)}, "becomes"),
        ({"becomes": at(22) + timedelta(hours=1)}, "becomes"),
        ({"becomes": at(30, month=8)}, "becomes"),
    ],
)
def test_what_cannot_be_is_refused(world, completed, changes, field):
    with pytest.raises(ValidationError) as refused:
        ask(world, completed, **changes)
    assert field in refused.value.message_dict


def test_only_who_may_propose_results_asks_and_only_for_a_completion(world, completed):
    with pytest.raises(PermissionDenied):
        ask(world, completed, by=world.officer)
    short = Enrolment.objects.get(training_class=completed.training_class, state=Enrolment.State.INCOMPLETE)
    with pytest.raises(ValidationError):
        ask(world, short)
    wish = ask(world, completed)
    with pytest.raises(ValidationError):
        ask(world, completed, becomes=at(18))
    assert Countersign.objects.get(act=actions.COMPLETION).object_id == str(wish.pk)


def test_it_is_asked_and_signed_on_the_desk(world, completed, desk):
    page = reverse("results_correct_completion", args=[completed.pk])
    assert desk(world.examiner_1).post(page, {"becomes": "2025-09-19T17:00", "reason": ""}).status_code == 200
    assert desk(world.examiner_1).post(page, {"becomes": "2025-09-19T17:00", "reason": "登记表"}).status_code == 302
    request = Countersign.objects.get(act=actions.COMPLETION)
    address = reverse("results_decide", args=[request.pk])
    assert completed.learner.full_name in desk(world.admin_provider).get(address).content.decode()
    assert desk(world.admin_provider).post(address, {"approve": "1", "comment": ""}).status_code == 302
    completed.refresh_from_db()
    assert completed.ended_at == at(19, 17)
    assert desk(world.officer).get(page).status_code == 302
