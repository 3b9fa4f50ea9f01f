"""A plan is its learner's work: who reads it, and where its words never go (PRV-3)."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core import serializers
from guardian.models import UserObjectPermission
from wagtail.search import index

from courses.classes import actions as classes
from courses.classes.models import TrainingClass
from courses.journal.models import JournalEntry
from courses.people.permissions import READ_PLANS, REVIEW_PLANS, ROLE_PERMISSIONS, Role
from courses.plans import actions as plans
from courses.plans.models import Comment, Plan, Review, Section, may_begin, values_of
from courses.plans.permissions import may_read, may_review
from tests.courses.building import at, staff
from tests.courses.english import english
from tests.courses.plans.building import fresh, plan_scene

pytestmark = pytest.mark.django_db
build_scene = plan_scene
__all__ = ["english"]  # an autouse fixture
SECRET = "只有我自己知道的打算"


def test_prv_3_only_trainers_of_the_class_and_experts_read_plans(room):
    plan, world = fresh(room.plan()), room.world
    classes.assign(training_class=room.training_class, user=world.officer, role="invigilator", by=world.admin_prison)
    readers = {room.trainer, room.expert}
    others = {
        world.other_trainer, world.officer, world.admin_city, world.admin_prison, world.admin_provider,
        staff("auditor", Role.AUDITOR, world.city), staff("examiner", Role.EXAMINER, world.school),
        staff("expert_2", Role.EXPERT, world.school),
    }  # fmt: skip
    foreign = TrainingClass.objects.exclude(pk=room.training_class.pk)
    assert not foreign.exists()
    for user in readers | others:
        reads = user in readers or user.username == "expert_2"
        assert may_read(user, plan) == reads, user
        assert Plan.objects.readable_by(user).exists() == reads, "both forms of the right agree"
        assert may_review(user, plan) == Plan.objects.reviewable_by(user).exists()
    assert {role for role in Role.values if {READ_PLANS, REVIEW_PLANS} & ROLE_PERMISSIONS[role]} == {Role.EXPERT}


def test_prv_3_words_of_one_learner_reach_no_other_learner_and_no_journal(room):
    plan = room.written()
    room.save(plan, "overview.reasons", SECRET)
    plans.comment(plan=plan, path="overview.reasons", text=f"{SECRET}: 好", by=room.trainer)
    room.review(plans.hand_in(plan=plan, by=room.learners["孙丽娟"], at=at(8)), "40")
    plans.settle_comment(comment=Comment.objects.first(), by=room.learners["孙丽娟"])
    journal = serializers.serialize("json", JournalEntry.objects.all())
    assert "plans.hand_in" in journal
    assert SECRET not in journal
    assert SECRET not in str(plan)

    other = room.learners["李德顺"]
    own = room.plan("李德顺")
    assert list(Plan.objects.of(other)) == [own]
    assert list(Plan.objects.in_class(room.training_class)) == [plan, own]
    assert values_of(plan) and not values_of(own)
    assert [may_begin(one).count() for one in room.learners.values()] == [0, 0, 1]
    seen = [values_of(own), own.values, list(own.comments.all()), list(own.hand_ins.all()), str(own)]
    assert SECRET not in str(seen)
    with pytest.raises(Plan.DoesNotExist):
        plans.save_field(plan=plan.pk, path="overview.reasons", value="x", by=other)


def test_prv_3_who_taught_before_there_were_plans_reads_those_of_the_own_class(room):
    plan = fresh(room.plan())
    UserObjectPermission.objects.filter(permission__codename=READ_PLANS, user=room.trainer).delete()
    assert not may_read(room.trainer, plan)
    for _twice in range(2):
        import_module("courses.classes.migrations.0002_add_experts").let_trainers_read_plans(apps, None)
    assert may_read(room.trainer, plan)
    assert not may_read(room.world.other_trainer, plan)


def test_prv_3_no_text_of_a_plan_is_in_a_search_index():
    assert not [model for model in apps.get_app_config("plans").get_models() if issubclass(model, index.Indexed)]
    assert {Section, Review} <= set(apps.get_app_config("plans").get_models())
