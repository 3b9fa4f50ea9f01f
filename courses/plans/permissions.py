"""Who reads plans, who reviews them, who sets the values of a place (PRV-3). A learner's own plan needs no right."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from courses.catalogue.rules import PLAN_BOOK
from courses.classes.models import TrainerAssignment, TrainingClass
from courses.classes.permissions import may_in_class
from courses.people.models import Post, Region, User
from courses.people.permissions import (
    READ_PLANS,
    REVIEW_PLANS,
    SET_LOCAL_VALUES,
    VIEW_CLASSES,
    Role,
    organisations_where,
)
from courses.plans.models import Plan
from courses.plans.models.local_values import regions_below


def may_read(user: User, plan: Plan) -> bool:
    """Whether a member of staff may read a plan: trainers of its class and experts; never officers or the site's staff."""
    return may_in_class(user, READ_PLANS, plan.enrolment.training_class)


def may_review(user: User, plan: Plan) -> bool:
    """Whether somebody may review a plan: an expert who does not belong to the school and does not teach the class."""
    training_class = plan.enrolment.training_class
    return (
        plan.book == PLAN_BOOK
        and may_in_class(user, REVIEW_PLANS, training_class)
        and not teaches(user, training_class)
        and not belongs_to_school(user, training_class)
    )


def may_print(user: User, training_class: TrainingClass) -> bool:
    """Whether somebody may read the plans of a class and see who wrote them: the file begins with a list of names."""
    return all(may_in_class(user, right, training_class) for right in (READ_PLANS, VIEW_CLASSES))


def may_mark_example(user: User, plan: Plan) -> bool:
    """Whether somebody may say that a plan is what the class was taught with: its trainers."""
    return may_read(user, plan) and teaches(user, plan.enrolment.training_class)


def may_set_values(user: User, region: Region | None) -> bool:
    """Whether somebody may set the values of a region: it is, or is part of, the region of a place where the right is held.
    Those of the whole country are set where nobody stands above."""
    places = organisations_where(user, SET_LOCAL_VALUES)
    if region is None:
        return places.filter(parent__isnull=True).exists()
    return region.pk in regions_below(places.filter(region__isnull=False).values_list("region", flat=True))


def teaches(user: User, training_class: TrainingClass) -> bool:
    """Whether somebody is a trainer of the class."""
    return training_class.assignments.filter(user=user, role=TrainerAssignment.Role.TRAINER).exists()


def belongs_to_school(user: User, training_class: TrainingClass) -> bool:
    """Whether somebody has a post at the school of the class; a post as an expert makes nobody a member of it."""
    posts = Post.objects.held().filter(user=user, organisation=training_class.provider_id)
    return posts.exclude(role=Role.EXPERT).exists()


def refuse_unless_reader(by: User | None, plan: Plan) -> None:
    """For verbs: refuse (PermissionDenied) somebody who may not read the plan. None is the system itself."""
    if by is not None and not may_read(by, plan):
        raise PermissionDenied


def refuse_unless_reviewer(by: User, plan: Plan) -> None:
    """For verbs: refuse (PermissionDenied) somebody without the right, and (ValidationError) somebody who is not from outside."""
    training_class = plan.enrolment.training_class
    if not may_in_class(by, REVIEW_PLANS, training_class):
        raise PermissionDenied
    if teaches(by, training_class):
        raise ValidationError(_("Whoever teaches the class does not review its plans. An outside expert does."))
    if belongs_to_school(by, training_class):
        raise ValidationError(_("Whoever has a post at the school does not review its plans. An outside expert does."))
