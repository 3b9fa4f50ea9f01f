"""`lms backup`: database first, then files, so that every row finds its file."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from lms.backup import archive, database, site

PATTERN = "qihang-*.tar"


@dataclass(frozen=True)
class Made:
    """A finished backup: where it is, and what its manifest says."""

    path: Path
    manifest: dict[str, Any]


def make(
    folder: Path,
    *,
    keys: bool | None = None,
    at: datetime | None = None,
    say: Callable[[str], None] = lambda text: None,
) -> Made:
    """Write one backup into `folder` while the site runs.

    `keys`: with the private signing keys and the secrets (True), without (False), or those that lie in the data folder
    (None). Refuses (database.DatabaseProblem) a damaged database.
    """
    at = at or timezone.now()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"qihang-{timezone.localtime(at):%Y%m%d-%H%M%S}.tar"
    with tempfile.TemporaryDirectory(dir=folder, prefix=".backup-") as work, archive.writing(path) as out:
        say("database")
        with database.snapshot(Path(work)) as (copy, using):
            facts = site.facts(using, at)
            wanted = _papers(using)
            out.add(copy.name, copy)
        say("files")
        facts["missing_papers"] = _add_files(out, wanted, leave_out=folder)
        facts["keys"] = _add_keys(out, keys)
        out.finish(facts)
    return Made(path, facts)


def keep_newest(folder: Path, count: int) -> list[Path]:
    """Remove all but the newest `count` backups of a folder. Returns what was removed."""
    old = sorted(folder.glob(PATTERN))[:-count] if count > 0 else []
    for path in old:
        path.unlink()
    return old


def _papers(using: str) -> set[str]:
    from certificates.issuing.models import Certificate  # noqa: PLC0415

    return set(Certificate.objects.using(using).exclude(pdf="").values_list("pdf", flat=True))


def _add_files(out: archive.Writer, wanted: set[str], leave_out: Path) -> list[str]:
    """Media and private files. Returns the papers that the database knows and the disk does not (they can be drawn again)."""
    found = site.folders()
    for name, folder in (("private", found.private), ("media", found.media)):
        for path in site.files_in(folder):
            if leave_out.resolve() in path.resolve().parents:
                continue
            try:
                out.add(f"{name}/{path.relative_to(folder)}", path)
            except FileNotFoundError:  # deleted by somebody this moment: the database is older and does not mind
                continue
    if (address := Path(settings.DATA_DIR) / site.ADDRESS).is_file():
        out.add(site.ADDRESS, address)
    return sorted(name for name in wanted if f"private/{name}" not in out.files)


def _add_keys(out: archive.Writer, asked: bool | None) -> dict[str, bool]:
    found = site.folders()
    signing = site.lives_here(found.signing) if asked is None else asked
    secrets = site.keeps_own_secrets() if asked is None else asked
    if signing:
        for path in site.files_in(found.signing):
            out.add(f"signing/{path.relative_to(found.signing)}", path)
    if secrets:
        for name in site.SECRETS:
            out.add_text(f"keys/{site.secret_file(name)}", site.secret(name))
    return {"signing": signing, "secrets": secrets}


def default_folder() -> Path:
    """Where backups go that nobody gave a folder: on the same disk, so only half a backup."""
    return Path(settings.DATA_DIR) / "backups"
