"""Targets, what was read of them, and what was submitted."""

from lms.targets.models.submissions import Delta, Snapshot, Submission
from lms.targets.models.targets import Reading, Target, TargetChange

__all__ = ["Delta", "Reading", "Snapshot", "Submission", "Target", "TargetChange"]
