"""The screens of a class: who may open what, and that a click does what it says."""

import re

import pytest
from django.urls import reverse

from courses.classes.actions import assign
from courses.classes.models import Enrolment, TrainerAssignment, TrainingClass
from courses.classes.permissions import may_in_class
from courses.people.models import Countersign
from courses.people.permissions import REVIEW_PLANS, Role
from tests.courses.building import draft, enrolments, learner, running, session, staff

pytestmark = pytest.mark.django_db
NAMES = ["王国强", "李德顺", "陈小龙"]


CLASS_SCREENS = ["classes_class", "classes_roster", "classes_timetable", "classes_people", "attendance_registers"]
PLANNER_SCREENS = ["classes_application", "classes:edit"]


def test_screens_open_for_the_planner_and_are_not_there_for_others(world, desk, foreign):
    training_class = running(world, NAMES)
    for name in CLASS_SCREENS + PLANNER_SCREENS:
        url = reverse(name, args=[training_class.pk])
        assert desk(world.admin_prison).get(url).status_code == 200, name
        assert desk(foreign).get(url).status_code == 404, name
    row = training_class.enrolments.first()
    for name, pk in [("classes_enrolment", row.pk), ("classes_session", session(training_class, 5).pk)]:
        url = reverse(name, args=[pk])
        assert desk(world.admin_prison).get(url).status_code == 200, name
        assert desk(foreign).get(url).status_code == 404, name
        assert desk(world.trainer).get(url).status_code == 302, name


def test_a_row_of_the_list_can_be_a_card_and_breaks_no_day(world, desk):
    """At 360 px a row stands alone: each cell carries its heading. Days and "3 / 30" stay whole, the state is our chip."""
    training_class = running(world, NAMES)
    page = desk(world.admin_prison).get(reverse("classes:index")).content.decode()
    assert 'class="listing q-listing--numbers q-listing"' in page
    day = training_class.starts_on.isoformat()
    assert re.search(rf'<td class="q-whole" data-label="[^"]+">{day}</td>', page)
    assert re.search(rf'<td class="q-whole" data-label="[^"]+">3 / {training_class.capacity}</td>', page)
    assert re.search(r'<td class="q-whole" data-label="[^"]+"><span class="q-chip q-chip--good">', page)
    assert (
        "w-status" not in page and 'data-controller="w-dropdown"' not in page.split("<table", 1)[1].split("</table>")[0]
    )


def test_a_trainer_sees_the_class_but_plans_nothing(world, desk):
    training_class = running(world, NAMES)
    for name in CLASS_SCREENS:
        page = desk(world.trainer).get(reverse(name, args=[training_class.pk]))
        assert page.status_code == 200, name
        assert not page.context["may_plan"] if "may_plan" in page.context else True
    assert desk(world.other_trainer).get(reverse("classes_class", args=[training_class.pk])).status_code == 404
    url = reverse("classes_people", args=[training_class.pk])
    desk(world.trainer).post(url, {"user": world.other_trainer.pk, "role": "trainer"})
    assert training_class.assignments.count() == 1


def test_the_timetable_links_to_registers_only_for_who_may_mark_them(world, desk):
    training_class = running(world, NAMES)
    assign(
        training_class=training_class, user=world.other_trainer, role=TrainerAssignment.Role.INVIGILATOR,
        by=world.admin_prison,
    )  # fmt: skip
    register = reverse("attendance_register", args=[session(training_class, 1).pk])
    timetable = reverse("classes_timetable", args=[training_class.pk])
    assert register in desk(world.trainer).get(timetable).content.decode()
    assert register not in desk(world.other_trainer).get(timetable).content.decode()
    assert desk(world.other_trainer).get(register).status_code in (302, 404)


def test_only_those_are_offered_whose_post_fits(world, desk):
    training_class = running(world, NAMES)
    url = reverse("classes_people", args=[training_class.pk])
    page = desk(world.admin_prison).get(url)
    offered = page.context["form"].fields["user"].queryset
    assert world.trainer in offered and world.admin_prison not in offered
    refused = desk(world.admin_prison).post(url, {"user": world.officer.pk, "role": "trainer"})
    assert "role" in refused.context["form"].errors and training_class.assignments.count() == 1

    expert = staff(
        "expert_1", Role.EXPERT, world.city, "许专家"
    )  # from above: whoever judges plans is not of the school
    refused = desk(world.admin_prison).post(url, {"user": expert.pk, "role": "trainer"})
    assert "role" in refused.context["form"].errors
    desk(world.admin_prison).post(url, {"user": expert.pk, "role": "expert"})
    assert may_in_class(expert, REVIEW_PLANS, training_class)


