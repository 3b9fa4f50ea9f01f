"""Opening the files of a whole list of people at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from modelsearch.backends import get_search_backends

from courses.journal.actions import Act, record_all
from courses.people import rules
from courses.people.actions.identity import next_learner_no
from courses.people.actions.learners import new_file
from courses.people.models import CategoryPeriod, Learner, Organisation, OrganisationUnit, Stay, User
from courses.people.permissions import MANAGE_LEARNERS, require


@dataclass(frozen=True)
class Person:
    """One line of a list: what `register_learner` takes for one person."""

    full_name: str
    id_number: str = ""
    learner_no: str = ""
    gender: str = ""
    birth_date: date | None = None
    id_evidence: str = Learner.IdEvidence.UNVERIFIED
    name_pinyin: str = ""
    literacy: int = Learner.Literacy.ADEQUATE
    large_text: bool = False
    read_aloud: bool = False
    unit: OrganisationUnit | None = None
    category: str = ""

    def file(self, at: datetime) -> Learner:
        """The file, not stored yet. Refuses (ValidationError) as `register_learner` does."""
        return new_file(
            at, full_name=self.full_name, id_number=self.id_number, learner_no=self.learner_no, gender=self.gender,
            birth_date=self.birth_date, id_evidence=self.id_evidence, name_pinyin=self.name_pinyin,
            literacy=self.literacy, large_text=self.large_text, read_aloud=self.read_aloud,
        )  # fmt: skip


def register_learners(
    *, people: Sequence[Person], by: User | None, organisation: Organisation, at: datetime | None = None
) -> list[Learner]:
    """Open the files of a whole list and admit the people to an organisation: all of them, or nobody.

    Does for each what `register_learner` does, with the same entries in the journal and as many queries for thirty as for
    one. Refuses (ValidationError, a sentence a person) whatever `register_learner` refuses, and somebody listed twice.
    """
    require(by, MANAGE_LEARNERS, organisation)
    moment = at or timezone.now()
    learners = _new_files(people, moment)
    with transaction.atomic():
        _number(learners)
        _refuse_elsewhere(people, organisation, moment)
        _refuse_second_files(learners)
        Learner.objects.bulk_create(learners)
        pairs = list(zip(learners, people, strict=True))
        Stay.objects.bulk_create(
            Stay(learner=learner, organisation=organisation, unit=person.unit, since=moment)
            for learner, person in pairs
        )
        CategoryPeriod.objects.bulk_create(
            CategoryPeriod(learner=learner, category=person.category, since=moment)
            for learner, person in pairs
            if person.category
        )
        acts = [act for learner, person in pairs for act in _acts(learner, person)]
        record_all(acts=acts, by=by, organisation=organisation, at=moment)
        for backend in get_search_backends(with_auto_update=True):
            backend.add_bulk(Learner, learners)  # a list sends no signals
    return learners


def _new_files(people: Sequence[Person], moment: datetime) -> list[Learner]:
    learners, problems = [], []
    for person in people:
        try:
            learners.append(person.file(moment))
        except ValidationError as refusal:
            problems += [_sentence(person.full_name, message) for message in refusal.messages]
    if problems:
        raise ValidationError(problems)
    return learners


def _number(learners: list[Learner]) -> None:
    given = [int(learner.learner_no) + 1 for learner in learners if learner.learner_no.isdecimal()]
    number = max([int(next_learner_no()), *given])
    for learner in learners:
        if not learner.learner_no:
            learner.learner_no, number = str(number), number + 1
        learner.display_name = rules.alias(learner.learner_no)


def _refuse_elsewhere(people: Sequence[Person], organisation: Organisation, moment: datetime) -> None:
    if moment > timezone.now():
        raise ValidationError(_("An arrival is entered when it has happened, not before."))
    if any(person.unit and person.unit.organisation_id != organisation.pk for person in people):
        raise ValidationError({"unit": _("The unit belongs to another organisation.")})


def _refuse_second_files(learners: list[Learner]) -> None:
    hashes = {learner.id_hash for learner in learners if learner.id_hash}
    numbers = {learner.learner_no for learner in learners}
    known = set(Learner.objects.filter(id_hash__in=hashes).values_list("id_hash", flat=True))
    taken = set(Learner.objects.filter(learner_no__in=numbers).values_list("learner_no", flat=True))
    problems = []
    for learner in learners:
        found = [_("This person has a file already. Ask to see it instead of opening a second one.")]
        found = found if learner.id_hash and learner.id_hash in known else []
        if learner.learner_no in taken:
            found.append(_("This learner number is in use."))
        try:
            learner.clean_fields()
        except ValidationError as refusal:
            found += refusal.messages
        problems += [_sentence(learner.full_name, message) for message in found]
        known.add(learner.id_hash)
        taken.add(learner.learner_no)
    if problems:
        raise ValidationError(problems)


def _acts(learner: Learner, person: Person) -> list[Act]:
    acts = [Act("people.register_learner", learner), Act("people.admit", learner)]
    return [*acts, Act("people.set_category", learner, ["category"])] if person.category else acts


def _sentence(name: str, message: str) -> str:
    return _("%(name)s: %(problem)s") % {"name": name, "problem": message}
