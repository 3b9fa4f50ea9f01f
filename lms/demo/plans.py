"""Entrepreneurs of today: a class at its business plans, a class on its way to an idea, and the values that the sums need.

Five plans in the first: one that earns money and runs dry, one accepted with 82 points, one sent back, one that waits for the
expert and has whole pages in common with another, one that has just begun.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cms.pages.actions import publish_everything
from cms.pages.models import CoursePage
from courses.catalogue.models import Edition, Programme
from courses.classes.models import Enrolment, TrainingClass
from courses.exams.actions import create_exam, make_entries
from courses.exams.models import Exam
from courses.people.models import Learner, Room
from courses.plans import actions as plans
from courses.plans.models import HandIn
from courses.plans.models import Plan as Workbook
from courses.plans.rules.points import ITEMS
from lms.demo.classes import Papers, Plan, World, hold_session, moment, open_class, timetable
from lms.demo.content.plans import citrus, fish, ideas, tailor
from lms.demo.content.plans.form import Texts, dated
from lms.demo.today import already_begun, weekdays

PLAN_CLASS, IDEA_CLASS = "-SYB-05", "-GYB-02"
SOURCE = "演示用数，不是现行规定；正式使用前按当地文件改"
# Code, value: what the sums of every plan need. Numbers of the demo, not of the law.
VALUES = (
    ("vat_rate", "3"), ("vat_exempt_below", "100000"), ("reserve_months", "3"), ("highest_loan_rate", "24"),
    ("life_building", "20"),
    ("life_machinery", "10"), ("life_tools", "5"), ("life_vehicle", "4"), ("life_electronics", "3"), ("life_fit_out", "5"),
    ("life_land", "0"), ("insurance_pension", "16"), ("insurance_medical", "8"), ("insurance_unemployment", "0.5"),
    ("insurance_injury", "0.2"), ("insurance_floor", "4000"), ("minimum_wage", "1800"),
    ("income_tax_rate_1", "5"), ("income_tax_from_2", "30000"), ("income_tax_rate_2", "10"), ("income_tax_from_3", "90000"),
    ("income_tax_rate_3", "20"), ("income_tax_from_4", "300000"), ("income_tax_rate_4", "30"), ("income_tax_from_5", "500000"),
    ("income_tax_rate_5", "35"),
)  # fmt: skip
CITY_WAGE = "1960"
POINTS_82 = (2, 5, 5, 11, 8, 4, 9, 8, 7, 12, 11)
POINTS_49 = (2, 3, 3, 6, 5, 2, 5, 5, 4, 8, 6)
PLAN_PAPERS = Papers(
    "二十次课，每次四课时，上午上课：一步一步写计划书，每天写一部分，当天算清。",
    "创业计划工作簿在学习终端上写；没有终端的日子用纸本。",
    "计划书由外聘专家评，一百分，六十分合格；不合格的退回重写一次。",
)


@dataclass(frozen=True)
class Author:
    """A learner at a workbook: what is written, and what became of it."""

    learner: Learner
    texts: Texts
    at: datetime


def build_local_values(world: World) -> None:
    """What law and place set, for the whole country and one value of the city; each says that it is invented."""
    by = world.staff["admin_city"]
    for code, value in VALUES:
        plans.set_local_value(code=code, region=None, value=value, valid_from=date(2025, 1, 1), source=SOURCE, by=by)
    plans.set_local_value(
        code="minimum_wage", region=world.places.city.region, value=CITY_WAGE, valid_from=date(2025, 1, 1), source=SOURCE,
        by=by,
    )  # fmt: skip


def build_plans(world: World, *, now: datetime) -> None:
    """Both classes of today, of the candidates at the centre who were not chosen in 2025: nine at plans, nine at ideas."""
    build_local_values(world)
    programme = Programme.objects.get(kind=Programme.Kind.ENTREPRENEURSHIP)
    there = Learner.objects.filter(stays__organisation=world.places.rehab, stays__until=None, enrolments=None)
    candidates = list(there.order_by("learner_no"))
    half = len(candidates) // 2
    build_plan_class(world, programme, candidates[:half], now=now)
    build_idea_class(world, programme, candidates[half:], now=now)


def edition_with_plan(world: World) -> Edition:
    """The course once more: from now on the plan, reviewed from outside, is its practical exam. Changed facts, next edition."""
    page = CoursePage.objects.get(course__code="SYB")
    page.theory_pass, page.practice_pass, page.plan_pass = None, None, 60
    page.save_revision(user=world.staff["author_sun"])
    return publish_everything(page=page, by=world.staff["reviewer_zhao"])


def build_plan_class(
    world: World, programme: Programme, learners: Sequence[Learner], *, now: datetime
) -> TrainingClass:
    """Eighteen mornings held, the nineteenth today; `learners` begin with the one of the fish shop and the one who has just begun."""
    world = replace(world, edition=edition_with_plan(world))
    training_class = _running(
        world, programme, PLAN_CLASS, "trainer_lin", "教室一", learners, (18, 1), time(8, 30), now
    )
    held = list(training_class.sessions.order_by("starts_at"))
    planner = world.staff["admin_rehab"]
    create_exam(
        training_class=training_class, component=Exam.Component.PLAN, mode=Exam.Mode.PAPER, by=planner, minutes=90
    )
    make_entries(training_class=training_class, by=planner, at=held[16].ends_at)
    begun = held[2].starts_at
    fish_shop, first_steps, orchard, tailor_shop, copied = learners[:5]
    shop = _write(training_class, Author(fish_shop, _ready() | fish.plan(), begun))
    plans.mark_example(plan=shop, by=world.staff["trainer_lin"], at=held[3].ends_at)  # the lessons are about this shop
    _write(training_class, Author(first_steps, ideas.SELF_CHECK, begun))
    handed_in = held[16].ends_at + timedelta(hours=1)
    grower = _hand_in(training_class, Author(orchard, _ready() | citrus.PLAN, begun), handed_in)
    seamstress = _hand_in(training_class, Author(tailor_shop, _ready() | tailor.PLAN, begun), handed_in)
    _hand_in(training_class, Author(copied, _ready() | _copied(), begun), held[17].ends_at)
    _review(world, grower, POINTS_82, "思路清楚，账算得细。现金流再想一想：冬天的钱要管到秋天。", held[17].ends_at)
    _review(
        world,
        seamstress,
        POINTS_49,
        "活做得来，账还没算够：三条巷子能有多少件？写出怎么数的，再交一次。",
        held[17].ends_at,
    )
    return training_class


def build_idea_class(
    world: World, programme: Programme, learners: Sequence[Learner], *, now: datetime
) -> TrainingClass:
    """Three afternoons held, the fourth today; the first learner has gone through all the sheets."""
    training_class = _running(
        world.of("GYB"), programme, IDEA_CLASS, "trainer_su", "教室二", learners, (3, 2), time(14), now
    )
    begun = training_class.sessions.order_by("starts_at")[0].starts_at
    _write(training_class, Author(learners[0], ideas.SHEETS, begun))
    return training_class


def _running(
    world: World, programme: Programme, number: str, trainer: str, room: str, learners: Sequence[Learner],
    sessions: tuple[int, int], clock: time, now: datetime,
) -> TrainingClass:  # fmt: skip
    """A class with so many sessions held, one that has begun today, and so many to come."""
    today = timezone.localdate(now)
    before, after = sessions
    starts = [moment(day, clock) for day in reversed(weekdays(today, -1, before))] + [already_begun(now)]
    starts += [moment(day, clock) for day in weekdays(today, 1, after)]
    rehab = world.places.rehab
    plan = Plan(
        f"{today.year}{number}", rehab, "admin_rehab", trainer,
        timetable(world.edition, starts, room=Room.objects.get(organisation=rehab, name=room)), capacity=15,
        programme=programme, papers=PLAN_PAPERS,
    )  # fmt: skip
    training_class = open_class(world, plan, learners)
    for session in training_class.sessions.filter(starts_at__lt=moment(today, time(0))).order_by("starts_at"):
        hold_session(world, session, trainer=trainer)
    return training_class


def _ready() -> Texts:
    """Eleven answers: nine times yes."""
    checked = dict.fromkeys(ideas.SELF_CHECK, ideas.YES) | {"self.check.trade.own": ideas.YES}
    return checked | {"self.check.money.own": ideas.NO, "self.check.risk.own": ideas.NO}


def _copied() -> Texts:
    """Another orchard's plan: its market, its marketing and its people are those of the neighbour, word for word."""
    own = {"cover.enterprise": "三禾县竹溪兄弟柑橘园", "cover.entrepreneur": "小赵", "cash.own_money": "12000.00"}
    own |= {
        "overview.reasons": "跟着邻居学，也想把家里的树管起来。",
        "overview.outlook": "第一年收三万斤，看看销路再说。",
    }
    return citrus.PLAN | own


def _write(training_class: TrainingClass, author: Author) -> Workbook:
    """Write a workbook section by section, as a page would send it."""
    enrolment = Enrolment.objects.get(training_class=training_class, learner=author.learner)
    plan = plans.start_plan(enrolment=enrolment, by=author.learner, at=author.at)
    written = dated(author.texts, author.at.year)
    for section in plan.workbook.sections:
        texts = {path: text for path, text in written.items() if path.startswith(f"{section.code}.")}
        if texts:
            saved = plans.save_section(
                plan=plan, section=section.code, values=texts, shown={}, by=author.learner, at=author.at
            )
            if refused := {path: one.refused for path, one in saved.items() if one.refused}:
                raise ValueError(refused)
    return plan


def _hand_in(training_class: TrainingClass, author: Author, at: datetime) -> HandIn:
    return plans.hand_in(plan=_write(training_class, author), by=author.learner, at=at)


def _review(world: World, handed_in: HandIn, points: Sequence[int], comment: str, at: datetime) -> None:
    scores: Mapping[str, int] = dict(zip((item.code for item in ITEMS), points, strict=True))
    plans.review(hand_in=handed_in, scores=scores, comment=comment, by=world.staff["expert_1"], at=at)
