"""Staff of the demo world: an account for every role, and the trainers of its classes."""

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from courses.people.actions import appoint, create_first_administrator
from courses.people.models import Qualification, User
from courses.people.permissions import Role

if TYPE_CHECKING:
    from lms.demo.places import Places

PASSWORD = "qihang-demo"  # noqa: S105  (printed by `lms demo`; production refuses LMS_DEMO)

# account, family name, given name, role, place, what the person is for
STAFF = (
    ("admin_city", "江", "敏", Role.ADMIN, "city", "看目标，批准开班，放行证书"),
    ("admin_prison", "方", "正", Role.SITE_ADMIN, "prison", "建班、学员、终端"),
    ("admin_provider", "丽", "禾", Role.PROVIDER_ADMIN, "school", "课程、题库，确认成绩，准备证书"),
    ("officer_a", "安", "警官", Role.OFFICER, "prison", "点名、换密码"),
    ("officer_r", "任", "警官", Role.OFFICER, "rehab", "点名、换密码"),
    ("trainer_wang", "王", "老师", Role.TRAINER, "school", "焊接老师"),
    ("trainer_lin", "林", "老师", Role.TRAINER, "school", "创业老师"),
    ("author_sun", "孙", "编辑", Role.AUTHOR, "school", "写课程"),
    ("reviewer_zhao", "赵", "审核", Role.REVIEWER, "school", "发布课程"),
    ("examiner_1", "钱", "考评员", Role.EXAMINER, "school", "录成绩"),
    ("examiner_2", "周", "考评员", Role.EXAMINER, "school", "录成绩"),
    ("invigilator_1", "吴", "监考", Role.INVIGILATOR, "prison", "开考、暂停、收卷"),
    ("auditor_1", "郑", "审计", Role.AUDITOR, "city", "只看不改"),
    ("admin_other", "渝", "川", Role.PROVIDER_ADMIN, "other_school", "另一所学校：只看到在自己学校办的班"),
)
# The rest of the world's staff: who runs the other places, and who teaches there.
MORE_STAFF = (
    ("trainer_he", "何", "老师", Role.TRAINER, "school", "创业老师，资质已到期：排不了课"),
    ("trainer_su", "苏", "老师", Role.TRAINER, "school", "创业老师"),
    ("trainer_chen", "陈", "师傅", Role.TRAINER, "school", "烹调老师"),
    ("trainer_liu", "刘", "老师", Role.TRAINER, "school", "缝纫老师，今天有课"),
    ("trainer_long", "龙", "老师", Role.TRAINER, "school", "柑橘老师"),
    ("trainer_tan", "覃", "老师", Role.TRAINER, "school", "电商老师"),
    ("expert_1", "许", "专家", Role.EXPERT, "rehab", "校外专家：评创业计划书"),
    ("admin_rehab", "施", "静", Role.SITE_ADMIN, "rehab", "建班、学员"),
    ("admin_sanhe", "杨", "站长", Role.SITE_ADMIN, "sanhe", "对口地区：三禾县的班"),
    ("admin_enjiang", "田", "站长", Role.SITE_ADMIN, "enjiang", "对口地区：恩江市的班"),
    ("street_longquan", "龙", "泉", Role.ADMIN, "street", "街道：只看本辖区"),
)
# The account that sets up the site, made by the verb of `lms init`.
SITE = ("admin_site", "罗", "系统", Role.ADMIN, "city", "证书类型、签名密钥，所有单位的日志")
# account, qualification, level, valid until: a day, or the end of a year so many years ahead (who teaches a class that is
# dated by today has to be qualified today, in whatever year)
QUALIFICATIONS = (
    ("trainer_wang", "焊工", "二级/技师", None),
    ("trainer_lin", "SIYB 创业培训师", "国家级", 1),
    ("trainer_he", "SIYB 创业培训讲师", "", date(2025, 1, 31)),
    ("trainer_su", "SIYB 创业培训讲师", "", 2),
    ("trainer_chen", "中式烹调师", "二级/技师", None),
    ("trainer_liu", "缝纫工", "三级/高级工", None),
    ("trainer_long", "农艺师", "中级", None),
    ("trainer_tan", "电子商务师", "三级/高级工", None),
)


def valid_to(until: date | int | None) -> date | None:
    """The last day of a qualification of `QUALIFICATIONS`."""
    return date(timezone.localdate().year + until, 12, 31) if isinstance(until, int) else until


def build_staff(places: "Places", accounts: tuple[str, ...] = (), *, more: bool = False) -> dict[str, User]:
    """An account for every role, each with its post; `accounts` limits it to some of them, `more` adds the other places'."""
    rows = [row for row in (*STAFF, *(MORE_STAFF if more else ())) if not accounts or row[0] in accounts]
    staff = _accounts([row[:3] for row in rows])
    for username, _family, _given, role, place, _purpose in rows:
        appoint(user=staff[username], role=role, organisation=getattr(places, place), by=None)
    if more and not accounts:
        staff[SITE[0]], _shown = create_first_administrator(
            username=SITE[0], organisation=places.city, password=PASSWORD
        )
        User.objects.filter(username=SITE[0]).update(last_name=SITE[1], first_name=SITE[2])
    Qualification.objects.bulk_create(
        Qualification(user=staff[account], kind=kind, level=level, valid_to=valid_to(until))
        for account, kind, level, until in QUALIFICATIONS
        if account in staff
    )
    return staff


# What is printed when the demo starts: a heading, and the accounts below it.
PRINTED = (
    ("管理", ("admin_city", "admin_prison", "admin_rehab", "admin_provider", "admin_other", "admin_sanhe", "admin_enjiang")),
    ("街道、审计", ("street_longquan", "auditor_1")),
    ("系统", ("admin_site",)),
    ("老师", ("trainer_wang", "trainer_liu", "trainer_lin", "trainer_su", "trainer_he", "trainer_chen")),
    ("民警", ("officer_a", "officer_r")),
    ("课程", ("author_sun", "reviewer_zhao")),
    ("考试", ("examiner_1", "examiner_2", "expert_1", "invigilator_1")),
)  # fmt: skip


def accounts_by_role() -> list[tuple[str, list[str]]]:
    """The accounts of the demo under their headings, each with its person and what the person is for."""
    purpose = {row[0]: f"{row[0]:<15} {row[1]}{row[2]}：{row[5]}" for row in (*STAFF, *MORE_STAFF, SITE)}
    return [(title, [purpose[account] for account in accounts]) for title, accounts in PRINTED]


def build_trainers(places: "Places", prefix: str, count: int) -> dict[str, User]:
    """So many trainers whom the school sends to a paired region: `<prefix>1`, `<prefix>2`…"""
    staff = _accounts([(f"{prefix}{number}", "对口", f"老师{number}") for number in range(1, count + 1)])
    for user in staff.values():
        appoint(user=user, role=Role.TRAINER, organisation=places.school, by=None)
    return staff


def _accounts(rows: list[tuple[str, str, str]]) -> dict[str, User]:
    password = make_password(PASSWORD)  # once: hashing is meant to be slow
    return {
        username: User.objects.create(username=username, last_name=family, first_name=given, password=password)
        for username, family, given in rows
    }
