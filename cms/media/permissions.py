"""Who may do what with the files of a school."""

from django.contrib.auth.models import AnonymousUser
from wagtail.permissions import policy_registry

from cms.media.models import Handout
from courses.people.models import User


def can_read_handout(user: User | AnonymousUser, handout: Handout) -> bool:
    """Whether somebody at the staff desk may open a document: who may use or change those of its collection.

    Lessons show no documents (`cms.blocks`), so nobody else needs one.
    """
    policy = policy_registry.get_by_type(Handout)
    return policy.user_has_any_permission_for_instance(user, ["choose", "add", "change", "delete"], handout)
