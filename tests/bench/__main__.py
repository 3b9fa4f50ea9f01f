"""`python -m tests.bench classroom|workbook|pages|issue|roster|scale`: measure one thing on a site made for it, and say what was promised."""

import argparse
import sys
from importlib import import_module
from pathlib import Path

from tests.bench.processes import pace

BENCHMARKS = {
    "classroom": "learners sign in, read, sit a 20-question exam and hand it in",
    "workbook": "a class writes its business plans: each field stored as it is typed, and the web server killed",
    "pages": "CPU time and SQL of single pages, and the weight of a learner's first visit",
    "issue": "many certificates: rows, signatures, papers",
    "roster": "a roster of 30 to 2,000 people, each with an own PIN, and the longest write lock",
    "scale": "boards, reports, registers and search over the full demo",
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    names = parser.add_subparsers(dest="name", required=True)
    for name, purpose in BENCHMARKS.items():
        one = names.add_parser(name, help=purpose, description=f"{purpose}. DATABASE_URL names a PostgreSQL server; else SQLite.")  # fmt: skip
        import_module(f"tests.bench.{name}").arguments(one)
        one.add_argument("--json", type=Path, help="write the figures here as well")
        one.add_argument("--keep", action="store_true", help="leave folder and database behind")
    options = parser.parse_args()
    before = pace()
    report = import_module(f"tests.bench.{options.name}").run(options)
    report.measured_on["pace before and after, ms"] = f"{before:.0f} {pace():.0f}"
    report.show()
    if options.json:
        report.save(options.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
