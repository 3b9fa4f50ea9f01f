"""What is said of a moment is said in Shanghai's time: until eight in the morning UTC still has yesterday."""

from datetime import UTC, datetime

import pytest

from certificates.issuing.models import Restoration
from courses.results.models import CompletionCorrection
from courses.rosters.models import RosterImport
from courses.terminals.models import SignInFailure
from lms.targets.models import TargetChange

NIGHT = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)  # half past midnight on New Year's Day


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        (Restoration(restored_at=NIGHT), "2027-01-01"),
        (RosterImport(organisation_id=7, asked_at=NIGHT), "7 2027-01-01 00:30"),
        (SignInFailure(learner_no="100004", at=NIGHT), "100004 00:30"),
        (CompletionCorrection(enrolment_id=7, becomes=NIGHT), "7: 2027-01-01"),
        (TargetChange(target_id=7, changed_at=NIGHT), "7 2027-01-01"),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, str) else None,
)
def test_a_moment_is_named_by_the_local_day(thing, said):
    assert str(thing) == said
