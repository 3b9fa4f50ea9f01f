"""Staff accounts, what staff are qualified for, and the posts that give them rights."""

from collections.abc import Hashable
from datetime import date
from typing import Any, Self

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.people.models.places import Organisation
from courses.people.permissions import APPOINT, Role, organisations_where, roles_with


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: "User") -> Self:
        """The user and everybody who has, or had, a post where the user may give posts."""
        posts = Post.objects.filter(organisation__in=organisations_where(user, APPOINT))
        return self.filter(Q(pk=user.pk) | Q(pk__in=posts.values("user")))

    def with_right(self, permission: str, organisation: Organisation, on: date | None = None) -> Self:
        """Active staff whose posts give a right at an organisation: who could be asked to do something there."""
        ids = [int(part) for part in organisation.path.split(".") if part]
        posts = Post.objects.held(on).filter(organisation__in=ids, role__in=roles_with(permission))
        return self.filter(pk__in=posts.values("user"), is_active=True)


class StaffManager(UserManager["User"]):
    """Django's manager of accounts, with our questions."""

    use_in_migrations = False

    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def visible_to(self, user: "User") -> UserQuerySet:
        """See `UserQuerySet.visible_to`."""
        return self.get_queryset().visible_to(user)

    def with_right(self, permission: str, organisation: Organisation, on: date | None = None) -> UserQuerySet:
        """See `UserQuerySet.with_right`."""
        return self.get_queryset().with_right(permission, organisation, on)


class User(AbstractUser):  # type: ignore[django-manager-missing]  # pictures and handouts live two storeys up
    """A member of staff. Rights come from posts; a learner never has an account."""

    expires_on = models.DateField(_("account ends on"), null=True, blank=True)

    must_change_password = models.BooleanField(_("has a one-time password"), default=False)

    # What was asked about this account's rights in one request (`permissions.once`); None where nothing is to be kept.
    answers: dict[Hashable, Any] | None = None

    objects = StaffManager()  # type: ignore[misc]

    class Meta(AbstractUser.Meta):
        verbose_name = _("staff account")  # type: ignore[assignment]
        verbose_name_plural = _("staff accounts")  # type: ignore[assignment]

    def get_full_name(self) -> str:
        """Family name first, without a blank, as Chinese names are written."""
        return f"{self.last_name}{self.first_name}" or self.username

    def is_expired(self, on: date | None = None) -> bool:
        """Whether the account has ended; its last day counts."""
        return self.expires_on is not None and self.expires_on < (on or timezone.localdate())


class QualificationQuerySet(models.QuerySet["Qualification"]):
    def visible_to(self, user: User) -> Self:
        """Qualifications of the staff whom the user may see, and one's own."""
        return self.filter(user__in=User.objects.visible_to(user))


class Qualification(models.Model):
    """A trainer's or examiner's qualification with its validity."""

    user = models.ForeignKey(User, models.CASCADE, related_name="qualifications", verbose_name=_("staff account"))
    kind = models.CharField(_("qualification"), max_length=60)
    level = models.CharField(_("level"), max_length=30, blank=True)
    number = models.CharField(_("number"), max_length=40, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = QualificationQuerySet.as_manager()

    class Meta:
        ordering = ["user", "kind"]
        verbose_name = _("qualification")
        verbose_name_plural = _("qualifications")

    def __str__(self) -> str:
        return f"{self.kind} {self.level}".strip()

    def valid_on(self, day: date) -> bool:
        """Whether the qualification holds on a day; no date means no limit."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)


class PostQuerySet(models.QuerySet["Post"]):
    def held(self, on: date | None = None) -> Self:
        """Posts in force on a day; today by default. The last day counts."""
        day = on or timezone.localdate()
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)

    def visible_to(self, user: User) -> Self:
        """One's own posts, and all posts where the user may give them."""
        return self.filter(Q(user=user) | Q(organisation__in=organisations_where(user, APPOINT)))


class Post(models.Model):
    """A user's role at an organisation for a time: the only source of staff rights."""

    user = models.ForeignKey(User, models.PROTECT, related_name="posts", verbose_name=_("staff account"))
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts", verbose_name=_("organisation"))
    since = models.DateField(_("from"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["user", "organisation", "role"]
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "organisation"], condition=Q(until__isnull=True), name="people_one_open_post"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()} – {self.organisation}"
