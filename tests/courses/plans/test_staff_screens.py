"""The staff's screens on plans: what is shown to whom, what a wrong review says and where, what the sheets hold (4.8, 4.9, PRV-3)."""

import csv
from datetime import date, timedelta
from importlib import import_module
from io import BytesIO, StringIO

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courses.classes.permissions import may_in_class
from courses.journal.models import JournalEntry
from courses.people import actions as people
from courses.people.models import Organisation, Region
from courses.people.permissions import VIEW_CLASSES, Role
from courses.plans import actions as plans
from courses.plans.alike import alike_in_class
from courses.plans.book import BOOKS
from courses.plans.book.rows import ROW_NAMES
from courses.plans.models import Comment, LocalValue, Plan, Review, Section, TeachingExample
from courses.plans.reading import workbook
from courses.plans.rules.checks import Finding, Level
from courses.plans.views.staff_home import work_in
from courses.plans.wording import Audience, said, said_of
from courses.sheets import read
from tests.courses.building import at, crowd, enrolments, running_now, staff
from tests.courses.english import english
from tests.courses.plans import shop
from tests.courses.plans.building import SCORES, fresh, in_region, plan_scene, scores_for, set_value

pytestmark = pytest.mark.django_db
build_scene = plan_scene
__all__ = ["english"]  # an autouse fixture
TREND = "market.trend"
MONTHS = {"forecast.quantity.1"}  # a row of months is a place of the guided path
SECRET = "我打算在桥头摆摊"


@pytest.fixture
def visit(client):
    """`visit(user, name, obj)` reads a page; with data it posts. Returns the response, and its text."""

    def go(user, name, *args, data=None, query=""):
        client.force_login(user)
        url = reverse(name, args=[getattr(arg, "pk", arg) for arg in args]) + query
        response = client.get(url) if data is None else client.post(url, data, follow=True)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        return response, " ".join(body.decode("utf-8", "replace").split())

    return go


def points(**changed):
    """What the form of a review posts."""
    typed = {f"item-{code}": str(score) for code, score in SCORES.items()}
    return {**typed, "comment": "思路清楚。", **{f"item-{code}": value for code, value in changed.items()}}


def test_4_9_the_matrix_says_how_far_each_section_is_in_words(room, visit):
    plan = room.written(without=["market"], **{TREND: "", "cover.address": ""})
    room.save(plan, "market.size", "两个村")
    plans.comment(plan=plan, path="overview.reasons", text="写具体一些", by=room.trainer)
    page, text = visit(room.trainer, "plans_class", room.training_class)
    line = page.context["lines"][0]
    kinds = {cell.section.code: cell.kind for cell in line.cells}
    assert (kinds["cover"], kinds["market"], kinds["overview"], kinds["cash"]) == (
        "begun",
        "begun",
        "commented",
        "filled",
    )
    assert "commented 1" in text
    assert text.count("not begun") == 2, "the two others"
    assert ">Plans</a>" in text
    assert f'href="{reverse("plans_section", args=[plan.pk, "market"])}"' in text


def test_the_matrix_asks_the_database_as_often_for_30_learners_as_for_3(room, visit):
    room.written()
    other = running_now(room.world, crowd(30), "2025-SYB-30", capacity=30, edition=room.training_class.edition)
    for enrolment in enrolments(other).values():
        plan = plans.start_plan(enrolment=enrolment, by=enrolment.learner)
        plans.save_field(plan=plan, path=TREND, value="好", by=enrolment.learner)
        plans.comment(plan=plan, path=TREND, text="写具体一些", by=room.trainer)
    counts = []
    for training_class in (room.training_class, other):
        visit(room.trainer, "plans_class", training_class)
        with CaptureQueriesContext(connection) as queries:
            _page, text = visit(room.trainer, "plans_class", training_class)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert text.count("commented 1") == 30


