"""Bringing in a roster: each row what it says, PER- and CLS- rules kept, repeatable, and nothing readable left behind."""

import re
import uuid
from datetime import timedelta
from itertools import count

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.classes import actions as classes
from courses.journal.actions import prove
from courses.journal.models import JournalEntry
from courses.people import actions as people
from courses.people.models import Learner, OrganisationUnit, Stay
from courses.rosters import actions, slips
from courses.rosters.actions import working
from courses.rosters.models import RosterImport, RosterRow
from courses.terminals.actions import issue_card
from courses.terminals.models import LoginCard
from tests.courses import building
from tests.courses.building import draft, make_world
from tests.courses.rosters.tables import identity, roster

pytestmark = pytest.mark.django_db
WANG, LI = identity(11), identity(13)
OTHERS = count(101, 2)


def build_scene():
    world = make_world()
    OrganisationUnit.objects.create(organisation=world.prison, name="一监区")
    world.taught_class = draft(world, capacity=3)
    return world


@pytest.fixture
def key():
    return slips.new_key()


def ask(world, *rows, by=None, **changes):
    facts = {"organisation": world.prison, "training_class": world.taught_class, "ticket": uuid.uuid4()} | changes
    return actions.ask_import(roster=roster(*rows), by=by or world.admin_prison, **facts)


def bring_in(world, *rows, **changes):
    asked = actions.work_on_import(roster_import=ask(world, *rows, **changes))
    return asked, {row.row: row for row in asked.rows.select_related("learner")}


def refusal(world, *row, **changes):
    """The sentence against the second of two rows; the first is fine."""
    _asked, rows = bring_in(world, ("好同学", "", identity(next(OTHERS))), row, **changes)
    assert rows[2].outcome == "new" and rows[3].outcome == "refused" and rows[3].learner is None
    return " ".join(rows[3].problems)


def test_new_people_get_a_file_a_place_in_the_class_a_card_and_a_pin(world, key, settings):
    settings.PASSWORD_HASHERS = ["courses.people.hashers.ClassroomArgon2Hasher"]
    asked, rows = bring_in(
        world,
        ("王国强", "", f" {WANG[:6]} {WANG[6:]} ", "", "一监区"),
        ("李德顺", "男", "", "1979年9月23日"),
        slip_key=key[0],
    )
    wang, li = rows[2].learner, rows[3].learner
    assert (wang.gender, wang.id_masked, wang.stay.unit.name) == ("male", f"990101********{WANG[-4:]}", "一监区")
    assert li.identity_pending and li.birth_date.isoformat() == "1979-09-23"
    assert [one.roster_no for one in world.taught_class.enrolments.filter(learner__in=[wang, li])] == [1, 2]
    assert {row.place for row in rows.values()} == {"class"} and asked.state == "done"
    cards = {card.learner_id: card for card in LoginCard.objects.all()}
    printed = actions.hand_out_slips(roster_import=asked, key=key[1], by=world.admin_prison)
    assert [one.learner for one in printed] == [wang, li] and printed[0].pin != printed[1].pin
    for one in printed:
        stored = cards[one.learner.pk].pin_hash
        assert identify_hasher(stored).algorithm == "argon2" and identify_hasher(stored).verify(one.pin, stored)
    assert actions.hand_out_slips(roster_import=asked, key=key[1], by=world.admin_prison) == [], "once"
    verbs = list(JournalEntry.objects.about(asked).order_by("sequence").values_list("verb", flat=True))
    assert verbs == ["rosters.ask_import", "rosters.finish_import", "rosters.print_cards"] and prove()[1] == []


def test_a_roster_of_a_place_without_a_class_opens_files_only(world):
    asked, rows = bring_in(world, ("王国强", "男", WANG), training_class=None)
    assert rows[2].outcome == "new" and rows[2].place == "" and not world.taught_class.enrolments.exists()
    _again, rows = bring_in(world, ("王国强", "男", WANG), training_class=None)
    assert rows[2].outcome == "there"


def test_the_same_table_twice_changes_nothing_the_second_time(world, key):
    """PER-1, PER-3, one person one file: known by identity, learner number, or name and day of birth."""
    table = [("王国强", "", WANG), ("李德顺", "男", "", "1979-09-23")]
    _first, rows = bring_in(world, *table, slip_key=key[0])
    before = Learner.objects.count(), Stay.objects.count(), LoginCard.objects.count()
    number = rows[3].learner.learner_no
    _second, again = bring_in(world, *table, ("李德顺", "", "", "", "", number), slip_key=key[0])
    assert {again[row].outcome for row in (2, 3)} == {"there"} and again[4].problems == ["This is the person of row 3."]
    assert (Learner.objects.count(), Stay.objects.count(), LoginCard.objects.count()) == before


