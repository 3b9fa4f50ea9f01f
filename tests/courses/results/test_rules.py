"""Who passed (EXM-1, EXM-3), and the pass rates (EXM-8)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.catalogue.rules import PassRule, RunRules
from courses.exams.rules.marks import ComponentMarks, Sat
from courses.results.rules import Decision, Evidence, Rate, Reason, decide, pass_rates
from courses.results.views.table import REASONS

RULE, RUN = PassRule(), RunRules()
FIRST, RESIT, TODAY = date(2025, 9, 10), date(2025, 10, 10), date(2025, 10, 11)


def sat(score, on):
    return None if score is None else Sat(None if score == "absent" else Decimal(str(score)), on)


def evidence(theory=(), practice=(), earned=40, required=40, on=TODAY):
    """Marks as (first, resit); hours in half-hours."""
    marks = []
    for name, typed in (("theory", theory), ("practice", practice)):
        first, resit = (*typed, None, None)[:2]
        marks.append(ComponentMarks(name, 60, sat(first, FIRST), sat(resit, RESIT)))
    return Evidence(earned, required, on, tuple(marks))


@pytest.mark.parametrize(
    ("theory", "practice", "passed", "reason", "resit", "repeat"),
    [
        ((60,), (60,), True, Reason.PASSED, "", False),
        ((85,), (78,), True, Reason.PASSED, "", False),
        ((60,), (59,), False, Reason.RESIT, "practice", False),
        ((100,), ("59.99",), False, Reason.RESIT, "practice", False),
        (("59.5",), (60,), False, Reason.RESIT, "theory", False),
        ((59,), (58,), False, Reason.RESIT, "theory practice", False),
        ((59, 75), (70,), True, Reason.PASSED, "", False),
        ((59, 60), (58, 60), True, Reason.PASSED, "", False),
        ((59, 75), (58,), False, Reason.RESIT, "practice", False),
        ((92,), (58, 55), False, Reason.FAILED_TWICE, "", True),
        ((59, 75), (58, 59), False, Reason.FAILED_TWICE, "", True),
        ((92,), (58, "absent"), False, Reason.FAILED_TWICE, "", True),
        (("absent",), ("absent",), False, Reason.ABSENT, "", True),
        (("absent",), (70,), False, Reason.RESIT, "theory", False),
        (("absent", 61), (70,), True, Reason.PASSED, "", False),
        ((), (), False, Reason.MARKS_MISSING, "", False),
        ((60,), (), False, Reason.MARKS_MISSING, "", False),
        ((59,), (), False, Reason.MARKS_MISSING, "", False),
    ],
)
def test_exm_1_and_exm_3_decide(theory, practice, passed, reason, resit, repeat):
    found = decide(evidence(theory, practice), RULE, RUN)
    assert found == Decision(True, passed, reason, tuple(resit.split()), repeat)
    assert found.is_complete == (reason != Reason.MARKS_MISSING)


def test_exm_3_the_resit_is_lost_when_its_time_is_over():
    waiting = evidence((59,), (70,), on=date(2026, 9, 10))
    assert decide(waiting, RULE, RUN).reason == Reason.RESIT
    late = decide(evidence((59,), (70,), on=date(2026, 9, 11)), RULE, RUN)
    assert (late.reason, late.repeat_course, late.resit) == (Reason.RESIT_TOO_LATE, True, ())


def test_exm_3_a_programme_without_resits_repeats_the_course():
    found = decide(evidence((59,), (70,)), RULE, RunRules(max_resits=0))
    assert (found.reason, found.repeat_course) == (Reason.NO_RESIT, True)


def test_exm_1_a_licence_may_ask_for_80():
    rule = PassRule(theory_pass=80)
    assert decide(evidence((80,), (60,)), rule, RUN).passed
    assert decide(evidence(("79.99",), (60,)), rule, RUN).resit == ("theory",)


@pytest.mark.parametrize(
    ("required", "earned", "met"),
    [(40, 32, True), (40, 31, False), (360, 288, True), (360, 287, False), (160, 128, True), (160, 127, False)],
)
def test_att_3_hours_come_first(required, earned, met):
    found = decide(evidence((90,), (90,), earned, required), RULE, RUN)
    assert (found.hours_met, found.passed) == (met, met)
    assert found.reason == (Reason.PASSED if met else Reason.HOURS_SHORT)
    assert not found.repeat_course and not found.resit


def test_exm_1_a_course_without_exams_is_passed_by_its_hours():
    rule = PassRule(theory_pass=None, practice_pass=None)
    assert decide(evidence(), rule, RUN).passed
    assert not decide(evidence(earned=31), rule, RUN).passed


P1_FIRST = [((85,), (78,)), ((60,), (61,)), ((59,), (70,)), ((92,), (58,))]
P1_FINAL = [((85,), (78,)), ((60,), (61,)), ((59, 75), (70,)), ((92,), (58, 55))]


@pytest.mark.parametrize(
    ("people", "first", "final"),
    [
        (P1_FIRST, (2, 4, "50.0 %"), (2, 4, "50.0 %")),
        (P1_FINAL, (2, 4, "50.0 %"), (3, 4, "75.0 %")),
        ([], (0, 0, "—"), (0, 0, "—")),
        ([((), ())], (0, 0, "—"), (0, 0, "—")),
        ([(("absent",), ("absent",)), ((60,), (60,))], (1, 1, "100.0 %"), (1, 1, "100.0 %")),
        ([(("absent",), (70,)), ((60,), (60,))], (1, 2, "50.0 %"), (1, 2, "50.0 %")),
        ([(("absent", 70), (70,)), ((60,), (60,)), ((59,), (60,))], (1, 3, "33.3 %"), (2, 3, "66.7 %")),
    ],
)
def test_exm_8_pass_rates_show_their_counts(people, first, final):
    rates = pass_rates([evidence(*marks) for marks in people], RULE, RUN)
    assert (rates.first.part, rates.first.whole, rates.first.text) == first
    assert (rates.final.part, rates.final.whole, rates.final.text) == final


def test_exm_8_the_demos_figures():
    assert Rate(88, 96).text == "91.7 %"
    assert Rate(93, 96).text == "96.9 %"
    assert Rate(93, 100).text == "93.0 %"


marks = st.one_of(st.none(), st.just("absent"), st.decimals(0, 100, places=2))
both = st.tuples(marks, marks)
cases = st.builds(evidence, both, both, earned=st.integers(0, 60), required=st.just(40))


@given(cases)
def test_exm_1_nobody_passes_below_the_mark_or_short_of_hours(case):
    found = decide(case, RULE, RUN)
    if found.passed:
        assert case.earned_half_hours * 100 >= 80 * case.required_half_hours
        for component in case.marks:
            assert any(s and s.score is not None and s.score >= 60 for s in (component.first, component.resit))
        assert not found.resit and not found.repeat_course


@given(cases, st.integers(0, 1), st.sampled_from(["first", "resit"]), st.decimals(0, 40, places=2))
def test_exm_1_a_better_mark_never_fails_anyone(case, which, sitting, more):
    component = case.marks[which]
    old = getattr(component, sitting)
    if old is None or old.score is None or not decide(case, RULE, RUN).passed:
        return
    better = Sat(min(old.score + more, Decimal(100)), old.on)
    other = {"first": component.first, "resit": component.resit, sitting: better}
    changed = list(case.marks)
    changed[which] = ComponentMarks(component.component, 60, **other)
    assert decide(Evidence(case.earned_half_hours, 40, case.on, tuple(changed)), RULE, RUN).passed


@given(cases, st.integers(0, 20))
def test_att_3_more_hours_never_fail_anyone(case, more):
    if decide(case, RULE, RUN).passed:
        assert decide(Evidence(case.earned_half_hours + more, 40, case.on, case.marks), RULE, RUN).passed


@given(cases)
def test_exm_3_a_decision_is_one_of_four(case):
    """Passed, resit, repeat, or no decision yet (hours short is its own): never two of them."""
    found = decide(case, RULE, RUN)
    states = [found.passed, bool(found.resit), found.repeat_course, found.reason in {"marks_missing", "hours_short"}]
    assert states.count(True) == 1


def test_every_reason_has_words_on_the_screen():
    assert set(REASONS) == set(Reason)
