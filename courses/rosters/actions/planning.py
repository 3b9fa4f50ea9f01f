"""What bringing in a roster would do to each row. The check page shows it; the work does it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from courses.classes.models import TrainingClass
from courses.people.actions import Person
from courses.people.models import Learner, Organisation, OrganisationUnit, User
from courses.people.rules import comparable_name
from courses.rosters import rules
from courses.rosters.actions.drafts import FAULTS, Draft, Words, about, born_of, draft, name_of, without_identity
from courses.rosters.actions.known import Known, known_of
from courses.rosters.models import RosterImport, RosterRow
from courses.words import listed

Outcome, Place = RosterRow.Outcome, RosterRow.Place


@dataclass(frozen=True)
class Planned:
    """What would happen to one row: a new file (`person`) or one that is there (`learner`), and a place in the class.

    `note` is what to look at although nothing is refused.
    """

    line: rules.Line
    name: str
    id_masked: str
    outcome: str
    place: str = Place.NONE
    person: Person | None = None
    learner: Learner | None = None
    has_card: bool = False
    problems: tuple[str, ...] = ()
    note: str = ""


def plan(
    *, lines: Sequence[rules.Line], headings: Mapping[str, str], organisation: Organisation,
    training_class: TrainingClass | None, when_full: str, by: User | None, at: datetime,
    done: Mapping[int, int] | None = None,
) -> list[Planned]:  # fmt: skip
    """What would happen to each row now, in their order. Stores nothing and refuses nothing: a refusal is an outcome.

    `done`: the people of the rows above that have been brought in, each with the row.
    """
    words = Words({rules.word(unit.name): unit for unit in OrganisationUnit.objects.filter(organisation=organisation)})
    drafts = [draft(line, words, headings, at) for line in lines]
    known = known_of(drafts, organisation, training_class, by, at)
    mentions = [_mention(one, known) for one in drafts if not one.problems]
    seconds = rules.second_mentions(mentions)
    judge = _Judge(known, headings, organisation, training_class, when_full, dict(done or {}))
    return [judge.planned(one, seconds.get(one.line.row)) for one in drafts]


def _mention(one: Draft, known: Known) -> rules.Mention:
    found = known.numbers.get(one.number) or known.files.get(one.id_hash)
    found = found if found and found.pk in known.visible else None
    born = born_of(one)
    return rules.mention(
        one.line.row, name=comparable_name(name_of(one)), born=born.isoformat() if born else "", identity=one.id_hash,
        number=one.number, file=str(found.pk) if found else "",
    )  # fmt: skip


class Refused(Exception):
    """This row is not brought in."""


@dataclass
class _Judge:
    """Decides row after row; counts the places in the class as they are given."""

    known: Known
    headings: Mapping[str, str]
    organisation: Organisation
    training_class: TrainingClass | None
    when_full: str
    files_of: dict[int, int]  # learner → the row that is about this person

    def planned(self, one: Draft, above: int | None) -> Planned:
        bare = Planned(one.line, name_of(one), one.id_masked, Outcome.REFUSED)
        if one.problems:
            return replace(bare, problems=one.problems)
        try:
            if above is not None:
                raise Refused(_("This is the person of row %(row)s.") % {"row": above})
            learner, note = self._who(one)
            if learner is None:
                return replace(bare, outcome=Outcome.NEW, person=one.person, place=self._seat(None), note=note)
            if (first := self.files_of.setdefault(learner.pk, one.line.row)) != one.line.row:
                raise Refused(_("This is the person of row %(row)s.") % {"row": first})
            self._refuse_elsewhere(learner)
            outcome, place = self._place_of(learner)
            has_card = learner.pk in self.known.carded
            return replace(bare, outcome=outcome, place=place, learner=learner, has_card=has_card, note=note)
        except Refused as refusal:
            return replace(bare, problems=(str(refusal),))

    def _who(self, one: Draft) -> tuple[Learner | None, str]:
        """The file that the row means, None for a new one; and what to look at."""
        if one.number:
            return self._by_number(one)
        if one.id_hash:
            found = self.known.files.get(one.id_hash)
            if found is not None:
                return self._seen_with_name(found, one), ""
            return None, self._pending_namesake(one)
        if not one.person.gender:
            raise Refused(
                about(self.headings, rules.GENDER, _("Without an identity number the gender is entered here."))
            )
        return self._by_name(one), _("Without an identity number: the identity is not verified yet.")

    def _by_number(self, one: Draft) -> tuple[Learner, str]:
        found = self.known.numbers.get(one.number)
        if found is None or found.pk not in self.known.visible:
            raise Refused(
                about(self.headings, rules.NUMBER, FAULTS["number"]() % {"value": without_identity(one.number)})
            )
        if one.id_hash and found.id_hash and one.id_hash != found.id_hash:
            raise Refused(
                about(
                    self.headings, rules.IDENTITY, _("The file with this learner number has another identity number.")
                )
            )
        if one.id_hash and not found.id_hash:
            if one.id_hash in self.known.files:
                raise Refused(about(self.headings, rules.IDENTITY, _("This identity number belongs to another file.")))
            return self._named(found, one), _("The file has no identity number yet. Enter it in the file.")
        return self._named(found, one), ""

    def _seen_with_name(self, found: Learner, one: Draft) -> Learner:
        if found.pk not in self.known.visible:
            raise Refused(
                _(
                    "This person has a file already. Do not open a second one: ask an administrator above your place for it."
                )
            )
        return self._named(found, one)

    def _named(self, found: Learner, one: Draft) -> Learner:
        names = [found.full_name, *found.former_names.replace("、", " ").replace("，", " ").replace(",", " ").split()]
        if comparable_name(name_of(one)) not in {comparable_name(name) for name in names}:
            sentence = _("The file %(number)s bears the name %(name)s. Mend the row, or correct the file.")
            raise Refused(
                about(self.headings, rules.NAME, sentence % {"number": found.learner_no, "name": found.full_name})
            )
        return found

    def _by_name(self, one: Draft) -> Learner | None:
        namesakes = self.known.namesakes.get(comparable_name(name_of(one)), [])
        born, gender = one.person.birth_date, one.person.gender
        same = [found for found in namesakes if born and found.birth_date == born and found.gender == gender]
        if len(same) == 1:
            return same[0]
        unsure = [found for found in namesakes if not born or not found.birth_date] or same
        if unsure:
            sentence = _(
                "Somebody of this name is here: %(numbers)s. If it is this person, write the learner number into the row; "
                "if not, the identity number or the date of birth."
            )
            numbers = listed(found.learner_no for found in unsure[:3])
            raise Refused(about(self.headings, rules.NAME, sentence % {"numbers": numbers}))
        return None

    def _pending_namesake(self, one: Draft) -> str:
        namesakes = self.known.namesakes.get(comparable_name(name_of(one)), [])
        pending = [found.learner_no for found in namesakes if not found.id_hash]
        if not pending:
            return ""
        return _("Somebody of this name without an identity number is here: %(numbers)s. Is it the same person?") % {
            "numbers": listed(pending[:3])
        }

    def _refuse_elsewhere(self, learner: Learner) -> None:
        stay = self.known.stays.get(learner.pk)
        if stay is not None and stay.organisation.path.startswith(self.organisation.path):
            return
        raise Refused(
            _("%(name)s is at %(place)s. Enter the move in the file first.")
            % {"name": learner.full_name, "place": stay.organisation if stay else "—"}
        )

    def _place_of(self, learner: Learner) -> tuple[str, str]:
        """What happens to somebody who has a file."""
        if self.training_class is None:
            return Outcome.THERE, Place.NONE
        enrolment = self.known.enrolments.get(learner.pk)
        if enrolment is not None and enrolment.ended_at is not None:
            raise Refused(
                _("%(name)s was in this class before. Take the learner up again from the roster.")
                % {"name": learner.full_name}
            )
        if enrolment is not None:
            return Outcome.THERE, Place.CLASS
        if other := self.known.busy.get(learner.pk):
            raise Refused(
                _(
                    "%(name)s is in class %(class_no)s in the same days. Enrol this learner on the roster's page, with a reason."
                )
                % {"name": learner.full_name, "class_no": other.training_class.class_no}
            )
        if learner.pk in self.known.waiting and not self.known.free:
            return Outcome.THERE, Place.WAITING
        return Outcome.KNOWN, self._seat(learner)

    def _seat(self, learner: Learner | None) -> str:
        if self.training_class is None:
            return Place.NONE
        if self.known.free:
            self.known.free -= 1
            return Place.CLASS
        if self.when_full == RosterImport.WhenFull.WAIT:
            return Place.WAITING
        raise Refused(_("All %(places)s places are taken.") % {"places": self.training_class.capacity})


def refuse_table(problem: rules.Unreadable) -> ValidationError:
    """The sentence for a table that cannot be brought in as a whole."""
    sentences = {
        "empty": _("The table has no rows. The first row names the columns."),
        "headings": _("No row names the columns: one must have the headings, at least the one of the name. Take the template. If the Chinese characters look wrong, save the file as XLSX."),
        "twice": _("The heading “%(value)s” stands there twice, or two columns mean the same. Keep one."),
        "many": _("The table has %(value)s people. Bring in at most %(most)s at once: split it."),
    }  # fmt: skip
    return ValidationError(sentences[problem.code] % {"value": problem.value, "most": rules.MOST_PEOPLE})
