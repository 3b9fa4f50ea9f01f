"""A whole list of people at once (PER-1 to PER-7): all of them or nobody, and as many queries for thirty as for two."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from courses.journal.actions import prove
from courses.journal.models import JournalEntry
from courses.people import actions
from courses.people.actions import Person
from courses.people.models import CategoryPeriod, Learner, OrganisationUnit, Stay

pytestmark = pytest.mark.django_db
WANG = Person("王国强", "990101198804120110", "100001", category=CategoryPeriod.Category.INMATE)


def names(count: int) -> list[Person]:
    return [Person("陈" + "甲乙丙丁戊己庚辛壬癸"[n % 10] + "一二三四五"[n // 10], gender="male") for n in range(count)]


def test_a_list_does_what_one_file_after_another_does(prison, site_admin):
    unit = OrganisationUnit.objects.create(organisation=prison, name="一监区")
    wang, li = actions.register_learners(
        people=[WANG, Person("李小龙", gender="male", unit=unit)], by=site_admin, organisation=prison
    )
    assert (wang.learner_no, li.learner_no) == ("100001", "100002"), "the next free number"
    assert (wang.gender, wang.name_pinyin, wang.display_name) == ("male", "wangguoqiang", "学员0001")
    assert Stay.objects.open().get(learner=li).unit == unit
    assert CategoryPeriod.objects.get().learner == wang
    verbs = JournalEntry.objects.filter(object_label="people.learner").values_list("verb", flat=True)
    assert list(verbs) == [
        "people.register_learner", "people.admit", "people.set_category", "people.register_learner", "people.admit",
    ]  # fmt: skip
    assert prove()[1] == []
    assert [found.pk for found in Learner.objects.matching("xiaolong")] == [li.pk]


@pytest.mark.parametrize(
    ("second", "part"),
    [
        (Person("张三", "990101880412011"), "has a file already"),
        (Person("张三", "990101198804120111"), "copied wrongly"),
        (Person("张三", learner_no="100001", gender="male"), "learner number is in use"),
        (Person("张3", gender="male"), "digit"),
        (Person("张三"), "张三"),
    ],
)
def test_per_1_to_7_one_wrong_line_stores_nobody_and_is_named(prison, second, part):
    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        actions.register_learners(people=[WANG, second], by=None, organisation=prison)
    (sentence,) = refusal.value.messages
    assert sentence.startswith(second.full_name) and part in sentence
    assert not Learner.objects.exists() and not JournalEntry.objects.filter(verb="people.admit").exists()


def test_a_list_is_entered_by_those_who_may(prison, other_admin):
    with pytest.raises(PermissionDenied):
        actions.register_learners(people=[WANG], by=other_admin, organisation=prison)


def test_thirty_people_cost_no_more_queries_than_two(prison):
    counts = []
    for count in (2, 30):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            actions.register_learners(people=names(count), by=None, organisation=prison)
        counts.append(len(queries))
    assert counts[0] == counts[1]
