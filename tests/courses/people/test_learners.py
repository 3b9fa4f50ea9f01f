"""Opening, correcting and moving files (PER-1 to PER-7, PRV-1)."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from courses.journal.models import JournalEntry
from courses.people import actions
from courses.people.models import CategoryPeriod, Learner, Stay
from courses.people.permissions import Role

pytestmark = pytest.mark.django_db


def sentences(refusal):
    return " ".join(refusal.value.messages)


def test_per_2_gender_and_birth_date_come_from_the_number(learner):
    assert (learner.gender, learner.birth_date) == ("male", date(1988, 4, 12))
    assert learner.id_type == Learner.IdType.RESIDENT


@pytest.mark.parametrize("entered", [{"gender": "female"}, {"birth_date": date(1988, 4, 13)}])
def test_per_2_what_contradicts_the_number_is_refused_with_the_derived_value(prison, entered):
    with pytest.raises(ValidationError) as refusal:
        actions.register_learner(
            full_name="王国强", id_number="990101198804120110", organisation=prison, by=None, **entered
        )
    assert next(iter(entered)) in refusal.value.message_dict
    assert not Learner.objects.exists()


@pytest.mark.parametrize(
    ("number", "part"),
    [
        ("990101198804120111", "copied wrongly"),
        ("9901011988041201", "18"),
        ("990102198602290118", "not a real date"),
        ("16010119880412011", "18 characters"),
    ],
)
def test_per_1_a_wrong_number_stores_nothing_and_says_why(prison, number, part):
    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        actions.register_learner(full_name="王国强", id_number=number, organisation=prison, by=None)
    assert part in sentences(refusal)
    assert list(refusal.value.message_dict) == ["id_number"]
    assert not Learner.objects.exists() and not Stay.objects.exists()
    assert not JournalEntry.objects.filter(verb="people.register_learner").exists()


def test_per_3_both_spellings_find_the_same_learner(learner):
    assert Learner.objects.with_id("990101880412011").get() == learner
    assert Learner.objects.with_id("990101 19880412 0110").get() == learner


@pytest.mark.parametrize("typed", ["990101880412011", "９９０１０１１９８８０４１２０１１０"])
def test_per_3_a_second_file_for_one_number_is_refused_at_any_place_without_naming_anybody(
    learner, other_prison, other_admin, typed
):
    with pytest.raises(ValidationError) as refusal:
        actions.register_learner(full_name="张三", id_number=typed, organisation=other_prison, by=other_admin)
    assert learner.full_name not in sentences(refusal) and "江州" not in sentences(refusal)
    assert Learner.objects.count() == 1


def test_per_4_numbers_of_nobody_only_where_allowed(prison, settings):
    settings.ALLOW_TEST_IDS = False
    with pytest.raises(ValidationError):
        actions.register_learner(full_name="王国强", id_number="990101198804120110", organisation=prison, by=None)


def test_per_5_a_file_without_a_number_is_pending_until_it_is_seen(prison):
    learner = actions.register_learner(full_name="李发顺", gender="male", organisation=prison, by=None)
    assert learner.identity_pending and learner.id_type == Learner.IdType.NONE_YET
    learner = actions.correct_learner(
        learner=learner, id_number="990103199905190158", organisation=prison, by=None, reason="带来身份证"
    )
    assert learner.identity_pending  # entered, but seen on nothing yet
    learner = actions.correct_learner(
        learner=learner, id_evidence=Learner.IdEvidence.CARD, organisation=prison, by=None, reason="已核对"
    )
    assert not learner.identity_pending


def test_per_5_many_files_may_wait_for_their_number(prison):
    for name in ("李发顺", "何玉珍"):
        actions.register_learner(full_name=name, gender="female", organisation=prison, by=None)
    assert Learner.objects.filter(id_hash=None).count() == 2


def test_a_corrected_number_brings_its_own_birth_date(learner, prison):
    learner = actions.correct_learner(
        learner=learner, id_number="990101199006150221", organisation=prison, by=None, reason="抄错了"
    )
    assert (learner.gender, learner.birth_date, learner.id_number()) == (
        "female",
        date(1990, 6, 15),
        "990101199006150221",
    )


def test_a_corrected_birth_date_must_fit_the_number(learner, prison):
    with pytest.raises(ValidationError):
        actions.correct_learner(
            learner=learner, birth_date=date(1980, 1, 1), organisation=prison, by=None, reason="抄错了"
        )


def test_a_correction_needs_a_reason_and_leaves_only_names_of_fields(learner, prison):
    with pytest.raises(ValidationError):
        actions.correct_learner(learner=learner, full_name="王国墙", organisation=prison, by=None, reason=" ")
    actions.correct_learner(learner=learner, full_name="王国墙", organisation=prison, by=None, reason="名字写错")
    entry = JournalEntry.objects.about(learner).get(verb="people.correct_learner")
    assert entry.fields == ["full_name"] and "王国墙" not in str(entry.__dict__)


def test_a_correction_that_changes_nothing_writes_nothing(learner, prison):
    actions.correct_learner(
        learner=learner,
        full_name="王国强",
        id_number="990101880412011",
        organisation=prison,
        by=None,
        reason="再看一遍",
    )
    assert not JournalEntry.objects.filter(verb="people.correct_learner").exists()


def test_per_6_a_move_ends_the_stay_before_at_the_same_instant(learner, prison, other_prison):
    moment = timezone.now()
    stay = actions.admit(learner=learner, organisation=other_prison, by=None, at=moment)
    before = learner.stays.get(organisation=prison)
    assert before.until == stay.since == moment
    assert Stay.objects.filter(learner=learner, until=None).count() == 1


def test_per_6_which_team_on_a_day(prison):
    first = actions.add_unit(organisation=prison, name="一监区", by=None)
    second = actions.add_unit(organisation=prison, name="二监区", by=None)
    noon = timezone.now() - timedelta(days=10)
    learner = actions.register_learner(
        full_name="陈小龙", gender="male", organisation=prison, unit=first, by=None, at=noon
    )
    actions.admit(learner=learner, organisation=prison, unit=second, by=None, at=noon + timedelta(days=5))
    for days, unit in ((0, first), (4, first), (5, second), (9, second)):
        assert Stay.objects.open(noon + timedelta(days=days)).get(learner=learner).unit == unit


def test_per_6_the_same_place_again_changes_nothing(learner, prison):
    assert actions.admit(learner=learner, organisation=prison, by=None) == learner.stays.get()


@pytest.mark.parametrize("shift", [-timedelta(days=400), timedelta(hours=1)])
def test_per_6_neither_before_the_arrival_nor_in_the_future(learner, other_prison, shift):
    with pytest.raises(ValidationError):
        actions.admit(learner=learner, organisation=other_prison, by=None, at=timezone.now() + shift)
    assert learner.stays.count() == 1


def test_per_6_a_unit_of_another_place_is_refused(learner, prison, other_prison):
    unit = actions.add_unit(organisation=other_prison, name="一监区", by=None)
    with pytest.raises(ValidationError):
        actions.admit(learner=learner, organisation=prison, unit=unit, by=None)


def test_per_6_the_database_itself_refuses_a_second_open_stay(learner, other_prison):
    with pytest.raises(IntegrityError), transaction.atomic():
        Stay.objects.create(learner=learner, organisation=other_prison, since=timezone.now())


def test_learner_numbers_grow_to_seven_digits(prison):
    make = actions.register_learner
    assert make(full_name="王国强", gender="male", organisation=prison, by=None, learner_no="999999")
    assert make(full_name="李德顺", gender="male", organisation=prison, by=None).learner_no == "1000000"
    assert make(full_name="陈小龙", gender="male", organisation=prison, by=None).learner_no == "1000001"


@pytest.mark.parametrize(
    ("name", "pinyin"), [("单雄信", "shanxiongxin"), ("仇英", "qiuying"), ("阿卜杜·热合曼", "abodureheman")]
)
def test_per_7_pinyin_by_hand_wins(prison, name, pinyin):
    learner = actions.register_learner(full_name=name, name_pinyin=pinyin, gender="male", organisation=prison, by=None)
    assert learner.name_pinyin == pinyin


def test_per_7_rare_characters_are_kept(prison):
    learner = actions.register_learner(full_name="𬱖䶮", gender="male", organisation=prison, by=None)
    assert Learner.objects.get(pk=learner.pk).full_name == "𬱖䶮"


@pytest.mark.parametrize("name", ["王", "王9", "王" * 51])
def test_per_7_a_name_that_cannot_be_printed_stores_nothing(prison, name):
    with pytest.raises(ValidationError) as refusal:
        actions.register_learner(full_name=name, gender="male", organisation=prison, by=None)
    assert list(refusal.value.message_dict) == ["full_name"]
    assert not Learner.objects.exists()


def test_the_number_at_rest_is_encrypted_and_its_hash_keyed(learner):
    row = Learner.objects.filter(pk=learner.pk).values().get()
    assert all("990101198804120110" not in str(value) for value in row.values())
    assert "19880412" not in row["id_masked"]
    assert learner.id_number() == "990101198804120110"


def test_categories_follow_each_other(learner, prison):
    actions.set_category(
        learner=learner, category=CategoryPeriod.Category.INMATE, by=None, organisation=prison,
        at=datetime(2025, 1, 1, tzinfo=timezone.get_current_timezone()),
    )  # fmt: skip
    actions.set_category(learner=learner, category=CategoryPeriod.Category.RELEASED, by=None, organisation=prison)
    actions.set_category(learner=learner, category=CategoryPeriod.Category.RELEASED, by=None, organisation=prison)
    assert [period.category for period in learner.categories.all()] == ["inmate", "released"]
    assert learner.categories.open().get().category == "released"


def test_prv_1_the_full_number_needs_the_right_a_reason_and_leaves_a_trace(learner, prison, site_admin, staff):
    officer = staff("officer", Role.OFFICER, prison)
    with pytest.raises(PermissionDenied):
        actions.open_full_id(learner=learner, by=officer, organisation=prison, reason="核对")
    with pytest.raises(ValidationError):
        actions.open_full_id(learner=learner, by=site_admin, organisation=prison, reason="")
    assert not JournalEntry.objects.filter(verb="people.open_full_id").exists()
    number = actions.open_full_id(learner=learner, by=site_admin, organisation=prison, reason="制作证书")
    assert number == "990101198804120110"
    entry = JournalEntry.objects.get(verb="people.open_full_id")
    assert (entry.actor_id, entry.reason, entry.fields) == (site_admin.pk, "制作证书", ["id_number"])


def test_prv_1_the_right_at_another_place_does_not_open_it(learner, other_prison, other_admin):
    with pytest.raises(PermissionDenied):
        actions.open_full_id(learner=learner, by=other_admin, organisation=other_prison, reason="核对")


@pytest.mark.parametrize(
    "act",
    [
        lambda who, learner, place: actions.register_learner(
            full_name="李德顺", gender="male", organisation=place, by=who
        ),
        lambda who, learner, place: actions.correct_learner(
            learner=learner, full_name="李德顺", organisation=place, by=who, reason="x"
        ),
        lambda who, learner, place: actions.admit(learner=learner, organisation=place, by=who),
        lambda who, learner, place: actions.set_category(
            learner=learner, category="released", organisation=place, by=who
        ),
    ],
)
def test_verbs_on_files_are_refused_without_the_right_there(learner, prison, staff, other_admin, act):
    for who in (other_admin, staff("trainer", Role.TRAINER, prison), staff("auditor", Role.AUDITOR, prison)):
        with pytest.raises(PermissionDenied):
            act(who, learner, prison)