def test_known_people_join_with_the_file_and_the_card_they_have(world, key):
    known = people.register_learner(full_name="王国强", id_number=WANG, organisation=world.prison, by=None)
    card, _pin, _code = issue_card(learner=known, by=None, organisation=world.prison)
    cardless = people.register_learner(full_name="李德顺", id_number=LI, organisation=world.prison, by=None)
    asked, rows = bring_in(world, ("王国强", "", WANG), ("李德顺", "", LI), slip_key=key[0])
    assert [(row.outcome, row.place, row.learner) for row in rows.values()] == [
        ("known", "class", known), ("known", "class", cardless),
    ]  # fmt: skip
    assert LoginCard.objects.live().get(learner=known) == card
    printed = actions.hand_out_slips(roster_import=asked, key=key[1], by=world.admin_prison)
    assert [one.learner for one in printed] == [cardless]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("王国强", "", WANG[:-1] + ("0" if WANG[-1] != "0" else "1")), "证件号码: The last character does not fit"),
        (("王国强", "", "99010119880412011"), "证件号码: An identity number has 18"),
        (("王国强", "女", WANG), "性别: The identity number says: male"),
        (("王国强", "", WANG, "1988-04-13"), "出生日期: The identity number says"),
        (("王国强", "", identity(11, "20200101")), "证件号码: The birth date means an age"),
        (("王", "男"), "姓名: A name has 2 to 50"),
        (("王国强2", "男"), "姓名: The name holds a digit"),
        (("王国强",), "性别: Without an identity number the gender"),
        (("王国强", "未知"), "性别: “未知” is no gender"),
        (("王国强", "男", "", "85年"), "出生日期: “85年” is no day"),
        (("王国强", "男", "", "", "九监区"), "监区: There is no ward or team “九监区” here"),
        (("王国强", "男", "", "", "", "999999"), "学号: There is nobody with the learner number 999999"),
        (("=HYPERLINK(1)", "男"), "姓名: The cell holds a formula"),
        (("好同学", "男"), "This is the person of row 2"),
    ],
)
def test_per_1_to_7_a_wrong_row_is_refused_alone_with_its_heading_and_the_reason(world, row, sentence):
    assert sentence in refusal(world, *row)


def test_per_1_full_width_digits_and_fifteen_of_an_old_card_are_the_same_person(world):
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in WANG)
    short = WANG[:6] + WANG[8:17]
    _asked, rows = bring_in(
        world, ("王国强", "", wide), ("王国强", "", short), ("王国强", "", f"{WANG[:10]}　{WANG[10:]}")
    )
    assert rows[2].outcome == "new" and [rows[n].problems for n in (3, 4)] == [["This is the person of row 2."]] * 2


def test_who_is_not_here_is_not_shown_and_not_moved(world):
    """A file elsewhere: one sentence, whoever it is; a number elsewhere: as if there were none (PRV-3)."""
    other = people.add_organisation(name="江北监狱(演示)", kind="prison", by=None)
    there = people.register_learner(full_name="张三丰", id_number=WANG, organisation=other, by=None)
    sentence = refusal(world, "张三丰", "", WANG)
    assert "has a file already" in sentence and there.learner_no not in sentence and "江北" not in sentence
    assert "nobody with the learner number" in refusal(world, "张三丰", "", "", "", "", there.learner_no)
    assert there.stay.organisation == other


def test_a_person_of_another_place_of_mine_is_moved_first(world):
    workshop = people.add_organisation(name="江州农场(演示)", kind="prison", parent=world.city, by=None)
    people.appoint(user=world.admin_prison, role="site_admin", organisation=workshop, by=None)
    people.register_learner(full_name="王国强", id_number=WANG, organisation=workshop, by=None)
    assert "王国强 is at 江州农场(演示). Enter the move in the file first." in refusal(world, "王国强", "", WANG)


def test_the_file_of_another_name_and_a_namesake_are_asked_about(world):
    known = people.register_learner(full_name="王国强", id_number=WANG, organisation=world.prison, by=None)
    pending = people.register_learner(full_name="周大山", gender="male", organisation=world.prison, by=None)
    assert f"The file {known.learner_no} bears the name 王国强" in refusal(world, "李国强", "", WANG)
    assert f"Somebody of this name is here: {pending.learner_no}" in refusal(world, "周大山", "男")
    planned = actions.preview_roster(
        roster=roster(("周大山", "", LI)), organisation=world.prison, training_class=None, when_full="wait", by=world.admin_prison
    )  # fmt: skip
    assert planned[0].outcome == "new" and pending.learner_no in planned[0].note


