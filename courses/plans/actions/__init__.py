"""Verbs on plans: writing, handing in, reviewing; and the values of a place. Each file is re-exported here."""

from courses.plans.actions.beginning import start_plan
from courses.plans.actions.examples import mark_example, unmark_example
from courses.plans.actions.going import turn_to
from courses.plans.actions.handing_in import accept_plan, hand_in, send_back
from courses.plans.actions.local_values import set_local_value
from courses.plans.actions.reviewing import comment, review, settle_comment
from courses.plans.actions.writing import (
    Closed,
    NoSuchField,
    Saved,
    choose_way,
    remove_row,
    save_field,
    save_section,
)

__all__ = [
    "Closed",
    "NoSuchField",
    "Saved",
    "accept_plan",
    "choose_way",
    "comment",
    "hand_in",
    "mark_example",
    "remove_row",
    "review",
    "save_field",
    "save_section",
    "send_back",
    "set_local_value",
    "settle_comment",
    "start_plan",
    "turn_to",
    "unmark_example",
]
