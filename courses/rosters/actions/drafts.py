"""One row of a roster as a person: what its words mean, and the sentences for what they do not. Reads no database."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _

from courses.people import rules as people_rules
from courses.people import sealing
from courses.people.actions import Person
from courses.people.models import CategoryPeriod, Learner, OrganisationUnit
from courses.rosters import rules

# What is wrong with a cell: a sentence for each code of `rules.Fault`.
FAULTS: dict[str, Callable[[], str]] = {
    "merged": lambda: _("The cell is merged with others. Split it and fill in every row."),
    "formula": lambda: _("The cell holds a formula. Copy the column and paste it as values."),
    "gender": lambda: _("“%(value)s” is no gender. Write it as the template offers it."),
    "day": lambda: _("“%(value)s” is no day. Write it like 1985-03-24."),
    "word": lambda: _("“%(value)s” is not in the list. The template offers the words."),
    "unit": lambda: _("There is no ward or team “%(value)s” here. Enter it under “Organisations” first, or mend the name."),
    "number": lambda: _("There is nobody with the learner number %(value)s here. Leave it empty: new people get one."),
}  # fmt: skip


@dataclass(frozen=True)
class Draft:
    """What a row says: the person, the number typed, the keyed hash of the identity, and every sentence against it."""

    line: rules.Line
    person: Person
    number: str
    id_hash: str
    id_masked: str
    problems: tuple[str, ...]


class Words:
    """The words that people may write in columns with a list, as they are compared → value."""

    def __init__(self, units: Mapping[str, OrganisationUnit]):
        self.units = units
        self.of: dict[str, Mapping[str, Any]] = {
            rules.GENDER: rules.GENDERS,
            rules.EVIDENCE: _labels(Learner.IdEvidence),
            rules.CATEGORY: _labels(CategoryPeriod.Category),
            rules.READING: _labels(Learner.Literacy),
            rules.UNIT: units,
        }
        self.fault = {rules.GENDER: "gender", rules.UNIT: "unit"}

    def value(self, column: str, typed: str) -> Any:
        """The value of a typed word. Refuses (KeyError) a word that is not in the list."""
        return self.of[column][rules.word(typed)]


def _labels(choices: type[models.Choices]) -> dict[str, Any]:
    words: dict[str, Any] = {}
    for value, label in choices.choices:
        words[rules.word(str(value))] = value
        for language in ("zh-hans", "en"):
            with translation.override(language):
                words[rules.word(str(label))] = value
    return words


def draft(line: rules.Line, words: Words, headings: Mapping[str, str], at: datetime) -> Draft:
    """Read a row. A name, an identity number, a gender and a day are judged as `register_learner` judges them."""
    problems = [_problem(headings, fault.column, fault.code, fault.value) for fault in line.faults]
    facts: dict[str, Any] = {}
    for column in words.of:
        if typed := line.cell(column):
            try:
                facts[column] = words.value(column, typed)
            except KeyError:
                problems.append(_problem(headings, column, words.fault.get(column, "word"), typed))
    if line.cell(rules.BORN):
        facts[rules.BORN] = _day(line, headings, problems)
    person = Person(full_name=line.cell(rules.NAME), id_number=line.cell(rules.IDENTITY), **facts)
    file = None
    if not problems:
        try:
            file = person.file(at)
        except ValidationError as refusal:
            problems += _sentences(refusal, headings)
    return Draft(
        line, person, rules.digits(line.cell(rules.NUMBER)), (file.id_hash or "") if file else "",
        file.id_masked if file else people_rules.mask_id(people_rules.normalise_id(line.cell(rules.IDENTITY))), tuple(problems),
    )  # fmt: skip


def name_of(one: Draft) -> str:
    """The name as it would be stored; as it was typed where it cannot be."""
    try:
        return people_rules.clean_name(one.line.cell(rules.NAME))
    except ValueError:
        return without_identity(one.line.cell(rules.NAME))


def born_of(one: Draft) -> date | None:
    """The date of birth that the row tells, by itself or through its identity number."""
    if one.id_hash:
        number = people_rules.normalise_id(one.person.id_number)
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    return one.person.birth_date


def about(headings: Mapping[str, str], column: str, sentence: str) -> str:
    """A sentence with the heading of the column that it is about."""
    heading = headings.get(column) or rules.HEADINGS[column][0]
    return _("%(heading)s: %(sentence)s") % {"heading": heading, "sentence": sentence}


def without_identity(typed: str) -> str:
    """A typed text as a sentence may repeat it: an identity number that stands in the wrong column is masked (PRV-1)."""
    text = unicodedata.normalize("NFKC", typed)
    return re.sub(r"\d{12,}[xX]?", lambda found: people_rules.mask_id(found[0]), text)[:30]


def _problem(headings: Mapping[str, str], column: str, code: str, value: str = "") -> str:
    return about(headings, column, FAULTS[code]() % {"value": without_identity(value)})


def _day(line: rules.Line, headings: Mapping[str, str], problems: list[str]) -> date | None:
    try:
        return rules.day(line.cell(rules.BORN))
    except ValueError:
        problems.append(_problem(headings, rules.BORN, "day", line.cell(rules.BORN)))
        return None


def _sentences(refusal: ValidationError, headings: Mapping[str, str]) -> list[str]:
    if not hasattr(refusal, "error_dict"):
        return refusal.messages
    return [
        about(headings, column, sentence) if column in rules.HEADINGS else sentence
        for column, sentences in refusal.message_dict.items()
        for sentence in sentences
    ]


def keyed(number: str) -> str:
    """The keyed hash by which a typed identity number is found (PER-1, PER-3)."""
    return sealing.keyed_hash(people_rules.normalise_id(number))
