"""Organisations of the demo world, with their units and rooms. Every name is invented and ends in （演示）."""

from dataclasses import dataclass

from courses.people.actions import add_organisation
from courses.people.models import Organisation, OrganisationUnit, Region, Room
from lms.demo.regions import DISTRICTS, build_regions, street_names

# Staff were written here before they got a file of their own; stories still take everything from one place.
from lms.demo.staff import PASSWORD, STAFF, build_staff

__all__ = ["PASSWORD", "STAFF", "Places", "build_offices", "build_places", "build_staff", "places"]
Kind = Organisation.Kind
CITY = "江州市人社局（演示）"


@dataclass(frozen=True)
class Places:
    """The organisations that the stories name."""

    city: Organisation
    prison: Organisation
    second_prison: Organisation
    rehab: Organisation
    school: Organisation
    employment: Organisation
    other_school: Organisation
    justice: Organisation
    street: Organisation
    sanhe: Organisation
    enjiang: Organisation
    base: Organisation


# field of `Places`, name, kind, code, region, supervised by
ORGANISATIONS = (
    ("city", CITY, Kind.HR_BUREAU, "990100", "990100", ""),
    ("prison", "江州监狱（演示）", Kind.PRISON, "", "990100", "city"),
    ("second_prison", "江北监狱（演示）", Kind.PRISON, "", "990100", "city"),
    ("rehab", "江州市强制隔离戒毒所（演示）", Kind.REHAB_CENTRE, "", "990100", "city"),
    ("school", "丽禾职业培训学校（演示）", Kind.TRAINING_PROVIDER, "990103", "990103", "city"),
    ("employment", "江州市就业服务中心（演示）", Kind.EMPLOYMENT_SERVICE, "", "990100", "city"),
    ("other_school", "渝川职业学校（演示）", Kind.TRAINING_PROVIDER, "990200", "990200", "city"),
    ("sanhe", "三禾县培训中心（演示）", Kind.TRAINING_PROVIDER, "992624", "992624", "city"),
    ("enjiang", "恩江市培训中心（演示）", Kind.TRAINING_PROVIDER, "992801", "992801", "city"),
    ("base", "东禾农场安置基地（演示）", Kind.PLACEMENT_BASE, "", "990103", "city"),
    ("justice", "北岭区司法局（演示）", Kind.JUSTICE_BUREAU, "", "990101", "city"),
    ("street", "龙泉司法所（演示）", Kind.JUSTICE_OFFICE, "", "990101", "justice"),
    ("", "松柏司法所（演示）", Kind.JUSTICE_OFFICE, "", "990101", "justice"),
    ("", "河湾司法所（演示）", Kind.JUSTICE_OFFICE, "", "990101", "justice"),
)
UNITS = {
    "prison": ("一监区", "二监区", "三监区"),
    "second_prison": ("一监区", "二监区"),
    "rehab": ("一大队", "二大队", "三大队", "四大队"),
}
ROOMS = {
    "prison": (("电教室", 30), ("焊接车间", 24), ("缝纫车间", 30)),
    "rehab": (("电教室", 30), ("教室一", 30), ("教室二", 30)),
    "school": (("实训楼 201", 40),),
    "other_school": (("烹调实训室", 36),),
    "sanhe": (("教学果园", None), ("培训教室", 50)),
    "enjiang": (("电商实训室", 40),),
    "base": (("农场教室", 20),),
}


def build_places(*, streets: bool = False) -> Places:
    """Regions (`streets`: all 171 of them, too), fourteen organisations below the city's bureau, their units and rooms."""
    regions = build_regions(streets=streets)
    made: dict[str, Organisation] = {}
    for field, name, kind, code, region, parent in ORGANISATIONS:
        made[field or name] = add_organisation(
            name=name, kind=kind, code=code, region=regions[region], parent=made.get(parent), by=None
        )
    OrganisationUnit.objects.bulk_create(
        OrganisationUnit(organisation=made[field], name=name) for field, names in UNITS.items() for name in names
    )
    Room.objects.bulk_create(
        Room(organisation=made[field], name=name, seats=seats)
        for field, rooms in ROOMS.items()
        for name, seats in rooms
    )
    return Places(**{field: made[field] for field in Places.__dataclass_fields__})


def places() -> Places:
    """The places of a world that was built before."""
    by_name = {one.name: one for one in Organisation.objects.filter(name__in=[row[1] for row in ORGANISATIONS])}
    return Places(**{row[0]: by_name[row[1]] for row in ORGANISATIONS if row[0]})


def build_offices(city: Organisation) -> int:
    """The whole tree of the city: a justice bureau in each district, an office in each street. Returns how many there are
    with the city itself: 183."""
    known = {one.name: one for one in Organisation.objects.filter(path__startswith=city.path)}
    regions = {one.code: one for one in Region.objects.filter(code__startswith="9901")}

    def office(name: str, kind: str, region: str, parent: Organisation) -> Organisation:
        return known.get(name) or add_organisation(name=name, kind=kind, region=regions[region], parent=parent, by=None)

    bureaus = {
        f"9901{number:02d}": office(f"{district}司法局（演示）", Kind.JUSTICE_BUREAU, f"9901{number:02d}", city)
        for number, district in enumerate(DISTRICTS, start=1)
    }
    streets = street_names()
    for code, street in streets:
        name = street.removesuffix("街道").removesuffix("镇")
        office(f"{name}司法所（演示）", Kind.JUSTICE_OFFICE, code, bureaus[code[:6]])
    return 1 + len(bureaus) + len(streets)
