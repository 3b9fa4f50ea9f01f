"""What belongs to a site: its database, its files, its keys; and what a backup says about them."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from lms.settings import environment

SECRETS = ("LMS_SECRET_KEY", "LMS_ID_KEY", "LMS_ID_HASH_KEY")
ADDRESS = "site.env"  # the address that `lms init` was told (embedded settings)
NEEDED = ("LMS_ID_KEY", "LMS_ID_HASH_KEY")  # without these two, identity numbers are lost for ever


@dataclass(frozen=True)
class Folders:
    """Where the files lie; a backup names them by the field."""

    private: Path
    media: Path
    signing: Path
    keys: Path

    def __iter__(self) -> Iterator[tuple[str, Path]]:
        yield from vars(self).items()


def folders() -> Folders:
    """The folders of this site, as set."""
    return Folders(
        private=Path(settings.PRIVATE_ROOT),
        media=Path(settings.MEDIA_ROOT),
        signing=Path(settings.LMS_SIGNING_KEY_DIR),
        keys=Path(settings.DATA_DIR) / "keys",
    )


def files_in(folder: Path) -> list[Path]:
    """All plain files below a folder, sorted; links are not followed."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def secret(name: str) -> str:
    """The value of one of `SECRETS` that this process runs with."""
    return str(settings.SECRET_KEY if name == "LMS_SECRET_KEY" else getattr(settings, name))


def secret_file(name: str) -> str:
    """How the embedded settings call the file of a secret."""
    return f"{name.lower()}.key"


def lives_here(path: Path) -> bool:
    """Whether a folder lies in the data folder."""
    return Path(settings.DATA_DIR).resolve() in [path.resolve(), *path.resolve().parents]


def keeps_own_secrets() -> bool:
    """Whether the secrets are files of the data folder (embedded settings) and not given by the environment."""
    folder = folders().keys
    return all(
        (folder / secret_file(name)).exists() and (folder / secret_file(name)).read_text().strip() == secret(name)
        for name in NEEDED
    )


def given_by_environment(name: str) -> bool:
    """Whether a file could not change this secret: production reads nothing else, and the environment goes before a file."""
    return not settings.LMS_KEEPS_SECRETS or bool(environment.text(name))


def fingerprints(value: str) -> list[str]:
    """A short public name for each key of a comma-separated secret: equal keys, equal names; no way back to the key."""
    parts = [part.strip() for part in value.split(",") if part.strip()]
    return [hashlib.sha256(f"qihang key\n{part}".encode()).hexdigest()[:16] for part in parts]


def vendor() -> str:
    """`sqlite` or `postgresql`."""
    return connections["default"].vendor


def migrations(using: str) -> list[str]:
    """What the database has been through, e.g. `issuing.0001_initial`, sorted."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connections[using]).applied_migrations())


def facts(using: str, at: datetime | None = None) -> dict[str, Any]:
    """What the manifest says of a site whose snapshot is the database `using`."""
    from certificates.issuing.models import RegisterCounter, SigningKey  # noqa: PLC0415

    counters = RegisterCounter.objects.using(using).order_by("year", "organisation_code", "register_type")
    keys = SigningKey.objects.using(using)
    active = keys.filter(state=SigningKey.State.ACTIVE).first()
    return {
        "product": "qihang",
        "version": product_version(),
        "made_at": (at or timezone.now()).isoformat(timespec="seconds"),
        "public_url": settings.LMS_PUBLIC_URL,
        "database": vendor(),
        "migrations": migrations(using),
        "counts": _counts(using),
        "registers": [str(counter) for counter in counters],
        "signing_key": active.kid if active else "",
        "secrets": {name: fingerprints(secret(name)) for name in NEEDED},
    }


def _counts(using: str) -> dict[str, int]:
    from certificates.issuing.models import Certificate, PublicRecord  # noqa: PLC0415
    from courses.classes.models import TrainingClass  # noqa: PLC0415
    from courses.journal.models import JournalEntry  # noqa: PLC0415
    from courses.people.models import Learner, Organisation, User  # noqa: PLC0415

    models = [Organisation, User, Learner, TrainingClass, Certificate, PublicRecord, JournalEntry]
    return {model._meta.label_lower: model._default_manager.using(using).count() for model in models}


def product_version() -> str:
    """The version that is installed."""
    try:
        return version("qihang")
    except PackageNotFoundError:
        return "source"
