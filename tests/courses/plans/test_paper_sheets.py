"""The printed sheets of the way to an idea: eight pages, every text, what follows from the answers, and blanks to write on (4.3)."""

from datetime import date

import pytest

from courses.catalogue.models import Edition
from courses.plans.book import Kind
from courses.plans.book.ideas import CRITERIA, STATEMENTS
from courses.plans.paper import draw_sheets, sheets_data
from courses.plans.paper.sheets import PLACES
from tests.courses.plans.building import plan_scene
from tests.courses.plans.sitting import sit_down
from tests.courses.plans.test_paper import MARKUP, RARE, squeezed
from tests.reading import pdf_lines, pdf_pages, pdf_text

build_scene = plan_scene
DAY = date(2026, 11, 22)
IDEAS = ("馒头", "豆浆", "改衣服", "豆浆")  # two of them by the same name


def ideas(points: tuple[int, ...] = (5, 3, 4), *, ranks: str = "12 3") -> dict[str, str]:
    """Four ideas, the third of which cannot be done here; points for the three that are kept, all ten the same."""
    values = {f"ideas.list.{row}.offer": name for row, name in enumerate(IDEAS, start=1)}
    for row in "1234":
        values |= {f"macro.questions.{row}.{code}": "yes" for code in ("sells", "possible", "learnable")}
        values[f"macro.questions.{row}.rank"] = ranks[int(row) - 1].strip()
    values["macro.questions.3.possible"] = "no"
    rated = zip("124", points, strict=True)
    return values | {f"micro.ratings.{row}.{code}": str(one) for row, one in rated for code, _label in CRITERIA}


def test_the_sheets_have_eight_pages_and_so_has_the_blank_form():
    assert pdf_pages(draw_sheets(ideas(), dated=DAY)) == 8
    blank = draw_sheets({}, dated=DAY)
    words = squeezed(pdf_text(blank))
    assert pdf_pages(blank) == 8
    for expected in ("我准备好了吗", "我有什么", "每个点子问三句", "给三个点子打分", "结论", "学员(签名)", "教师的话"):
        assert expected in words
    assert "元" not in words and "%" not in words and "可以继续√" not in words


def test_every_text_is_printed_and_long_ones_are_not_cut():
    values, filled = {}, 0
    for number, (path, place) in enumerate(PLACES.items()):
        field = place.field
        if field.kind in (Kind.TEXT, Kind.LONG):
            values[path] = f"词{number}完".ljust(field.longest, "囍")
            filled += values[path].count("囍")
        else:
            values[path] = {Kind.COUNT: "3", Kind.YES_NO: "no"}.get(field.kind) or field.choices[0][0]
    words = squeezed(pdf_text(draw_sheets(values, dated=DAY)))
    texts = [text.rstrip("囍") for path, text in values.items() if PLACES[path].field.kind in (Kind.TEXT, Kind.LONG)]
    assert len(texts) > 120 and [text for text in texts if text not in words] == []
    assert words.count("囍") >= filled


def test_4_3_the_kept_ideas_their_points_and_the_winner_stand_on_the_sheets():
    data = sheets_data(ideas(), dated=DAY)
    assert data["macro"] == {"1": "kept", "2": "kept", "4": "kept", "3": "later"}
    assert [(one["name"], one["total"], one["percent"], one["place"]) for one in data["micro"]] == [
        ("馒头", "50", "100%", "1"), ("豆浆", "30", "60%", "3"), ("豆浆", "40", "80%", "2"),
    ]  # fmt: skip
    assert data["winner"] == "馒头"
    lines = pdf_lines(draw_sheets(ideas(), dated=DAY))
    assert any(line.endswith("50 30 40") for line in lines) and any(line.endswith("1 3 2") for line in lines)


def test_while_points_are_missing_nobody_is_first():
    values = {path: text for path, text in ideas().items() if path != "micro.ratings.2.risk"}
    data = sheets_data(values, dated=DAY)
    assert [(one["total"], one["place"]) for one in data["micro"]] == [("50", ""), ("", ""), ("40", "")]
    assert data["winner"] == ""
    assert sheets_data({}, dated=DAY)["micro"] == []


def test_4_2_the_self_assessment_counts_and_each_no_gets_a_line():
    codes = [code for code, _label in STATEMENTS]
    values = {f"self.check.{code}.own": "no" if code == "health" else "yes" for code in codes}
    values["self.actions.money.what"] = "存钱"
    found = sheets_data(values, dated=DAY)["self"]
    assert found == {"code": "go_on", "yes": "10", "no": "1", "to_do": ["health", "money"]}
    assert sheets_data({}, dated=DAY)["self"] == {"code": "", "yes": "", "no": "", "to_do": []}


def test_the_sheets_tell_of_no_custody_and_print_what_is_typed():
    values = ideas() | {"self.rater": "officer", "inventory.interests": MARKUP, "statement.what": RARE + "𠮷"}
    words = squeezed(pdf_text(draw_sheets(values, dated=DAY, mark="7")))
    assert "工作人员" in words and not any(word in words for word in ("民警", "管教", "监"))
    assert squeezed(MARKUP) in words and squeezed(RARE + "□") in words
    assert "有的字打印不出来" in words and "名册第7号" in words


@pytest.mark.django_db
def test_learner_and_trainer_print_the_sheets_and_no_formulas(room, client, desk):
    Edition.objects.filter(pk=room.training_class.edition_id).update(workbook="gyb")
    room.training_class.refresh_from_db()
    plan = room.plan()
    for path, text in ideas().items():
        room.save(plan, path, text)
    seat = sit_down(client, room)
    assert f"/plan/{plan.pk}/print/" in seat.get(f"/plan/{plan.pk}/").content.decode()
    for answer in (seat.get(f"/plan/{plan.pk}/print/"), desk(room.trainer).get(f"/admin/plans/{plan.pk}/paper/")):
        assert pdf_pages(answer.content) == 8 and "改衣服" in pdf_text(answer.content)
    assert f"/admin/plans/{plan.pk}/paper/" in desk(room.trainer).get(f"/admin/plans/{plan.pk}/").content.decode()
    assert desk(room.trainer).get(f"/admin/plans/{plan.pk}/sheets/").status_code == 404
    assert desk(room.world.officer).get(f"/admin/plans/{plan.pk}/paper/").status_code == 404
