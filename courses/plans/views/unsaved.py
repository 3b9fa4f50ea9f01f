"""What could not be stored on a screen that one has left: said once, on the next one, with its sentence and the way back."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.http import urlencode

from courses.plans.texts import stored_text
from courses.plans.views.mine import Desk
from courses.plans.wording import place_name

MOST_UNSAVED, LONGEST_TOLD = 12, 40


def unsaved_of(desk: Desk, told: list[str]) -> list[dict[str, Any]]:
    """What could not be stored on the screen from which one comes ("path:text"): its name, why, and the way there."""
    found = []
    for path, _sep, text in (one.partition(":") for one in told[:MOST_UNSAVED]):
        try:
            place = desk.plan.workbook.place(path)
            stored_text(place, text)
        except (KeyError, IndexError):
            continue
        except ValidationError as refusal:
            row = path.rpartition(".")[0] if place.table and place.table.monthly else path
            found.append({
                "name": place_name(place, desk.texts), "text": text, "sentence": refusal.messages[0],
                "url": reverse("plans:question", args=[desk.plan.pk, row]),
            })  # fmt: skip
    return found


def telling(typed: Mapping[str, str], paths: Iterable[str]) -> str:
    """What could not be stored, for the address of the next screen, which says it once."""
    told = [("unsaved", f"{path}:{typed[path][:LONGEST_TOLD]}") for path in paths][:MOST_UNSAVED]
    return f"?{urlencode(told)}" if told else ""
