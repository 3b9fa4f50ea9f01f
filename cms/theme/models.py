"""Who runs this site: one row, shown at the foot of every public page."""

from django.core.cache import cache
from django.db import models
from django.utils.translation import gettext_lazy as _

CACHE_KEY = "theme.site-settings"
CACHE_SECONDS = 300


class SiteSettings(models.Model):
    """The name of the site and who answers for it (the law asks who keeps personal data). There is at most one row."""

    name = models.CharField(_("name of the site"), max_length=40, blank=True, help_text=_("Shown beside the boat."))
    operator = models.CharField(_("run by"), max_length=100, blank=True, help_text=_("The body that answers for it."))
    contact = models.TextField(
        _("how to reach us"), max_length=400, blank=True, help_text=_("Telephone, address, who handles personal data.")
    )

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="site_settings_is_one_row")]

    def __str__(self) -> str:
        return str(self.name or _("Qihang"))

    @classmethod
    def current(cls) -> "SiteSettings":
        """The row, or an empty one where nothing was entered yet; from the cache for five minutes."""
        found = cache.get(CACHE_KEY)
        if found is None:
            found = cls.objects.filter(pk=1).first() or cls(pk=1)
            cache.set(CACHE_KEY, found, CACHE_SECONDS)
        return found
