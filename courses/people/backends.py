"""Who may be signed in as staff."""

from django.contrib.auth.backends import ModelBackend

from courses.people.models import User


class StaffBackend(ModelBackend):
    """Django's backend, and an account that has ended is no account: neither at sign-in nor for a page that is open.

    Django asks `user_can_authenticate` for both, so a closed or ended account is out at its next request.
    """

    def user_can_authenticate(self, user: User) -> bool:
        return super().user_can_authenticate(user) and not user.is_expired()

    def get_user(self, user_id: int) -> User | None:
        """The account of a page that is open: Django loads it anew for each request, and its rights are asked once in it."""
        user = super().get_user(user_id)
        if user is not None:
            user.answers = {}
        return user
