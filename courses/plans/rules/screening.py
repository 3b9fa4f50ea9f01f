"""From many ideas to one: three questions to each, points for the best three, four lists for the winner."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from courses.plans.rules.figures import Decimal, divided, yuan

MOST_KEPT = 3
CRITERIA = (
    "market", "materials", "technology", "skills", "policy", "fit", "ease", "risk", "profit", "benefit",
)  # fmt: skip
LEAST_POINTS, MOST_POINTS = 1, 5
FEWEST_ENTRIES = 2


@dataclass(frozen=True)
class Idea:
    """`answers`: does it sell, can it be done here, can I learn and pay it. `rank` 1 is the best; 0: not ranked."""

    row: str
    name: str
    answers: tuple[bool, ...]
    rank: int = 0


@dataclass(frozen=True)
class MacroOutcome:
    """`kept`: at most three with three yes, by rank, then in the order of the list. `over`: three yes, but behind the third."""

    kept: tuple[Idea, ...]
    over: tuple[Idea, ...]
    dropped: tuple[Idea, ...]

    @property
    def same_rank(self) -> tuple[Idea, ...]:
        """Ideas with three yes that share a rank with another one: a rank is given once."""
        ranks = Counter(idea.rank for idea in (*self.kept, *self.over) if idea.rank)
        return tuple(idea for idea in (*self.kept, *self.over) if ranks[idea.rank] > 1)

    @property
    def is_ranked(self) -> bool:
        """Whether the best three have ranks, so that nothing is left to the order of the list."""
        return all(idea.rank for idea in self.kept) and not self.same_rank


def macro_kept(ideas: Sequence[Idea]) -> MacroOutcome:
    """The ideas that pass the three questions; one without a rank stands behind those with one."""
    passed = sorted((idea for idea in ideas if all(idea.answers)), key=lambda idea: (idea.rank < 1, idea.rank))
    dropped = tuple(idea for idea in ideas if not all(idea.answers))
    return MacroOutcome(tuple(passed[:MOST_KEPT]), tuple(passed[MOST_KEPT:]), dropped)


@dataclass(frozen=True)
class MicroScore:
    """Points of one idea: `total` of 10 to 50, `percent` of 50. `missing` criteria have no points yet. `place` 1 is the winner.

    `market` and `risk` are its points there: they decide where the totals are equal.
    """

    name: str
    total: int
    percent: Decimal
    missing: tuple[str, ...]
    place: int
    market: int = 0
    risk: int = 0


class Tie(StrEnum):
    """What decides between two ideas with the same points."""

    MARKET = "market"
    RISK = "risk"
    NOTHING = "nothing"  # the one that was written first stands first


def tie_at_the_top(scores: Sequence[MicroScore]) -> Tie | None:
    """Whether the two best ideas have the same points, and what has put the first before the second; None without a tie, and while
    points are missing."""
    if len(scores) < 2 or scores[0].total != scores[1].total or any(score.missing for score in scores):
        return None
    first, second = scores[0], scores[1]
    if first.market != second.market:
        return Tie.MARKET
    return Tie.RISK if first.risk != second.risk else Tie.NOTHING


def micro_scores(ideas: Sequence[tuple[str, Mapping[str, int]]]) -> tuple[MicroScore, ...]:
    """The ideas, best first: more points, with equal points the better market, then the lower risk, then the earlier one."""
    ordered = sorted(ideas, key=lambda idea: _worth(idea[1]), reverse=True)
    return tuple(_score(name, points, place) for place, (name, points) in enumerate(ordered, start=1))


def _worth(points: Mapping[str, int]) -> tuple[int, int, int]:
    return (sum(points.get(code, 0) for code in CRITERIA), points.get("market", 0), points.get("risk", 0))


def _score(name: str, points: Mapping[str, int], place: int) -> MicroScore:
    total, market, risk = _worth(points)
    percent = yuan(divided(Decimal(total * 100), MOST_POINTS * len(CRITERIA)))
    return MicroScore(name, total, percent, tuple(code for code in CRITERIA if code not in points), place, market, risk)


def swot_missing(lists: Mapping[str, Sequence[str]], conclusion: str) -> tuple[str, ...]:
    """The lists with fewer than two entries, and "conclusion" where none is drawn (do, change, drop)."""
    short = [code for code, entries in lists.items() if sum(bool(text.strip()) for text in entries) < FEWEST_ENTRIES]
    return (*short, *(() if conclusion else ("conclusion",)))
