"""Verbs on organisations, their units and rooms."""

from collections.abc import Iterable

from django.db import transaction

from courses.journal.actions import record
from courses.people.actions.posts import derive_rights
from courses.people.models import Organisation, OrganisationUnit, Post, Region, Room, User
from courses.people.permissions import MANAGE_ORGANISATION, require


def add_organisation(
    *,
    name: str,
    kind: str,
    by: User | None,
    parent: Organisation | None = None,
    code: str = "",
    region: Region | None = None,
) -> Organisation:
    """Add an organisation below `parent`. Refuses (ValidationError) a name or code that exists, and (PermissionDenied)
    a person who may not change the parent; only the system and superusers add one without a parent."""
    require(by, MANAGE_ORGANISATION, parent)
    with transaction.atomic():
        organisation = add_organisation_quietly(name=name, kind=kind, by=by, parent=parent, code=code, region=region)
        derive_rights_above([organisation])
    return organisation


def add_organisation_quietly(
    *, name: str, kind: str, by: User | None, parent: Organisation | None, code: str, region: Region | None
) -> Organisation:
    """`add_organisation` for many at once: the caller has asked for the right, is in a transaction, and lets rights follow for
    all of them together (`derive_rights_above`)."""
    organisation = Organisation(name=name.strip(), kind=kind, parent=parent, code=code, region=region)
    organisation.full_clean(exclude=["path"])
    organisation.save()
    organisation.path = f"{parent.path if parent else ''}{organisation.pk:06d}."
    organisation.save(update_fields=["path"])
    record(verb="people.add_organisation", about=organisation, by=by, organisation=organisation)
    return organisation


def derive_rights_above(organisations: Iterable[Organisation]) -> None:
    """Posts reach down to what was added below them: once for each person."""
    above = {int(part) for place in organisations for part in place.path.split(".") if part}
    for user in User.objects.filter(posts__in=Post.objects.held().filter(organisation__in=above)).distinct():
        derive_rights(user)


def change_organisation(*, organisation: Organisation, by: User | None, **changes: object) -> Organisation:
    """Change name, kind, code or region. Refuses (ValidationError) a name or code that exists."""
    require(by, MANAGE_ORGANISATION, organisation)
    with transaction.atomic():
        organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
        changed = {name for name, value in changes.items() if getattr(organisation, name) != value}
        if not changed:
            return organisation
        for name in changed:
            setattr(organisation, name, changes[name])
        organisation.full_clean(exclude=["path"])
        organisation.save(update_fields=changed)
        record(verb="people.change_organisation", about=organisation, by=by, organisation=organisation, fields=changed)
    return organisation


def add_unit(
    *, organisation: Organisation, name: str, by: User | None, parent: OrganisationUnit | None = None
) -> OrganisationUnit:
    """Add a ward, brigade or team. The same name again returns the unit that exists."""
    require(by, MANAGE_ORGANISATION, organisation)
    with transaction.atomic():
        existing = OrganisationUnit.objects.filter(organisation=organisation, name=name.strip()).first()
        if existing:
            return existing
        unit = OrganisationUnit(organisation=organisation, name=name.strip(), parent=parent)
        unit.full_clean()
        unit.save()
        record(verb="people.add_unit", about=unit, by=by, organisation=organisation)
    return unit


def rename_unit(*, unit: OrganisationUnit, name: str, by: User | None) -> OrganisationUnit:
    """Give a unit another name. Refuses (ValidationError) a name that another unit of the organisation has."""
    require(by, MANAGE_ORGANISATION, unit.organisation)
    with transaction.atomic():
        unit.name = name.strip()
        unit.full_clean()
        unit.save(update_fields=["name"])
        record(verb="people.rename_unit", about=unit, by=by, organisation=unit.organisation, fields=["name"])
    return unit


def add_room(*, organisation: Organisation, name: str, by: User | None, seats: int | None = None) -> Room:
    """Add a classroom, workshop or field. The same name again returns the room that exists."""
    require(by, MANAGE_ORGANISATION, organisation)
    with transaction.atomic():
        existing = Room.objects.filter(organisation=organisation, name=name.strip()).first()
        if existing:
            return existing
        room = Room(organisation=organisation, name=name.strip(), seats=seats)
        room.full_clean()
        room.save()
        record(verb="people.add_room", about=room, by=by, organisation=organisation)
    return room


def change_room(*, room: Room, name: str, seats: int | None, by: User | None) -> Room:
    """Change a room's name and seats. Refuses (ValidationError) a name that another room of the organisation has."""
    require(by, MANAGE_ORGANISATION, room.organisation)
    with transaction.atomic():
        room.name, room.seats = name.strip(), seats
        room.full_clean()
        room.save(update_fields=["name", "seats"])
        record(verb="people.change_room", about=room, by=by, organisation=room.organisation, fields=["name", "seats"])
    return room
