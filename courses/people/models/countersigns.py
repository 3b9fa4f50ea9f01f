"""Second signatures: asked by one, decided by another."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.people.models.places import Organisation
from courses.people.models.staff import User
from courses.people.permissions import organisations_where


class CountersignQuerySet(models.QuerySet["Countersign"]):
    def waiting(self) -> Self:
        """Not decided yet, oldest first."""
        return self.filter(decision="").order_by("asked_at")

    def waiting_for(self, user: User) -> Self:
        """What this user may decide: holds the right at the organisation and did not ask for it."""
        return self.waiting().filter(self._decidable_by(user)).exclude(asked_by=user)

    def waiting_longer_than(self, days: int, at: datetime | None = None) -> Self:
        """Asked more than so many days ago."""
        return self.filter(asked_at__lt=(at or timezone.now()) - timedelta(days=days))

    def visible_to(self, user: User) -> Self:
        """What the user asked for, decided, or holds the right to decide."""
        return self.filter(Q(asked_by=user) | Q(decided_by=user) | self._decidable_by(user))

    def _decidable_by(self, user: User) -> Q:
        allowed = Q(pk__in=[])
        for permission in self.order_by().values_list("permission", flat=True).distinct():
            allowed |= Q(permission=permission, organisation__in=organisations_where(user, permission))
        return allowed


class Countersign(models.Model):
    """An act that needs a second person: asked by one, decided by another, never by the same.

    How an app uses it. Its verb asks: `people.actions.ask_countersign(act="classes.approve", about=training_class,
    title=gettext_noop("Open class %(name)s"), values={"name": …}, organisation=…, permission=APPROVE_CLASSES, by=user)`. The list "waits for me" on the home page links to the
    admin URL named `<app>_decide` (here `classes_decide`) with the countersign's number as only argument; the app registers
    it (`register_admin_urls`, `path("classes/decide/<int:pk>/", Decide.as_view(), name="classes_decide")`) with a view of
    its own on `people.viewsets.DecideMixin`, which shows the object and calls the app's own verb; that verb calls
    `people.actions.countersign(request=…, by=…, approve=…, comment=…)` and does the act in the same transaction.
    """

    class Decision(models.TextChoices):
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")

    act = models.CharField(_("act"), max_length=64, help_text=_("The verb that waits, e.g. classes.approve"))
    object_label = models.CharField(max_length=64)
    object_id = models.CharField(max_length=64)
    title = models.CharField(
        _("what it is about"), max_length=160, help_text=_("Where values fill it: untranslated, see `sentence`")
    )
    title_values = models.JSONField(_("values in it"), default=dict, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="countersigns", verbose_name=_("organisation")
    )
    permission = models.CharField(_("right that the second person needs"), max_length=40)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    reason = models.TextField(_("reason"), blank=True)
    decision = models.CharField(_("decision"), max_length=8, choices=Decision.choices, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    comment = models.TextField(_("comment"), blank=True)

    objects = CountersignQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        verbose_name = _("second signature")
        verbose_name_plural = _("second signatures")
        constraints = [
            models.UniqueConstraint(
                fields=["act", "object_label", "object_id"],
                condition=Q(decision=""),
                name="people_one_open_countersign",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("asked_by")),
                name="people_second_person_is_another",
            ),
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """What it is about, in the language of whoever reads: who signs may read another one than who asked."""
        values = {name: gettext(value) if value else "" for name, value in self.title_values.items()}
        return gettext(self.title) % values if values else self.title
