"""Facts as the desk reads them: label and words, for previews and for one certificate."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from certificates.issuing.models import Batch, Certificate
from certificates.issuing.rules.facts import PublicFacts
from courses.catalogue.rules import hours_text

CHIPS = {
    Certificate.State.ISSUED: ("good", "ok"),
    Certificate.State.SUPERSEDED: ("look", "swap"),
    Certificate.State.REVOKED: ("stop", "no"),
}
BATCH_CHIPS = {
    Batch.State.DRAFT: "look",
    Batch.State.RELEASED: "look",
    Batch.State.DONE: "good",
    Batch.State.DISCARDED: "plain",
}


def lines(facts: PublicFacts) -> dict[str, str]:
    """Every fact that is printed or public, by its label, in the order of the paper. Empty ones are left out."""
    hours = _("%(hours)s hours (%(theory)s theory, %(practice)s practice)") % {
        "hours": hours_text(facts.half_hours),
        "theory": hours_text(facts.theory_half_hours),
        "practice": hours_text(facts.practice_half_hours),
    }
    trained = f"{facts.trained_from} – {facts.trained_to}" if facts.trained_from and facts.trained_to else ""
    found = {
        pgettext("certificate", "Name"): facts.name,
        _("Certificate"): facts.title,
        pgettext("certificate", "Course"): facts.course,
        _("Occupation"): facts.occupation,
        _("Level"): facts.level,
        _("Class hours"): hours,
        _("Training"): trained,
        _("Result"): facts.result,
        _("Issued on"): str(facts.award_date),
        _("Issuer"): facts.issuer,
        _("What the holder can do"): "；".join(facts.can_do),
    }
    return {label: text for label, text in found.items() if text}


def shared(all_lines: Iterable[dict[str, str]]) -> dict[str, str]:
    """What stands on every one of several certificates alike."""
    every = list(all_lines)
    if not every:
        return {}
    return {
        label: text for label, text in every[0].items() if len(every) == 1 or all(one.get(label) == text for one in every)
    }  # fmt: skip