def test_the_matrix_goes_along_as_a_table_without_a_word_of_anybodys_plan(room, visit):
    plan = room.written()
    room.save(plan, TREND, SECRET)
    page, _text = visit(room.trainer, "plans_class_table", room.training_class, query="?format=csv")
    client = page.client
    file = client.get(reverse("plans_class_table", args=[room.training_class.pk]) + "?format=csv")
    rows = list(csv.reader(StringIO(b"".join(file.streaming_content).decode("utf-8-sig"))))
    assert rows[1][:5] == ["no.", "name", "learner number", "version", "state"]
    assert rows[2][1] == "孙丽娟"
    assert "written" in rows[2]
    assert SECRET not in str(rows)
    xlsx = client.get(reverse("plans_class_table", args=[room.training_class.pk]))
    assert xlsx["Content-Disposition"].endswith('.xlsx"')
    content = BytesIO(b"".join(xlsx.streaming_content))
    content.name = "plans.xlsx"
    assert "孙丽娟" in str(list(read(content)))
    assert client.get(reverse("plans_class_table", args=[room.training_class.pk]) + "?format=pdf").status_code == 404


def test_prv_3_officers_and_the_sites_staff_find_no_plan_anywhere(room, visit):
    hand_in = room.handed_in()
    plan, world = hand_in.plan, room.world
    auditor = staff("auditor", Role.AUDITOR, world.city)
    addresses = [
        ("plans_class", room.training_class), ("plans_class_table", room.training_class),
        ("plans_class_reviews", room.training_class), ("plans_plan", plan), ("plans_compare", plan),
        ("plans_section", plan, "market"), ("plans_review", hand_in),
    ]  # fmt: skip
    strangers = (
        world.officer,
        world.admin_prison,
        world.admin_provider,
        world.admin_city,
        world.other_trainer,
        auditor,
    )
    for user in strangers:
        for name, *args in addresses if user == world.officer else addresses[:1]:
            page, text = visit(user, name, *args)
            assert page.status_code == 404, (user, name)
            assert "孙丽娟" not in text
        assert visit(user, "plans_cell", plan, query=f"?path={TREND}")[0].status_code == 404
    assert visit(world.officer, "plans_plan", plan, data={"act": "send_back", "comment": "x"})[0].status_code == 404
    assert "plans/class" not in visit(world.officer, "classes_class", room.training_class)[1], "no tab either"
    assert visit(room.trainer, "plans_review", hand_in)[0].status_code == 404, "a trainer reads and does not review"
    assert "plans/class" in visit(room.trainer, "classes_class", room.training_class)[1]
    assert fresh(plan).state == Plan.State.HANDED_IN


def test_a_section_is_read_as_on_the_form_with_what_is_worked_out_beside_it(room, visit):
    plan = room.plan()
    for code in ("marketing", "assets", "forecast", "cash", "capital", "profit", "organisation"):
        values = {path: text for path, text in shop.values("38000.00").items() if path.startswith(f"{code}.")}
        plans.save_section(plan=plan, section=code, values=values, shown={}, by=room.learners["孙丽娟"])
    _page, text = visit(room.trainer, "plans_section", plan, "assets")
    assert "烤炉" in text
    assert "39,000.00" in text
    _page, text = visit(room.trainer, "plans_section", plan, "profit")
    assert "404,480.00" in text
    _page, text = visit(room.trainer, "plans_section", plan, "cash")
    assert "−897.75" in text and "−1,483.50" in text
    assert (
        "month 1 lacks 897.75 yuan, month 2 lacks 1,483.50 yuan. At least 1,483.50 yuan more are needed at the start."
        in text
    )
    page, text = visit(room.trainer, "plans_plan", plan)
    assert "still the money runs out" in text
    assert "month 1 lacks 897.75 yuan" in text
    assert len(page.context["findings"]) == 14
    for code in ("self", "cover", "marketing", "organisation", "capital", "forecast"):
        assert visit(room.expert, "plans_section", plan, code)[0].status_code == 200
    assert visit(room.trainer, "plans_section", plan, "nothing")[0].status_code == 404


def test_4_6_every_finding_has_a_sentence_without_a_gap():
    empty, full = workbook({}, shop.local()), shop.plan("38000.00")
    odd = shop.plan(
        organisation__legal_form="partnership", organisation__partners__1__share="60.00",
        organisation__staff__2__monthly_pay="100.00", marketing__products__1__selling_price="1.00",
        marketing__products__2__selling_price="", capital__running__owner_pay__amount="0.00", cash__loan="100.00",
    )  # fmt: skip
    for one in (empty, full, odd):
        for finding in one.findings:
            for to in Audience:
                words = said(finding, to)
                assert words.title and words.text and "%(" not in words.text, finding.code
                assert "  " not in words.text and words.path in {place.path for place in BOOKS["syb"].places()} | MONTHS
                assert not [line for line in words.lines if "%(" in line]
    assert {finding.code for finding in odd.findings if not finding.ok} >= {
        "C7",
        "C9",
        "C10",
        "C11",
        "C12",
        "C13",
        "C14",
    }
    rows = {row.code for table in (full.profit, full.cash) for row in table.rows}
    assert rows <= set(ROW_NAMES)