@pytest.mark.parametrize(("when_full", "fourth"), [("wait", "waiting"), ("refuse", "")])
def test_cls_2_the_one_after_the_last_place_waits_or_is_refused(world, when_full, fourth):
    rows = [(name, "", identity(number)) for number, name in enumerate(building.crowd(4), start=21)]
    _asked, found = bring_in(world, *rows, when_full=when_full)
    assert [found[n].place for n in (2, 3, 4)] == ["class"] * 3 and found[5].place == fourth
    assert world.taught_class.waiting.filter(ended_at=None).count() == (1 if fourth else 0)
    if not fourth:
        assert found[5].problems == ["All 3 places are taken."] and Learner.objects.count() == 3
    _again, found = bring_in(world, *rows, when_full=when_full)
    assert [found[n].outcome for n in (2, 3, 4, 5)] == ["there"] * 3 + ["there" if fourth else "refused"]


def test_cls_5_who_is_in_another_class_in_the_same_days_is_left_to_the_officer(world):
    known = people.register_learner(full_name="王国强", id_number=WANG, organisation=world.prison, by=None)
    classes.enrol(training_class=draft(world, "2025-OTHER"), learner=known, by=None)
    assert "is in class 2025-OTHER in the same days" in refusal(world, "王国强", "", WANG)


def test_who_left_the_class_is_not_taken_up_again_by_a_table(world):
    _asked, rows = bring_in(world, ("王国强", "", WANG))
    enrolment = world.taught_class.enrolments.get(learner=rows[2].learner)
    classes.withdraw(enrolment=enrolment, by=world.admin_prison, reason="withdrew")
    assert "was in this class before" in refusal(world, "王国强", "", WANG)


def test_a_roster_is_brought_in_by_who_opens_files_and_plans_the_class(world, foreign):
    for user in (world.admin_provider, world.officer, world.trainer, foreign):
        with pytest.raises(PermissionDenied):
            ask(world, ("王国强", "男"), by=user)
    school_class = draft(world, "2025-SCHOOL", host=world.school, by=world.admin_provider)
    with pytest.raises(PermissionDenied):
        ask(world, ("王国强", "男"), training_class=school_class)
    assert not RosterImport.objects.exists()


def test_a_class_that_is_over_and_a_roster_of_refusals_are_not_begun(world):
    with pytest.raises(ValidationError, match="No row can be brought in"):
        ask(world, ("王国强", "?"))
    classes.cancel_class(training_class=world.taught_class, by=world.admin_prison, reason="停办")
    world.taught_class.refresh_from_db()
    with pytest.raises(ValidationError, match="is over"):
        ask(world, ("王国强", "男"))
    assert not RosterImport.objects.exists() and not Learner.objects.exists()


def test_confirming_twice_is_once(world):
    ticket = uuid.uuid4()
    assert ask(world, ("王国强", "男"), ticket=ticket) == ask(world, ("王国强", "男"), ticket=ticket)


def test_identity_numbers_and_pins_stand_nowhere_in_clear(world, key):
    """PRV-1: not in the stored job, not in its rows, not in the journal; the wrong column does not help either."""
    asked = ask(world, ("王国强", "", WANG), ("李德顺", WANG, "", LI, "", LI), (WANG, "男"), slip_key=key[0])
    assert asked.table and WANG not in asked.table
    actions.work_on_import(roster_import=asked)
    pins = [one.pin for one in actions.hand_out_slips(roster_import=asked, key=key[1], by=world.admin_prison)]
    for model in (RosterImport, RosterRow, JournalEntry, LoginCard, Learner):
        stored = repr(list(model.objects.values_list()))
        assert not re.search(f"{WANG[:17]}|{LI[:17]}", stored), model
        assert not any(re.search(rf"\b{pin}\b", stored) for pin in pins), model
    assert RosterImport.objects.get().table == ""


def test_slips_open_for_the_browser_that_confirmed_and_who_may_give_pins(world, key):
    asked, _rows = bring_in(world, ("王国强", "男"), slip_key=key[0])
    with pytest.raises(ValidationError, match="only in the browser"):
        actions.hand_out_slips(roster_import=asked, key=slips.new_key()[1], by=world.admin_prison)
    with pytest.raises(PermissionDenied):
        actions.hand_out_slips(roster_import=asked, key=key[1], by=world.admin_provider)
    assert RosterRow.objects.exclude(slip="").count() == 1


