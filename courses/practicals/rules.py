"""Skill shown by hand, in pure rules: when examiners agree, and on which mark (EXM-4)."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

EXAMINERS_NEEDED = 2
TENTH = Decimal("0.1")


def agreed_score(scores: Sequence[Decimal], max_difference: int) -> Decimal | None:
    """The mark on which examiners agree, one decimal, half up (EXM-4); None while another examiner's mark is needed.

    Two marks no further apart than `max_difference` (points of 100): their mean. Further apart: a third examiner marks,
    and the mean of the two nearest counts, however far apart those are. Where the third stands exactly half-way, no two
    are nearer than the others: the middle mark itself counts, which favours neither side.
    """
    ordered = sorted(scores)
    if len(ordered) < EXAMINERS_NEEDED:
        return None
    if len(ordered) == EXAMINERS_NEEDED:
        low, high = ordered
        return _mean(low, high) if high - low <= max_difference else None
    gaps = [high - low for low, high in pairwise(ordered)]
    nearest = [place for place, gap in enumerate(gaps) if gap == min(gaps)]
    # The outermost marks of all nearest pairs: one pair gives its own mean; two pairs at equal steps give their middle mark.
    return _mean(ordered[nearest[0]], ordered[nearest[-1] + 1])


def needs_third(scores: Sequence[Decimal], max_difference: int) -> bool:
    """Whether two examiners have marked and stand too far apart (EXM-4)."""
    return len(scores) == EXAMINERS_NEEDED and agreed_score(scores, max_difference) is None


def may_see_scores(*, decided: bool, has_scored: bool) -> bool:
    """Whether somebody may see another examiner's mark: once the learner's mark stands, or once the own one is given (EXM-4).

    Two marks are two judgements only while the later one was made without knowing the earlier.
    """
    return decided or has_scored


def difference(scores: Sequence[Decimal]) -> Decimal | None:
    """How far apart the marks stand, the highest from the lowest; None while there are not two."""
    return max(scores) - min(scores) if len(scores) >= EXAMINERS_NEEDED else None


def _mean(low: Decimal, high: Decimal) -> Decimal:
    return ((low + high) / 2).quantize(TENTH, ROUND_HALF_UP)
