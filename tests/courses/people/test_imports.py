"""Regions and organisations from a table: every row is looked at first, then all or none; the same again changes nothing."""

import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from courses.journal.models import JournalEntry
from courses.people import actions, place_tables
from courses.people.models import Organisation, Region, User
from courses.sheets import read
from tests.courses.building import make_world
from tests.courses.english import english  # noqa: F401  (the sentences are compared)

REGIONS = [
    ["区划代码", "名称", "级别", "上级代码"],
    ["990101", "北岭区", "", ""],
    ["990000", "演示省", "省", ""],
    ["", "", "", ""],
    ["990100", " 江州市", "市", "990000"],
    ["990101001", "桥头街道", "街道", "990101"],
]
PLACES = [
    ["代码", "名称", "类别", "上级代码", "地区代码"],
    ["990111", "北岭技工学校", "training_provider", "990110", ""],
    ["990110", "江州市人社局二处", "Human resources bureau", "", ""],
]

build_scene = make_world


def rows(*more):
    return [PLACES[0], *more]


def sentences(table, by=None):
    return [line.sentence for line in actions.preview_organisations(table=table, by=by).wrong]


@pytest.fixture
def head(db):
    return User.objects.create_superuser("head")


def test_regions_are_read_in_any_order_and_their_level_follows_from_the_code(db):
    preview = actions.import_regions(table=REGIONS, by=None)
    assert preview.count("new") == 4
    found = {
        region.code: (region.name, region.level, region.parent and region.parent.code)
        for region in Region.objects.all()
    }
    assert found == {
        "990000": ("演示省", "province", None),
        "990100": ("江州市", "city", "990000"),
        "990101": ("北岭区", "district", "990100"),
        "990101001": ("桥头街道", "street", "990101"),
    }


def test_the_same_table_again_changes_nothing_and_a_new_name_is_a_change(db):
    actions.import_regions(table=REGIONS, by=None)
    before = JournalEntry.objects.count()
    assert actions.import_regions(table=REGIONS, by=None).count("same") == 4
    assert JournalEntry.objects.count() == before
    renamed = [*REGIONS[:1], ["990101", "新北岭区", "", ""]]
    (line,) = actions.import_regions(table=renamed, by=None).lines
    assert line.state == "changed"
    assert Region.objects.get(code="990101").name == "新北岭区"


def test_organisations_find_what_stands_above_them_also_further_down_the_table(world):
    assert actions.import_organisations(table=PLACES, by=None).count("new") == 2
    school = Organisation.objects.get(code="990111")
    assert school.parent.code == "990110"
    assert school.path.startswith(school.parent.path)
    assert actions.import_organisations(table=PLACES, by=None).count("same") == 2


def test_posts_reach_down_to_what_was_brought_in(world):
    world.city.code = "990100"
    world.city.save()
    actions.import_organisations(
        table=rows(["990120", "江州第二技校", "training_provider", "990100", ""]), by=world.admin_city
    )
    place = Organisation.objects.get(code="990120")
    assert world.admin_city.has_perm("people.manage_organisation", place)
    assert JournalEntry.objects.about(place).get().actor_id == world.admin_city.pk


@pytest.mark.parametrize(
    ("row", "word"),
    [
        (["99011", "短码学校", "training_provider", "", ""], "99011"),
        (["990112", "", "training_provider", "", ""], "missing"),
        (["990112", "长" * 81, "training_provider", "", ""], "long"),
        (["990112", "城堡", "castle", "", ""], "castle"),
        (["990112", "无上级学校", "training_provider", "990199", ""], "990199"),
        (["990112", "自己的上级", "training_provider", "990112", ""], "itself"),
        (["990112", "无地区学校", "training_provider", "", "880000"], "880000"),
        (["990112", "丽禾职业培训学校(演示)", "training_provider", "", ""], "called"),
        (["990103", "丽禾职业培训学校(演示)", "training_provider", "990110", ""], "another organisation here"),
        (["990110", "又一个", "training_provider", "", ""], "twice"),
        (["990112", "北岭技工学校", "training_provider", "", ""], "twice"),
    ],
)
def test_a_wrong_row_says_why_and_nothing_is_stored(world, row, word):
    before = Organisation.objects.count()
    assert word in " ".join(sentences([*PLACES, row]))
    with pytest.raises(ValidationError, match="Nothing was stored"):
        actions.import_organisations(table=[*PLACES, row], by=None)
    assert Organisation.objects.count() == before


@pytest.mark.parametrize("table", [[], [["", ""]], [["编号", "叫什么"]], [PLACES[0]]])
def test_a_table_without_rows_or_headings_says_what_it_needs(world, table):
    assert sentences(table)


