"""Wagtail's four actions on a model, read from rights on organisations."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models
from wagtail.permission_policies import BasePermissionPolicy

from courses.people.models import User
from courses.people.permissions import holds_anywhere, once, organisations_where


class ScopedPolicy(BasePermissionPolicy):
    """Wagtail's actions (`view`, `add`, `change`, `delete`) as rights on the organisation to which an object belongs.

    `lookup` leads from the model to its organisation; `None` means that `visible_to` alone decides on an object. An action
    without a right is refused to everybody. The list opens to whoever holds the right to view somewhere, and to whoever
    sees an object by another way (a trainer holds rights on classes, not on organisations); `by_object=False` without
    the latter.
    """

    def __init__(
        self,
        model: type[models.Model],
        *,
        lookup: str | None = "organisation",
        by_object: bool = True,
        **rights: str | Iterable[str],
    ):
        super().__init__(model)
        self.by_object = by_object
        self.lookup = lookup
        self.rights = {name: [value] if isinstance(value, str) else list(value) for name, value in rights.items()}

    def user_has_permission(self, user: User, action: str) -> bool:
        """Whether the action is possible on any object, present or to come."""
        if action not in self.rights:
            return False
        if holds_anywhere(user, self.rights[action]):
            return True
        return action == "view" and self.by_object and once(user, ("sees one", self.model), self._sees_one(user))

    def _sees_one(self, user: User) -> Callable[[], bool]:
        return lambda: self.model._default_manager.visible_to(user).exists()

    def user_has_permission_for_instance(self, user: User, action: str, instance: models.Model) -> bool:
        return self.instances_user_has_permission_for(user, action).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> models.QuerySet[Any]:
        """The objects on which the user may do any of the actions."""
        visible = self.model._default_manager.visible_to(user)
        known = [action for action in actions if action in self.rights]
        if "view" in known or (known and self.lookup is None):
            return visible
        names = {name for action in known for name in self.rights[action]}
        if not names:
            return visible.none()
        return visible.filter(**{f"{self.lookup}__in": organisations_where(user, names)})

    def users_with_any_permission(self, actions: Iterable[str]) -> models.QuerySet[User]:
        """Only Wagtail's own reports ask this; nobody's rights follow from it."""
        return User.objects.filter(is_active=True, is_superuser=True)