def test_4_6_what_only_a_wrong_program_finds_sends_the_learner_to_the_trainer():
    for code in ("C3", "C4", "C6", "C8"):
        facts = dict.fromkeys(("sales", "difference"), 1)
        learner = said(Finding(code, Level.WRONG, facts), Audience.LEARNER).text
        assert learner == "They do not agree. Call the trainer."
        assert said(Finding(code, Level.WRONG, facts), Audience.STAFF).text != learner


def test_4_6_the_learner_hears_what_to_do_and_the_staff_where():
    dry = shop.plan("38000.00")
    learner, staff = (next(one for one in said_of(dry, to) if one.code == "C9") for to in Audience)
    assert learner.text == "Prepare at least 1,483.50 yuan more, or buy later, or begin smaller."
    assert learner.lines == ()
    assert "The year earns a profit of 31,635.75 yuan, and still the money runs out" in staff.text
    assert staff.lines == ("month 1 lacks 897.75 yuan, month 2 lacks 1,483.50 yuan",)
    assert [one.level for one in said_of(dry, Audience.STAFF)][:2] == [Level.WRONG, Level.ADVICE]


def test_4_9_a_comment_hangs_on_its_cell_and_its_history_shows_times_and_texts(room, visit):
    plan = room.plan()
    room.save(plan, TREND, "先写的", when=at(3, 9))
    room.save(plan, TREND, "后写的", when=at(4, 10))
    query = f"?path={TREND}"
    _page, text = visit(room.trainer, "plans_cell", plan, query=query)
    assert text.index("2025-09-04 10:00") < text.index("2025-09-03 09:00"), "the newest first"
    assert "先写的" in text
    _page, text = visit(room.trainer, "plans_cell", plan, query=query, data={"comment": "  "})
    assert "Say something about this field" in text
    page, text = visit(room.trainer, "plans_cell", plan, query=query, data={"comment": "说说为什么"})
    assert page.redirect_chain[-1][0].endswith("/section/market/")
    assert "1 comment" in text
    comment = Comment.objects.get()
    assert (comment.path, comment.by) == (TREND, room.trainer)
    page, text = visit(room.trainer, "plans_section", plan, "market", data={"act": "settle", "comment": comment.pk})
    assert "done " in text
    assert Comment.objects.get().settled_at
    for wrong in ("?path=market.nothing", "?path=", ""):
        assert visit(room.trainer, "plans_cell", plan, query=wrong)[0].status_code == 404
    other = plans.comment(plan=room.plan("李德顺"), path=TREND, text="别人的", by=room.trainer)
    for wrong in (other.pk, "x", ""):
        page, _text = visit(room.trainer, "plans_plan", plan, data={"act": "settle", "comment": wrong})
        assert page.status_code == 404, "a comment of another plan, or none"


def test_4_9_a_trainer_sends_back_with_a_reason_and_version_1_stays_readable(room, visit):
    hand_in = room.handed_in()
    plan = fresh(hand_in.plan)
    _page, text = visit(room.trainer, "plans_plan", plan, data={"act": "send_back", "comment": " "})
    assert "Write what has to be done" in text
    _page, text = visit(room.trainer, "plans_plan", plan, data={"act": "send_back", "comment": "请补上竞争对手。"})
    assert "The plan is open again." in text
    assert "请补上竞争对手。" in text
    room.save(fresh(plan), TREND, "改过的趋势")
    _page, text = visit(room.trainer, "plans_section", plan, "market", query="?attempt=1")
    assert "It never changes." in text
    assert "改过的趋势" not in text
    _page, text = visit(room.trainer, "plans_compare", plan)
    assert "改过的趋势" in text and "一段较长的文字" in text
    assert visit(room.trainer, "plans_plan", plan, query="?attempt=7")[0].status_code == 404


