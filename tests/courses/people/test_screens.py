"""The screens of people and rights, through the admin's own addresses."""

import re
from datetime import timedelta

import pytest
from django import forms
from django.urls import reverse
from django.utils import timezone

from courses.journal.models import JournalEntry
from courses.people import actions
from courses.people.forms import offer_regions
from courses.people.models import CategoryPeriod, Learner, Post, Region, User
from courses.people.permissions import VIEW_LEARNERS, Role, may

pytestmark = pytest.mark.django_db
NUMBER = "990101198804120110"


@pytest.fixture
def desk(client):
    """`desk(user)`: a browser in which this person is signed in."""

    def signed_in(user):
        client.force_login(user)
        return client

    return signed_in


def text(response):
    """What can be read on the page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def register(client, organisation, **facts):
    facts = {"full_name": "陈小龙", "id_number": "", "id_evidence": "unverified", "literacy": "2", **facts}
    return client.post(reverse("people_register"), {"organisation": organisation.pk, **facts})


# --- learners


def test_the_list_is_masked_and_found_by_name_pinyin_number_and_identity(desk, site_admin, learner, prison):
    other = actions.register_learner(full_name="李德顺", gender="male", organisation=prison, by=None)
    client = desk(site_admin)
    page = client.get(reverse("learners:index"))
    assert "990101********0110" in text(page) and NUMBER not in page.content.decode()
    for query in ("王国", "wangguo", "wang guo", "100001", NUMBER, "990101880412011"):
        found = text(client.get(reverse("learners:index"), {"q": query}))
        assert learner.full_name in found and other.full_name not in found, query


def test_filters_name_only_my_places_and_narrow_the_list(desk, site_admin, learner, prison, other_prison):
    unit = actions.add_unit(organisation=prison, name="一监区", by=None)
    actions.add_unit(organisation=other_prison, name="外人监区", by=None)
    actions.register_learner(full_name="李德顺", gender="male", organisation=prison, unit=unit, by=None)
    client = desk(site_admin)
    page = text(client.get(reverse("learners:index")))
    assert "一监区" in page and "外人监区" not in page and "江北" not in page
    found = text(client.get(reverse("learners:index"), {"unit": unit.pk}))
    assert "李德顺" in found and "王国强" not in found
    found = text(client.get(reverse("learners:index"), {"identity": "pending", "place": prison.pk}))
    assert "李德顺" in found


def test_lists_ask_the_database_as_often_for_1_row_as_for_30(desk, city_admin, prison, other_prison):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def fill(first, last):
        for n in range(first, last):
            actions.add_organisation(name=f"车间{n}", kind="workshop", parent=prison, by=None)
        for n in range(first, last):
            unit = actions.add_unit(organisation=prison, name=f"监区{n}", by=None)
            actions.register_learner(full_name="陈小龙", gender="male", organisation=prison, unit=unit, by=None)
            user = User.objects.create(username=f"officer{n}")
            # Not at the prison: each new workshop below it would renew the rights of thirty officers.
            actions.appoint(user=user, role=Role.OFFICER, organisation=other_prison, by=None)

    def queries(url):
        client.get(reverse(url))
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse(url)).status_code == 200
        return len(found)

    client = desk(city_admin)
    urls = ["learners:index", "staff:index", "organisations:index"]
    fill(0, 1)
    few = {url: queries(url) for url in urls}
    fill(1, 30)
    assert {url: queries(url) for url in urls} == few


def test_a_file_is_opened_and_leads_to_its_page(desk, site_admin, prison):
    client = desk(site_admin)
    answer = register(client, prison, id_number=NUMBER, full_name="王国强", category="inmate")
    learner = Learner.objects.get()
    assert answer.url == reverse("people_file", args=[learner.pk])
    page = text(client.get(answer.url))
    assert "王国强" in page and "990101********0110" in page and NUMBER not in page
    assert JournalEntry.objects.get(verb="people.register_learner").actor_id == site_admin.pk


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"id_number": "990101198804120111"}, "id_number"),
        ({"id_number": "12345"}, "id_number"),
        ({"id_number": NUMBER, "gender": "female"}, "gender"),
        ({"id_number": NUMBER, "birth_date": "1988-04-13"}, "birth_date"),
        ({"full_name": "王", "gender": "male"}, "full_name"),
        ({"full_name": "", "gender": "male"}, "full_name"),
        ({}, "gender"),
        ({"gender": "male", "id_evidence": "rumour"}, "id_evidence"),
        ({"gender": "male", "birth_date": "soon"}, "birth_date"),
    ],
)
def test_wrong_input_gets_a_sentence_at_its_field_and_stores_nothing(desk, site_admin, prison, facts, field):
    answer = register(desk(site_admin), prison, **facts)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert str(answer.context["form"].errors[field][0]) in answer.content.decode().replace("&#x27;", "'")
    assert not Learner.objects.exists() and not JournalEntry.objects.filter(verb__contains="learner").exists()


def test_a_unit_of_a_foreign_place_cannot_be_entered(desk, site_admin, prison, other_prison):
    unit = actions.add_unit(organisation=other_prison, name="一监区", by=None)
    assert register(desk(site_admin), prison, gender="male", unit=unit.pk).status_code == 200
    assert register(desk(site_admin), other_prison, gender="male").status_code == 200
    assert not Learner.objects.exists()


def test_a_second_file_is_refused_and_names_nobody(desk, other_admin, other_prison, learner):
    answer = register(desk(other_admin), other_prison, id_number=NUMBER, full_name="张三")
    assert "王国强" not in text(answer) and "江州" not in text(answer)
    assert reverse("people_file", args=[learner.pk]) not in answer.content.decode()
    assert Learner.objects.count() == 1


def test_per_3_a_second_file_is_refused_with_the_way_to_ones_own(desk, site_admin, prison, learner):
    answer = register(desk(site_admin), prison, id_number=NUMBER, full_name="张三")
    assert (
        f'<a href="{reverse("people_file", args=[learner.pk])}">王国强 {learner.learner_no}</a>'
        in answer.content.decode()
    )
    assert Learner.objects.count() == 1


def test_a_correction_shows_in_the_journal_of_the_file(desk, site_admin, learner):
    client = desk(site_admin)
    url = reverse("people_correct", args=[learner.pk])
    assert NUMBER not in client.get(url).content.decode()
    facts = {"full_name": "王国墙", "name_pinyin": learner.name_pinyin, "id_evidence": "card", "literacy": "2"}
    assert client.post(url, {**facts, "reason": ""}).status_code == 200
    assert client.post(url, {**facts, "reason": "名字写错了"}).status_code == 302
    learner.refresh_from_db()
    assert (learner.full_name, learner.id_evidence) == ("王国墙", "card")
    assert "名字写错了" in text(client.get(reverse("people_file", args=[learner.pk])))


def test_a_move_to_a_unit_of_the_place(desk, site_admin, learner, prison):
    unit = actions.add_unit(organisation=prison, name="二监区", by=None)
    answer = desk(site_admin).post(
        reverse("people_move", args=[learner.pk]), {"organisation": prison.pk, "unit": unit.pk}
    )
    assert answer.status_code == 302
    assert learner.stays.get(until=None).unit == unit and learner.stays.get(until=None).reason == "move"


def test_prv_1_the_full_number_stands_on_one_answer_only_and_in_the_journal(desk, site_admin, learner):
    client = desk(site_admin)
    url = reverse("people_full_id", args=[learner.pk])
    assert NUMBER not in client.get(url).content.decode()
    assert NUMBER not in client.post(url, {"reason": " "}).content.decode()
    answer = client.post(url, {"reason": "制作证书"})
    assert NUMBER in answer.content.decode() and "no-store" in answer["Cache-Control"]
    assert NUMBER not in client.get(url).content.decode()
    assert JournalEntry.objects.get(verb="people.open_full_id").reason == "制作证书"


# --- PRV-3b: who sees what of a person


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.SITE_ADMIN, {"name", "mask", "full", "category", "journal", "manage"}),
        (Role.OFFICER, {"name", "mask", "category"}),
        (Role.ADMIN, {"name", "mask", "full", "journal"}),
        (Role.TRAINER, set()),
        (Role.AUTHOR, set()),
        (Role.REVIEWER, set()),
        (Role.EXAMINER, set()),
        (Role.INVIGILATOR, set()),
        (Role.EXPERT, set()),
        (Role.PROVIDER_ADMIN, set()),
        (Role.AUDITOR, set()),
    ],
)
def test_prv_3b_what_each_role_sees_of_a_person(desk, staff, prison, learner, role, sees):
    actions.set_category(learner=learner, category=CategoryPeriod.Category.INMATE, by=None, organisation=prison)
    client = desk(staff("somebody", role, prison))
    page = client.get(reverse("people_file", args=[learner.pk]))
    body = text(page)
    found = set()
    if "王国强" in body:
        found.add("name")
    if "990101********0110" in body:
        found.add("mask")
    if reverse("people_full_id", args=[learner.pk]) in page.content.decode():
        found.add("full")
    if (
        page.status_code == 200
        and page.context["sees_categories"]
        and str(CategoryPeriod.Category.INMATE.label) in body
    ):
        found.add("category")
    if page.status_code == 200 and page.context["journal"]:
        found.add("journal")
    if reverse("people_correct", args=[learner.pk]) in page.content.decode():
        found.add("manage")
    assert found == sees
    assert page.status_code == (200 if sees else 404)
    assert NUMBER not in page.content.decode()
    list_page = client.get(reverse("learners:index"))
    assert ("王国强" in text(list_page)) == bool(sees)
    for name, needed in (("people_correct", "manage"), ("people_move", "manage"), ("people_full_id", "full")):
        answer = client.post(reverse(name, args=[learner.pk]), {"reason": "x"})
        assert (answer.status_code == 200) == (needed in sees), name
        assert (NUMBER in answer.content.decode()) == (name == "people_full_id" and "full" in sees)


# --- organisations


def test_places_are_listed_below_each_other_and_only_mine(desk, city_admin, prison, school, other_prison):
    page = text(desk(city_admin).get(reverse("organisations:index")))
    assert "— 江州监狱" in page and "丽禾" in page and "江北" not in page


def test_units_and_rooms_are_added_and_changed_on_the_page_of_the_place(desk, site_admin, prison):
    client = desk(site_admin)
    client.post(reverse("people_add_unit", args=[prison.pk]), {"unit-name": "一监区"})
    client.post(reverse("people_add_room", args=[prison.pk]), {"room-name": "电教室", "room-seats": "30"})
    unit, room = prison.units.get(), prison.rooms.get()
    client.post(reverse("people_rename_unit", args=[prison.pk, unit.pk]), {"name": "第一监区"})
    client.post(reverse("people_change_room", args=[prison.pk, room.pk]), {"name": "一号教室", "seats": "28"})
    page = text(client.get(reverse("people_place", args=[prison.pk])))
    assert "第一监区" in page and "一号教室" in page and "28" in page


def test_a_unit_of_another_place_cannot_be_renamed_through_mine(desk, site_admin, prison, other_prison):
    unit = actions.add_unit(organisation=other_prison, name="一监区", by=None)
    answer = desk(site_admin).post(reverse("people_rename_unit", args=[prison.pk, unit.pk]), {"name": "改了"})
    assert answer.status_code == 404


def test_a_name_that_exists_is_refused_with_a_sentence(desk, city_admin, prison, school):
    answer = desk(city_admin).post(
        reverse("people_change_place", args=[prison.pk]), {"name": school.name, "kind": "prison"}
    )
    assert answer.status_code == 200 and answer.context["form"].errors["name"]


# --- staff


def test_an_account_is_made_and_its_password_shown_once(desk, site_admin, prison, client):
    facts = {"username": "li", "last_name": "李", "first_name": "明", "organisation": prison.pk, "role": "officer"}
    answer = desk(site_admin).post(reverse("people_make_account"), facts)
    password = answer.context["secret"]
    assert password in answer.content.decode() and User.objects.get(username="li").check_password(password)
    again = desk(site_admin).post(reverse("people_make_account"), facts)
    assert again.context["form"].errors["username"] and User.objects.filter(username="li").count() == 1
    page = client.get(reverse("people_account", args=[User.objects.get(username="li").pk]))
    assert password not in page.content.decode() and "李明" in text(page)


@pytest.mark.parametrize("role", ["admin", "provider_admin", "trainer", "king"])
def test_a_role_that_is_not_mine_to_give_is_not_offered_and_not_taken(desk, site_admin, prison, role):
    facts = {"username": "li", "last_name": "李", "first_name": "明", "organisation": prison.pk, "role": role}
    answer = desk(site_admin).post(reverse("people_make_account"), facts)
    assert answer.context["form"].errors["role"] and not User.objects.filter(username="li").exists()


def test_a_post_is_given_and_ended(desk, site_admin, prison, staff, school):
    user = staff("trainer", Role.TRAINER, school)
    client = desk(site_admin)
    answer = client.post(
        reverse("people_appoint"), {"username": "trainer", "organisation": prison.pk, "role": "invigilator"}
    )
    assert answer.url == reverse("people_account", args=[user.pk])
    page = text(client.get(answer.url))
    assert "江州监狱" in page and "丽禾" not in page  # posts at other places are not mine to see
    client.post(reverse("people_end_post", args=[user.posts.get(organisation=prison).pk]))
    assert not Post.objects.held().filter(user=user, organisation=prison).exists()


def test_a_post_that_is_not_mine_to_give_is_not_mine_to_end(desk, site_admin, prison, staff):
    above = staff("above", Role.ADMIN, prison)
    answer = desk(site_admin).post(reverse("people_end_post", args=[above.posts.get().pk]))
    assert answer.status_code == 302 and above.posts.held().exists()


def test_a_locked_account_is_released_on_its_page(desk, site_admin, prison, staff, client):
    officer = staff("officer", Role.OFFICER, prison)
    for _i in range(5):
        client.post("/staff/login/", {"username": "officer", "password": "wrong-password"})
    page = desk(site_admin).get(reverse("people_account", args=[officer.pk]))
    assert reverse("people_release_account", args=[officer.pk]) in page.content.decode()
    client.post(reverse("people_release_account", args=[officer.pk]))
    client.logout()
    answer = client.post("/staff/login/", {"username": "officer", "password": "a-good-password"})
    assert answer.status_code == 302


def test_an_account_is_closed_and_opened_on_its_page(desk, site_admin, prison, staff):
    officer = staff("officer", Role.OFFICER, prison)
    client = desk(site_admin)
    client.post(reverse("people_close_account", args=[officer.pk]))
    assert not User.objects.get(pk=officer.pk).is_active
    client.post(reverse("people_reopen_account", args=[officer.pk]))
    assert may(User.objects.get(pk=officer.pk), VIEW_LEARNERS, prison)


def test_wagtails_own_screens_for_users_are_closed_to_administrators(desk, city_admin):
    assert desk(city_admin).get("/admin/users/").status_code == 404
    assert desk(city_admin).get("/admin/users/new/").status_code == 404
    assert desk(city_admin).get("/admin/groups/").status_code == 302


# --- waits for me


@pytest.fixture
def waiting(site_admin, prison, learner):
    return actions.ask_countersign(
        act="people.test", about=learner, title="核对王国强的身份", organisation=prison, permission=VIEW_LEARNERS,
        by=site_admin, reason="证件照片不清",
    )  # fmt: skip


def test_what_waits_is_on_the_home_page_of_the_second_person_only(desk, waiting, site_admin, city_admin, other_admin):
    for user, sees in ((city_admin, True), (site_admin, False), (other_admin, False)):
        home = text(desk(user).get("/admin/"))
        assert ("核对王国强的身份" in home) == sees
    mine = text(desk(site_admin).get(reverse("people_waiting")))
    assert "核对王国强的身份" in mine  # what I asked for


def test_the_home_page_shows_only_ways_that_are_open(desk, staff, prison, site_admin):
    trainer = desk(staff("trainer", Role.TRAINER, prison)).get("/admin/").content.decode()
    assert reverse("learners:index") not in trainer and reverse("staff:index") not in trainer
    admin = desk(site_admin).get("/admin/").content.decode()
    assert reverse("learners:index") in admin and reverse("staff:index") in admin
    assert "gravatar" not in admin


def test_cls_5_a_qualification_that_has_ended_is_told_on_the_first_page(desk, staff, prison):
    trainer = staff("trainer", Role.TRAINER, prison)
    add = trainer.qualifications.create
    today = timezone.localdate()
    add(kind="焊工", valid_to=None)
    add(kind="讲师", valid_to=today - timedelta(days=300))
    add(kind="厨师", valid_to=today + timedelta(days=20))
    add(kind="裁缝", valid_to=today - timedelta(days=300))
    add(kind="裁缝", valid_to=today + timedelta(days=300))  # renewed
    page = desk(trainer).get("/admin/")
    panel = next(panel for panel in page.context["panels"] if panel.name == "qualification")
    told = panel.get_context_data({"request": page.wsgi_request})
    assert [one.kind for one in told["ended"]] == ["讲师"] and [one.kind for one in told["ending"]] == ["厨师"]
    assert "panel-qualification" in page.content.decode()
    assert "panel-qualification" not in desk(staff("trainer_2", Role.TRAINER, prison)).get("/admin/").content.decode()


def test_on_the_own_account_the_family_name_comes_first(desk, staff, prison):
    page = desk(staff("trainer", Role.TRAINER, prison)).get("/admin/account/").content.decode()
    assert 0 < page.index('name="name_email-last_name"') < page.index('name="name_email-first_name"')


def test_many_regions_are_offered_in_groups_the_own_ones_first(staff, prison):
    city = Region.objects.create(code="990000", name="江州市", level=Region.Level.choices[0][0])
    own, other = (
        Region.objects.create(code=code, name=name, level=Region.Level.choices[-1][0], parent=city)
        for code, name in (("990101", "龙泉街道"), ("990102", "河西街道"))
    )
    prison.region = own
    prison.save()
    field = forms.ModelChoiceField(Region.objects.none(), required=False)
    offer_regions(field, Region.objects.all(), staff("admin_9", Role.SITE_ADMIN, prison), empty="不限")
    first, *groups = field.widget.choices
    assert first == ("", "不限") and groups[0][1] == [(own.pk, "龙泉街道")]
    assert ("江州市", [(other.pk, "河西街道")]) in groups
    assert field.clean(str(other.pk)) == other
