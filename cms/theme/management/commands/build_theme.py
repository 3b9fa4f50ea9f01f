"""Writes the served stylesheets from their parts."""

from django.core.management.base import BaseCommand

from cms.theme.bundles import BUNDLES, STATIC, build


class Command(BaseCommand):
    help = "Write theme.css and staff.css from tokens.css and components/*.css. Run it after changing a part."
    requires_system_checks = []

    def handle(self, *args, **options):
        for bundle in BUNDLES:
            text = build(bundle)
            (STATIC / bundle).write_text(text, encoding="utf-8")
            self.stdout.write(f"{bundle}: {len(text.encode()) / 1024:.1f} KiB")
