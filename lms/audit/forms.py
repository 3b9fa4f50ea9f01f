"""What is looked for in the journal. The choices name only organisations whose journal the user may read."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.apps import apps
from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from courses.journal.models import JournalEntry, JournalQuerySet
from courses.journal.words import ACTS
from courses.people.forms import DateInput
from courses.people.models import Organisation, User
from courses.people.permissions import VIEW_JOURNAL, organisations_where
from lms.audit.permissions import entries_for
from lms.audit.showing import NAMES, SOUGHT, kind_of

USUAL_DAYS = 30


class JournalForm(forms.Form):
    """Period, act, who, organisation, and words about the object. Nothing asked: the last 30 days."""

    first = forms.DateField(label=_("From"), required=False, widget=DateInput())
    last = forms.DateField(label=_("Until"), required=False, widget=DateInput())
    act = forms.ChoiceField(label=_("Act"), required=False)
    who = forms.CharField(
        label=_("Who"), required=False, max_length=60, help_text=_("Name or account; or: staff, learner, system")
    )
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"), required=False)
    thing = forms.CharField(
        label=_("Done to"), required=False, max_length=60,
        help_text=_("Class number, learner number, certificate number, or the kind of thing"),
    )  # fmt: skip
    about = forms.RegexField(r"^[a-z_]+\.[a-z_]+:[\w-]{1,64}$", required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, user: User, today: date):
        asked = data.copy()
        if not any(asked.get(name) for name in self.base_fields) and "first" not in asked:
            asked["first"] = (today - timedelta(days=USUAL_DAYS)).isoformat()
        super().__init__(asked)
        self.user = user
        self.fields["act"].choices = [  # type: ignore[attr-defined]
            ("", _("all")), *[(group, list(acts.items())) for group, acts in ACTS.values()]
        ]  # fmt: skip
        self.fields["organisation"].queryset = organisations_where(user, VIEW_JOURNAL).order_by("path")  # type: ignore[attr-defined]
        self.fields["organisation"].empty_label = _("all")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        first, last = asked.get("first"), asked.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day is before the first."))
        return asked

    def entries(self) -> JournalQuerySet:
        """The entries that were asked for; of a valid form."""
        asked = self.cleaned_data
        found = entries_for(self.user).between(asked["first"], asked["last"])
        if asked["act"]:
            found = found.filter(verb=asked["act"])
        if asked["organisation"]:
            found = found.at(asked["organisation"])
        if asked["about"]:
            label, _colon, number = asked["about"].partition(":")
            found = found.filter(object_label=label, object_id=number)
        if asked["who"].strip():
            found = found.filter(done_by(asked["who"].strip()))
        if asked["thing"].strip():
            found = found.filter(done_to(asked["thing"].strip()))
        return found


def done_by(words: str) -> Q:
    """By members of staff with these words in name or account, or by the kind of actor that is called so."""
    named = User.objects.annotate(whole=Concat("last_name", Value(""), "first_name"))
    users = named.filter(Q(whole__icontains=words) | Q(username__icontains=words)).values("pk")
    found = Q(actor_kind=JournalEntry.Actor.USER, actor_id__in=users)
    for kind in JournalEntry.Actor:
        if words.lower() in str(kind.label).lower():
            found |= Q(actor_kind=kind)
    return found


def done_to(words: str) -> Q:
    """To things of a kind that is called so, with this number of their own, or with this name in the journal."""
    labels = [
        model._meta.label_lower
        for model in apps.get_models()
        if words.lower() in str(kind_of(model._meta.label_lower)).lower()
    ]
    found = Q(object_label__in=labels) | Q(object_id=words)
    for label in SOUGHT:
        model, path = apps.get_model(label), NAMES[label][0]
        numbers = model._base_manager.filter(**{f"{path}__icontains": words}).values_list("pk", flat=True)[:500]
        keys = [str(number) for number in numbers]
        if keys:
            found |= Q(object_label=label, object_id__in=keys)
    return found
