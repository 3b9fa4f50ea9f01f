"""P1 steps 4 to 6 at the staff desk: exam list, scores on sheets, results by two persons, resits, closing the class."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from courses.exams.models import ExamEntry
from courses.results.models import Outcome
from tests.courses.building import make_world
from tests.courses.results.building import taught

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(live_server):
    return make_world()


@pytest.fixture
def desk(world, open_page, live_server):
    """`desk("examiner_1")`: a page at that person's desk. Each has a session of its own: they sit there at the same time."""
    pages = {}

    def at(name, **options):
        if name not in pages:
            client = Client()
            client.force_login(getattr(world, name))
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            page = pages[name] = open_page("desk", **options)
            page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        return pages[name]

    return at


def press(page, selector):
    """Click what leads to another page, and wait until that page is there."""
    with page.expect_navigation():
        page.click(selector)


def entry(name):
    return ExamEntry.objects.get(enrolment__learner__full_name=name).pk


def type_scores(page, exam, resit=False, **scores):
    page.goto(f"/admin/exams/{exam.pk}/marks/{'resit/' if resit else ''}")
    page.fill("[name=sat_on]", timezone.localdate().isoformat())
    for name, score in scores.items():
        page.fill(f"[name=mark-{entry(name)}]", str(score))
    press(page, ".q-regfoot button")


def assess(page, exam, user, resit=False, **scores):
    page.goto(f"/admin/practicals/{exam.pk}/{'resit/' if resit else ''}")
    page.fill("[name=sat_on]", timezone.localdate().isoformat())
    for name, score in scores.items():
        page.fill(f"[name=mark-{entry(name)}-{user.pk}]", str(score))
    press(page, ".q-regfoot button")


def set_up(page, training_class, component):
    page.goto(f"/admin/exams/class/{training_class.pk}/new/{component}/")
    mode = "paper" if component == "theory" else "workshop"
    page.check(f"[name=mode][value={mode}]")
    press(page, "#main .q-form-column button")
    return training_class.exams.get(component=component)


def test_p1_steps_4_to_6_at_the_staff_desk(world, desk, screenshot):
    training_class = taught(world)
    provider = desk("admin_provider")
    theory, practice = set_up(provider, training_class, "theory"), set_up(provider, training_class, "practice")
    provider.goto(f"/admin/exams/class/{training_class.pk}/")
    press(provider, "button[value=entries]")
    assert "14/20" in provider.inner_text("#main")
    screenshot(provider, "exams-list-1366")

    one, two = desk("examiner_1"), desk("examiner_2")
    type_scores(one, theory, 王国强=85, 李德顺=60, 陈小龙=159, 张志远=92)
    assert theory.grades.count() == 0
    assert one.input_value(f"[name=mark-{entry('王国强')}]") == "85"
    screenshot(one, "exams-sheet-wrong-1366")
    one.fill(f"[name=mark-{entry('陈小龙')}]", "59")
    press(one, ".q-regfoot button")
    assert theory.grades.count() == 4
    screenshot(one, "exams-sheet-1366")
    assess(one, practice, world.examiner_1, 王国强=80, 李德顺=60, 陈小龙=70, 张志远=40)
    assess(two, practice, world.examiner_2, 王国强=76, 李德顺=62, 陈小龙=70, 张志远=61)
    screenshot(two, "practicals-sheet-third-1366")
    assess(desk("examiner_3"), practice, world.examiner_3, 张志远=55)
    assert "58.0" in desk("examiner_3").inner_text("#main")

    results = f"/admin/results/class/{training_class.pk}/"
    provider.goto(results)
    assert "50.0 %" in provider.inner_text("#main")
    screenshot(provider, "results-before-1366")
    one.goto(results)
    press(one, "button[value=propose]")
    screenshot(one, "results-waiting-1366")
    sign(provider, results)
    assert Outcome.objects.certifiable().count() == 2
    screenshot(provider, "results-confirmed-1366")

    type_scores(one, theory, resit=True, 陈小龙=75)
    screenshot(one, "exams-resit-1366")
    for examiner, score in (("examiner_1", 54), ("examiner_2", 56)):
        assess(desk(examiner), practice, getattr(world, examiner), resit=True, 张志远=score)
    one.goto(results)
    press(one, "button[value=propose]")
    sign(provider, results)
    text = provider.inner_text("#main")
    assert "50.0 %" in text and "75.0 %" in text
    assert "59 → 75" in text and "58 → 55" in text
    assert Outcome.objects.certifiable().count() == 3
    provider.click("details.q-ask summary")
    press(provider, "button[type=submit]:visible >> nth=-1")
    training_class.refresh_from_db()
    assert training_class.state == "closed"
    screenshot(provider, "results-closed-1366")


def sign(page, results):
    """Follow the banner to the decision, and sign."""
    page.goto(results)
    press(page, ".q-banner a")
    press(page, "button[name=approve]")
    page.goto(results)


def test_scores_are_typed_and_results_confirmed_without_scripts(world, desk):
    training_class = taught(world, ("王国强",))
    provider, one = desk("admin_provider", scripts=False), desk("examiner_1", scripts=False)
    theory, practice = set_up(provider, training_class, "theory"), set_up(provider, training_class, "practice")
    provider.goto(f"/admin/exams/class/{training_class.pk}/")
    press(provider, "button[value=entries]")
    type_scores(one, theory, 王国强=85)
    assess(one, practice, world.examiner_1, 王国强=80)
    assess(desk("examiner_2", scripts=False), practice, world.examiner_2, 王国强=76)
    results = f"/admin/results/class/{training_class.pk}/"
    one.goto(results)
    press(one, "button[value=propose]")
    sign(provider, results)
    assert Outcome.objects.certifiable().count() == 1
