"""Who may be signed in as staff."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db.models import Model, Q

from courses.people.models import User


class StaffBackend(ModelBackend):
    """Django's backend, and an account that has ended is no account: neither at sign-in nor for a page that is open.

    Django asks `user_can_authenticate` for both, so a closed or ended account is out at its next request.
    """

    def user_can_authenticate(self, user: User) -> bool:
        return super().user_can_authenticate(user) and not user.is_expired()

    def get_user(self, user_id: int) -> User | None:
        """The account of a page that is open: Django loads it anew for each request, and its rights are asked once in it."""
        user = User.objects.select_related("wagtail_userprofile").filter(pk=user_id).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        user.answers = {}
        return user

    def get_all_permissions(self, user: User, obj: Model | None = None) -> set[str]:
        """Django's answer, what is held oneself and what through groups, in one statement."""
        if obj is None and user.is_active and not user.is_superuser and not hasattr(user, "_perm_cache"):
            held = Permission.objects.filter(
                Q(pk__in=user.user_permissions.values("pk")) | Q(group__in=user.groups.all())
            )
            found = held.order_by().values_list("content_type__app_label", "codename").distinct()
            user._perm_cache = {f"{app}.{name}" for app, name in found}
        return super().get_all_permissions(user, obj)