def test_a_circle_of_two_is_found():
    _rows, faults = place_tables.organisations(
        rows(["990112", "甲", "x", "990113", ""], ["990113", "乙", "x", "990112", ""]), {"x": "prison"}
    )
    assert [fault.code for fault in faults] == ["circle"]


def test_somebody_brings_in_only_below_what_is_theirs(world):
    """A stranger's organisation is as if it did not exist: no row is added below it, none is changed."""
    world.city.code = "990100"
    world.city.save()
    below_city = ["990120", "江州第二技校", "training_provider", "990100", ""]
    assert "990100" in sentences(rows(below_city), by=world.admin_provider)[0]
    foreign = ["990100", "改了名的局", "hr_bureau", "", ""]
    assert "belongs to another" in sentences(rows(foreign), by=world.admin_provider)[0]
    without_parent = ["990121", "没有上级的学校", "training_provider", "", ""]
    assert sentences(rows(without_parent), by=world.admin_provider)
    own = ["990122", "丽禾分校", "training_provider", "990103", ""]
    assert actions.import_organisations(table=rows(own), by=world.admin_provider).count("new") == 1
    with pytest.raises(PermissionDenied):
        actions.preview_organisations(table=PLACES, by=world.officer)
    with pytest.raises(PermissionDenied):
        actions.preview_regions(table=REGIONS, by=world.admin_city)


def upload(client, what, table):
    text = "\n".join(",".join(row) for row in table).encode("gb18030")
    file = io.BytesIO(text)
    file.name = "表.csv"
    return client.post(reverse(f"people_import_{what}"), {"file": file})


def test_at_the_desk_a_table_is_looked_at_and_then_stored(world, head, desk):
    client = desk(head)
    page = upload(client, "organisations", PLACES)
    assert "北岭技工学校" in page.content.decode()
    assert not Organisation.objects.filter(code="990111").exists(), "looking stores nothing"
    table = page.context["table"]
    done = client.post(reverse("people_import_organisations"), {"table": table})
    assert done.status_code == 302
    assert Organisation.objects.filter(code__in=["990110", "990111"]).count() == 2


def test_at_the_desk_a_wrong_row_cannot_be_stored(world, head, desk):
    page = upload(desk(head), "organisations", [*PLACES, ["1", "x", "castle", "", ""]])
    assert page.context["table"] == ""
    assert "castle" in page.content.decode()


def test_what_changed_between_looking_and_storing_is_looked_at_again(world, head, desk):
    client = desk(head)
    table = upload(client, "organisations", PLACES).context["table"]
    actions.add_organisation(name="北岭技工学校", kind="training_provider", by=None)
    page = client.post(reverse("people_import_organisations"), {"table": table})
    assert page.context["counts"]["wrong"] == 1


def test_another_persons_table_or_an_altered_one_is_refused(world, head, desk):
    client = desk(head)
    table = upload(client, "organisations", PLACES).context["table"]
    for sent in (table[:-1] + "x", "{}", ""):
        page = client.post(reverse("people_import_organisations"), {"table": sent})
        assert page.context["form"].errors
    page = desk(world.admin_city).post(reverse("people_import_organisations"), {"table": table})
    assert page.context["form"].errors
    assert not Organisation.objects.filter(code="990111").exists()


def test_the_screens_are_for_those_who_may(world, desk):
    assert desk(world.officer).get(reverse("people_import_organisations")).status_code == 302
    assert desk(world.admin_city).get(reverse("people_import_regions")).status_code == 302


@pytest.mark.parametrize("what", ["regions", "organisations"])
def test_the_template_can_be_brought_in_as_it_is(db, head, desk, what):
    actions.import_regions(table=[list(place_tables.REGION_COLUMNS), *map(list, place_tables.REGION_EXAMPLES)], by=None)
    got = desk(head).get(reverse(f"people_import_{what}_template"))
    table = read(io.BytesIO(got.content))
    preview = getattr(actions, f"preview_{what}")(table=table, by=head)
    assert not preview.wrong
    assert len(preview.lines) == {"regions": 4, "organisations": 2}[what]


def test_the_command_says_what_happens_and_stores_all_or_nothing(db, tmp_path, capsys):
    from lms.cli import main

    path = tmp_path / "places.csv"
    path.write_text("\n".join(",".join(row) for row in PLACES), encoding="utf-8")
    for arguments, stored in ((["--look"], 0), ([], 2)):
        with pytest.raises(SystemExit) as ended:
            main(["lms", "import", "organisations", str(path), *arguments])
        assert ended.value.code == 0
        assert Organisation.objects.filter(code__in=["990110", "990111"]).count() == stored
    path.write_text(path.read_text() + "\n1,x,castle,,", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["lms", "import", "organisations", str(path)])
    assert ended.value.code == 1
    assert capsys.readouterr().err
