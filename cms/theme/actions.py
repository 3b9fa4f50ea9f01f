"""Changing who runs the site."""

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction

from cms.theme.models import CACHE_KEY, SiteSettings
from cms.theme.permissions import may_change_site_settings
from courses.journal.actions import record
from courses.people.models import User


@transaction.atomic
def change_site_settings(*, name: str, operator: str, contact: str, by: User) -> SiteSettings:
    """Write the name, the operator and the contact shown on public pages. Refuses everybody but the head administrator."""
    if not may_change_site_settings(by):
        raise PermissionDenied
    site, _created = SiteSettings.objects.select_for_update().get_or_create(pk=1)
    wanted = {"name": name.strip(), "operator": operator.strip(), "contact": contact.strip()}
    changed = [field for field, value in wanted.items() if getattr(site, field) != value]
    if changed:
        for field in changed:
            setattr(site, field, wanted[field])
        site.full_clean()
        site.save()
        record(verb="theme.change_site_settings", about=site, by=by, organisation=None, fields=changed)
        transaction.on_commit(lambda: cache.delete(CACHE_KEY))
    return site
