"""The staff screens of exams, practicals and results: what they show to whom, and that wrong input stores nothing."""

from datetime import date

import pytest
from django.urls import reverse

from courses.exams import actions as exams
from courses.exams.models import Grade
from courses.people.models import Countersign
from courses.practicals.models import Assessment
from courses.results import actions
from courses.results.models import Outcome
from tests.courses.building import at
from tests.courses.results.building import assess_all, entries, examined, marks, taught, taught_scene

pytestmark = pytest.mark.django_db
build_scene = taught_scene


def graded(world):
    training_class, theory, practice = examined(world)
    marks(world, theory, 王国强=85, 李德顺=60, 陈小龙=59, 张志远=92)
    assess_all(world, practice, 王国强=(80, 76), 李德顺=(60, 62), 陈小龙=(70, 70), 张志远=(55, 61))
    return training_class, theory, practice


def test_exm_2_the_list_shows_who_may_sit_and_why_not(world, visit):
    training_class = taught(world)
    _page, text = visit(world.admin_provider, "exams_class", training_class)
    assert "There is no exam list yet" in text
    assert text.count("not set up yet") == 2
    page, text = visit(world.admin_provider, "exams_class", training_class, data={"act": "entries"})
    assert page.redirect_chain
    assert "5 learners are on the exam list." in text
    assert "Hours short: 14/20, 16 needed" in text
    assert "4 of 5 may sit" in text


def test_an_exam_is_set_up_on_a_form(world, visit):
    training_class = taught(world)
    _page, text = visit(world.admin_provider, "exams_create", training_class, "theory")
    assert "60 of 100 to pass" in text
    data = {"mode": "screen", "minutes": "60"}
    _page, text = visit(world.admin_provider, "exams_create", training_class, "theory", data=data)
    assert "Choose the bank from which the questions come." in text
    assert not training_class.exams.exists()
    data = {"mode": "paper", "minutes": "60", "title": ""}
    _page, text = visit(world.admin_provider, "exams_create", training_class, "theory", data=data)
    assert training_class.exams.get().minutes == 60
    page, _text = visit(world.admin_provider, "exams_create", training_class, "plan")
    assert page.status_code == 404


def test_marks_of_the_class_are_typed_on_one_page(world, visit):
    training_class, theory, _practice = examined(world)
    found = entries(training_class)
    _page, text = visit(world.examiner_1, "exams_marks", theory)
    assert text.count('name="mark-') == 4  # 赵 may not sit
    data = {f"mark-{found['王国强'].pk}": "85", f"mark-{found['李德顺'].pk}": "６０", "sat_on": "2025-09-10"}
    data[f"absent-{found['张志远'].pk}"] = "1"
    _page, text = visit(world.examiner_1, "exams_marks", theory, data=data)
    assert "3 scores are stored." in text
    assert text.count('name="mark-') == 1
    stored = {g.entry.enrolment.learner.full_name: (g.score, g.absent, g.sat_on) for g in theory.grades.all()}
    day = date(2025, 9, 10)
    assert stored == {"王国强": (85, False, day), "李德顺": (60, False, day), "张志远": (None, True, day)}


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("陈小龙", "101", "A score lies between 0 and 100."),
        ("陈小龙", "-1", "A score lies between 0 and 100."),
        ("陈小龙", "良", "Type the score as a number from 0 to 100."),
        ("赵铁柱", "80", "May not sit the exam: Hours short: 14/20, 16 needed."),
        (None, "80", "This learner is not on the list of this exam."),
    ],
)
def test_a_wrong_mark_is_told_beside_its_cell_and_nothing_is_stored(world, visit, name, typed, sentence):
    training_class, theory, _practice = examined(world)
    found = entries(training_class)
    number = found[name].pk if name else 987654
    data = {f"mark-{found['王国强'].pk}": "85", f"mark-{number}": typed, "sat_on": "2025-09-10"}
    page, text = visit(world.examiner_1, "exams_marks", theory, data=data)
    assert page.status_code == 200
    assert sentence in text
    assert "Nothing is stored yet" in text
    assert 'value="85"' in text  # what was typed is still there
    assert not Grade.objects.exists()


def test_an_empty_sheet_and_a_missing_day_are_told(world, visit):
    training_class, theory, _practice = examined(world)
    _page, text = visit(world.examiner_1, "exams_marks", theory, data={"sat_on": "2025-09-10"})
    assert "Nothing is typed yet." in text
    wang = entries(training_class)["王国强"].pk
    for day in ("", "2025-13-40", "gestern"):
        _page, text = visit(world.examiner_1, "exams_marks", theory, data={f"mark-{wang}": "85", "sat_on": day})
        assert "Choose the day of the exam." in text
    assert not Grade.objects.exists()


