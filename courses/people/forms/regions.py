"""Regions as a list from which one chooses: about two hundred names, so never flat."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from courses.people.models import Region, User
from courses.people.permissions import organisations_where, rights_anywhere


def regions_by_nearness(regions: Iterable[Region], own: Sequence[int], find: str = "") -> list[tuple[Any, Any]]:
    """Choices of a list: the regions of the own places first, then all others in groups, each below the region that it is part
    of. `find` leaves those whose name or number has it; the own ones stay."""
    found = list(regions)
    near = [one for one in found if one.pk in own]
    groups: dict[str, list[tuple[int, str]]] = {}
    for one in found:
        if one.pk not in own and (find in one.name or find in one.code):
            groups.setdefault(one.parent.name if one.parent else "—", []).append((one.pk, one.name))
    nearest = [
        (_("Regions of my places"), [(one.pk, one.name) for one in sorted(near, key=lambda one: own.index(one.pk))])
    ]
    return [*(nearest if near else []), *groups.items()]


def offer_regions(field: forms.Field, regions: Any, user: User, *, empty: Any) -> None:
    """Let a field offer these regions: those of the reader's own places first, the others in groups. `empty` is the first line."""
    places = organisations_where(user, rights_anywhere(user)).filter(region__isnull=False)
    own = list(dict.fromkeys(places.order_by("path").values_list("region", flat=True)))
    field.queryset = regions  # type: ignore[attr-defined]
    field.empty_label = empty  # type: ignore[attr-defined]
    found = regions.select_related("parent").order_by("code")
    field.widget.choices = [("", empty), *regions_by_nearness(found, own)]  # type: ignore[attr-defined]
