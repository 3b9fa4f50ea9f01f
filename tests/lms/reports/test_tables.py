"""What stands in the reports, and who sees which rows."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.people import actions as people
from courses.people.models import Organisation, Region
from courses.people.permissions import Role
from lms.reports.permissions import may_open, reports_for
from lms.reports.registry import REPORTS, report
from lms.reports.rules import Period
from lms.reports.scope import Scope
from lms.reports.tables import text_of
from tests.courses.building import at, staff
from tests.courses.results.building import NAMES
from tests.lms.reports.building import a_crowd

pytestmark = pytest.mark.django_db
YEAR = Period.year(2025)


def table(code, user, scope=None, period=YEAR):
    """Rows as dictionaries of what the code of each column holds."""
    found = report(code)
    codes = [column.code for column in found.columns]
    return [dict(zip(codes, row, strict=True)) for row in found.rows(user, scope or Scope(), period)]


def counts(code, user, scope=None, period=YEAR):
    found = report(code)
    return {one.code: (one.value, one.note) for one in found.counts(found.rows(user, scope or Scope(), period))}


def test_every_report_gives_a_value_for_every_column(story):
    for one in REPORTS:
        rows = one.rows(story.world.admin_city, Scope(), YEAR)
        assert len(rows) == len(list(rows)) == len(rows[0:500]) == one.count(story.world.admin_city, Scope(), YEAR) > 0
        assert {len(row) for row in rows} == {len(one.columns)}
        assert len({column.code for column in one.columns}) == len(one.columns)


def test_the_ledger_has_hours_result_and_certificate(story):
    rows = {row["name"]: row for row in table("ledger", story.world.admin_city)}
    wang, zhao, tian = rows["王国强"], rows["赵铁柱"], rows["田秀英"]
    assert (wang["earned"], wang["required"], wang["result"]) == (Decimal(20), Decimal(20), "passed")
    assert wang["certificate"] == ""  # revoked
    assert rows["李德顺"]["certificate"] == story.certificates[1].number
    assert (zhao["earned"], zhao["completion"], zhao["result"]) == (14, "not completed (hours not met)", "not passed")
    assert (tian["completion"], tian["result"], tian["earned"]) == ("active", "", 16)
    assert counts("ledger", story.world.admin_city) == {
        "person_times": ("7", ""), "persons": ("7", ""), "classes": ("2", ""),
    }  # fmt: skip


def test_completed_are_those_who_met_the_hours_on_the_day_of_closing_tgt_3(story):
    city = story.world.admin_city
    assert [row["name"] for row in table("completed", city)] == [name for name in NAMES if name != "赵铁柱"]
    assert {row["completed_on"] for row in table("completed", city)} == {date(2025, 9, 26)}
    assert counts("completed", city, period=Period.month(2025, 9)) == {"persons": ("4", ""), "person_times": ("4", "")}
    assert table("completed", city, period=Period.month(2025, 10)) == []


def test_tgt_3_a_completion_in_the_last_half_hour_of_the_year_counts_in_it(story):
    closing = story.done.enrolments.filter(state="completed")
    closing.update(ended_at=timezone.make_aware(timezone.datetime(2025, 12, 31, 23, 30)))
    closing.filter(roster_no=1).update(ended_at=timezone.make_aware(timezone.datetime(2026, 1, 1, 0, 10)))
    assert len(table("completed", story.world.admin_city)) == 3
    assert len(table("completed", story.world.admin_city, period=Period.year(2026))) == 1


def test_who_did_not_complete_stands_there_with_the_reason(story):
    (row,) = table("not-completed", story.world.admin_city)
    assert (row["name"], row["reason"], row["earned"], row["ended_on"]) == (
        "赵铁柱",
        "hours not met",
        14,
        date(2025, 9, 26),
    )
    assert counts("not-completed", story.world.admin_city) == {"all": ("1", ""), "hours_short": ("1", "")}


def test_exm_8_both_pass_rates_with_their_counts(story):
    rows = {row["name"]: row for row in table("exams", story.world.admin_city)}
    assert set(rows) == {"王国强", "李德顺", "陈小龙", "张志远"}
    chen, zhang = rows["陈小龙"], rows["张志远"]
    assert (chen["theory"], chen["theory_resit"], chen["first_time"], chen["result"]) == (59, 75, "no", "passed")
    assert (zhang["practice"], zhang["practice_resit"], zhang["result"]) == (58, 55, "repeats the course")
    assert (rows["王国强"]["first_time"], rows["王国强"]["plan"]) == ("yes", None)
    found = counts("exams", story.world.admin_city)
    assert (found["first"], found["final"]) == (("50.0 %", "2 / 4"), ("75.0 %", "3 / 4"))
    assert counts("exams", story.world.admin_city, period=Period.year(2024))["first"] == ("—", "0 / 0")


def test_crt_3_the_register_keeps_what_was_revoked(story):
    rows = table("certificates", story.world.admin_provider)
    assert [row["register_number"] for row in rows] == [f"2025-990103-2-00000{number}" for number in (1, 2, 3)]
    assert [row["state"] for row in rows] == ["revoked", "valid", "valid"]
    found = counts("certificates", story.world.admin_provider)
    assert (found["documents"], found["issued"], found["revoked"], found["persons"]) == (
        ("3", ""), ("2", ""), ("1", ""), ("2", ""),
    )  # fmt: skip


def test_register_numbers_are_the_issuers(story):
    rows = table("certificates", story.world.admin_prison)
    assert len(rows) == 3
    assert {row["register_number"] for row in rows} == {"—"}


def test_unmarked_registers_name_who_is_responsible_and_since_when(story):
    (row,) = table("unmarked", story.world.admin_prison)
    assert (row["class_no"], row["number"], row["responsible"]) == ("2025-WELD-U", 2, "林老师")
    assert (row["due"], row["marked"], row["left"]) == (2, 0, 2)
    assert row["overdue"] == (timezone.localdate() - date(2025, 9, 2)).days
    assert counts("unmarked", story.world.admin_prison)["marks"] == ("2", "")


def test_a_session_of_the_future_or_of_a_cancelled_class_is_not_overdue(story):
    story.open.sessions.filter(number=2).update(starts_at=timezone.now() + timezone.timedelta(hours=1))
    assert table("unmarked", story.world.admin_prison, period=Period.year_to_date(timezone.localdate())) == []


# --- who sees what ----------------------------------------------------------------------------------------------------
def test_prv_3b_a_trainer_sees_his_own_classes_without_identity_and_category(story):
    rows = table("ledger", story.world.trainer)
    assert {row["class_no"] for row in rows} == {"2025-WELD-T"}
    assert {(row["identity"], row["category"]) for row in rows} == {("—", "—")}
    assert table("unmarked", story.world.trainer) == []  # the other trainer's


def test_prv_3b_an_officer_sees_no_scores_but_who_passed(story):
    world = story.world
    assert [one.code for one in reports_for(world.officer)] == ["ledger", "completed", "not-completed", "unmarked"]
    assert {row["result"] for row in table("ledger", world.officer)} >= {"passed", "not passed"}


def test_prv_1_and_prv_3b_masked_numbers_and_categories_by_place(story):
    world = story.world
    seen = {name: table("ledger", getattr(world, name))[0] for name in ("admin_prison", "admin_provider", "admin_city")}
    assert {row["identity"] for row in seen.values()} == {"990101********0110"}
    assert seen["admin_prison"]["category"] == "inmate"
    assert (seen["admin_provider"]["category"], seen["admin_city"]["category"]) == ("—", "—")


def test_what_belongs_to_others_is_neither_shown_nor_counted(story):
    other = people.add_organisation(name="江北监狱(演示)", kind=Organisation.Kind.PRISON, by=None)
    stranger = staff("admin_other", Role.SITE_ADMIN, other)
    for one in REPORTS:
        assert one.count(stranger, Scope(), YEAR) == 0
        assert list(one.rows(stranger, Scope(), YEAR)) == []
    nobody = staff("author_only", Role.AUTHOR, story.world.school)
    assert reports_for(nobody) == []
    assert not any(may_open(type(story.world.admin_city)(is_active=False), one) for one in REPORTS)


# --- scope ------------------------------------------------------------------------------------------------------------
def test_an_organisation_stands_for_its_whole_subtree_as_place_or_school(story):
    world = story.world
    other = people.add_organisation(name="江北监狱(演示)", kind=Organisation.Kind.PRISON, parent=world.city, by=None)
    found = {
        place.name: report("completed").count(world.admin_city, Scope(organisation=place), YEAR)
        for place in (world.city, world.prison, world.school, other)
    }
    assert list(found.values()) == [4, 4, 4, 0]


def test_a_region_stands_for_every_region_below_it(story):
    world = story.world
    above = None
    regions = []
    for code, level in (("99", "province"), ("9901", "city"), ("990101", "district"), ("990101001", "street")):
        above = Region.objects.create(code=code, name=code, level=level, parent=above)
        regions.append(above)
    elsewhere = Region.objects.create(code="9902", name="9902", level="city", parent=regions[0])
    people.change_organisation(organisation=world.prison, by=None, region=regions[2])
    found = [report("completed").count(world.admin_city, Scope(region=one), YEAR) for one in [*regions, elsewhere]]
    assert found == [4, 4, 4, 0, 0]


def test_tgt_6_the_category_is_that_of_the_day_of_the_event(story):
    wang = story.done.enrolments.get(learner__full_name="王国强").learner
    people.set_category(learner=wang, category="released", at=at(20), by=None, organisation=story.world.prison)
    city, inmates, released = story.world.admin_city, Scope(category="inmate"), Scope(category="released")
    assert report("completed").count(city, released, YEAR) == 1  # completed on the 26th
    assert report("exams").count(city, released, YEAR) == 0  # sat on the 10th
    assert report("exams").count(city, inmates, YEAR) == 4
    assert report("certificates").count(city, released, YEAR) == 1
    rows = {row["name"]: row["category"] for row in table("completed", story.world.admin_prison)}
    assert (rows["王国强"], rows["李德顺"]) == ("released person", "inmate")


def test_a_category_is_never_ignored(story):
    with pytest.raises(ValueError, match="category"):
        Scope(category="inmate").narrow(story.done.sessions.all(), training_class="training_class")


def test_one_class_alone(story):
    assert len(table("ledger", story.world.admin_city, Scope(training_class=story.open))) == 2


def test_a_page_takes_the_same_number_of_queries_for_few_and_many_rows(story):
    user, queries = story.world.admin_prison, {}
    for step in range(2):
        for found in REPORTS:
            with CaptureQueriesContext(connection) as asked:
                rows = found.rows(user, Scope(), YEAR)
                found.counts(rows)
                shown = len(rows[0:50])
            queries.setdefault(found.code, []).append(len(asked))
            assert (shown >= 30) == (step == 1 and found.code not in {"unmarked", "not-completed"})
        if not step:
            a_crowd(story)
    assert all(few == many for few, many in queries.values()), queries


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "—"), ("", "—"), (Decimal("85.00"), "85"), (Decimal("59.50"), "59.5"), (Decimal(100), "100"), (0, "0"),
        (date(2025, 9, 1), "2025-09-01"), (at(1, 9, 30), "2025-09-01 09:30"), ("焊工", "焊工"),
    ],
)  # fmt: skip
def test_values_are_written_in_one_way(value, text):
    assert text_of(value) == text