def test_exm_7_a_mark_that_stands_is_text_and_typing_over_it_is_refused(world, visit):
    training_class, theory, _practice = examined(world)
    marks(world, theory, 王国强=85)
    wang = entries(training_class)["王国强"].pk
    _page, text = visit(world.examiner_2, "exams_marks", theory)
    assert f'name="mark-{wang}"' not in text
    _page, text = visit(world.examiner_2, "exams_marks", theory, data={f"mark-{wang}": "58", "sat_on": "2025-09-10"})
    assert "A score stands already: 85." in text
    assert theory.grades.count() == 1


def test_exm_7_a_correction_is_asked_by_one_and_decided_by_another(world, visit):
    _class, theory, _practice = examined(world)
    marks(world, theory, 王国强=58)
    grade = theory.grades.get()
    _page, text = visit(world.examiner_1, "exams_correct", grade, data={"score": "168", "reason": "漏加"})
    assert "A score lies between 0 and 100." in text
    visit(world.examiner_1, "exams_correct", grade, data={"score": "68", "reason": "漏加 10 分"})
    request = Countersign.objects.get(act="exams.correct_grade")
    page, text = visit(world.admin_provider, "exams_decide", request)
    assert page.status_code == 200
    assert "漏加 10 分" in text and "58" in text and "68" in text
    page, _text = visit(world.examiner_2, "exams_decide", request)
    assert page.status_code == 404
    visit(world.admin_provider, "exams_decide", request, data={"approve": "1", "comment": ""}, follow=False)
    assert theory.grades.live().get().score == 68


def test_exm_4_the_examiners_sheet_shows_both_columns_and_the_mean(world, visit):
    training_class, _theory, practice = examined(world)
    found = entries(training_class)
    wang, li = found["王国强"].pk, found["李德顺"].pk
    one, two = world.examiner_1, world.examiner_2
    _page, text = visit(one, "practicals_sheet", practice)
    assert "钱考评员" in text and "The second examiner opens this sheet with an own account" in text
    _page, text = visit(one, "practicals_sheet", practice, data={f"mark-{wang}-{two.pk}": "76", "sat_on": "2025-09-10"})
    assert "signed in with an own account" in text and not Assessment.objects.exists()
    data = {f"mark-{wang}-{one.pk}": "80", f"mark-{li}-{one.pk}": "50", "sat_on": "2025-09-10"}
    visit(one, "practicals_sheet", practice, data=data)
    page, text = visit(two, "practicals_sheet", practice)
    assert "钱考评员" in text and "周考评员" in text
    cells = {cell.name: cell.open for row in page.context["rows"] for cell in row.cells}
    assert (cells[f"{wang}-{one.pk}"], cells[f"{wang}-{two.pk}"]) == (False, True)
    data = {f"mark-{wang}-{two.pk}": "76", f"mark-{li}-{two.pk}": "66", "sat_on": "2025-09-10"}
    _page, text = visit(two, "practicals_sheet", practice, data=data)
    assert "Stored. 1 learner has a score now." in text
    assert "1 learner needs a third examiner." in text
    assert "<b>78.0</b>" in text
    page, text = visit(world.examiner_3, "practicals_sheet", practice)
    cells = {cell.name: cell.open for row in page.context["rows"] for cell in row.cells}
    assert (cells[f"{wang}-{world.examiner_3.pk}"], cells[f"{li}-{world.examiner_3.pk}"]) == (False, True)


def test_exm_4_another_examiners_score_is_shown_only_after_the_own_one(world, visit):
    training_class, _theory, practice = examined(world)
    found = entries(training_class)
    wang, li = found["王国强"].pk, found["李德顺"].pk
    one, two = world.examiner_1, world.examiner_2
    day = {"sat_on": "2025-09-10"}
    visit(
        one,
        "practicals_sheet",
        practice,
        data={f"mark-{wang}-{one.pk}": "83.25", f"mark-{li}-{one.pk}": "41.75", **day},
    )
    _page, text = visit(two, "practicals_sheet", practice)
    assert "83.25" not in text and "41.75" not in text
    assert text.count("scored; not shown yet") == 2
    _page, text = visit(two, "practicals_sheet", practice, data={f"mark-{wang}-{two.pk}": "80", **day})
    assert "83.25" in text and "3.25 apart" in text  # both are there: both are shown, with the difference
    assert "41.75" not in text and text.count("scored; not shown yet") == 1
    visit(two, "practicals_sheet", practice, data={f"mark-{li}-{two.pk}": "70.5", **day})
    _page, text = visit(world.examiner_3, "practicals_sheet", practice)  # the third one judges alone as well
    assert "41.75" not in text and "70.5" not in text and "28.75" not in text
    _page, text = visit(one, "practicals_sheet", practice)
    assert "70.5" in text and "28.75 apart" in text


def test_a_wrong_practical_mark_stores_nothing_of_the_sheet(world, visit):
    training_class, _theory, practice = examined(world)
    found, one = entries(training_class), world.examiner_1
    data = {f"mark-{found['王国强'].pk}-{one.pk}": "80", f"mark-{found['李德顺'].pk}-{one.pk}": "101"}
    _page, text = visit(one, "practicals_sheet", practice, data=data | {"sat_on": "2025-09-10"})
    assert "A score lies between 0 and 100." in text
    assert 'value="101"' in text
    assert not Assessment.objects.exists()


