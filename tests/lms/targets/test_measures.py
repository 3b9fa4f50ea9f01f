"""TGT-2, TGT-6, TGT-8: what each measure counts, and that its list has as many rows."""

from datetime import date

import pytest

from certificates.issuing import actions as issuing
from courses.classes.models import Enrolment
from courses.people import actions as people
from courses.people.models import CategoryPeriod
from courses.results import actions as results
from courses.results.models import Outcome
from lms.reports.counted import COUNTED
from lms.reports.measures import MEASURES, Figure, measure, values
from lms.reports.registry import REPORTS, report
from lms.reports.rules import Period
from lms.reports.scope import Scope
from tests.certificates.conftest import private_files_in
from tests.courses import conftest
from tests.courses.building import at
from tests.courses.results.building import assess_all, examined, marks, taught_scene

world = conftest.world
scene = conftest.scene
YEAR, SEPTEMBER = Period.year(2025), Period.month(2025, 9)


def build_scene():
    """P1 to its end: four sat, two passed at once, one after the resit; the class is closed on 30 September."""
    world = taught_scene()
    training_class, theory, practice = examined(world)
    marks(world, theory, 王国强=85, 李德顺=60, 陈小龙=59, 张志远=92)
    assess_all(world, practice, 王国强=(78, 78), 李德顺=(61, 61), 陈小龙=(70, 70), 张志远=(58, 58))
    _confirm(world, training_class, 12)
    marks(world, theory, resit=True, 陈小龙=75)
    assess_all(world, practice, resit=True, 张志远=(55, 55))
    _confirm(world, training_class, 26)
    results.close_class(training_class=training_class, by=None, at=at(30, 17))
    return world


def _confirm(world, training_class, day):
    results.propose(training_class=training_class, by=world.examiner_1, at=at(day))
    results.confirm(training_class=training_class, by=world.admin_provider, at=at(day, 10))


@pytest.fixture
def all_of(world):
    scope = Scope(organisation=world.city)
    return lambda code, period=YEAR, scope=scope: measure(code).value(scope, period)


def test_p1_9_trained_are_those_who_completed(all_of):
    assert all_of("trained", SEPTEMBER) == Figure(4)
    assert all_of("trained", Period.month(2025, 8)) == Figure(0)
    assert all_of("enrolments") == Figure(5)
    assert all_of("enrolments", Period.month(2025, 8)) == Figure(5)


def test_exm_8_both_pass_rates_with_their_counts(all_of):
    assert all_of("first_pass_rate", SEPTEMBER) == Figure(2, 4)
    assert all_of("final_pass_rate", SEPTEMBER) == Figure(3, 4)


def test_tgt_6_a_rate_of_an_earlier_day_does_not_learn_of_a_later_resit(all_of):
    before_the_resit = Period(date(2025, 1, 1), date(2025, 9, 20))
    assert all_of("final_pass_rate", before_the_resit) == Figure(2, 4)
    assert all_of("first_pass_rate", Period(date(2025, 1, 1), date(2025, 9, 11))) == Figure(0, 0), "nothing confirmed"


def test_tgt_6_the_category_is_that_of_the_day_of_the_event(world, all_of):
    inmates = Scope(organisation=world.city, category=CategoryPeriod.Category.INMATE)
    released = Scope(organisation=world.city, category=CategoryPeriod.Category.RELEASED)
    someone = Enrolment.objects.filter(state=Enrolment.State.COMPLETED).first().learner
    people.set_category(
        learner=someone, category=CategoryPeriod.Category.INMATE, organisation=world.prison, by=None, at=at(1, month=2)
    )
    people.set_category(
        learner=someone,
        category=CategoryPeriod.Category.RELEASED,
        organisation=world.prison,
        by=None,
        at=at(5, month=10),
    )
    assert measure("trained").value(inmates, YEAR) == Figure(1)
    assert measure("trained").value(released, YEAR) == Figure(0)