def test_p6_8_the_review_refuses_16_of_15_at_its_field_and_keeps_what_was_typed(room, visit):
    hand_in = room.handed_in()
    _page, text = visit(room.expert, "plans_waiting")
    assert reverse("plans_review", args=[hand_in.pk]) in text
    page, text = visit(room.expert, "plans_review", hand_in)
    assert len(page.context["lines"]) == 11
    assert "customers 3, size and trend 3, competitors 3, own strengths and weaknesses 4" in text.replace("\u00a0", " ")
    assert "No section says the same" in text
    data = points(cash="16", person="好", profit="12.5")
    page, text = visit(room.expert, "plans_review", hand_in, data={**data, "comment": " "})
    errors = {line.item.code: line.error for line in page.context["lines"] if line.error}
    assert set(errors) == {"cash", "person"}
    for code in ("cash", "person"):
        assert f'<a href="#item-{code}">' in text
    assert '<a href="#review-comment">' in text and "autofocus" in text
    assert "This item brings 15 points at most." in text
    assert 'value="12.5"' in text and 'value="16"' in text
    assert page.context["total"] == sum(SCORES.values()) - SCORES["cash"] - SCORES["person"] - SCORES["profit"] + type(
        page.context["total"]
    )("12.5")
    assert not Review.objects.exists()
    page, text = visit(room.expert, "plans_review", hand_in, data=points(comment="") | {"comment": ""})
    assert page.context["comment_error"]
    assert "Write a comment" in text
    page, text = visit(room.expert, "plans_review", hand_in, data=points())
    assert "The review is stored: 82 points, passed." in text
    assert "No plan waits for you." in text
    assert Review.objects.get().total == 82
    page, text = visit(room.expert, "plans_review", hand_in)
    assert "This plan is reviewed." in text
    page, text = visit(room.expert, "plans_review", hand_in, data=points(cash="12"))
    assert "A mark stands already." in text


@pytest.mark.parametrize(
    ("total", "words"), [("59.5", "sent back to be rewritten"), ("60", "passed"), ("90", "excellent")]
)
def test_p6_8_other_totals(room, visit, total, words):
    hand_in = room.handed_in()
    typed = {f"item-{code}": str(score) for code, score in scores_for(total).items()}
    page, text = visit(room.expert, "plans_review", hand_in, data={**typed, "comment": "好"})
    assert f"{total} points, {words}." in text


def test_the_home_page_of_an_expert_lists_what_waits_and_nobody_elses_does(room, client):
    room.handed_in()
    for user, shown in ((room.expert, True), (room.trainer, False), (room.world.officer, False)):
        client.force_login(user)
        text = client.get("/admin/").content.decode()
        assert ("panel-plan-reviews" in text) == shown, user
        assert ("plans/waiting" in text) == shown, "and the menu"
        assert client.get(reverse("plans_waiting")).status_code == (200 if shown else 302)


def test_4_9_the_home_page_of_a_trainer_counts_plans_comments_and_who_stands_still(room, client):
    hand_in = room.handed_in()
    still = room.written("李德顺")
    still.sections.update(changed_at=timezone.now() - timedelta(days=5))
    room.save(room.plan("陈小龙"), TREND, "好")
    Section.objects.filter(plan__enrolment__learner=room.learners["陈小龙"]).update(changed_at=timezone.now())
    for path in (TREND, "market.size"):
        said = plans.comment(plan=hand_in.plan, path=path, text="写具体一些", by=room.trainer)
    plans.settle_comment(comment=said, by=hand_in.plan.enrolment.learner)
    (work,) = work_in(room.trainer)
    assert (work.handed_in, work.returned, work.answered, work.unanswered) == (1, 0, 1, 1)
    assert [(one.plan, one.days) for one in work.still] == [(still, 5)]
    client.force_login(room.trainer)
    text = client.get("/admin/").content.decode()
    assert "panel-class-plans" in text and "李德顺" in text
    assert reverse("plans_class", args=[room.training_class.pk]) in text
    client.force_login(room.world.officer)
    assert "panel-class-plans" not in client.get("/admin/").content.decode()
    assert work_in(room.expert) == []


