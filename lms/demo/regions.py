"""Regions of the demo world: one city with eleven districts and 171 streets, and the places it is paired with. All invented."""

from courses.people.models import Region

Level = Region.Level
DISTRICTS = (
    "北岭区", "南岗区", "东桥区", "西渡区", "江北区", "云溪区", "松山区", "白塔区", "新港区", "临湖县", "石门县",
)  # fmt: skip
STREETS = 171
FIRST_STREETS = ("龙泉街道", "松柏街道", "河湾镇")  # of the first district; the stories name them
ABROAD = (  # code, name, level, part of
    ("990200", "渝川区", Level.DISTRICT, "990000"),
    ("992600", "黔岭州", Level.CITY, "990000"),
    ("992624", "三禾县", Level.DISTRICT, "992600"),
    ("992800", "恩江州", Level.CITY, "990000"),
    ("992801", "恩江市", Level.DISTRICT, "992800"),
)
BEFORE = "青云石柳竹梅泉桃榆枫桂杏荷长永安平兴"
AFTER = ("山", "溪", "桥", "井", "湾", "岗", "塘", "坪", "渡", "园", "岭", "关", "洲")


def build_regions(*, streets: bool = True) -> dict[str, Region]:
    """All regions by code; `streets` leaves the 171 out."""
    province = Region.objects.create(code="990000", name="演示省", level=Level.PROVINCE)
    city = Region.objects.create(code="990100", name="江州市", level=Level.CITY, parent=province)
    found = {one.code: one for one in (province, city)}
    districts = Region.objects.bulk_create(
        Region(code=f"9901{number:02d}", name=name, level=Level.DISTRICT, parent=city)
        for number, name in enumerate(DISTRICTS, start=1)
    )
    found |= {one.code: one for one in districts}
    for code, name, level, above in ABROAD:
        found[code] = Region.objects.create(code=code, name=name, level=level, parent=found[above])
    if streets:
        made = Region.objects.bulk_create(
            Region(code=code, name=name, level=Level.STREET, parent=found[code[:6]]) for code, name in street_names()
        )
        found |= {one.code: one for one in made}
    return found


def street_names() -> list[tuple[str, str]]:
    """Code and name of the 171 streets and towns, spread over the districts; no name twice."""
    names = [first + second for second in AFTER for first in BEFORE if first != second]
    found = []
    for number in range(STREETS):
        district, place = number % len(DISTRICTS), number // len(DISTRICTS)
        kind = "镇" if DISTRICTS[district].endswith("县") or place % 4 == 3 else "街道"
        name = FIRST_STREETS[place] if district == 0 and place < len(FIRST_STREETS) else names[number] + kind
        found.append((f"9901{district + 1:02d}{place + 1:03d}", name))
    return sorted(found)
