"""Regions, organisations, learners and staff. A learner is never a Django user."""

from courses.people.models.countersigns import Countersign
from courses.people.models.learners import CategoryPeriod, Learner, Stay
from courses.people.models.movements import Movement, MovementKind
from courses.people.models.places import Organisation, OrganisationUnit, Region, Room
from courses.people.models.staff import Post, Qualification, User

__all__ = [
    "CategoryPeriod",
    "Countersign",
    "Learner",
    "Movement",
    "MovementKind",
    "Organisation",
    "OrganisationUnit",
    "Post",
    "Qualification",
    "Region",
    "Room",
    "Stay",
    "User",
]
