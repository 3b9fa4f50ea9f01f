"""Verbs on staff accounts: made by an administrator, with a password that works once."""

import secrets
from datetime import date

from axes.utils import reset
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.journal.actions import record
from courses.people.actions.posts import appoint, derive_rights
from courses.people.models import Organisation, Post, User
from courses.people.permissions import APPOINT, Role, require, roles_given_by

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # no look-alikes: the password is read from paper once


def create_account(
    *,
    username: str,
    last_name: str,
    first_name: str,
    role: str,
    organisation: Organisation,
    by: User | None,
    expires_on: date | None = None,
    until: date | None = None,
) -> tuple[User, str]:
    """Make an account with its first post. Returns the account and a one-time password, which is stored nowhere.

    Refuses (ValidationError) a user name that exists; (PermissionDenied) a role that `by` may not give there.
    """
    require(by, APPOINT, organisation)
    password = _one_time_password()
    with transaction.atomic():
        user = User(
            username=username.strip(),
            last_name=last_name.strip(),
            first_name=first_name.strip(),
            expires_on=expires_on,
            must_change_password=True,
        )
        user.set_password(password)
        user.full_clean()
        user.save()
        record(verb="people.create_account", about=user, by=by, organisation=organisation)
        appoint(user=user, role=role, organisation=organisation, by=by, until=until)
    return user, password


def create_first_administrator(*, username: str, organisation: Organisation, password: str = "") -> tuple[User, str]:
    """Make the account that sets up a new site: an administrator at its institution, with every right.

    Returns the account and, where no password was brought, a one-time password. Refuses (ValidationError) a weak password,
    and a site that has such an account.
    """
    if User.objects.filter(is_superuser=True).exists():
        raise ValidationError(_("This site has a first administrator already."))
    shown = "" if password else _one_time_password()
    with transaction.atomic():
        user = User(username=username.strip(), is_superuser=True, is_staff=True, must_change_password=bool(shown))
        validate_password(password or shown, user)
        user.set_password(password or shown)
        user.full_clean()
        user.save()
        record(verb="people.create_account", about=user, by=None, organisation=organisation)
        appoint(user=user, role=Role.ADMIN, organisation=organisation, by=None)
    return user, shown


def new_password(*, user: User, by: User | None, organisation: Organisation) -> str:
    """Give an account a new one-time password; whoever is signed in with the old one is out. Returns it, stores it nowhere.

    Refuses (PermissionDenied) unless `by` may give every post that the account holds: otherwise it would be a way into
    somebody else's rights.
    """
    _require_over(user, by, organisation)
    password = _one_time_password()
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        user.set_password(password)
        user.must_change_password = True
        user.save(update_fields=["password", "must_change_password"])
        record(verb="people.new_password", about=user, by=by, organisation=organisation)
    reset(username=user.username)
    return password


def set_own_password(*, user: User, password: str) -> User:
    """Replace the one-time password (or any other) by one's own.

    Refuses (ValidationError) a password that is short, common, like the name, or the one-time password itself.
    """
    validate_password(password, user)
    if user.check_password(password):
        raise ValidationError(_("Choose a password that you have not had so far."))
    with transaction.atomic():
        user.set_password(password)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])
        record(verb="people.set_own_password", about=user, by=user, organisation=None)
    return user


def close_account(*, user: User, by: User | None, organisation: Organisation) -> User:
    """Close an account: signing in ends, a page that is open answers with the sign-in page. Twice changes nothing.

    Refuses (PermissionDenied) like `new_password`, and one's own account.
    """
    _require_over(user, by, organisation)
    if by is not None and by.pk == user.pk:
        raise PermissionDenied(_("Nobody closes his own account. Ask another administrator."))
    return _set_active(user, False, by, organisation)


def reopen_account(*, user: User, by: User | None, organisation: Organisation) -> User:
    """Open a closed account again; an end that has passed is taken away."""
    _require_over(user, by, organisation)
    return _set_active(user, True, by, organisation)


def release_lock(*, user: User, by: User | None, organisation: Organisation) -> int:
    """Let somebody try again who is locked out after wrong passwords. Returns how many counts were forgotten."""
    require(by, APPOINT, organisation)
    if not user.posts.filter(organisation=organisation).exists():
        raise PermissionDenied
    with transaction.atomic():
        released = reset(username=user.username)
        record(verb="people.release_lock", about=user, by=by, organisation=organisation)
    return released


def end_expired_accounts() -> int:
    """Close every account whose last day has passed. Returns how many."""
    ended = User.objects.filter(is_active=True, expires_on__lt=timezone.localdate())
    for user in ended:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(is_active=False)
            record(verb="people.account_ended", about=user, by=None, organisation=None)
            derive_rights(user)
    return len(ended)


def _set_active(user: User, active: bool, by: User | None, organisation: Organisation) -> User:
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        if user.is_active == active and not (active and user.is_expired()):
            return user
        user.is_active = active
        if active and user.is_expired():
            user.expires_on = None
        user.save(update_fields=["is_active", "expires_on"])
        verb = "people.reopen_account" if active else "people.close_account"
        record(verb=verb, about=user, by=by, organisation=organisation)
        derive_rights(user)
    return user


def _require_over(user: User, by: User | None, organisation: Organisation) -> None:
    require(by, APPOINT, organisation)
    if by is None or by.is_superuser:
        return
    posts = list(Post.objects.filter(user=user).select_related("organisation"))
    here = any(post.organisation.path.startswith(organisation.path) for post in posts)
    held = [post for post in posts if post.until is None or post.until >= timezone.localdate()]
    if user.is_superuser or not here or any(p.role not in roles_given_by(by, p.organisation) for p in held):
        raise PermissionDenied(_("This account has posts that are not yours to give. Ask an administrator above you."))


def _one_time_password() -> str:
    letters = "".join(secrets.choice(LETTERS) for _i in range(12))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"
