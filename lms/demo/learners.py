"""Learners of the demo world. Their identity numbers begin with 99: they can belong to nobody."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone

from courses.people.actions import register_learner
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
    ("100012", "何玉珍", "990102196202070184", "rehab", "二大队"),
    ("100013", "阿卜杜·热合曼", "990101199211300372", "prison", "二监区"),
)
FAMILY = "刘杨黄吴徐朱林郭罗梁宋郑谢唐韩冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
GIVEN = (
    "伟",
    "建华",
    "志明",
    "海涛",
    "永强",
    "小军",
    "文斌",
    "大勇",
    "国栋",
    "春生",
    "立新",
    "家旺",
    "德胜",
    "长林",
    "玉田",
    "喆",
    "堃",
    "铭",
)
ARRIVED = datetime(2024, 11, 4, 9, 0, tzinfo=timezone.get_default_timezone())


def demo_identity(number: int) -> str:
    """A valid identity number for the n-th generated man: region 990101, born between 1970 and 1999."""
    born = date(1970 + number % 30, number % 12 + 1, number % 28 + 1)
    digits = f"990101{born:%Y%m%d}{(number * 2 + 1) % 1000:03d}"
    return digits + mod_11_2(digits)


def demo_name(number: int) -> str:
    return FAMILY[number % len(FAMILY)] + GIVEN[(number * 7 + number // len(FAMILY)) % len(GIVEN)]


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
    units = {(unit.organisation_id, unit.name): unit for unit in OrganisationUnit.objects.all()}
    learners = []
    for number, name, identity, place, unit in NAMED:
        if named and number not in named:
            continue
        organisation = getattr(places, place)
        learners.append(
            register_learner(
                full_name=(mistyped or {}).get(number, name),
                id_number=identity,
                learner_no=number,
                organisation=organisation,
                by=by if place == "prison" else None,  # each institution registers its own
                at=at,
                unit=units[organisation.pk, unit],
                id_evidence=Learner.IdEvidence.CARD,
                category=Category.INMATE if place == "prison" else Category.REHAB_RESIDENT,
                literacy=0 if number == "100004" else 2,
                large_text=number == "100004",
                read_aloud=number == "100004",
            )
        )
    wards = [unit for (pk, _name), unit in sorted(units.items()) if pk == places.prison.pk]
    for index in range(generated):
        learners.append(
            register_learner(
                full_name=demo_name(index),
                id_number=demo_identity(index),
                learner_no=str(100101 + index),
                organisation=places.prison,
                by=by,
                at=at,
                unit=wards[index % len(wards)],
                id_evidence=Learner.IdEvidence.JUDGMENT,
                category=Category.INMATE,
            )
        )
    return learners
