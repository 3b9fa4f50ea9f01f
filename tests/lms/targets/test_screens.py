"""The desk: board, target, form and report; who sees what; a constant number of queries."""

import re
from datetime import date

import pytest
from django.urls import reverse

from courses.people.permissions import Role
from lms.targets import actions
from lms.targets.models import Submission, Target
from tests.courses.building import staff
from tests.lms.targets.building import at, complete, make_world, persons, trained_target, tree

BOARD = "/admin/targets/?asof=2025-09-30"


def build_scene():
    world = make_world()
    complete(world, world.qianling, persons(world, world.qianling, 14), date(2025, 6, 20))
    complete(world, world.enjiang, persons(world, world.enjiang, 9), date(2025, 7, 4))
    tree(world)
    return world


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def form(world, **facts):
    """What is typed for a target of 2025."""
    return {
        "title": "全年培训", "organisation": world.city.pk, "measure": "trained", "unit": "persons", "direction": "at_least",
        "value": "41,150", "first": "2025-01-01", "last": "2025-12-31", **facts,
    }  # fmt: skip


def test_tgt_8_every_number_on_the_board_opens_a_list_with_that_many_rows(world, desk):
    client = desk(world.staff["admin_city"])
    page = client.get(BOARD)
    links = re.findall(r'<a href="(/admin/[^"]*tables/[^"]+)"><b>(\d+)</b></a>', page.content.decode())
    assert [int(number) for _url, number in links] == [23, 14, 9]
    for url, number in links:
        listed = client.get(url.replace("&amp;", "&"))
        assert listed.context["page"].paginator.count == int(number)


def test_z_2_z_3_the_board_shows_shares_pace_and_sums(world, desk):
    trained_target(world, "千分之一千", 2)
    shown = text(desk(world.staff["admin_city"]).get(BOARD))
    assert "1,150.0 %" in shown and "337.5" in shown and "450" in shown


