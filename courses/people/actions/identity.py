"""Who a file is about: the name, the identity number and what follows from it. Parts of the verbs, no verbs."""

import os
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from courses.people import rules, sealing
from courses.people.models import Learner

IDENTITY_SENTENCES = {
    "shape": gettext_noop("An identity number has 18 characters: 17 digits and a check character."),
    "check_digit": gettext_noop("The last character does not fit the other 17. Perhaps one digit was copied wrongly."),
    "province": gettext_noop("The first two digits are not the code of a province."),
    "test_number": gettext_noop("Numbers that begin with 99 are for demonstrations only."),
    "birth_date": gettext_noop("The eight digits of the birth date are not a real date."),
    "age": gettext_noop("The birth date means an age under 14 or over 100."),
}


def pinyin(name: str) -> str:
    """Pinyin of a name for searching; polyphonic surnames are corrected by hand (PER-7)."""
    # Its dictionaries are a third of the memory of a process; only one that registers somebody reads them, and no copy.
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "1")
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    return "".join(lazy_pinyin(name, errors="ignore"))


def clean_name(typed: str) -> str:
    try:
        return rules.clean_name(typed)
    except ValueError as problem:
        sentence = (
            _("A name has 2 to 50 characters.")
            if str(problem) == "name_length"
            else _("The name holds a digit or an invisible character. Type it again.")
        )
        raise ValidationError({"full_name": sentence}) from None


def set_identity(learner: Learner, typed: str, *, today: date) -> None:
    if not typed.strip():
        learner.id_type = Learner.IdType.NONE_YET
        learner.id_sealed, learner.id_hash, learner.id_masked = "", None, ""
        return
    try:
        found = rules.resident_id(typed, today=today, allow_test_ids=settings.ALLOW_TEST_IDS)
    except rules.InvalidIdentity as problem:
        raise ValidationError({"id_number": _(IDENTITY_SENTENCES[problem.code])}) from None
    if learner.gender and learner.gender != found.gender:
        label = Learner.Gender(found.gender).label
        raise ValidationError({"gender": _("The identity number says: %(gender)s.") % {"gender": label}})
    if learner.birth_date and learner.birth_date != found.birth_date:
        raise ValidationError(
            {"birth_date": _("The identity number says: %(date)s.") % {"date": found.birth_date.isoformat()}}
        )
    learner.id_type = Learner.IdType.RESIDENT
    learner.gender, learner.birth_date = found.gender, found.birth_date
    learner.id_sealed, learner.id_hash = sealing.seal(found.number), sealing.keyed_hash(found.number)
    learner.id_masked = rules.mask_id(found.number)


SECOND_FILE = "second_file"  # the refusal's code: a screen may show its user the file that is there


def refuse_second_file(learner: Learner) -> None:
    if learner.id_hash and Learner.objects.filter(id_hash=learner.id_hash).exclude(pk=learner.pk).exists():
        sentence = _(
            "This person has a file already. Do not open a second one: ask an administrator above your place for it."
        )
        raise ValidationError({"id_number": ValidationError(sentence, code=SECOND_FILE)})


def next_learner_no() -> str:
    """The highest number so far and one; it grows from six digits to seven by itself."""
    last = Learner.objects.order_by(Length("learner_no").desc(), "-learner_no").values_list("learner_no", flat=True)
    return str(int(last.first() or "100000") + 1)


def correct_identity(learner: Learner, fields: set[str], changes: dict[str, object]) -> None:
    """Keep number, gender and birth date in agreement: a new number brings its own, entered ones must fit the number."""
    if "id_number" in fields and rules.normalise_id(str(changes["id_number"])) == learner.id_number():
        fields.discard("id_number")
    if "id_number" in fields:
        learner.gender = str(changes["gender"]) if "gender" in fields else ""
        learner.birth_date = changes["birth_date"] if "birth_date" in fields else None  # type: ignore[assignment]
        old_gender = Learner.objects.only("gender").get(pk=learner.pk).gender
        set_identity(learner, str(changes["id_number"]), today=timezone.localdate())
        learner.gender = learner.gender or old_gender
        refuse_second_file(learner)
    elif learner.id_hash and fields & {"gender", "birth_date"}:
        set_identity(learner, learner.id_number(), today=timezone.localdate())
