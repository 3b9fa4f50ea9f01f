"""Bringing in regions and organisations from a table: looked at first, then all of it or nothing. Again: changes nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.journal.actions import record
from courses.people import place_tables
from courses.people.actions.places import add_organisation_quietly, change_organisation, derive_rights_above
from courses.people.models import Organisation, Region, User
from courses.people.permissions import MANAGE_ORGANISATION, organisations_where
from courses.words import listed

Table = Sequence[Sequence[str]]
MAX_ROWS = 5_000


@dataclass(frozen=True)
class Line:
    """One row of the preview: its number in the sheet, what it is about, and what will happen or what is wrong."""

    row: int
    about: str
    state: str  # new, changed, same, wrong
    sentence: str


@dataclass(frozen=True)
class Preview:
    """What would happen to each row. It can be applied when nothing is wrong."""

    lines: tuple[Line, ...]

    @property
    def wrong(self) -> tuple[Line, ...]:
        """The rows that have to be mended in the file."""
        return tuple(line for line in self.lines if line.state == "wrong")

    def count(self, state: str) -> int:
        """How many rows are in a state."""
        return sum(line.state == state for line in self.lines)


def preview_regions(*, table: Table, by: User | None) -> Preview:
    """What `import_regions` would do. Refuses (PermissionDenied) anyone but a superuser or the system."""
    return _region_plan(table, by)[0]


def import_regions(*, table: Table, by: User | None) -> Preview:
    """Add and change regions, all rows or none. Refuses (ValidationError) a table with a wrong row; rights as in the preview."""
    with transaction.atomic():
        preview, rows = _region_plan(table, by)
        _refuse_wrong(preview)
        there = {region.code: region for region in Region.objects.select_for_update()}
        for row in rows:
            region = there.get(row.code) or Region(code=row.code)
            wanted = {"name": row.name, "level": row.level, "parent": there.get(row.parent)}
            changed = {name for name, value in wanted.items() if getattr(region, name) != value}
            if region.pk and not changed:
                continue
            for name, value in wanted.items():
                setattr(region, name, value)
            region.full_clean()
            region.save()
            there[row.code] = region
            record(verb="people.import_region", about=region, by=by, organisation=None, fields=changed)
    return preview


def preview_organisations(*, table: Table, by: User | None) -> Preview:
    """What `import_organisations` would do for this person."""
    return _organisation_plan(table, by)[0]


def import_organisations(*, table: Table, by: User | None) -> Preview:
    """Add and change organisations, all rows or none; known by their codes.

    Refuses (ValidationError) a table with a wrong row. A person brings in what lies below the organisations that he or she
    may change; only superusers and the system bring in one that has none above it.
    """
    with transaction.atomic():
        preview, rows = _organisation_plan(table, by)
        _refuse_wrong(preview)
        there = {place.code: place for place in Organisation.objects.select_for_update().exclude(code="")}
        regions = {region.code: region for region in Region.objects.all()}
        added = []
        for row in rows:
            facts = {"name": row.name, "kind": row.kind, "region": regions.get(row.region)}
            if place := there.get(row.code):
                there[row.code] = change_organisation(organisation=place, by=by, **facts)
            else:
                parent = there.get(row.parent)
                there[row.code] = add_organisation_quietly(parent=parent, code=row.code, by=by, **facts)  # type: ignore[arg-type]
                added.append(there[row.code])
        derive_rights_above(added)
    return preview


def _refuse_wrong(preview: Preview) -> None:
    if wrong := preview.wrong:
        raise ValidationError(
            [
                ngettext(
                    "%(count)s row is wrong. Nothing was stored.",
                    "%(count)s rows are wrong. Nothing was stored.",
                    len(wrong),
                )
                % {"count": len(wrong)},
                *(_("Row %(row)s: %(sentence)s") % {"row": line.row, "sentence": line.sentence} for line in wrong[:50]),
            ]
        )


def _region_plan(table: Table, by: User | None) -> tuple[Preview, list[place_tables.RegionRow]]:
    if by is not None and not (by.is_active and by.is_superuser):
        raise PermissionDenied
    there = {region.code: region for region in Region.objects.select_related("parent")}
    rows, faults = place_tables.regions(table, known=there)

    def changes(row: place_tables.RegionRow) -> list[str] | None:
        if not (region := there.get(row.code)):
            return None
        parent = region.parent.code if region.parent else ""
        found = {"name": region.name != row.name, "level": region.level != row.level, "parent": parent != row.parent}
        return [str(Region._meta.get_field(name).verbose_name) for name, differs in found.items() if differs]  # type: ignore[union-attr]

    return _preview(rows, faults, changes), rows


def _organisation_plan(table: Table, by: User | None) -> tuple[Preview, list[place_tables.OrganisationRow]]:
    if by is not None and not organisations_where(by, MANAGE_ORGANISATION).exists():
        raise PermissionDenied
    everything = {
        place.code: place for place in Organisation.objects.exclude(code="").select_related("parent", "region")
    }
    rows, faults = place_tables.organisations(
        table, kind_words(), known=everything, known_regions=Region.objects.values_list("code", flat=True)
    )
    faults += _taken_names(rows, everything) + _not_ours(rows, everything, by)

    def changes(row: place_tables.OrganisationRow) -> list[str] | None:
        if not (place := everything.get(row.code)):
            return None
        region = place.region.code if place.region else ""
        found = {"name": place.name != row.name, "kind": place.kind != row.kind, "region": region != row.region}
        return [str(Organisation._meta.get_field(name).verbose_name) for name, differs in found.items() if differs]  # type: ignore[union-attr]

    return _preview(rows, faults, changes), rows


def _taken_names(
    rows: Sequence[place_tables.OrganisationRow], there: Mapping[str, Organisation]
) -> list[place_tables.Fault]:
    """A name is one organisation's alone; and a change of who supervises moves rights, so no table does it."""
    holders = dict(Organisation.objects.filter(name__in=[row.name for row in rows]).values_list("name", "code"))
    faults = [
        place_tables.Fault(row.row, "name_taken", row.name)
        for row in rows
        if holders.get(row.name, row.code) != row.code
    ]
    for row in rows:
        if (place := there.get(row.code)) and (place.parent.code if place.parent else "") != row.parent:
            faults.append(place_tables.Fault(row.row, "moved", row.parent))
    return faults


