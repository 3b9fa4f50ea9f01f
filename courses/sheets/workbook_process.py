"""Runs alone, as a process of its own: a workbook comes in, its first sheet goes out as JSON, then where cells are merged.

The reader of workbooks lays out a damaged file's sizes before it looks at them: one flipped bit asked for 342 GB of memory,
and the process died. So it does that here, with little memory and little time, and the server only sees that it failed.
Imports nothing of the product: it has to begin within a tenth of a second.
"""

import json
import resource
import sys
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineWorkbook

MEMORY, SECONDS = 1024**3, 30


def plain(value: object) -> object:
    """A cell as JSON knows it; days and times as ISO texts in a list, to tell them from typed texts."""
    if isinstance(value, datetime):
        whole_day = value.time() == time()
        return [value.date().isoformat() if whole_day else value.isoformat(" ", "minutes")]
    if isinstance(value, date | time | timedelta):
        return [str(value)]
    return value


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sheet = CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0)
    left = [""] * (sheet.start[1] if sheet.start else 0)  # the rows begin above the first cell, the columns do not
    for row in sheet.iter_rows():
        sys.stdout.write(json.dumps(left + [plain(value) for value in row]) + "\n")
    sys.stdout.write("end\n" + json.dumps(sheet.merged_cell_ranges or []) + "\n")


if __name__ == "__main__":
    main()