def test_tgt_8_every_list_has_exactly_as_many_rows_as_its_number(world):
    scope = Scope(organisation=world.city)
    for one in MEASURES:
        figure = one.value(scope, YEAR)
        assert len(list(one.list.rows(world.admin_city, scope, YEAR))) == figure.numerator, one.code
        assert sum(row[3] for row in (one.whole or one.list).facts(scope, YEAR)) == figure.numerator
        if one.whole:
            assert len(list(one.whole.rows(world.admin_city, scope, YEAR))) == figure.denominator, one.code


def test_a_list_asks_the_same_number_of_queries_for_each_page(world, django_assert_max_num_queries):
    for table in COUNTED:
        with django_assert_max_num_queries(12):
            list(table.rows(world.admin_city, Scope(organisation=world.city), YEAR))


def test_many_figures_are_one_question(world, django_assert_num_queries):
    scope = Scope(organisation=world.city, category="inmate")
    with django_assert_num_queries(1):
        found = values({(one.code, day): (one, scope, YEAR) for one in MEASURES for day in range(4)})
    assert len(found) == 28
    with django_assert_num_queries(0):
        assert values({}) == {}


def test_lists_behind_numbers_are_found_but_not_in_the_menu():
    assert {one.code for one in COUNTED}.isdisjoint(one.code for one in REPORTS)
    assert all(report(one.code) is one for one in COUNTED)
    assert len({one.code for one in (*REPORTS, *COUNTED)}) == len(REPORTS) + len(COUNTED)


def test_every_measure_says_what_it_means():
    assert len({one.code for one in MEASURES}) == len(MEASURES)
    assert all(str(one.definition).endswith((".", "。")) and one.unit_word for one in MEASURES)


def test_crt_7_a_replaced_certificate_counts_once_and_a_revoked_one_no_more(world, all_of, tmp_path):
    with private_files_in(tmp_path):
        _replace_and_revoke(world, all_of)


def _replace_and_revoke(world, all_of):
    issued = _certify(world)
    assert (all_of("certified"), all_of("certificates")) == (Figure(3), Figure(3))
    issuing.ask_replacement(certificate=issued[0], reason_code="print", by=world.admin_provider, at=at(8, month=10))
    issuing.replace(certificate=issued[0], by=world.admin_city, award_date=date(2025, 10, 9), at=at(9, month=10))
    assert (all_of("certified"), all_of("certificates")) == (Figure(3), Figure(3))
    assert all_of("certificates", Period.month(2025, 10)) == Figure(0)
    issuing.ask_revocation(certificate=issued[1], reason_code="identity", by=world.admin_provider, at=at(10, month=10))
    issuing.revoke(certificate=issued[1], by=world.admin_city, at=at(11, month=10))
    assert all_of("certified") == Figure(2)
    assert all_of("certified", Period(date(2025, 1, 1), date(2025, 10, 10))) == Figure(3), "as it was that day"
    scope = Scope(organisation=world.city)
    assert len(list(measure("certified").list.rows(world.admin_city, scope, YEAR))) == 2


def _certify(world):
    issuing.register_issuer(
        organisation=world.school,
        public_name="丽禾职业培训学校(演示)",
        public_name_en="Lihe",
        code="103",
        uscc="",
        by=None,
    )
    issuing.rotate_key(by=None)
    kind = issuing.define_type(code="skills", title="培训合格证书", title_en="Certificate", register_type=2, by=None)
    batch = issuing.prepare_batch(
        outcomes=Outcome.objects.certifiable(), certificate_type=kind, by=world.admin_provider,
        award_date=date(2025, 9, 30), at=at(30, 18),
    )  # fmt: skip
    issuing.submit_batch(batch=batch, by=world.admin_provider, at=at(30, 18))
    batch = issuing.release_batch(batch=batch, by=world.admin_city, at=at(30, 19))
    issuing.work_on_batch(batch=batch, at=at(30, 19))
    return [item.certificate for item in batch.items.order_by("pk")]
