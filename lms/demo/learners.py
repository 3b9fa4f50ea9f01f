"""Learners of the demo world. Their identity numbers begin with 99: they can belong to nobody."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from courses.people.actions import Person, register_learners
from courses.people.models import CategoryPeriod, Learner, OrganisationUnit, User
from courses.people.rules import mod_11_2
from lms.demo.places import Places

Category = CategoryPeriod.Category
# number, name, identity number, where, unit
NAMED = (
    ("100001", "王国强", "990101198804120110", "prison", "一监区"),
    ("100002", "李德顺", "990101197909230135", "prison", "一监区"),
    ("100003", "陈小龙", "990102199511070173", "prison", "二监区"),
    ("100004", "周大山", "990101196301180198", "prison", "三监区"),
    ("100005", "赵铁柱", "990102200106300233", "prison", "二监区"),
    ("100006", "孙丽娟", "990101199006150221", "rehab", "一大队"),
    ("100007", "马建军", "990103198207030312", "prison", "三监区"),
    ("100008", "张志远", "990101199712250334", "prison", "一监区"),
    ("100009", "杨阿妹", "992624198503030369", "sanhe", ""),
    ("100010", "田秀英", "992801199307080423", "enjiang", ""),
    ("100011", "李发顺", "990103199905190158", "other_school", ""),
    ("100012", "何玉珍", "990102196202070184", "rehab", "二大队"),
    ("100013", "阿卜杜·热合曼", "990101199211300372", "prison", "二监区"),
)
FAMILY = "刘杨黄吴徐朱林郭罗梁宋郑谢唐韩冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
GIVEN = "伟 建华 志明 海涛 永强 小军 文斌 大勇 国栋 春生 立新 家旺 德胜 长林 玉田 喆 堃 铭".split()
WOMEN = "秀兰 桂芳 丽华 玉梅 春燕 小红 雪琴 翠英 月娥 彩云 冬梅 阿芳 金花 凤仙 素珍 慧 婷 莹".split()
ARRIVED = datetime(2024, 11, 4, 9, 0, tzinfo=timezone.get_default_timezone())


CATEGORY = {
    "prison": Category.INMATE,
    "rehab": Category.REHAB_RESIDENT,
    "sanhe": Category.LIFTED_HOUSEHOLD,
    "enjiang": Category.LIFTED_HOUSEHOLD,
    "other_school": Category.RURAL_WORKER,
    "base": Category.RELEASED,
}
REGION = {"sanhe": "992624", "enjiang": "992801", "other_school": "990200"}
ADMINS = {"prison": "admin_prison", "rehab": "admin_rehab", "sanhe": "admin_sanhe", "enjiang": "admin_enjiang"}
LETTERS: dict[str, Any] = {"large_text": True, "read_aloud": True, "literacy": Learner.Literacy.NON_READER}  # of 周大山


def demo_identity(number: int, region: str = "990101", *, woman: bool = False) -> str:
    """A valid identity number for the n-th generated person of a region, born between 1970 and 1999; no two are alike."""
    born = date(1970 + number % 30, number % 12 + 1, number % 28 + 1)
    digits = f"{region}{born:%Y%m%d}{(number * 2 + 1 - woman) % 1000:03d}"
    return digits + mod_11_2(digits)


def demo_name(number: int, *, woman: bool = False) -> str:
    given = WOMEN if woman else GIVEN
    return FAMILY[number % len(FAMILY)] + given[(number * 7 + number // len(FAMILY)) % len(given)]


def build_learners(
    places: Places,
    by: User | None,
    *,
    named: tuple[str, ...] = (),
    generated: int = 0,
    mistyped: Mapping[str, str] | None = None,
    at: datetime = ARRIVED,
) -> list[Learner]:
    """The named learners (all, or those whose number is in `named`), then generated ones at the prison.

    `mistyped` (number → name) registers somebody under a wrong name, to be corrected later in the story.
    """
    wrong = mistyped or {}
    found: list[Learner] = []
    for place in dict.fromkeys(row[3] for row in NAMED):
        units = _units(places, place)
        people = [
            Person(
                full_name=wrong.get(number, name), id_number=identity, learner_no=number, unit=units.get(unit),
                id_evidence=Learner.IdEvidence.CARD, category=CATEGORY[place], **LETTERS if number == "100004" else {},
            )
            for number, name, identity, where, unit in NAMED
            if where == place and (not named or number in named)
        ]  # fmt: skip
        if place == "prison":
            people += generated_people(places, place, first=100101, count=generated)
        if people:  # each institution registers its own
            found += register_learners(
                people=people, by=by if place == "prison" else None, organisation=getattr(places, place), at=at
            )
    return sorted(found, key=lambda learner: learner.learner_no)


def generated_people(
    places: Places, place: str, *, first: int, count: int, category: str = "", unit: str = "", start: int = 0
) -> list[Person]:
    """Invented people for a place, under the numbers from `first` on. In prison they are men, elsewhere both.

    `start` is where a second list for the same region goes on, so that no identity number comes twice.
    """
    region, units = REGION.get(place, "990101" if place == "prison" else "990102"), _units(places, place)
    wards: list[OrganisationUnit | None] = [units[unit]] if unit else [*units.values()] or [None]
    people = []
    for index in range(start, start + count):
        woman = place != "prison" and index % 5 in {1, 3}
        people.append(
            Person(
                full_name=demo_name(index, woman=woman), id_number=demo_identity(index, region, woman=woman),
                learner_no=str(first + index - start), unit=wards[index % len(wards)],
                id_evidence=Learner.IdEvidence.JUDGMENT if place == "prison" else Learner.IdEvidence.CARD,
                category=category or CATEGORY[place],
            )
        )  # fmt: skip
    return people


def register(
    places: Places, staff: Mapping[str, User], place: str, people: Sequence[Person], at: datetime = ARRIVED
) -> list[Learner]:
    """The list of a place, entered by its own administrator where it has one."""
    by = staff.get(ADMINS.get(place, ""))
    return register_learners(people=people, by=by, organisation=getattr(places, place), at=at)


def _units(places: Places, place: str) -> dict[str, OrganisationUnit]:
    found = OrganisationUnit.objects.filter(organisation=getattr(places, place)).order_by("pk")
    return {unit.name: unit for unit in found}
