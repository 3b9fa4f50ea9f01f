"""`lms restore`: refuse what does not fit, put everything in place, count the registers on."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from lms.backup import archive, database, site


class Refused(Exception):
    """The backup cannot be restored here. The text says why, and what to do."""


@dataclass(frozen=True)
class Wish:
    """How to restore. `last_papers`, `nothing_since`: see `issuing.actions.count_on_after_restore`."""

    replace: bool = False
    last_papers: tuple[str, ...] = ()
    nothing_since: bool = False
    issue_log: Path | None = None
    without_signing_key: bool = False


@dataclass
class Restored:
    """What was done: the manifest, where the old site lies now (`replaced`: there was one), and what the registers left out."""

    manifest: dict[str, Any]
    aside: Path
    replaced: bool = False
    lost: list[dict[str, Any]] = field(default_factory=list)
    gaps: list[Any] = field(default_factory=list)


def restore(path: Path, wish: Wish, say: Callable[[str], None] = lambda text: None) -> Restored:
    """Put a site in the place of this one. Refuses (Refused) before it changes anything."""
    say("核对文件的每一个字节 every byte of the file")
    manifest = prove(path)
    _refuse(manifest, wish)
    done = Restored(manifest, aside=_aside(timezone.now()), replaced=not is_empty())
    survivors = _survivors(wish)
    with tempfile.TemporaryDirectory(dir=_data_dir(), prefix=".restore-") as work:
        say("解包 unpacking")
        staged = Path(work)
        archive.extract(path, {name: staged / name for name in manifest["files"]})
        say("数据库 database")
        database.put_back(staged / database.NAMES[manifest["database"]], done.aside)
        say("文件和钥匙 files and keys")
        _place_files(staged, done.aside)
    say("流水号 registers")
    if _known_migrations() - set(manifest["migrations"]):
        call_command("migrate", verbosity=0, interactive=False)
    _forget_sessions_and_messages(done.aside)
    _count_on(done, wish, survivors)
    return done


def prove(path: Path) -> dict[str, Any]:
    """The manifest of a whole backup. Refuses (Refused) a missing, damaged or foreign file."""
    if not path.is_file():
        raise Refused(f"没有这个文件。There is no file {path}.")
    try:
        manifest = archive.read_manifest(path)
    except archive.Damaged as problem:
        raise Refused(str(problem)) from None
    if manifest.get("product") != "qihang" or database.NAMES.get(manifest["database"]) not in manifest["files"]:
        raise Refused(f"这不是启航的备份。{path.name} is a backup of something else.")
    return manifest


def _refuse(manifest: dict[str, Any], wish: Wish) -> None:
    if manifest["database"] != site.vendor():
        raise Refused(
            f"数据库种类不同（DATABASE_URL）。The backup holds a {manifest['database']} database, this site is set to {site.vendor()} (DATABASE_URL)."
        )
    if newer := sorted(set(manifest["migrations"]) - _known_migrations()):
        raise Refused(
            f"备份出自更新的版本，请先安装那个版本。The backup was made by a newer version ({manifest['version']}): this one does not know {newer[0]}"
            f" and {len(newer) - 1} more. Install that version first."
        )
    _refuse_without_keys(manifest, wish)
    _refuse_unfit_numbers(manifest, wish)
    if others := database.others_connected():
        raise Refused(
            f"还有 {others} 个连接在用数据库，请先停下 lms serve 和 lms worker。{others} other connections use the database. Stop lms serve and lms worker everywhere first."
        )
    if not wish.replace and not is_empty():
        raise Refused(
            "这里已经有一个系统：恢复到空文件夹和空数据库，或加上 --replace（原来的会挪到一边，不删除）。"
            " There is a site here already. Restore into an empty folder and database, or say --replace: what is here"
            " is then moved aside, not deleted."
        )


def _known_migrations() -> set[str]:
    on_disk = MigrationLoader(None).disk_migrations
    replaced = {key for migration in on_disk.values() for key in migration.replaces}
    return {f"{app}.{name}" for app, name in {*on_disk, *replaced}}


def _refuse_without_keys(manifest: dict[str, Any], wish: Wish) -> None:
    """Identity numbers need their keys; certificates need the key that signs the next one."""
    for name in site.NEEDED:
        missing = set(manifest["secrets"][name]) - set(site.fingerprints(site.secret(name)))
        if missing and not (manifest["keys"]["secrets"] and not site.given_by_environment(name)):
            inside = " The backup holds it: tar -xOf FILE keys/" + site.secret_file(name)
            raise Refused(
                f"{name} 和备份的不一样，身份证号会读不出来，请先设好。{name} is not the one of the backup. Without it the identity numbers cannot be read."
                f" Set it first.{inside if manifest['keys']['secrets'] else ''}"
            )
    kid = manifest["signing_key"]
    here = (site.folders().signing / f"{kid}.pem").exists() or f"signing/{kid}.pem" in manifest["files"]
    if kid and not here and not wish.without_signing_key:
        raise Refused(
            f"签名私钥 {kid} 不在备份里，这里也没有，请先放好。The signing key {kid} is neither in the backup nor in {site.folders().signing}. Put its file there first."
            " If it is lost: --without-signing-key; old certificates verify all the same, and"
            " lms signing_key --new makes a new key."
        )


def _refuse_unfit_numbers(manifest: dict[str, Any], wish: Wish) -> None:
    from certificates.issuing.actions.registers import block_after, parsed  # noqa: PLC0415
    from certificates.issuing.models import RegisterCounter  # noqa: PLC0415
    from certificates.issuing.rules import registers  # noqa: PLC0415

    try:
        typed = parsed(wish.last_papers)
        for text in manifest["registers"] if not wish.nothing_since else []:
            (year, code, kind), last = registers.parse(text)
            if (year, code, kind) not in typed:
                block_after(RegisterCounter(year=year, organisation_code=code, register_type=kind, last=last))
    except ValidationError as refusal:
        raise Refused(" ".join(refusal.messages)) from None


def is_empty() -> bool:
    """Whether nothing would be lost: no organisation and no account in the database, no file of a site on the disk."""
    from courses.people.models import Organisation, User  # noqa: PLC0415

    tables = connections["default"].introspection.table_names()
    for model in (Organisation, User):
        if model._meta.db_table in tables and model._default_manager.exists():
            return False
    found = site.folders()
    return not any(site.files_in(folder) for folder in (found.private, found.media, found.signing))


def _data_dir() -> Path:
    folder = Path(settings.DATA_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _aside(at: datetime) -> Path:
    return _data_dir() / f"before-restore-{timezone.localtime(at):%Y%m%d-%H%M%S}"


def _survivors(wish: Wish) -> list[dict[str, Any]]:
    """Lines of the issue log that outlived the database: here, or in the file that somebody kept."""
    from certificates.issuing import issue_log  # noqa: PLC0415

    kept = list(issue_log.lines(wish.issue_log)) if wish.issue_log else []
    return [*issue_log.lines(), *kept]


def _place_files(staged: Path, aside: Path) -> None:
    """Exchange the contents of each folder, not the folder itself: it may be a mount point."""
    for name, folder in site.folders():
        if name in {"signing", "keys"} and not (staged / name).exists():
            continue  # not in the backup: what is here is what there is
        if name == "keys" and not settings.LMS_KEEPS_SECRETS:
            continue  # production takes secrets from the environment alone; no file of ours holds them
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for old in list(folder.iterdir()):
            (aside / name).mkdir(parents=True, exist_ok=True, mode=0o700)
            shutil.move(old, aside / name / old.name)
        for new in sorted((staged / name).iterdir()) if (staged / name).exists() else []:
            shutil.move(new, folder / new.name)
    address = _data_dir() / site.ADDRESS
    if (staged / site.ADDRESS).exists() and settings.LMS_KEEPS_SECRETS and not address.exists():
        shutil.move(staged / site.ADDRESS, address)


def _forget_sessions_and_messages(aside: Path) -> None:
    """Nobody is signed in after a restore, and the worker's old messages speak of another time: the sweeps wake it up."""
    from django.contrib.sessions.models import Session  # noqa: PLC0415

    Session.objects.all().delete()
    broker = Path(settings.DATA_DIR) / "broker"
    if broker.exists():
        aside.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.move(broker, aside / "broker")


def _count_on(done: Restored, wish: Wish, survivors: list[dict[str, Any]]) -> None:
    from certificates.issuing import issue_log  # noqa: PLC0415
    from certificates.issuing.actions import count_on_after_restore, reconcile  # noqa: PLC0415

    known = {line["number"] for line in issue_log.lines()}
    for line in survivors:
        if line["number"] not in known:
            issue_log.append(line)
            known.add(line["number"])
    done.lost = list(reconcile().lost)
    done.gaps = count_on_after_restore(
        copied_at=datetime.fromisoformat(done.manifest["made_at"]),
        last_papers=wish.last_papers,
        nothing_since=wish.nothing_since,
    )
