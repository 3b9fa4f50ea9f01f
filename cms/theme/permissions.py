"""Who may change what the whole site shows."""

from django.contrib.auth.models import AnonymousUser

from courses.people.models import Post, User
from courses.people.permissions import Role


def may_change_site_settings(user: User | AnonymousUser) -> bool:
    """Superusers, and administrators of a body that has none above it."""
    if not user.is_authenticated or not user.is_active:
        return False
    if user.is_superuser:
        return True
    return Post.objects.held().filter(user=user, role=Role.ADMIN, organisation__parent=None).exists()