def test_prv_3_an_expert_sees_plans_and_neither_names_nor_the_place_nor_the_class(room, visit):
    hand_in = room.handed_in()
    plan, training_class = hand_in.plan, room.training_class
    learner = plan.enrolment.learner
    told = (learner.full_name, learner.learner_no, training_class.host.name)
    pages = [
        ("plans_waiting",), ("plans_review", hand_in), ("plans_plan", plan), ("plans_section", plan, "person"),
        ("plans_class", training_class), ("plans_class_reviews", training_class), ("plans_compare", plan),
        ("plans_class_table", training_class),
    ]  # fmt: skip
    for name, *args in pages:
        page, text = visit(room.expert, name, *args, query="?format=csv" if "table" in name else "")
        assert page.status_code == 200, name
        assert not [one for one in told if one in text], name
        assert reverse("classes_roster", args=[training_class.pk]) not in text, name
    for name in (
        "classes_class", "classes_roster", "classes_people", "classes_timetable", "attendance_registers", "results_class",
        "exams_class", "plans_class_print",
    ):  # fmt: skip
        assert visit(room.expert, name, training_class)[0].status_code in (302, 404), name
    assert learner.full_name in visit(room.trainer, "plans_plan", plan)[1]
    import_module("courses.classes.migrations.0003_let_experts_see_plans_only").take_classes_from_experts(apps, None)
    assert may_in_class(room.trainer, VIEW_CLASSES, training_class)


def test_4_8_what_is_the_same_as_a_classmates_is_a_hint_and_no_verdict(room, visit):
    long = "我们卖烤鱼和家常小炒,中午做工人的快餐,晚上做村里人的聚餐。" * 5
    for name in ("李德顺", "孙丽娟"):
        plan = room.written(name)
        for path in ("overview.reasons", TREND, "marketing.place_reason"):
            room.save(plan, path, long)
        hand_in = plans.hand_in(plan=plan, by=room.learners[name], at=at(8))
    found = alike_in_class(hand_in)
    assert [one.plan.enrolment.learner.full_name for one in found] == ["李德顺"]
    assert found[0].flagged
    assert {"overview", "market", "marketing"} <= set(found[0].sections)
    _page, text = visit(room.expert, "plans_review", hand_in)
    assert "The same as in Plan" in text
    assert "No plan fails by it." in text
    _page, text = visit(room.expert, "plans_review", hand_in, data=points())
    assert "82 points, passed." in text


def test_sheets_of_ideas_are_no_teaching_example(room):
    Plan.objects.filter(pk=(plan := room.written("陈小龙")).pk).update(book="gyb")
    plan.refresh_from_db()
    with pytest.raises(ValidationError, match="Only a business plan"):
        plans.mark_example(plan=plan, by=room.trainer)


def test_4_8_what_the_teaching_example_says_is_shared_by_all_and_copied_by_nobody(room, visit):
    long = "我们卖烤鱼和家常小炒,中午做工人的快餐,晚上做村里人的聚餐。" * 5
    own = "爱人在县医院门口卖了十年早点,认识许多老主顾,所以我们先从十二张桌子做起,冬天加卖羊汤。" * 5
    paths = ("overview.reasons", TREND, "marketing.place_reason")
    example = room.written("陈小龙", **dict.fromkeys(paths, long))
    for name in ("李德顺", "孙丽娟"):
        plan = room.written(name, **dict.fromkeys(paths, long))
        hand_in = plans.hand_in(plan=plan, by=room.learners[name], at=at(8))
    assert [one.flagged for one in alike_in_class(hand_in)] == [True]
    assert "Teaching example" not in visit(room.expert, "plans_plan", example)[1], (
        "who reviews does not say what was taught"
    )
    visit(room.expert, "plans_plan", example, data={"act": "mark_example"})
    assert not TeachingExample.objects.exists()
    _page, text = visit(room.trainer, "plans_plan", example, data={"act": "mark_example"})
    assert "Marked as teaching example." in text
    assert alike_in_class(hand_in) == [], "both have it from the trainer"
    assert "Not counted: what the teaching example says" in visit(room.expert, "plans_review", hand_in)[1]
    _page, text = visit(room.trainer, "plans_plan", example, data={"act": "unmark_example"})
    assert "No longer a teaching example." in text
    assert [one.flagged for one in alike_in_class(hand_in)] == [True]
    for _twice in range(2):
        plans.mark_example(plan=example, by=room.trainer)
    assert JournalEntry.objects.filter(verb="plans.mark_example").count() == 2, "once above, once here"
    room.save(example, "market.size", own)
    for name in ("李德顺", "孙丽娟"):
        plan = plans.send_back(
            plan=Plan.objects.get(enrolment__learner=room.learners[name]), comment="再写", by=room.trainer
        )
        for path in paths:
            room.save(fresh(plan), path, own)
        hand_in = plans.hand_in(plan=plan, by=room.learners[name], at=at(9))
    (found,) = alike_in_class(hand_in)
    assert (found.flagged, found.sections) == (True, ("overview", "market", "marketing")), (
        "the example is as it was marked"
    )
    for _twice in range(2):
        plans.unmark_example(plan=example, by=room.trainer)
    acts = JournalEntry.objects.filter(verb__endswith="mark_example").values_list("verb", flat=True)
    assert sorted(acts) == ["plans.mark_example"] * 2 + ["plans.unmark_example"] * 2


