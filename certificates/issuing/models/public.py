"""What the public may check: the only table that verification reads. It knows no learner."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.issuing.rules.facts import PublicFacts


class PublicRecord(models.Model):
    """A certificate as an employer may see it: whitelisted facts and a state. No key leads from here to a person.

    Found by number, or by the SHA-256 of the token in the QR code: whoever steals this table has no working link.
    """

    class State(models.TextChoices):
        VALID = "valid", _("valid")
        SUPERSEDED = "superseded", _("replaced")
        REVOKED = "revoked", _("revoked")

    number = models.CharField(_("certificate number"), max_length=18, unique=True)
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    facts = models.JSONField(_("facts"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.VALID)
    state_since = models.DateField(_("since"))
    version = models.PositiveIntegerField(default=1, help_text=_("Grows with each change of state"))

    class Meta:
        ordering = ["number"]
        verbose_name = _("public record")
        verbose_name_plural = _("public records")

    def __str__(self) -> str:
        return self.number

    @property
    def public_facts(self) -> PublicFacts:
        return PublicFacts.from_json(self.facts)