def test_exm_3_the_resit_sheet_lists_only_who_may(world, visit):
    training_class, theory, _practice = graded(world)
    page, _text = visit(world.examiner_1, "exams_marks_resit", theory)
    assert [row.entry.enrolment.learner.full_name for row in page.context["rows"]] == ["陈小龙"]
    chen = entries(training_class)["陈小龙"].pk
    # Typed long after: the day of the resit decides, not the day of typing.
    late = {f"mark-{chen}": "75", "sat_on": "2026-09-11"}
    _page, text = visit(world.examiner_1, "exams_marks_resit", theory, data=late)
    assert "No resit here" in text
    visit(world.examiner_1, "exams_marks_resit", theory, data=late | {"sat_on": "2026-09-10"})
    assert theory.grades.get(resit=True).score == 75


def at_desk(day):
    from unittest import mock

    return mock.patch("django.utils.timezone.localdate", side_effect=lambda value=None, timezone=None: day)


def test_exm_8_results_are_proposed_signed_and_shown_with_both_rates(world, visit):
    training_class, _theory, _practice = graded(world)
    _page, text = visit(world.examiner_1, "results_class", training_class)
    assert "50.0 %" in text
    assert text.count("not written down yet") == 5
    _page, text = visit(world.examiner_1, "results_class", training_class, data={"act": "propose"})
    assert "5 results wait for a second person." in text
    request = Countersign.objects.get(act=actions.CONFIRM)
    _page, text = visit(world.examiner_1, "results_class", training_class)
    assert reverse("results_decide", args=[request.pk]) not in text
    _page, text = visit(world.admin_provider, "results_class", training_class)
    assert reverse("results_decide", args=[request.pk]) in text
    page, text = visit(world.admin_provider, "results_decide", request)
    assert page.status_code == 200 and "王国强" in text and "85" in text
    visit(world.admin_provider, "results_decide", request, data={"approve": "1"}, follow=False)
    assert Outcome.objects.confirmed().count() == 5


def test_prv_3b_officers_see_passed_or_not_and_trainers_see_marks(world, visit):
    training_class, _theory, _practice = graded(world)
    _page, text = visit(world.trainer, "results_class", training_class)
    assert ">85<" in text and ">92<" in text
    page, text = visit(world.officer, "results_class", training_class)
    assert page.status_code == 200
    assert ">85<" not in text and ">92<" not in text and ">59<" not in text
    assert text.count(">passed<") >= 4 and ">not passed<" in text


@pytest.mark.parametrize("name", ["exams_class", "results_class", "exams_create"])
def test_a_foreign_class_is_not_there(world, visit, name):
    from courses.people import actions as people
    from courses.people.models import Organisation
    from courses.people.permissions import Role
    from tests.courses.building import staff

    training_class, theory, practice = graded(world)
    other = people.add_organisation(name="别的学校", kind=Organisation.Kind.TRAINING_PROVIDER, by=None)
    stranger = staff("stranger", Role.PROVIDER_ADMIN, other)
    args = [training_class, "theory"] if name == "exams_create" else [training_class]
    assert visit(stranger, name, *args)[0].status_code == 404
    for sheet, exam in (("exams_marks", theory), ("practicals_sheet", practice)):
        assert visit(stranger, sheet, exam)[0].status_code == 404
    assert visit(stranger, "exams_correct", theory.grades.first())[0].status_code == 404


def test_who_may_not_examine_sees_no_sheet(world, visit):
    _class, theory, practice = examined(world)
    for who in (world.officer, world.trainer, world.admin_provider):
        for name, exam in (("exams_marks", theory), ("practicals_sheet", practice)):
            client_page, _text = visit(who, name, exam)
            assert client_page.status_code == 302  # Wagtail's refusal: home, with a sentence


def test_exm_7_a_changed_mark_offers_to_open_the_result_again(world, visit):
    training_class, theory, _practice = graded(world)
    actions.propose(training_class=training_class, by=world.examiner_1, at=at(11))
    actions.confirm(training_class=training_class, by=world.admin_provider, at=at(12))
    grade = theory.grades.get(entry__enrolment__learner__full_name="李德顺")
    wish = exams.correct_grade(grade=grade, score="58", reason="加错", by=world.examiner_1)
    exams.decide_correction(correction=wish, by=world.admin_provider, approve=True)
    outcome = Outcome.objects.confirmed().get(enrolment__learner__full_name="李德顺")
    with at_desk(date(2025, 9, 20)):
        _page, text = visit(world.examiner_1, "results_class", training_class)
        assert "changed since" in text
        assert reverse("results_reopen", args=[outcome.pk]) in text
        visit(world.examiner_1, "results_reopen", outcome, data={"reason": "卷面加错"})
    fresh = Outcome.objects.live().get(enrolment=outcome.enrolment)
    assert (fresh.state, fresh.passed) == ("proposed", False)
