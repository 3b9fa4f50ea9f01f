"""Verbs on targets."""

from lms.targets.actions.reading import take_readings
from lms.targets.actions.setting import change_target, set_target, withdraw_target
from lms.targets.actions.submitting import submit_report

__all__ = ["change_target", "set_target", "submit_report", "take_readings", "withdraw_target"]
