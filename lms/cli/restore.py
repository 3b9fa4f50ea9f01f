"""`lms restore`: put a backup in place."""

import argparse
import subprocess
import sys
from pathlib import Path

import django

from lms.cli.processes import hold_site


def run(arguments: list[str]) -> int:
    """Restore a backup, then prove journal and certificates. Exit code 1 where it is refused, or where something does not hold."""
    options = _options(arguments)
    django.setup()
    from lms.backup import restoring
    from lms.backup.database import DatabaseProblem

    wish = restoring.Wish(
        replace=options.replace, last_papers=tuple(options.last_number), nothing_since=options.nothing_issued_since,
        issue_log=options.issue_log, without_signing_key=options.without_signing_key,
    )  # fmt: skip
    try:
        if options.check:
            return _show(restoring.prove(options.file))
        return _restore(options.file, wish)
    except restoring.Refused as refusal:
        print(f"Not restored; nothing was changed. {refusal}", file=sys.stderr)
    except DatabaseProblem as problem:
        print(f"Not restored. {problem}", file=sys.stderr)
    return 1


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="lms restore", description="Stop lms serve and lms worker first.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--check", action="store_true", help="prove the file and say what is in it; change nothing")
    parser.add_argument("--replace", action="store_true", help="there is a site here: move it aside")
    parser.add_argument(
        "--last-number", action="append", default=[], metavar="2025-990103-2-000001",
        help="register number of the last paper that was issued; once for each register",
    )  # fmt: skip
    parser.add_argument(
        "--nothing-issued-since",
        action="store_true",
        help="I answer for it: no certificate was issued after the backup",
    )
    parser.add_argument("--issue-log", type=Path, help="an issue-log.jsonl that outlived the old site")
    parser.add_argument("--without-signing-key", action="store_true", help="the signing key is lost: go on without it")
    return parser.parse_args(arguments)


def _restore(file: Path, wish) -> int:
    from django.conf import settings

    from lms.backup import restoring

    try:
        held = hold_site(settings.DATA_DIR, alone=True)
    except BlockingIOError:
        raise restoring.Refused("lms serve, lms worker or lms demo runs on this data folder. Stop it first.") from None
    with held:
        done = restoring.restore(file, wish, lambda text: print(f"· {text}", flush=True))
        _say(done)
        print("Audit:", flush=True)
        return subprocess.run([sys.executable, "-m", "lms", "audit"]).returncode


def _show(manifest: dict) -> int:
    print("The file is whole.")
    for name in ("made_at", "version", "database", "public_url", "signing_key"):
        print(f"  {name}: {manifest[name]}")
    print(
        f"  inside: {len(manifest['files'])} files, signing keys {manifest['keys']['signing']}, secrets {manifest['keys']['secrets']}"
    )
    for name, count in manifest["counts"].items():
        print(f"  {name}: {count}")
    print(f"  last register numbers: {', '.join(manifest['registers']) or 'none yet'}")
    return 0


def _say(done) -> None:
    print(f"Restored: the site of {done.manifest['made_at']}.")
    if done.aside.exists():
        print(f"What was here before lies in {done.aside}; remove it when all is well.")
    for line in done.lost:
        print(
            f"On paper only: {line['register_number']}, certificate {line['number']}, issued {line['issued_at']}. Issue it again."
        )
    for gap in done.gaps:
        print(f"Left out, never given out again: {gap}")
    print("Everybody signs in again. What was entered after the backup has to be entered again.")