def test_what_nobody_came_back_for_is_forgotten(world, key):
    asked, _rows = bring_in(world, ("王国强", "男"), ("?", "男"), slip_key=key[0])
    assert actions.forget_old() == 0
    assert actions.forget_old(at=timezone.now() + timedelta(days=4)) == 1 and not asked.rows.exclude(slip="").exists()
    assert actions.forget_old(at=timezone.now() + timedelta(days=8)) == 1 and not asked.rows.exclude(cells="").exists()


def test_a_crash_between_two_chunks_loses_and_doubles_nobody(world, monkeypatch):
    """As after kill -9: the sweep takes the roster up again and does only what is left."""
    monkeypatch.setattr(working, "CHUNK", 2)
    asked = ask(world, *[(name, "男") for name in building.crowd(5)], training_class=None)
    bring, calls = working._bring_in, []

    def dies(begun, table, chunk):
        calls.append(len(chunk))
        if len(calls) == 2:
            raise KeyboardInterrupt
        bring(begun, table, chunk)

    monkeypatch.setattr(working, "_bring_in", dies)
    with pytest.raises(KeyboardInterrupt):
        actions.work_on_import(roster_import=asked)
    assert Learner.objects.count() == 2 and RosterImport.objects.get().state == "working"
    assert actions.resume_imports() == 0, "somebody may still be at it"
    assert actions.resume_imports(at=timezone.now() + timedelta(minutes=3)) == 1
    assert Learner.objects.count() == 5 and RosterImport.objects.get().state == "done" and calls == [2, 2, 2, 1]
    assert sorted(RosterRow.objects.values_list("row", flat=True)) == [2, 3, 4, 5, 6]


def test_the_work_says_of_each_row_what_the_check_page_said(world, monkeypatch):
    """Also where the same person stands in two chunks."""
    monkeypatch.setattr(working, "CHUNK", 1)
    rows = [
        ("王国强", "", WANG), ("李德顺", "男", "", "1979-09-23"), ("陈小龙", "男"), ("周大山", "", LI), ("王国强", "", WANG),
        ("李德顺", "男", "", "1979-09-23"), ("陈小龙", "男"), ("李德顺", "男", "", "1980-01-01"),
    ]  # fmt: skip
    planned = actions.preview_roster(
        roster=roster(*rows), organisation=world.prison, training_class=world.taught_class, when_full="wait",
        by=world.admin_prison,
    )  # fmt: skip
    _asked, found = bring_in(world, *rows)
    said = {one.line.row: (one.outcome, one.place) for one in planned}
    assert said == {row: (one.outcome, one.place) for row, one in found.items()}
    assert [outcome for outcome, _place in said.values()] == ["new"] * 4 + ["refused"] * 3 + ["new"]


def test_a_row_that_changed_after_the_planning_is_refused_alone(world, monkeypatch):
    """Somebody opens a file for one of the chunk while its PINs are hashed: the others are brought in."""
    asked = ask(world, ("王国强", "", WANG), ("李德顺", "男"), ("陈小龙", "男"))
    secrets = working.new_secrets
    monkeypatch.setattr(
        working, "new_secrets",
        lambda count: (
            Learner.objects.exists()
            or people.register_learner(full_name="王国强", id_number=WANG, organisation=world.prison, by=None)
        ) and secrets(count),
    )  # fmt: skip
    actions.work_on_import(roster_import=asked)
    assert {row.row: (row.outcome, row.place) for row in asked.rows.all()} == {
        2: ("known", "class"), 3: ("new", "class"), 4: ("new", "class"),
    }  # fmt: skip


def test_who_lost_the_right_in_between_brings_in_nobody(world):
    asked = ask(world, ("王国强", "男"))
    for post in world.admin_prison.posts.all():
        people.end_post(post=post, by=None)
    asked = actions.work_on_import(roster_import=asked)
    assert (
        (asked.state, asked.table) == ("failed", "") and "no longer" in asked.problem and not Learner.objects.exists()
    )


def test_a_chunk_costs_the_same_queries_for_one_row_and_for_ten(world):
    def queries(names):
        asked = ask(world, *[(name, "男") for name in names], training_class=draft(world, f"C{len(names)}", 20))
        with CaptureQueriesContext(connection) as found:
            actions.work_on_import(roster_import=asked)
        return len(found)

    assert queries(building.crowd(1)) == queries([f"钱{name}" for name in building.crowd(10)])
