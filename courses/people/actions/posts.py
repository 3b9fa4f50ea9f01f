"""Verbs on posts, and the one function that turns posts into rights."""

from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from guardian.models import UserObjectPermission

from courses.journal.actions import record
from courses.people import permissions
from courses.people.models import Organisation, Post, User

STAFF_GROUP = "工作人员（进入后台）"  # opens the admin; what is seen there comes from posts


def appoint(
    *,
    user: User,
    role: str,
    organisation: Organisation,
    by: User | None,
    since: date | None = None,
    until: date | None = None,
) -> Post:
    """Give a user a post; the rights follow at once. The same open post again returns the existing one.

    Refuses (PermissionDenied) an appointer who may not give this role there, or appoints himself; (ValidationError) an
    end before the beginning.
    """
    _require_giver(by, role, organisation)
    if by is not None and by.pk == user.pk and not by.is_superuser:
        raise PermissionDenied(_("Nobody gives a post to himself. Ask another administrator."))
    since = since or timezone.localdate()
    if until and until < since:
        raise ValidationError({"until": _("The last day cannot be before the first.")})
    with transaction.atomic():
        existing = Post.objects.filter(user=user, role=role, organisation=organisation, until__isnull=True).first()
        if existing:
            return existing
        post = Post.objects.create(user=user, role=role, organisation=organisation, since=since, until=until)
        record(verb="people.appoint", about=post, by=by, organisation=organisation)
        derive_rights(user)
    return post


def end_post(*, post: Post, by: User | None, on: date | None = None) -> Post:
    """End a post; its rights go at once. Ending an ended post changes nothing.

    Refuses (PermissionDenied) whoever may not give this role there.
    """
    _require_giver(by, post.role, post.organisation)
    with transaction.atomic():
        post = Post.objects.select_for_update().get(pk=post.pk)
        today = timezone.localdate()
        if post.until is None or post.until >= today:
            # The last day counts, so a post that ends now ended yesterday.
            post.until = on or today - timedelta(days=1)
            post.save(update_fields=["until"])
            record(verb="people.end_post", about=post, by=by, organisation=post.organisation)
            derive_rights(post.user)
    return post


def _require_giver(by: User | None, role: str, organisation: Organisation) -> None:
    if by is not None and role not in permissions.roles_given_by(by, organisation):
        raise PermissionDenied(_("This role is given by an administrator above you."))


def derive_rights(user: User) -> None:
    """Make a user's grants equal to the posts held today: on every organisation at or below each post's own.

    The only function that writes rights on organisations. It is safe to repeat; the hourly sweep and each sign-in call
    it. `settings.RIGHTS_FOLLOW` names functions of higher storeys that derive other rights from the same posts (pages and
    collections: `cms.pages.actions.derive_page_rights`).
    """
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)  # two derivations at once would both insert
        posts = list(Post.objects.held().filter(user=user).select_related("organisation")) if user.is_active else []
        wanted: set[tuple[str, str]] = set()
        for post in posts:
            names = permissions.rights_of(post.role)
            for pk in Organisation.objects.within(post.organisation).values_list("pk", flat=True):
                wanted.update((str(pk), name) for name in names)
        _write_grants(user, wanted)
        staff_group(user, bool(posts))
        for follower in settings.RIGHTS_FOLLOW:
            import_string(follower)(user)


def _write_grants(user: User, wanted: set[tuple[str, str]]) -> None:
    ours = Permission.objects.filter(
        content_type__app_label="people",
        content_type__model="organisation",
        codename__in=[name for name, _label in permissions.ORGANISATION_PERMISSIONS],
    )
    by_codename = {permission.codename: permission for permission in ours}
    grants = UserObjectPermission.objects.filter(user=user, permission__in=by_codename.values())
    current = {(grant.object_pk, grant.permission.codename): grant.pk for grant in grants.select_related("permission")}
    UserObjectPermission.objects.filter(pk__in=[pk for key, pk in current.items() if key not in wanted]).delete()
    UserObjectPermission.objects.bulk_create(
        UserObjectPermission(
            user=user, permission=by_codename[name], content_type=by_codename[name].content_type, object_pk=pk
        )
        for pk, name in sorted(wanted - set(current))
    )


def staff_group(user: User, member: bool) -> None:
    """Put a user into, or out of, the group that opens the staff desk."""
    group, created = Group.objects.get_or_create(name=STAFF_GROUP)
    if created:
        group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    if member:
        user.groups.add(group)
    else:
        user.groups.remove(group)


def end_expired_posts() -> int:
    """Take away what posts gave that ended, and give what posts give that have begun. The number of users looked at.

    Each user in a transaction of its own: a sweep over a city must not hold the database.
    """
    users = User.objects.filter(posts__isnull=False).distinct().order_by("pk")
    for user in users:
        derive_rights(user)
    return len(users)
