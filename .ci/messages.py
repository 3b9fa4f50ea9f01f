"""Catalogues of the four packages: extract the msgids, keep the translations, compile; or (`--check`) find what is missing.

    python .ci/messages.py            extract into <package>/locale/*/django.po and compile
    python .ci/messages.py --check    exit 1 where a msgid has no Chinese, or a .mo file is older than its .po file
    python .ci/messages.py --from F   also take translations from the .po files named

xgettext does the reading, so gettext must be installed; compiling needs only polib.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import django
import polib
from django.utils.translation import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("lms", "cms", "certificates", "courses")
LANGUAGE = "zh_Hans"
KEYWORDS = (
    "gettext_lazy", "gettext_noop", "ngettext_lazy:1,2", "ngettext:1,2", "pgettext:1c,2", "pgettext_lazy:1c,2",
    "npgettext:1c,2,3", "npgettext_lazy:1c,2,3", "_", "gettext", "N_",
)  # fmt: skip


def template_owner(label: str) -> str:
    """The package of the app whose templates stand under templates/<label>/; shared ones belong to the look."""
    for package in PACKAGES:
        if (ROOT / package / label).is_dir():
            return package
    return "cms"


def sources(package: str) -> list[tuple[Path, str]]:
    """Every Python file and template of a package, templates turned into something that xgettext reads."""
    found = []
    for path in sorted((ROOT / package).rglob("*.py")):
        if "migrations" not in path.parts:
            found.append((path, path.read_text()))
    for path in sorted((ROOT / "templates").rglob("*.html")) + sorted((ROOT / "templates").rglob("*.txt")):
        label = path.relative_to(ROOT / "templates").parts[0]
        if template_owner(label) == package:
            found.append((path, templatize(path.read_text(), origin=str(path))))
    return found


def extract(package: str) -> polib.POFile:
    """The msgids of a package, without translations."""
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for path, text in sources(package):
            copy = Path(folder) / path.relative_to(ROOT)
            copy = copy.with_name(copy.name + ".py")
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(text)
            names.append(str(copy.relative_to(folder)))
        if not names:
            return polib.POFile()
        command = ["xgettext", "--language=Python", "--from-code=UTF-8", "--no-location", "--sort-output", "--output=-"]
        command += [f"--keyword={keyword}" for keyword in KEYWORDS] + ["--files-from=-", f"--directory={folder}"]
        result = subprocess.run(command, input="\n".join(names), capture_output=True, text=True, check=True)
    return polib.pofile(result.stdout) if result.stdout else polib.POFile()


def catalogue_path(package: str) -> Path:
    return ROOT / package / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def key(entry: polib.POEntry) -> tuple[str | None, str]:
    return (entry.msgctxt, entry.msgid)


def known_translations(extra: list[str]) -> dict[tuple[str | None, str], polib.POEntry]:
    known: dict[tuple[str | None, str], polib.POEntry] = {}
    paths = [catalogue_path(package) for package in PACKAGES] + [Path(name) for name in extra]
    for path in paths:
        if path.exists():
            for entry in polib.pofile(str(path)):
                if (entry.msgstr or entry.msgstr_plural) and not entry.obsolete:
                    known.setdefault(key(entry), entry)
    return known


def merged(package: str, known: dict[tuple[str | None, str], polib.POEntry]) -> polib.POFile:
    catalogue = polib.POFile(wrapwidth=120)
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": LANGUAGE,
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    for entry in extract(package):
        translated = known.get(key(entry))
        new = polib.POEntry(
            msgctxt=entry.msgctxt, msgid=entry.msgid, msgid_plural=entry.msgid_plural, flags=entry.flags
        )
        text = (translated.msgstr or next(iter(translated.msgstr_plural.values()), "")) if translated else ""
        if entry.msgid_plural:
            new.msgstr_plural = {0: text}
        else:
            new.msgstr = text
        catalogue.append(new)
    return catalogue


def missing(catalogue: polib.POFile) -> list[str]:
    return [entry.msgid for entry in catalogue if not (entry.msgstr or any(entry.msgstr_plural.values()))]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--from", dest="extra", nargs="*", default=[])
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.test")
    sys.path.insert(0, str(ROOT))
    django.setup()
    known = known_translations(options.extra)
    problems = []
    for package in PACKAGES:
        catalogue = merged(package, known)
        path = catalogue_path(package)
        problems += [f"{package}: no Chinese for {text!r}" for text in missing(catalogue)]
        if options.check:
            stored = polib.mofile(str(path.with_suffix(".mo"))) if path.with_suffix(".mo").exists() else polib.MOFile()
            compiled = {key(entry) for entry in stored}
            if any(key(entry) not in compiled for entry in catalogue):
                problems.append(f"{package}: the compiled catalogue is older than the texts; run .ci/messages.py")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            catalogue.save(str(path))
            catalogue.save_as_mofile(str(path.with_suffix(".mo")))
            print(f"{package}: {len(catalogue)} messages, {len(missing(catalogue))} without Chinese")
    for problem in problems:
        print(problem)
    return 1 if problems and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