def test_a_class_is_drafted_in_the_form(world, desk):
    facts = {
        "class_no": "2025-WELD-03", "edition": world.edition.pk, "host": world.prison.pk, "provider": world.school.pk,
        "programme": "", "capacity": 24, "starts_on": "2025-09-01", "ends_on": "2025-09-12",
    }  # fmt: skip
    page = desk(world.admin_prison).post(reverse("classes:add"), facts)
    assert page.status_code == 302, (page.context["form"].errors, page.status_code)
    training_class = TrainingClass.objects.get(class_no="2025-WELD-03")
    assert page.url == reverse("classes_class", args=[training_class.pk])
    again = desk(world.admin_prison).post(reverse("classes:add"), facts)
    assert again.status_code == 200
    assert "class_no" in again.context["form"].errors
    too_many = desk(world.admin_prison).post(reverse("classes:add"), {**facts, "class_no": "X-1", "capacity": 51})
    assert "capacity" in too_many.context["form"].errors
    assert TrainingClass.objects.count() == 1


def test_the_form_offers_only_ones_own_places(world, desk, foreign):
    page = desk(world.admin_prison).get(reverse("classes:add"))
    assert list(page.context["form"].fields["host"].queryset) == [world.prison]
    assert list(page.context["form"].fields["provider"].queryset) == [world.school]
    page = desk(world.admin_provider).get(reverse("classes:add"))
    assert list(page.context["form"].fields["host"].queryset) == [world.school]


def test_from_draft_to_running_by_clicks(world, desk):
    training_class = draft(world)
    url = reverse("classes_class", args=[training_class.pk])
    page = desk(world.admin_prison).post(url, {"act": "submit"}, follow=True)
    assert "Still missing" in page.content.decode() or "还缺" in page.content.decode()
    people = [learner(name, world) for name in NAMES]
    roster = reverse("classes_roster", args=[training_class.pk])
    offered = desk(world.admin_prison).get(roster).context["offered"]
    assert {one.full_name for one in offered} == set(NAMES)
    desk(world.admin_prison).post(roster, {"learners": [one.pk for one in people], "override_reason": ""})
    assert training_class.enrolments.count() == 3
    plan = {
        "first_day": "2025-09-01", "weekdays": [0, 1, 2, 3, 4], "times": "09:00", "count": 5, "hours": "4",
        "kind": "theory", "topics": "防护\n平焊", "room": world.room.pk, "trainer": "",
    }  # fmt: skip
    desk(world.admin_prison).post(reverse("classes_timetable", args=[training_class.pk]), plan)
    assert [one.topic for one in training_class.sessions.order_by("number")] == ["防护", "平焊", "", "", ""]
    staff_url = reverse("classes_people", args=[training_class.pk])
    desk(world.admin_prison).post(staff_url, {"user": world.trainer.pk, "role": "trainer"})
    texts = {"teaching_plan": "先理论", "resources": "教材", "assessment_plan": "考核"}
    desk(world.admin_prison).post(reverse("classes_application", args=[training_class.pk]), texts)
    desk(world.admin_prison).post(url, {"act": "submit"})
    request = Countersign.objects.get(act="classes.approve")
    decide = reverse("classes_decide", args=[request.pk])
    assert desk(world.admin_city).get(decide).status_code == 200
    desk(world.admin_city).post(decide, {"approve": "1", "comment": ""})
    desk(world.admin_city).post(url, {"act": "start"})
    training_class.refresh_from_db()
    assert training_class.state == TrainingClass.State.RUNNING
    assert desk(world.admin_prison).get(url).context["approved_plan"][0]["topic"] == "防护"


def test_a_full_class_offers_the_waiting_list_cls_2(world, desk):
    training_class = running(world, ["王国强"], capacity=1)
    late = learner("陈小龙", world)
    url = reverse("classes_roster", args=[training_class.pk])
    page = desk(world.admin_prison).post(url, {"learners": [late.pk]})
    assert page.status_code == 200
    assert "陈小龙" in str(page.context["form"].errors)
    assert training_class.enrolments.count() == 1
    desk(world.admin_prison).post(url, {"learners": [late.pk], "wait": "1"})
    entry = training_class.waiting.get()
    desk(world.admin_prison).post(url, {"from_waiting": entry.pk})
    assert training_class.enrolments.count() == 1
    row = training_class.enrolments.get()
    values = {"act": "withdraw", "end_reason": Enrolment.EndReason.RELEASED, "note": "到期"}
    desk(world.admin_prison).post(reverse("classes_enrolment", args=[row.pk]), values)
    desk(world.admin_prison).post(url, {"from_waiting": entry.pk})
    assert set(enrolments(training_class)) == {"王国强", "陈小龙"}
    entry.refresh_from_db()
    assert entry.ended_at


def test_cls_1_the_first_page_leads_to_applications_that_lack_something(world, desk):
    one = draft(world, class_no="2026-WELD-71")
    page = desk(world.admin_prison).get("/admin/")
    rows = next(panel for panel in page.context["panels"] if panel.name == "applications").get_context_data(
        page.context
    )
    assert [row["class"].class_no for row in rows["rows"]] == ["2026-WELD-71"]
    assert len(rows["rows"][0]["missing"]) == len(one.missing_elements()) > 0
    assert reverse("classes_class", args=[one.pk]) in page.content.decode()
    assert "2026-WELD-71" not in desk(world.trainer).get("/admin/").content.decode()
