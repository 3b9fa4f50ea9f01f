"""The types of exam questions. A new type is a file here, a template in `templates/questions/types/` and a line in TYPES."""

from courses.questions.types.base import Choice, QuestionType, Refused
from courses.questions.types.multiple import Multiple
from courses.questions.types.numeric import Numeric
from courses.questions.types.single import Single
from courses.questions.types.true_false import TrueFalse

TYPES: tuple[QuestionType, ...] = (Single(), Multiple(), TrueFalse(), Numeric())


def by_code(code: str) -> QuestionType:
    """The type with a code. Refuses (KeyError) a code that no file defines."""
    for question_type in TYPES:
        if question_type.code == code:
            return question_type
    raise KeyError(code)


__all__ = ["TYPES", "Choice", "Multiple", "Numeric", "QuestionType", "Refused", "Single", "TrueFalse", "by_code"]