def test_4_8_the_summary_of_a_class_counts_persons_and_gives_the_mean(room, visit):
    room.review(room.handed_in(), "92")
    again = room.review(room.handed_in("李德顺"), "40").hand_in.plan
    room.handed_in("陈小龙")
    page, text = visit(room.expert, "plans_class_reviews", room.training_class)
    assert [value for _name, value in page.context["statistics"]] == ["3", "3", "2", "1", "1", "66"]
    assert "思路清楚,现金流要再想。" in text
    assert "not reviewed" in text
    room.save(fresh(again), "market.trend", "改好了")
    room.review(plans.hand_in(plan=fresh(again), by=room.learners["李德顺"], at=at(20)), "75.25", at(21))
    page, text = visit(room.expert, "plans_class_reviews", room.training_class)
    assert [value for _name, value in page.context["statistics"]] == ["3", "3", "2", "2", "1", "83.63"], (
        "a person counts once"
    )


def test_4_8_the_summary_says_that_a_second_version_waits_and_names_no_person_to_an_expert(room, visit):
    again = room.review(room.handed_in(), "40").hand_in.plan
    _page, text = visit(room.expert, "plans_class_reviews", room.training_class)
    assert "plan number" in text and "handed in and waits" not in text
    room.save(fresh(again), TREND, "改好了")
    plans.hand_in(plan=fresh(again), by=room.learners["孙丽娟"], at=at(20))
    assert "version 2 is handed in and waits" in visit(room.expert, "plans_class_reviews", room.training_class)[1]
    for name in ("plans_class", "plans_waiting"):
        where = [room.training_class] if name == "plans_class" else []
        assert "plan number" in visit(room.expert, name, *where)[1], name


def test_local_values_hold_from_their_day_on_and_are_never_deleted(room, visit):
    world, regions = room.world, in_region(room.world)
    today = timezone.localdate()
    set_value(regions["city"], "1900", date(2024, 1, 1))
    set_value(regions["city"], "1960", date(2025, 1, 1))
    set_value(regions["city"], "2100", today + timedelta(days=30))
    page, text = visit(world.admin_prison, "plans_local_values")
    holds = {one.code: one.row for one in page.context["in_force"]}
    assert holds["minimum_wage"].value == 1960
    assert holds["vat_rate"] is None
    assert "plans count no value-added tax" in text
    assert [one.state for one in page.context["kept"]] == ["later", "now", "before"]
    assert "until 2025-01-01" in text

    data = {
        "code": "minimum_wage",
        "region": regions["district"].pk,
        "value": "２０００",
        "source": "人社发〔2025〕9 号",
    }
    _page, text = visit(
        world.admin_prison, "plans_local_value", data={**data, "valid_from": "2025-06-01", "value": "很多"}
    )
    assert "Please type only digits here" in text
    _page, text = visit(
        world.admin_prison, "plans_local_value", data={**data, "valid_from": "2025-06-01", "source": ""}
    )
    assert "Name the document" in text
    page, text = visit(world.admin_prison, "plans_local_value", data={**data, "valid_from": "2025-06-01"})
    assert "The value is set." in text
    holds = {one.code: one.row for one in page.context["in_force"]}
    assert (holds["minimum_wage"].value, holds["minimum_wage"].region) == (2000, regions["district"]), (
        "the nearest region"
    )
    assert LocalValue.objects.count() == 4


