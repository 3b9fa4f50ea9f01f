"""`lms signing_key`: show the keys that sign certificates, or make a new one."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from certificates.issuing import actions, keys
from certificates.issuing.models import SigningKey


class Command(BaseCommand):
    help = "Show the signing keys with the fingerprints of their public halves; --new makes one and retires the old."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--new", action="store_true", help="make a new key and sign with it from now on")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["new"]:
            actions.rotate_key(by=None)
        for key in SigningKey.objects.all():
            here = _("private half on this machine") if keys.exists(key.kid) else _("private half elsewhere")
            self.stdout.write(
                f"{key.kid}  {key.get_state_display()}  {here}\n  SHA-256 {keys.fingerprint(key.public_key)}"
            )