def test_one_board_is_the_same_number_of_queries_with_1_and_30_targets(world, desk, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = desk(world.staff["admin_city"])
    client.get(BOARD)
    with CaptureQueriesContext(connection) as few:
        client.get(BOARD)
    for number in range(30):
        trained_target(world, f"第{number}项", 10 + number)
    with django_assert_num_queries(len(few)):
        client.get(BOARD)


def test_p4_3_the_form_warns_and_saves_only_with_a_note(world, desk):
    client = desk(world.staff["admin_city"])
    typed = form(world, stated_done="7,012", stated_rate="155.8")
    refused = client.post(reverse("targets_set"), typed)
    assert refused.status_code == 200 and not Target.objects.filter(title="全年培训").exists()
    assert "155.8 % ≠ 17.0 %" in text(refused) and "4,500" in text(refused)
    label = refused.context["form"].fields["note"].label
    assert f"“{label}”" in refused.context["form"].errors["note"][0]  # the field is called what the sentence calls it
    kept = client.post(reverse("targets_set"), {**typed, "note": "原文如此"})
    assert kept.status_code == 302
    assert Target.objects.get(title="全年培训").value == 41150


@pytest.mark.parametrize(
    ("field", "typed"),
    [("unit", ""), ("unit", "documents"), ("value", "0"), ("value", "4,50"), ("title", " "), ("last", "2024-01-01")],
)
def test_p4_4_z_4_a_wrong_field_is_refused_in_its_place(world, desk, field, typed):
    before = Target.objects.count()
    page = desk(world.staff["admin_city"]).post(reverse("targets_set"), form(world, **{field: typed}))
    assert page.status_code == 200 and page.context["form"].errors[field]
    assert Target.objects.count() == before


def test_z_4_a_part_is_not_more_than_its_whole(world, desk):
    whole = Target.objects.get(title="对口培训人数")
    page = desk(world.staff["admin_city"]).post(reverse("targets_set"), form(world, value="451", parent=whole.pk))
    assert "value" in page.context["form"].errors


def test_a_change_is_kept_in_the_history(world, desk):
    target = Target.objects.get(title="恩江州")
    client = desk(world.staff["admin_city"])
    address = reverse("targets_change", args=[target.pk])
    shown = client.get(address).context["form"].initial
    typed = form(
        world, title="恩江州", value="210", region=target.region_id, parent=target.parent_id, category=target.category
    )
    assert shown["value"] == "200"
    assert client.post(address, typed).context["form"].errors["reason"]
    assert client.post(address, {**typed, "reason": "年中调整"}).status_code == 302
    target.refresh_from_db()
    change = target.changes.get()
    assert (target.value, change.before["value"], change.reason) == (210, "200.00", "年中调整")
    assert "200 → 210" in text(client.get(reverse("targets_target", args=[target.pk])))


@pytest.mark.parametrize("asked", ["abc", "2025-02-30", "1025-09-30"])
@pytest.mark.parametrize("name", ["targets_board", "targets_submit"])
def test_a_day_that_cannot_be_read_is_said_and_the_usual_one_shown(world, desk, asked, name):
    page = desk(world.staff["admin_city"]).get(reverse(name), {"asof": asked})
    said = [str(one) for one in page.context["messages"]]
    assert len(said) == 1 and page.context["as_of"].isoformat() in said[0]
    fine = desk(world.staff["admin_city"]).get(reverse(name), {"asof": "2025-09-30"})
    assert not list(fine.context["messages"])


def test_p4_6_the_report_is_submitted_and_read_on_the_desk(world, desk):
    client = desk(world.staff["admin_city"])
    address = reverse("targets_submit") + "?asof=2025-09-30"
    assert "23" in text(client.get(address))
    sent = client.post(address, {"as_of": "2025-09-30", "note": "九月"})
    report = Submission.objects.get()
    assert sent.url == reverse("targets_submission", args=[report.pk])
    snapshot = report.snapshots.first()
    rows = client.get(reverse("targets_frozen_rows", args=[snapshot.pk]))
    assert rows.context["count"] == snapshot.numerator == 23
    client.post(address, {"as_of": "2025-09-30"})
    assert Submission.objects.count() == 1


def test_a_report_asks_the_same_number_of_queries_with_few_and_many_corrections(world, desk):
    report = actions.submit_report(
        organisation=world.city, as_of=date(2025, 9, 30), by=None, at=at(date(2025, 9, 30), 18)
    )
    complete(world, world.qianling, persons(world, world.qianling, 1), date(2025, 9, 3))
    snapshot = report.snapshots.first()
    assert [one.change for one in snapshot.deltas()] == [1]
    page = desk(world.staff["admin_city"]).get(reverse("targets_submission", args=[report.pk]))
    assert "+1" in text(page)


def test_on_demand_a_reading_is_written_down_once(world, desk):
    target = Target.objects.get(title="对口培训人数")
    client = desk(world.staff["admin_city"])
    for _again in range(2):
        client.post(reverse("targets_target", args=[target.pk]), {"act": "read"})
    assert target.readings.count() <= 1
    assert [one.numerator for one in actions.take_readings(as_of=date(2025, 6, 30))] == [14, 14, 0]
    assert actions.take_readings(as_of=date(2025, 6, 30)) == []
    complete(world, world.enjiang, persons(world, world.enjiang, 1), date(2025, 6, 12))
    assert [one.numerator for one in actions.take_readings(as_of=date(2025, 6, 30))] == [15, 1]


def test_a_withdrawn_target_leaves_the_board_and_stays_in_the_books(world, desk):
    target = Target.objects.get(title="恩江州")
    client = desk(world.staff["admin_city"])
    page = reverse("targets_target", args=[target.pk])
    client.post(page, {"act": "withdraw", "reason": ""})
    assert Target.objects.get(pk=target.pk).withdrawn_at is None
    client.post(page, {"act": "withdraw", "reason": "重复"})
    assert "恩江州" not in [line.target.title for line in client.get(BOARD).context["lines"]]
    assert client.get(page).status_code == 200
    assert client.get(reverse("targets_change", args=[target.pk])).status_code == 302


def test_admins_see_their_own_tree_and_others_404(world, desk):
    own = trained_target(world, "三禾县", 20, organisation=world.qianling)
    whole = Target.objects.get(title="对口培训人数")
    client = desk(staff("admin_sanhe", Role.PROVIDER_ADMIN, world.qianling))
    assert [line.target.title for line in client.get(BOARD).context["lines"]] == ["三禾县"]
    assert client.get(reverse("targets_target", args=[own.pk])).status_code == 200
    assert client.get(reverse("targets_target", args=[whole.pk])).status_code == 404
    for address in (reverse("targets_set"), reverse("targets_change", args=[own.pk]), reverse("targets_submit")):
        assert client.get(address).status_code == 302, "without the right: back to the first page"


def test_prv_3b_a_school_that_sees_no_categories_gets_the_number_without_the_list(world, desk):
    trained_target(world, "三禾县", 20, organisation=world.qianling)
    trained_target(world, "三禾县全部", 20, organisation=world.qianling, category="")
    client = desk(staff("admin_sanhe", Role.PROVIDER_ADMIN, world.qianling))
    lines = {line.target.title: line for line in client.get(BOARD).context["lines"]}
    assert (lines["三禾县"].done, lines["三禾县"].url) == (14, "")
    assert client.get(lines["三禾县全部"].url).context["page"].paginator.count == 14


def test_the_first_page_of_an_admin_begins_with_the_targets(world, desk):
    page = desk(world.staff["admin_city"]).get("/admin/").content.decode()
    assert page.index("panel-targets") < page.index("panel-people")
    trainer = desk(world.staff["trainer"]).get("/admin/").content.decode()
    assert "panel-targets" not in trainer and "/admin/targets/" not in trainer


def test_the_form_of_a_target_says_what_an_empty_choice_means(world, desk):
    form = desk(world.staff["admin_city"]).get(reverse("targets_set")).context["form"]
    assert "---" not in str(form["region"]) + str(form["organisation"]) + str(form["programme"]) + str(form["parent"])
