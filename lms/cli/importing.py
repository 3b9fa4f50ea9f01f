"""`lms import`: regions and organisations from a table."""

import argparse
import sys
from pathlib import Path

import django


def run(arguments: list[str]) -> int:
    """Say of each row what happens to it, and do it: all rows or none. Exit code 1 where a row is wrong."""
    parser = argparse.ArgumentParser(
        prog="lms import", description="Rows are known by their codes: again changes nothing."
    )
    parser.add_argument("what", choices=["regions", "organisations"])
    parser.add_argument("file", type=Path, help="XLSX, XLS or CSV; the first row names the columns")
    parser.add_argument("--look", action="store_true", help="only say what would happen")
    parser.add_argument("--template", action="store_true", help="write a file to fill in, with examples")
    options = parser.parse_args(arguments)
    django.setup()
    from django.core.exceptions import ValidationError
    from django.utils import translation

    with translation.override("zh-hans"):
        try:
            return _template(options) if options.template else _bring_in(options)
        except (ValidationError, OSError) as refusal:
            said = refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]
            print("\n".join(said), file=sys.stderr)
            return 1


def _bring_in(options: argparse.Namespace) -> int:
    from courses.people import actions
    from courses.people.actions.imports import MAX_ROWS
    from courses.sheets import read

    with options.file.open("rb") as file:
        table = read(file, max_rows=MAX_ROWS)
    preview = getattr(actions, f"preview_{options.what}")(table=table, by=None)
    for line in preview.lines:
        if line.state != "same":
            print(f"{line.row:>5}  {line.about}  {line.sentence}")
    if not options.look:
        getattr(actions, f"import_{options.what}")(table=table, by=None)
    counts = [
        (preview.count(state), word)
        for state, word in (("new", "新增"), ("changed", "修改"), ("same", "不变"), ("wrong", "有误"))
    ]
    print("，".join(f"{word} {count}" for count, word in counts) + ("（没有保存）" if options.look else ""))
    return 1 if preview.wrong else 0


def _template(options: argparse.Namespace) -> int:
    from courses.people.models import Organisation, Region
    from courses.people.tables import write_template

    if options.file.exists():
        print(f"{options.file} exists.", file=sys.stderr)
        return 1
    with options.file.open("wb") as file:
        write_template(file, Region if options.what == "regions" else Organisation)
    print(options.file)
    return 0
