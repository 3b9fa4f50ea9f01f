"""`lms init`: make a new site."""

import argparse
import getpass
import secrets
import sys

import django


def run(arguments: list[str]) -> int:
    """Make the database, the first pages, the signing key, the institution and the first administrator; say what comes next.

    Asks for what is not given. Safe to run again: what is there stays. Exit code 1 where something that was typed is refused.
    """
    parser = argparse.ArgumentParser(prog="lms init")
    parser.add_argument("--institution", help="name of the authority or school that runs this site")
    parser.add_argument("--kind", default="hr_bureau", help="kind of organisation, e.g. hr_bureau, training_provider")
    parser.add_argument("--admin", help="account of the first administrator")
    parser.add_argument("--password", help="their password; without it one is made and shown once")
    options = parser.parse_args(arguments)
    django.setup()
    return _make(options)


def _make(options: argparse.Namespace) -> int:
    from django.conf import settings
    from django.core.exceptions import ValidationError
    from django.core.management import call_command
    from django.utils import translation

    settings.DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
    call_command("migrate", verbosity=0, interactive=False)
    institution = options.institution or _ask("Name of the institution (机构名称): ")
    account = options.admin or _ask("Account of the first administrator (管理员账号): ")
    password = options.password or (getpass.getpass("Password (empty: make one): ") if sys.stdin.isatty() else "")
    try:
        with translation.override("zh-hans"):
            made = _site(institution, options.kind, account, password)
    except ValidationError as refusal:
        print("\n".join(refusal.messages), file=sys.stderr)
        return 1
    print(f"\n{institution}: ready.")
    if made:
        print(f"Account {account}, password {made} (shown now and never again)")
    print(f"""
Next:
  lms serve          the web server, {settings.LMS_PUBLIC_URL}
  lms worker         the worker, beside it
  {settings.LMS_PUBLIC_URL}/admin/   sign in, add organisations, give posts
Keep {settings.LMS_SIGNING_KEY_DIR} safe and apart from the database: it signs the certificates.""")
    return 0


def _ask(question: str) -> str:
    return input(question).strip() if sys.stdin.isatty() else ""


def _site(institution: str, kind: str, account: str, password: str) -> str:
    """Everything in one transaction. Returns the password to show, empty where the account was there or brought its own."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.db import transaction
    from django.utils.translation import gettext as _

    from certificates.issuing.actions import rotate_key
    from certificates.issuing.models import SigningKey
    from cms.pages.actions import create_site
    from courses.people.actions import add_organisation, appoint
    from courses.people.models import Organisation, User
    from courses.people.permissions import Role

    if not institution or not account:
        raise ValidationError(_("Give the name of the institution and an account for the first administrator."))
    with transaction.atomic():
        create_site()
        place = Organisation.objects.filter(name=institution).first()
        place = place or add_organisation(name=institution, kind=kind, by=None)
        if not SigningKey.objects.filter(state=SigningKey.State.ACTIVE).exists():
            rotate_key(by=None)
        user = User.objects.filter(username=account).first()
        shown = ""
        if user is None:
            shown = "" if password else secrets.token_urlsafe(12)
            user = User(username=account, is_superuser=True, is_staff=True)
            validate_password(password or shown, user)
            user.set_password(password or shown)
            user.save()
        appoint(user=user, role=Role.ADMIN, organisation=place, by=None)
    return shown