def test_a_value_dated_before_the_one_in_force_says_what_it_does_and_the_nearest_region_stands_first(room, visit):
    world, regions = room.world, in_region(room.world)
    district = regions["district"]
    set_value(district, "1960", date(2025, 1, 1))
    data = {"code": "minimum_wage", "region": district.pk, "value": "1800", "source": "x", "valid_from": "2020-01-01"}
    page, text = visit(world.admin_prison, "plans_local_value", data=data)
    assert "would hold only from 2020-01-01 until 2025-01-01; from then on 1,960 yuan stays" in text
    assert LocalValue.objects.count() == 1, "nothing is stored yet"
    assert "Find a region" in text and 'name="value" value="1800"' in text, "what was typed stays while one looks"
    assert text.count(">Set a value<") <= 1
    confirmed = page.context["form"].data["confirmed"]
    _page, text = visit(world.admin_prison, "plans_local_value", data={**data, "value": "1", "confirmed": confirmed})
    assert "Please look before it is stored." in text, "another number is asked about again"
    _page, text = visit(world.admin_prison, "plans_local_value", data={**data, "confirmed": confirmed})
    assert "The value is set." in text
    set_value(district, "2200", timezone.localdate() + timedelta(days=9))
    coming = {**data, "value": "2100", "valid_from": str(timezone.localdate() - timedelta(days=1))}
    _page, text = visit(world.admin_prison, "plans_local_value", data=coming)
    assert (
        "so today as well, until" in text
        and "from then on it is 2,200 yuan" in text
        and "write a later day" not in text
    )
    coming["valid_from"] = str(timezone.localdate() + timedelta(days=3))
    _page, text = visit(world.admin_prison, "plans_local_value", data=coming)
    assert "The new number will hold from" in text and "write a later day" not in text
    _page, text = visit(world.admin_prison, "plans_local_value", data={**data, "valid_from": "2025-01-01"})
    assert "there is a value already: 1,960 yuan" in text
    people_regions = [
        Region.objects.create(code=f"{district.code}{n}", name=f"第{n}街道", level="street", parent=district)
        for n in (1, 2)
    ]
    page, text = visit(world.admin_prison, "plans_local_value")
    groups = dict(page.context["form"].fields["region"].widget.choices)
    assert list(groups)[1:] == ["Regions of my places", district.name]
    assert groups["Regions of my places"] == [(district.pk, district.name)]
    page, text = visit(world.admin_prison, "plans_local_value", query="?find=第2")
    assert people_regions[1].name in text and people_regions[0].name not in text


def test_local_values_of_other_regions_are_neither_shown_nor_set(room, visit):
    world, regions = room.world, in_region(room.world)
    other = people.add_organisation(name="江南监狱(演示)", kind=Organisation.Kind.PRISON, parent=world.city, by=None)
    stranger = staff("admin_south", Role.SITE_ADMIN, other)
    set_value(regions["district"], "1960", date(2025, 1, 1))
    page, text = visit(stranger, "plans_local_values")
    assert page.status_code == 200
    assert "江北区" not in text
    data = {
        "code": "minimum_wage",
        "region": regions["district"].pk,
        "value": "1",
        "source": "x",
        "valid_from": "2025-06-01",
    }
    page, text = visit(stranger, "plans_local_value", data=data)
    assert LocalValue.objects.count() == 1
    assert "江北区" not in text
    for user in (world.officer, room.trainer, room.expert):
        assert visit(user, "plans_local_values")[0].status_code == 302
        visit(user, "plans_local_value", data=data)
    assert LocalValue.objects.count() == 1


def test_a_course_without_a_mark_is_accepted_by_its_trainer(room, visit):
    hand_in = room.handed_in()
    edition = room.training_class.edition
    edition.pass_rule_data |= {"plan_pass": None}
    edition.save()
    _page, text = visit(room.trainer, "plans_plan", hand_in.plan, data={"act": "accept"})
    assert "The plan is accepted." in text
    assert fresh(hand_in.plan).state == Plan.State.ACCEPTED
    assert "No plan waits for you." in visit(room.expert, "plans_waiting")[1]
