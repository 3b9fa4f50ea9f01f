"""The screens of a roster: choose, look, confirm, watch, print; and each wrong file with one sentence and nothing stored."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses.people.models import Learner, OrganisationUnit
from courses.rosters import actions, rules
from courses.rosters.models import RosterImport
from courses.sheets import read_sheet
from tests.courses.building import draft, make_world
from tests.courses.rosters.tables import HEADINGS, csv, identity, workbook

pytestmark = pytest.mark.django_db
WANG = identity(11)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 40


def build_scene():
    world = make_world()
    OrganisationUnit.objects.create(organisation=world.prison, name="一监区")
    world.taught_class = draft(world, capacity=3)
    return world


@pytest.fixture
def url(world):
    return reverse("rosters_class", args=[world.taught_class.pk])


def carried(page):
    found = re.search(r'name="roster" value="([^"]+)"', page.content.decode())
    return found and found[1]


def confirmed(client, url, file, capture):
    page = client.post(url, {"file": file, "when_full": "wait"})
    with capture(execute=True):
        return client.post(url, {"roster": carried(page)})


def test_from_the_roster_page_to_the_printed_cards(world, url, desk, django_capture_on_commit_callbacks):
    client = desk(world.admin_prison)
    assert url in client.get(reverse("classes_roster", args=[world.taught_class.pk])).content.decode()
    assert client.get(url).status_code == 200
    page = client.post(url, {"file": csv(("王国强", "", WANG), ("李德顺", "?")), "when_full": "wait"})
    text = page.content.decode()
    assert "no-store" in page["Cache-Control"] and WANG not in text and WANG[-4:] in text
    assert "“?” is no gender" in text and not Learner.objects.exists() and not RosterImport.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(url, {"roster": carried(page)})
    asked = RosterImport.objects.get()
    assert answer.url == reverse("rosters_import", args=[asked.pk])
    cookie = answer.cookies[f"slips-{asked.pk}"]
    assert cookie["httponly"] and cookie["samesite"] == "Strict" and cookie["path"] == answer.url
    text = client.get(answer.url).content.decode()
    assert "brought in" in text and "data-reloads" not in text and "“?” is no gender" in text
    refused = read_sheet(BytesIO(client.get(reverse("rosters_refused", args=[asked.pk])).content)).rows
    assert refused[1][:3] == ("", "李德顺", "?") and refused[1][-1] == "3" and "no gender" in refused[1][-2]
    sheet = client.post(reverse("rosters_cards", args=[asked.pk]), {"with_names": "on"})
    text = sheet.content.decode()
    assert "no-store" in sheet["Cache-Control"] and "王国强" in text and re.search(r"<b>\d{6}</b>", text)
    again = client.post(reverse("rosters_cards", args=[asked.pk]), follow=True).content.decode()
    assert "have been printed" in again and not re.search(r"<b>\d{6}</b>", again)


def test_another_browser_reads_no_pin_and_is_led_to_new_cards(world, url, desk, django_capture_on_commit_callbacks):
    client = desk(world.admin_prison)
    page = confirmed(client, url, csv(("王国强", "男")), django_capture_on_commit_callbacks)
    client.cookies.pop(f"slips-{RosterImport.objects.get().pk}")
    text = client.get(page.url).content.decode()
    assert "can be read only in the browser" in text and reverse("terminals_cards") in text
    answer = client.post(reverse("rosters_cards", args=[RosterImport.objects.get().pk]), follow=True).content.decode()
    assert "only in the browser" in answer and RosterImport.objects.get().rows.exclude(slip="").count() == 1


def test_confirming_twice_is_one_roster_and_the_first_key_stays(world, url, desk, django_capture_on_commit_callbacks):
    client = desk(world.admin_prison)
    page = client.post(url, {"file": csv(("王国强", "男")), "when_full": "wait"})
    with django_capture_on_commit_callbacks(execute=True):
        first, second = (client.post(url, {"roster": carried(page)}) for _click in range(2))
    assert (
        first.url == second.url and first.cookies and not second.cookies.get(f"slips-{RosterImport.objects.get().pk}")
    )


def test_the_people_list_leads_to_a_roster_without_a_class(world, desk, django_capture_on_commit_callbacks):
    client, url = desk(world.admin_prison), reverse("rosters_people")
    assert url in client.get(reverse("learners:index")).content.decode()
    page = client.post(url, {"file": csv(("王国强", "男")), "organisation": world.prison.pk})
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {"roster": carried(page)})
    assert Learner.objects.get().full_name == "王国强"
    assert "王国强" not in client.get(url).content.decode()
    assert reverse("rosters_import", args=[RosterImport.objects.get().pk]) in client.get(url).content.decode()
    page = client.post(url, {"file": csv(("王国强", "男")), "organisation": world.school.pk})
    assert page.context["form"].errors["organisation"], "not a place of mine"


def test_the_template_is_read_again_and_offers_the_words(world, url, desk):
    content = desk(world.admin_prison).get(reverse("rosters_class_template", args=[world.taught_class.pk])).content
    assert read_sheet(BytesIO(content)).rows == [rules.TEMPLATE]
    assert set(HEADINGS) <= set(rules.TEMPLATE)
    assert desk(world.admin_prison).get(reverse("rosters_template")).status_code == 200


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (lambda: BytesIO(PNG), "This file is no table"),
        (lambda: BytesIO(("姓名\n" + "王国强\n" * 100_000).encode()), "The table has more than"),
        (lambda: csv(*[(f"王{n}", "男") for n in range(2001)]), "Bring in at most 2000"),
        (lambda: csv(("王国强", "男"), headings=("name?", "性别")), "No row names the columns"),
        (lambda: csv(("王小明", "男"), encoding="big5", headings=("姓名", "性別")), "No row names the columns"),
        (lambda: csv(headings=HEADINGS), "The table has no rows"),
        (lambda: BytesIO(b""), "empty"),
        (lambda: csv(("王国强", "男"), headings=("姓名", "姓 名")), "stands there twice"),
        (lambda: workbook(("姓名", "证件号码"), ("王国强", 990101198804120110)), "has lost its last digits"),
    ],
)
def test_a_wrong_file_gets_a_sentence_and_stores_nothing(world, url, desk, file, sentence):
    upload = SimpleUploadedFile("花名册.xlsx", file().getvalue())
    page = desk(world.admin_prison).post(url, {"file": upload, "when_full": "wait"})
    assert sentence in page.content.decode() and not carried(page)
    assert not RosterImport.objects.exists() and not Learner.objects.exists()


@pytest.mark.parametrize(
    ("file", "row", "sentence"),
    [
        (workbook(HEADINGS[:2], ("王国强", "男"), ("", ""), merge="B2:B3"), 2, "性别: The cell is merged with others"),
        (workbook(HEADINGS[:2], ("王国强", "男"), formulas={"A2": "B9"}), 2, "姓名: The cell holds a formula"),
        (csv(("王国强", "男"), ("王国强", "男")), 3, "This is the person of row 2."),
        (csv(("王国强", "", WANG[:-2] + "00")), 2, "证件号码: The last character does not fit"),
    ],
)
def test_a_wrong_row_is_named_with_row_heading_and_reason(world, url, desk, file, row, sentence):
    file.seek(0)
    page = desk(world.admin_prison).post(url, {"file": file, "when_full": "wait"})
    found = {one.line.row: " ".join(one.problems) for one in page.context["refused"]}
    assert sentence in found[row] and not Learner.objects.exists()


def test_screens_are_there_for_those_who_may_alone(world, url, desk, foreign, django_capture_on_commit_callbacks):
    confirmed(desk(world.admin_prison), url, csv(("王国强", "男"), ("?", "男")), django_capture_on_commit_callbacks)
    asked = RosterImport.objects.get()
    own = [reverse(name, args=[asked.pk]) for name in ("rosters_import", "rosters_refused")]
    for user, of_class, of_roster in ((foreign, 404, 404), (world.officer, 302, 404), (world.admin_provider, 302, 404)):
        client = desk(user)
        assert client.get(url).status_code == of_class, user
        assert {client.get(one).status_code for one in own} == {of_roster}, user
        assert client.post(reverse("rosters_cards", args=[asked.pk])).status_code == of_roster
    roster_page = reverse("classes_roster", args=[world.taught_class.pk])
    assert url not in desk(world.admin_provider).get(roster_page).content.decode()
    from tests.courses.building import staff

    colleague = desk(staff("admin_second", "site_admin", world.prison))
    assert colleague.get(own[0]).status_code == 200 and colleague.get(own[1]).status_code == 404


def test_what_the_page_carries_works_for_this_person_and_this_class_alone(world, url, desk, settings):
    client = desk(world.admin_prison)
    token = carried(client.post(url, {"file": csv(("王国强", "男")), "when_full": "wait"}))
    other = reverse("rosters_class", args=[draft(world, "2025-OTHER").pk])
    for address, content in (
        (other, token),
        (reverse("rosters_people"), token),
        (url, token[:-9] + "AAAAAAAA="),
        (url, "x"),
    ):
        assert "Choose the file again" in client.post(address, {"roster": content}).content.decode()
    assert not RosterImport.objects.exists()


def test_the_page_of_a_long_roster_reloads_until_it_is_done(world, url, desk):
    page = desk(world.admin_prison).post(url, {"file": csv(("王国强", "男"), ("李德顺", "男")), "when_full": "wait"})
    answer = desk(world.admin_prison).post(url, {"roster": carried(page)})  # nobody has begun: no commit in this test
    text = desk(world.admin_prison).get(answer.url).content.decode()
    assert "data-reloads" in text and '<meta http-equiv="refresh"' in text and "0 of 2 rows" in text
    assert text.count('class="q-bar"') == 1 and "/ 10<" not in text, "the bar and the words count the same rows"
    actions.work_on_import(roster_import=RosterImport.objects.get())
    assert "data-reloads" not in desk(world.admin_prison).get(answer.url).content.decode()
