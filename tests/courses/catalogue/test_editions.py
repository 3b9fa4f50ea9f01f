"""Publishing: facts are frozen, words may be mended, nothing that a certificate hangs on changes."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from courses.catalogue import actions
from courses.catalogue.models import Course, CourseUnit, Edition, LessonText
from courses.catalogue.rules import (
    Change,
    EditionFacts,
    PassRule,
    UnitFacts,
    changes,
    content_hash,
    facts_hash,
    problems,
)
from courses.journal.models import JournalEntry
from courses.people.actions import add_organisation, appoint
from courses.people.models import Organisation, User
from courses.people.permissions import Role

FACTS = EditionFacts(
    title="焊工入门",
    level="",
    summary="从防护开始。",
    theory_half_hours=16,
    practice_half_hours=24,
    can_do=("穿戴好防护用品", "平焊一条焊缝"),
    pass_rule=PassRule(),
    certificate_type="skills",
)


def words(text):
    return {"format": 1, "body": [{"type": "text", "value": text, "id": "1"}]}


UNITS = [
    UnitFacts(kind="module", code="m1", title="防护", page_id=10),
    UnitFacts(
        kind="lesson", code="l01", title="看见弧光之前", module_code="m1", content=words("先戴面罩。"), page_id=11
    ),
    UnitFacts(kind="lesson", code="l02", title="衣服和鞋", module_code="m1", content=words("不穿化纤。"), page_id=12),
]


@pytest.fixture
def school(db):
    return add_organisation(name="丽禾职业培训学校", kind=Organisation.Kind.TRAINING_PROVIDER, code="990103", by=None)


@pytest.fixture
def course(school):
    return actions.add_course(provider=school, code="weld-20", by=None)


@pytest.fixture
def publisher(school):
    user = User.objects.create_user("admin_provider")
    appoint(user=user, role=Role.PROVIDER_ADMIN, organisation=school, by=None)
    return user


def publish(course, facts=FACTS, units=UNITS, by=None):
    return actions.publish_edition(course=course, facts=facts, units=units, by=by)


def journal(verb):
    return JournalEntry.objects.filter(verb=verb)


def test_a_course_is_added_once_under_its_code(school, course):
    assert actions.add_course(provider=school, code=" WELD-20 ", by=None) == course
    assert course.code == "WELD-20"
    assert journal("catalogue.add_course").count() == 1


def test_a_code_of_another_school_is_refused(course):
    other = add_organisation(name="渝川职业学校", kind=Organisation.Kind.COLLEGE, by=None)
    with pytest.raises(ValidationError):
        actions.add_course(provider=other, code="WELD-20", by=None)


def test_a_place_of_custody_has_no_courses(db):
    prison = add_organisation(name="江州监狱", kind=Organisation.Kind.PRISON, by=None)
    with pytest.raises(ValidationError):
        actions.add_course(provider=prison, code="WELD-20", by=None)


def test_an_author_may_add_a_course_only_at_the_own_school(school):
    other = add_organisation(name="渝川职业学校", kind=Organisation.Kind.COLLEGE, by=None)
    author = User.objects.create_user("trainer_wang")
    appoint(user=author, role=Role.TRAINER, organisation=school, by=None)
    course = actions.add_course(provider=school, code="WELD-5", by=author)
    assert list(Course.objects.visible_to(author)) == [course]
    with pytest.raises(PermissionDenied):
        actions.add_course(provider=other, code="COOK-5", by=author)


def test_an_edition_holds_the_facts_and_the_words(course, publisher):
    edition = publish(course, by=publisher)
    assert (edition.number, edition.facts, edition.required_half_hours) == (1, FACTS, 40)
    assert edition.published_by == publisher
    assert [(u.kind, u.code, u.title) for u in edition.units.all()] == [(u.kind, u.code, u.title) for u in UNITS]
    lesson = edition.units.get(code="l01")
    assert lesson.module.code == "m1"
    assert lesson.text.content == words("先戴面罩。")
    assert lesson.text.sha256 == content_hash(words("先戴面罩。"))
    assert list(Edition.objects.open_for_classes()) == [edition]
    assert journal("catalogue.publish_edition").get().object_id == str(edition.pk)


def test_the_same_facts_are_the_same_edition_and_write_nothing(course):
    edition = publish(course)
    before = JournalEntry.objects.count()
    assert publish(course) == edition
    assert (Edition.objects.count(), CourseUnit.objects.count(), LessonText.objects.count()) == (1, 3, 2)
    assert JournalEntry.objects.count() == before


@pytest.mark.parametrize(
    "change",
    [
        {"title": "焊工"},
        {"level": "五级"},
        {"summary": "换一句。"},
        {"theory_half_hours": 18},
        {"practice_half_hours": 22},
        {"can_do": ("穿戴好防护用品",)},
        {"pass_rule": PassRule(theory_pass=80)},
        {"certificate_type": "hours"},
    ],
)
def test_a_changed_fact_makes_the_next_edition(course, change):
    first = publish(course)
    second = publish(course, replace(FACTS, **change))
    assert (first.pk != second.pk, second.number) == (True, 2)
    first.refresh_from_db()
    assert first.facts == FACTS
    assert list(Edition.objects.open_for_classes()) == [second]


@pytest.mark.parametrize(
    "units",
    [
        UNITS[:2],
        [UNITS[0], UNITS[2], UNITS[1]],
        [UNITS[0], replace(UNITS[1], title="弧光"), UNITS[2]],
        [UNITS[0], replace(UNITS[1], module_code=None), UNITS[2]],
    ],
)
def test_a_changed_outline_makes_the_next_edition(course, units):
    publish(course)
    assert publish(course, units=units).number == 2


def test_a_mended_sentence_moves_the_pin_and_the_journal_keeps_both_hashes(course, publisher):
    edition = publish(course)
    mended = [UNITS[0], replace(UNITS[1], content=words("先戴好面罩。")), UNITS[2]]
    assert publish(course, units=mended, by=publisher) == edition
    lesson = edition.units.get(code="l01")
    assert lesson.text.content == words("先戴好面罩。")
    entry = journal("catalogue.fix_wording").get()
    assert entry.reason == f"{content_hash(words('先戴面罩。'))} -> {content_hash(words('先戴好面罩。'))}"
    assert (entry.object_id, entry.actor_id) == (str(lesson.pk), publisher.pk)
    assert LessonText.objects.filter(content=words("先戴面罩。")).exists()  # the old words stay


def test_going_back_to_earlier_facts_offers_the_earlier_edition_again(course):
    first = publish(course)
    publish(course, replace(FACTS, title="焊工"))
    assert publish(course) == first
    course.refresh_from_db()
    assert course.current == first
    assert list(Edition.objects.open_for_classes()) == [first]


def test_words_in_another_order_of_keys_are_the_same_words():
    assert content_hash({"a": 1, "b": "焊"}) == content_hash({"b": "焊", "a": 1})


@pytest.mark.parametrize(
    ("code", "facts", "units"),
    [
        ("no_lessons", {}, UNITS[:1]),
        ("hours", {"theory_half_hours": 0, "practice_half_hours": 0}, UNITS),
        ("hours", {"theory_half_hours": -2}, UNITS),
        ("can_do", {"can_do": ()}, UNITS),
        ("can_do", {"can_do": (" ",)}, UNITS),
        ("title", {"title": " "}, UNITS),
        ("title", {}, [UNITS[0], replace(UNITS[1], title="")]),
        ("certificate_type", {"certificate_type": ""}, UNITS),
        ("certificate_type", {"certificate_type": "合格证书"}, UNITS),
        ("pass_rule", {"pass_rule": PassRule(theory_pass=101)}, UNITS),
        ("pass_rule", {"pass_rule": PassRule(min_attendance_pct=-1)}, UNITS),
        ("empty_lesson", {}, [UNITS[0], replace(UNITS[1], content=None)]),
        ("codes", {}, [UNITS[0], UNITS[1], replace(UNITS[2], code="l01")]),
        ("codes", {}, [UNITS[0], replace(UNITS[1], code="第一课")]),
        ("modules", {}, UNITS[1:]),
    ],
)
def test_incomplete_facts_are_refused_with_a_sentence_and_store_nothing(course, code, facts, units):
    assert problems(replace(FACTS, **facts), units) == [code]
    with pytest.raises(ValidationError) as refusal:
        publish(course, replace(FACTS, **facts), units)
    assert refusal.value.messages == [str(actions.SENTENCES[code])]
    assert not Edition.objects.exists()
    assert not LessonText.objects.exists()


def test_who_may_not_publish_is_refused(course, school):
    author = User.objects.create_user("trainer_wang")
    appoint(user=author, role=Role.TRAINER, organisation=school, by=None)
    with pytest.raises(PermissionDenied):
        publish(course, by=author)
    with pytest.raises(PermissionDenied):
        actions.withdraw_course(course=course, by=author)


def test_a_withdrawn_course_opens_no_class_until_it_is_published_again(course, publisher):
    edition = publish(course)
    actions.withdraw_course(course=course, by=publisher)
    actions.withdraw_course(course=course, by=publisher)
    assert journal("catalogue.withdraw_course").count() == 1
    assert not Edition.objects.open_for_classes().exists()
    assert not Course.objects.offered().exists()
    assert publish(course, by=publisher) == edition
    assert list(Edition.objects.open_for_classes()) == [edition]


def test_the_hash_of_the_same_facts_is_the_same_in_every_version_of_the_product():
    """A field more in EditionFacts or PassRule would make the next publication of every course a new edition: leave it out of
    the hash while it has the value that means "as before"."""
    assert facts_hash(FACTS, UNITS) == "9f12a9fce74fbf253f8f1595fead90ff4d0d09f54b8d214d5edca5000a7f7244"


def test_changes_of_units_are_named_once_each():
    m1, m2 = UnitFacts("module", "m1", "防护"), UnitFacts("module", "m2", "平焊")
    one, two, three = (UnitFacts("lesson", f"l0{n}", f"课{n}", "m1") for n in (1, 2, 3))
    old = [m1, one, two, three, m2]

    def between(*new):
        return changes(FACTS, FACTS, old, new)

    assert between(*old) == []
    assert between(m1, three, one, two, m2) == [Change("unit_place", "课3 · 3", "课3 · 1", "lesson")]
    assert between(m1, one, three, m2) == [Change("unit_removed", "课2", "", "lesson")]
    moved = replace(three, module_code="m2")
    assert between(m1, one, two, m2, moved) == [Change("unit_module", "课3 · 防护", "课3 · 平焊", "lesson")]
    assert between(m1, one, two, replace(three, code="l09"), m2) == [
        Change("unit_code", "课3 · l03", "课3 · l09", "lesson")
    ]
    assert between(m1, replace(one, content={"body": []}), two, three, m2) == [], "words are no facts"
    marks = replace(FACTS, pass_rule=replace(FACTS.pass_rule, min_attendance_pct=90))
    assert changes(FACTS, marks, old, old) == [Change("min_attendance_pct", FACTS.pass_rule.min_attendance_pct, 90)]