def _not_ours(
    rows: Sequence[place_tables.OrganisationRow], there: Mapping[str, Organisation], by: User | None
) -> list[place_tables.Fault]:
    """Rows about organisations that the person may not change, or below them: as if those did not exist."""
    if by is None or by.is_superuser:
        return []
    ours = set(organisations_where(by, MANAGE_ORGANISATION).values_list("code", flat=True))
    new = {row.code for row in rows} - set(there)
    faults = [
        place_tables.Fault(row.row, "code_taken", row.code)
        for row in rows
        if row.code in there and row.code not in ours
    ]
    faults += [
        place_tables.Fault(row.row, "parent", row.parent)
        for row in rows
        if row.code in new and row.parent not in ours and row.parent not in new
    ]
    return faults


def _preview(
    rows: Sequence[place_tables.Row], faults: Sequence[place_tables.Fault], changes: Callable[..., list[str] | None]
) -> Preview:
    about = {row.row: f"{row.code} {row.name}" for row in rows}
    sentences: dict[int, list[str]] = {}
    for fault in faults:
        sentence = FAULTS[fault.code]() % {"value": fault.value}
        if sentence not in sentences.setdefault(fault.row, []):
            sentences[fault.row].append(sentence)
    lines = [Line(row, about.get(row, ""), "wrong", " ".join(found)) for row, found in sentences.items()]
    for row in rows:
        if row.row not in sentences:
            lines.append(Line(row.row, about[row.row], *_outcome(changes(row))))
    return Preview(tuple(sorted(lines, key=lambda line: line.row)))


def _outcome(changed: list[str] | None) -> tuple[str, str]:
    if changed is None:
        return "new", _("Will be added.")
    if changed:
        return "changed", _("Will change: %(what)s.") % {"what": listed(changed)}
    return "same", _("Is here already.")


def kind_words() -> dict[str, str]:
    """Each word for a kind of organisation, in lower case: its value, and its names in Chinese and English."""
    words = {}
    for kind in Organisation.Kind:
        words[kind.value] = kind.value
        for language in ("zh-hans", "en"):
            with translation.override(language):
                words[str(kind.label).lower()] = kind.value
    return words


def rows_of_template(model: type[models.Model]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The headings and example rows of the file that people fill in."""
    if model is Region:
        return place_tables.REGION_COLUMNS, place_tables.REGION_EXAMPLES
    with translation.override("zh-hans"):
        names = {kind.value: str(kind.label) for kind in Organisation.Kind}
    rows = [(code, name, names[kind], *rest) for code, name, kind, *rest in place_tables.ORGANISATION_EXAMPLES]
    return place_tables.ORGANISATION_COLUMNS, tuple(rows)


FAULTS: dict[str, Callable[[], str]] = {
    "empty": lambda: _("The table has no rows. The first row names the columns."),
    "heading": lambda: _("The first row names the columns; missing: %(value)s. Take the template."),
    "code": lambda: _("The code “%(value)s” has the wrong number of digits."),
    "name": lambda: _("The name is missing."),
    "long": lambda: _("The name “%(value)s” is too long."),
    "level": lambda: _("There is no level “%(value)s”. The template names one in each row."),
    "kind": lambda: _("There is no kind “%(value)s” of organisation. The template names one in each row."),
    "region": lambda: _("There is no region with the code %(value)s. Bring in the regions first."),
    "parent": lambda: _("What stands above, %(value)s, is neither in the table nor here."),
    "twice": lambda: _("The code %(value)s stands in the table twice."),
    "name_twice": lambda: _("The name “%(value)s” stands in the table twice."),
    "name_taken": lambda: _("Another organisation is called “%(value)s” already."),
    "code_taken": lambda: _("The code %(value)s belongs to another organisation."),
    "moved": lambda: _("It stands below another organisation here. A table does not move it: that would move rights."),
    "circle": lambda: _("%(value)s stands above itself."),
}
