"""Organisations and staff of the demo world. Every name is invented and ends in (演示)."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from courses.people.actions import add_organisation, appoint
from courses.people.models import Organisation, OrganisationUnit, Qualification, Region, Room, User
from courses.people.permissions import Role

PASSWORD = "qihang-demo"  # noqa: S105  (printed by `lms demo`; production refuses LMS_DEMO)
Kind = Organisation.Kind


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


# account, family name, given name, role, place, what the person is for
STAFF = (
    ("admin_city", "江", "敏", Role.ADMIN, "city", "批准开班、放行证书"),
    ("admin_prison", "方", "正", Role.SITE_ADMIN, "prison", "建班、学员、终端"),
    ("admin_provider", "丽", "禾", Role.PROVIDER_ADMIN, "school", "课程、题库、准备证书"),
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
    ("admin_other", "渝", "川", Role.PROVIDER_ADMIN, "other_school", "另一所学校：看不到丽禾的班"),
)


def build_places() -> Places:
    """Regions, seven organisations below the city bureau, their units and rooms."""
    province = Region.objects.create(code="990000", name="演示省", level=Region.Level.PROVINCE)
    city_region = Region.objects.create(code="990100", name="江州市", level=Region.Level.CITY, parent=province)
    for code, name in (("990101", "北岭区"), ("990102", "南岗区"), ("990103", "东桥区")):
        Region.objects.create(code=code, name=name, level=Region.Level.DISTRICT, parent=city_region)
    city = add_organisation(
        name="江州市人社局（演示）", kind=Kind.HR_BUREAU, code="990100", by=None, region=city_region
    )

    def below(name: str, kind: str, code: str = "") -> Organisation:
        return add_organisation(name=name, kind=kind, code=code, parent=city, by=None, region=city_region)

    places = Places(
        city=city,
        prison=below("江州监狱（演示）", Kind.PRISON),
        second_prison=below("江北监狱（演示）", Kind.PRISON),
        rehab=below("江州市强制隔离戒毒所（演示）", Kind.REHAB_CENTRE),
        school=below("丽禾职业培训学校（演示）", Kind.TRAINING_PROVIDER, "990103"),
        employment=below("江州市就业服务中心（演示）", Kind.EMPLOYMENT_SERVICE),
        other_school=below("渝川职业学校（演示）", Kind.TRAINING_PROVIDER, "990200"),
    )
    units = {
        places.prison: ("一监区", "二监区", "三监区"),
        places.second_prison: ("一监区", "二监区"),
        places.rehab: ("一大队", "二大队", "三大队", "四大队"),
    }
    rooms = {
        places.prison: (("电教室", 30), ("焊接车间", 24)),
        places.rehab: (("电教室", 30),),
        places.school: (("实训楼 201", 40),),
    }
    for organisation, names in units.items():
        OrganisationUnit.objects.bulk_create(OrganisationUnit(organisation=organisation, name=name) for name in names)
    for organisation, named in rooms.items():
        Room.objects.bulk_create(Room(organisation=organisation, name=name, seats=seats) for name, seats in named)
    return places


def build_staff(places: Places, accounts: tuple[str, ...] = ()) -> dict[str, User]:
    """An account for every role, each with its post; `accounts` limits it to some of them."""
    password = make_password(PASSWORD)  # once: hashing is meant to be slow
    staff = {}
    for username, family, given, role, place, _purpose in STAFF:
        if accounts and username not in accounts:
            continue
        user = User.objects.create(username=username, last_name=family, first_name=given, password=password)
        appoint(user=user, role=role, organisation=getattr(places, place), by=None)
        staff[username] = user
    if "trainer_wang" in staff:
        Qualification.objects.create(user=staff["trainer_wang"], kind="焊工", level="二级/技师")
    return staff
