"""Verbs on rosters: look at a table, confirm it, bring in its rows, print the cards."""

from courses.rosters.actions.asking import ask_import, packed, preview_roster, read_upload, sealed, unpacked, unsealed
from courses.rosters.actions.planning import Planned
from courses.rosters.actions.printing import CARDS_AT_ONCE, SLIPS_KEPT, Slip, forget_old, hand_out_slips
from courses.rosters.actions.working import resume_imports, work_on_import

__all__ = [
    "CARDS_AT_ONCE",
    "SLIPS_KEPT",
    "Planned",
    "Slip",
    "ask_import",
    "forget_old",
    "hand_out_slips",
    "packed",
    "preview_roster",
    "read_upload",
    "resume_imports",
    "sealed",
    "unpacked",
    "unsealed",
    "work_on_import",
]
