"""Verbs on certificates: prepare, release, replace, revoke; and the work that follows a release."""

from certificates.issuing.actions.auditing import Reconciliation, audit_register, reconcile
from certificates.issuing.actions.batches import (
    discard_batch,
    release_batch,
    send_back_batch,
    submit_batch,
)
from certificates.issuing.actions.changes import ask_replacement, ask_revocation, decline_change, replace, revoke
from certificates.issuing.actions.issuers import (
    change_issuer,
    define_type,
    register_issuer,
    rotate_key,
    withdraw_type,
)
from certificates.issuing.actions.papers import draw_missing, draw_papers, draw_pdf, pdf_bytes
from certificates.issuing.actions.preparing import forget_unfinished, prepare_batch
from certificates.issuing.actions.registers import count_on_after_restore
from certificates.issuing.actions.work import resume_batches, work_on_batch

__all__ = [
    "Reconciliation",
    "ask_replacement",
    "ask_revocation",
    "audit_register",
    "change_issuer",
    "count_on_after_restore",
    "decline_change",
    "define_type",
    "discard_batch",
    "draw_missing",
    "draw_papers",
    "draw_pdf",
    "forget_unfinished",
    "pdf_bytes",
    "prepare_batch",
    "reconcile",
    "register_issuer",
    "release_batch",
    "replace",
    "resume_batches",
    "revoke",
    "rotate_key",
    "send_back_batch",
    "submit_batch",
    "withdraw_type",
    "work_on_batch",
]
