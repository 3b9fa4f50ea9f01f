"""The look: bundles are what their parts are, drawings are ours, numbers are written one way."""

import datetime
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.template import Context, Template, TemplateDoesNotExist
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from cms.theme import bundles, charts, drawings, formats

ROOT = Path(__file__).resolve().parents[3]
COMPONENTS = sorted(path.stem for path in (bundles.STATIC / "components").glob("*.css"))


def written(source, **context):
    return Template("{% load theme %}" + source).render(Context(context))


@pytest.mark.parametrize("bundle", bundles.BUNDLES)
def test_bundle_equals_its_parts(bundle):
    assert (bundles.STATIC / bundle).read_text() == bundles.build(bundle), "run `lms build_theme`"


def test_every_part_is_served():
    named = {name for parts in bundles.BUNDLES.values() for name in parts} - {"tokens"}
    assert named == set(COMPONENTS)


@pytest.mark.parametrize("name", COMPONENTS)
def test_parts_use_plain_css_for_old_browsers(name):
    text = re.sub(r"/\*.*?\*/", "", bundles.part(name).read_text(), flags=re.DOTALL)
    selectors = re.sub(r"\{[^{}]*\}", "{}", text)
    assert "#" not in selectors, "no ids"
    assert ":has(" not in text
    assert "url(" not in text, "nothing is fetched"
    assert not re.search(r"\b(margin|padding|border)-(left|right|top|bottom)\b", text), "logical properties"


@pytest.mark.parametrize("path", sorted((ROOT / "templates/theme/icons").glob("*.svg")), ids=lambda path: path.stem)
def test_icon_is_of_the_house(path):
    source = path.read_text()
    assert f'id="icon-q-{path.stem}"' in source
    assert not re.search(r"<(script|style|image|foreignObject)|href|on\w+=|url\(", source)
    assert 'class="q-icon' in drawings.icon(path.stem)
    assert " id=" not in drawings.icon(path.stem)


@pytest.mark.parametrize("path", sorted(drawings.ART.glob("*.svg")), ids=lambda path: path.stem)
def test_art_is_of_the_house(path):
    source = path.read_text()
    assert not re.search(r"<(script|style|image|foreignObject)|href|\bid=|on\w+=|url\(", source)
    assert 'aria-hidden="true"' in drawings.art(path.stem)
    assert 'aria-label="a &amp; b"' in drawings.art(path.stem, label="a & b")


@pytest.mark.parametrize("name", ["../../base", "no-such-icon", "a/b", ""])
def test_icon_refuses_what_is_not_a_drawing(name):
    with pytest.raises((ValueError, TemplateDoesNotExist)):
        drawings.icon(name)


def test_words_are_marked_safe_only_where_listed():
    """Only drawings of this package may go into a page without escaping."""
    allowed = {"cms/theme/drawings.py"}
    found = set()
    for package in ("lms", "cms", "certificates", "courses"):
        for path in (ROOT / package).rglob("*.py"):
            if re.search(r"mark_safe\(|SafeString\(|SafeText\(", path.read_text()):
                found.add(str(path.relative_to(ROOT)))
    assert found <= allowed
    unescaped = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if re.search(r"\|\s*safe\b|autoescape off", path.read_text())
    ]
    assert unescaped == []


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (6, "3"), (7, "3.5"), (2400, "1,200"), (-3, "−1.5"), (None, "—"), (1, "0.5")]
)
def test_half_hours_are_written_as_hours(value, text):
    assert formats.half_hours(value) == text
    assert written("{{ value|half_hours }}", value=value) == text


def test_days_are_written_in_the_language_of_the_page():
    day = datetime.date(2025, 9, 30)
    late = datetime.datetime(2025, 9, 29, 16, 30, tzinfo=datetime.UTC)  # already the 30th in Shanghai
    with translation.override("zh-hans"):
        assert formats.day(day) == formats.day(late) == "2025年9月30日"
    with translation.override("en"):
        assert formats.day(day) == "30 September 2025"
    assert formats.day(None) == "—"


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [(701, 450, "155.8"), (0, 60, "0.0"), (0, 0, "—"), (None, 60, "—"), (600, 60, "1,000.0"), (1, 3, "33.3")],
)
def test_percent_of_nothing_is_unknown(numerator, denominator, text):
    assert formats.percent(numerator, denominator) == text


def test_bar_survives_a_thousand_percent():
    bar = charts.bar(600, 60, pace=75)
    assert (bar.fill, bar.over, bar.broken, bar.pace) == ("55.00%", "45.00%", True, "41.25%")


@pytest.mark.parametrize("denominator", [0, None])
def test_bar_of_nothing_is_empty(denominator):
    bar = charts.bar(5, denominator, need=3, pace=200)
    assert (bar.fill, bar.over, bar.broken, bar.need, bar.pace) == ("0.00%", "", False, "", "55.00%")


def test_bar_whose_end_is_the_goal_marks_the_need():
    bar = charts.bar(Decimal(64), 120, past_goal=False, need=96)
    assert (bar.track, bar.fill, bar.need, bar.goal) == ("100.00%", "53.33%", "80.00%", "")


def test_bar_and_progress_are_not_touched_by_a_locale():
    with translation.override("de"):
        text = written('{% bar 21 60 "35 %" %}{% progress 3 10 %}')
    assert 'width="19.25%"' in text
    assert "3 / 10" in text
    assert text.count("is-done") == 2


@pytest.mark.parametrize(("now", "total"), [(0, 0), (1, 1), (40, 100), (100, 100)])
def test_progress_of_any_length_fits(now, total):
    marks = charts.steps(now, total)
    assert 1 <= len(marks) <= 20


def test_error_page_needs_no_database():
    """No `db` fixture here: pytest-django refuses any query."""
    request = RequestFactory().get("/x")
    page = render_to_string("errors/page.html", {"title": "Oh", "text": "<b>", "reference": "7K3M-9QWD"}, request)
    assert "7K3M-9QWD" in page
    assert "&lt;b&gt;" in page
    assert "style=" not in page
    assert "<script" not in page


class Sitting:
    display_name = "学员<0004>"


@pytest.mark.parametrize("learner", [None, Sitting()])
def test_learner_frame_leaves_out_what_is_missing(learner):
    request = RequestFactory().get("/x")
    request.learner = learner
    page = render_to_string("learner_base.html", {"where": "服装缝制", "help_url": "/h/", "leave_url": "/l/"}, request)
    assert "服装缝制" in page
    assert 'href="/h/"' in page
    assert ('action="/l/"' in page) == bool(learner)
    assert ("学员&lt;0004&gt;" in page) == bool(learner)
    assert 'href=""' not in page
    assert 'href="None"' not in page


@pytest.mark.parametrize("name", ["base.html", "learner_base.html", "errors/page.html", "theme/patterns.html"])
def test_frames_keep_the_strict_policy(name):
    source = (ROOT / "templates" / name).read_text()
    assert not re.search(r"\bstyle=|<style|\bon[a-z]+=\"|https?://", source)
    assert "<script>" not in source


def test_site_navigation_shows_only_what_is_served():
    from cms.theme.navigation import entries

    assert entries()[0].url == "/"
    assert all(entry.url.startswith("/") for entry in entries())
