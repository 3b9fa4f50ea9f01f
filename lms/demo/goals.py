"""The targets of 2025 and what was read of them at the end of each month."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from courses.catalogue.models import Programme
from courses.people.models import Region
from lms.demo.classes import World, moment
from lms.reports.rules import Period
from lms.targets.actions import set_target, take_readings
from lms.targets.models import Target

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
SET_ON = datetime(2025, 1, 6, 9, 0)
SOURCE = "2025 年度目标责任书（演示）"


def build_targets(world: World, relief: Programme, business: Programme, *, factor: int = 1) -> list[Target]:
    """Training in the paired regions, with its two parts; certificates in prison, SYB in the centre, passing at once.

    `factor` makes the numbers of the paired regions larger, as the full scale makes the people more.
    """
    city, by = world.places.city, world.staff["admin_city"]
    common: dict[str, Any] = {
        "by": by,
        "owner": city,
        "period": YEAR,
        "source": SOURCE,
        "at": moment(SET_ON.date(), SET_ON.time()),
    }
    trained: dict[str, Any] = {"measure": "trained", "unit": "persons", "organisation": city, "programme": relief}
    regions = {one.code: one for one in Region.objects.filter(code__in=("992600", "992800"))}
    whole = set_target(title="对口培训人数", value=450 * factor, **trained, **common)
    parts = [
        set_target(
            title=regions[code].name, region=regions[code], value=value * factor, parent=whole, **trained, **common
        )
        for code, value in (("992600", 250), ("992800", 200))
    ]
    others = [
        set_target(title="监狱取证人数", organisation=world.places.prison, measure="certified", unit="persons", value=60, **common),
        set_target(
            title="戒毒所创业培训人数", organisation=world.places.rehab, measure="trained", unit="persons", value=100,
            programme=business, **common,
        ),
        set_target(title="首次合格率", organisation=city, measure="first_pass_rate", unit="percent", value=Decimal(90), **common),
    ]  # fmt: skip
    for month in range(1, 13):
        day = date(2025, month, monthrange(2025, month)[1])
        take_readings(as_of=day, at=moment(day + timedelta(days=1), time(1)))
    return [whole, *parts, *others]
