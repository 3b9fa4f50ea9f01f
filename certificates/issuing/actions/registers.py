"""Counting the registers on, also after a restore: no number is given out twice, and each one left out says why (CRT-3)."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.issuing.models import Certificate, Issuer, RegisterCounter, RegisterGap, Restoration
from certificates.issuing.rules import registers
from courses.journal.actions import record


def next_numbers(*, count: int, year: int, organisation_code: str, register_type: int, at: datetime) -> range:
    """The next numbers of a register, one after the other. Runs inside the caller's transaction: a rollback gives them back.

    A register that is begun after a restore begins above what may have been given out in the time that was lost.
    """
    counter = RegisterCounter.objects.locked(year, organisation_code, register_type)
    if counter.last == 0 and (unseen := Restoration.objects.left_out_in(year)):
        leave_out(counter=counter, up_to=unseen, at=at)
    first = counter.last + 1
    counter.last += count
    counter.save(update_fields=["last"])
    return range(first, first + count)


def leave_out(
    *, counter: RegisterCounter, up_to: int, at: datetime, known: Mapping[int, str] | None = None
) -> list[RegisterGap]:
    """Never give out the numbers after the counter's, up to and with `up_to`, and say so in the register and the journal.

    `known`: of some of them the certificate number that is on paper. Nothing to leave out is no act.
    """
    known = known or {}
    numbers = range(counter.last + 1, up_to + 1)
    made = [(number, number, RegisterGap.Reason.LOST, known[number]) for number in numbers if number in known]
    unknown = [number for number in numbers if number not in known]
    made += [(first, last, RegisterGap.Reason.RESTORED, "") for first, last in registers.runs(unknown)]
    if not made:
        return []
    issuer = Issuer.objects.filter(register_code=counter.organisation_code).select_related("organisation").first()
    gaps = []
    with transaction.atomic():
        for first, last, reason, number in sorted(made):
            gap = RegisterGap.objects.create(
                counter=counter, first=first, last=last, reason=reason, number=number, at=at
            )
            record(
                verb="issuing.leave_out", about=gap, by=None, organisation=issuer.organisation if issuer else None, at=at
            )  # fmt: skip
            gaps.append(gap)
        counter.last = up_to
        counter.save(update_fields=["last"])
    return gaps


def leave_out_lost(*, lines: Iterable[Mapping[str, Any]], at: datetime) -> list[RegisterGap]:
    """Lift each register to the highest number that the issue log names and the database does not know."""
    known: dict[registers.Register, dict[int, str]] = {}
    for line in lines:
        register, sequence = registers.parse(line["register_number"])
        known.setdefault(register, {})[sequence] = line["number"]
    gaps = []
    for register in sorted(known):
        counter = RegisterCounter.objects.locked(*register)
        gaps += leave_out(counter=counter, up_to=max(known[register]), known=known[register], at=at)
    return gaps


def count_on_after_restore(
    *,
    copied_at: datetime,
    last_papers: Iterable[str] = (),
    nothing_since: bool = False,
    at: datetime | None = None,
) -> list[RegisterGap]:
    """Make sure that no register number which was given out after the copy of `copied_at` is given out again.

    `last_papers`: register numbers of the last papers, one for each register, where people know them: the register goes on
    after it. `nothing_since`: somebody answers for it that nothing was issued after the copy: all go on without a gap. Any
    other register leaves out a block (`rules.registers.next_block`), and so does one that is begun later.
    Refuses (ValidationError) what is no register number, and a register without room for a block.
    """
    at = at or timezone.now()
    typed = parsed(last_papers)
    gaps: list[RegisterGap] = []
    with transaction.atomic():
        unseen = 0 if nothing_since else registers.next_block(0)
        Restoration.objects.create(
            copied_at=copied_at, restored_at=at, year=timezone.localdate(at).year, unseen_up_to=unseen
        )
        for register in sorted(
            {*typed, *RegisterCounter.objects.values_list("year", "organisation_code", "register_type")}
        ):
            counter = RegisterCounter.objects.locked(*register)
            blind = register not in typed and not nothing_since
            up_to = block_after(counter) if blind else typed.get(register, counter.last)
            gaps += leave_out(counter=counter, up_to=up_to, at=at)
    return gaps


def parsed(last_papers: Iterable[str]) -> dict[registers.Register, int]:
    """Register numbers as typed, by register. Refuses (ValidationError) what is none."""
    typed: dict[registers.Register, int] = {}
    for text in last_papers:
        try:
            register, sequence = registers.parse(text)
        except ValueError:
            raise ValidationError(
                _("%(text)s is not a register number. One looks like 2025-990103-2-000001.") % {"text": text}
            ) from None
        typed[register] = max(sequence, typed.get(register, 0))
    return typed


def block_after(counter: RegisterCounter) -> int:
    """Where the block ends that this register leaves out. Refuses (ValidationError) a register that is too full."""
    try:
        return registers.next_block(counter.last)
    except ValueError:
        raise ValidationError(
            _("Register %(register)s has no room for a block that is left out. Give the number of its last paper.")
            % {"register": counter.prefix}
        ) from None


def on_paper(numbers: Collection[str]) -> set[str]:
    """Which certificate numbers are taken, by certificates here or by papers that the database lost. Two queries."""
    certificates = Certificate.objects.filter(number__in=numbers).order_by()
    lost = RegisterGap.objects.filter(number__in=numbers).order_by()
    return {*certificates.values_list("number", flat=True), *lost.values_list("number", flat=True)}
