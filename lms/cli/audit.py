"""`lms audit`: prove that nothing that was recorded has been changed."""

import argparse

import django


def run(arguments: list[str]) -> int:
    """Check every chain of the journal, and the register of certificates. Exit code 1 where something does not hold."""
    parser = argparse.ArgumentParser(prog="lms audit")
    parser.add_argument("what", nargs="?", choices=["journal", "certificates", "all"], default="all")
    options = parser.parse_args(arguments)
    django.setup()
    holds = True
    if options.what in {"journal", "all"}:
        holds &= _journal()
    if options.what in {"certificates", "all"}:
        holds &= _certificates()
    return 0 if holds else 1


def _journal() -> bool:
    from courses.journal.actions import prove

    count, breaks = prove()
    for found in breaks:
        print(f"journal: organisation {found.organisation_id}, entry {found.sequence}: {found.problem}")
    print(f"journal: {count} entries read, {'every chain holds' if not breaks else f'{len(breaks)} chains broken'}")
    return not breaks


def _certificates() -> bool:
    from certificates.issuing.actions import audit_register
    from certificates.issuing.models import RegisterGap

    count, problems = audit_register()
    for problem in problems:
        print(f"certificates: {problem}")
    for gap in RegisterGap.objects.select_related("counter"):
        print(f"certificates: note: {gap} {gap.get_reason_display()} {gap.number}".rstrip())
    print(f"certificates: {count} checked, {'the register holds' if not problems else f'{len(problems)} problems'}")
    return not problems
