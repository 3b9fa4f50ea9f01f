"""`lms backup`: one file that brings the site back."""

import argparse
import sys
import time
from pathlib import Path

import django

INSIDE = "在里面 INSIDE this file"


def run(arguments: list[str]) -> int:
    """Write a backup into a folder while the site runs, and say what is in it. Exit code 1 where it cannot be made."""
    parser = argparse.ArgumentParser(prog="lms backup", description="The site may run meanwhile.")
    parser.add_argument(
        "folder", nargs="?", type=Path, help="where to put the file (default: backups in the data folder)"
    )
    keys = parser.add_mutually_exclusive_group()
    keys.add_argument(
        "--with-keys", action="store_true", help="put signing keys and secrets in, wherever they come from"
    )
    keys.add_argument("--without-keys", action="store_true", help="leave signing keys and secrets out")
    parser.add_argument(
        "--keep", type=int, default=0, metavar="N", help="remove all but the newest N backups of the folder"
    )
    options = parser.parse_args(arguments)
    django.setup()
    from lms.backup import making
    from lms.backup.database import DatabaseProblem

    folder = (options.folder or making.default_folder()).resolve()
    wanted = True if options.with_keys else False if options.without_keys else None
    began = time.monotonic()
    try:
        made = making.make(folder, keys=wanted)
    except (DatabaseProblem, OSError) as problem:
        print(f"没有备份成。No backup was made. {problem}", file=sys.stderr)
        return 1
    _say(made, time.monotonic() - began)
    for old in making.keep_newest(folder, options.keep):
        print(f"已删除旧备份 removed: {old.name}")
    return 0


def _say(made, seconds: float) -> None:
    facts = made.manifest
    megabytes = made.path.stat().st_size / 1_000_000
    counts = ", ".join(f"{count} {name.partition('.')[2]}" for name, count in facts["counts"].items())
    print(f"{made.path}  ({megabytes:.1f} MB, {seconds:.0f} s)")
    print(f"  数据库 database: {facts['database']}, {counts}")
    print(f"  最后的流水号 last register numbers: {', '.join(facts['registers']) or '还没有 none yet'}")
    for name in facts["missing_papers"]:
        print(
            f"  注意 note: {name} 不在磁盘上，用到时会重新生成 is not on the disk; it is drawn again when it is asked for"
        )
    signing, secrets = facts["keys"]["signing"], facts["keys"]["secrets"]
    print(
        "  签名私钥 signing keys: "
        + (INSIDE if signing else "不在里面 not inside: keep a copy of LMS_SIGNING_KEY_DIR elsewhere")
    )
    print(
        "  密钥 secrets (LMS_ID_KEY …): "
        + (INSIDE if secrets else "不在里面 not inside: keep the environment elsewhere")
    )
    if signing or secrets:
        print("  谁拿到这个文件，谁就能读身份证号、签发证书：锁好，或者加密。")
        print("  Whoever has this file can read identity numbers or sign certificates: lock it away, or encrypt it.")
    print("  请拷到另一台机器上：和系统放在同一块盘里，起不到保护作用。")
    print("  Carry it to another machine: on the disk of the site it protects from nothing.")
