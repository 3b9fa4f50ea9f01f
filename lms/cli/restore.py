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
        print(f"没有恢复，什么都没有改。Not restored; nothing was changed.\n{refusal}", file=sys.stderr)
    except DatabaseProblem as problem:
        print(f"没有恢复。Not restored. {problem}", file=sys.stderr)
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
        raise restoring.Refused(
            "这个文件夹正在使用，请先停下。lms serve, lms worker or lms demo runs on this data folder. Stop it first."
        ) from None
    with held:
        done = restoring.restore(file, wish, lambda text: print(f"· {text}", flush=True))
        _say(done)
        print("核对 Audit:", flush=True)
        return subprocess.run([sys.executable, "-m", "lms", "audit"]).returncode


FACTS = {
    "made_at": "备份时间 made at", "version": "版本 version", "database": "数据库 database", "public_url": "网址 address",
    "signing_key": "签名私钥 signing key",
}  # fmt: skip


def _show(manifest: dict) -> int:
    print("文件完整。The file is whole.")
    for name, words in FACTS.items():
        print(f"  {words}: {manifest[name]}")
    keys = manifest["keys"]
    print(
        f"  里面有 inside: {len(manifest['files'])} 个文件 files,"
        f" 签名私钥 signing keys {_yes(keys['signing'])}, 密钥 secrets {_yes(keys['secrets'])}"
    )
    for name, count in manifest["counts"].items():
        print(f"  {name}: {count}")
    print(f"  最后的流水号 last register numbers: {', '.join(manifest['registers']) or '还没有 none yet'}")
    return 0


def _yes(there: bool) -> str:
    return "有 yes" if there else "没有 no"


def _say(done) -> None:
    print(f"已恢复 {done.manifest['made_at']} 的系统。Restored: the site of that moment.")
    if done.replaced and done.aside.exists():
        print(
            f"原来的系统放在 {done.aside}，一切正常以后可以删掉。\n"
            f"What was here before lies in {done.aside}; remove it when all is well."
        )
    for line in done.lost:
        print(
            f"只有纸质证书，要重新签发。On paper only: {line['register_number']}, certificate {line['number']},"
            f" issued {line['issued_at']}. Issue it again."
        )
    for gap in done.gaps:
        print(f"空出、不再使用的流水号。Left out, never given out again: {gap}")
    print(
        "所有人要重新登录；备份以后录入的，要重新录入。\n"
        "Everybody signs in again. What was entered after the backup has to be entered again."
    )
