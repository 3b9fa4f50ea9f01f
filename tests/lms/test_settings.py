"""Settings come from the environment, and production refuses what is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from lms.settings import base, environment

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {
    "LMS_SECRET_KEY": "a" * 50,
    "LMS_ID_KEY": "b" * 50,
    "LMS_ID_HASH_KEY": "c" * 50,
    "LMS_PUBLIC_URL": "https://zs.example.cn",
    "LMS_HOSTS": "zs.example.cn",
    "LMS_SIGNING_KEY_DIR": "keys",
}


def _start(tmp_path, **changes):
    """Load the production settings in a process of their own; returns exit code and what was said."""
    values = {key: value for key, value in (COMPLETE | changes).items() if value is not None}
    clean = {key: value for key, value in os.environ.items() if not key.startswith("LMS_") and key != "DATABASE_URL"}
    result = subprocess.run(
        [sys.executable, "-c", "from django.conf import settings; settings.DEBUG; print('started')"],
        env=clean | values | {"DJANGO_SETTINGS_MODULE": "lms.settings.production", "LMS_DATA_DIR": str(tmp_path)},
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    return result.returncode, result.stdout + result.stderr


def test_production_starts_with_all_its_secrets(tmp_path):
    code, said = _start(tmp_path)
    assert (code, "started" in said) == (0, True), said


@pytest.mark.parametrize("name", sorted(COMPLETE))
def test_production_names_what_is_missing(tmp_path, name):
    code, said = _start(tmp_path, **{name: None})
    assert code != 0
    assert name in said


@pytest.mark.parametrize("name", ["LMS_SECRET_KEY", "LMS_ID_KEY", "LMS_ID_HASH_KEY"])
@pytest.mark.parametrize("value", ["short", "published-secret-key-for-tests-only-0123456789"])
def test_production_refuses_a_default_or_short_secret(tmp_path, name, value):
    code, said = _start(tmp_path, **{name: value})
    assert code != 0
    assert name in said


def test_production_refuses_the_demo(tmp_path):
    code, said = _start(tmp_path, LMS_DEMO="1")
    assert code != 0
    assert "LMS_DEMO" in said


def test_secrets_are_hashed_with_argon2():
    """The suite itself hashes with MD5, for speed."""
    assert base.PASSWORD_HASHERS[0] == "courses.people.hashers.ClassroomArgon2Hasher"


def test_sqlite_is_durable_and_ready_for_a_busy_room():
    options = environment.database("sqlite:////srv/lms.sqlite3")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]
    assert "synchronous=FULL" in options["init_command"]


def test_postgresql_from_its_address():
    database = environment.database("postgres://lms:p%40ss@db.example:5433/qihang?sslmode=require")
    assert database["PASSWORD"] == "p@ss"
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example", "5433", "qihang")
    assert database["OPTIONS"] == {"sslmode": "require", "prepare_threshold": 1}
    pooled = environment.database("postgres://lms@db.example/qihang?prepare_threshold=5")
    assert pooled["OPTIONS"] == {"prepare_threshold": 5}
    off = environment.database("postgres://lms@db.example/qihang?prepare_threshold=none")
    assert off["OPTIONS"] == {"prepare_threshold": None}


def test_no_third_database():
    with pytest.raises(ImproperlyConfigured):
        environment.database("mysql://localhost/lms")


def test_a_kept_secret_is_made_once_and_readable_by_nobody_else(tmp_path, monkeypatch):
    monkeypatch.delenv("LMS_SECRET_KEY", raising=False)
    first = environment.kept_secret(tmp_path / "keys", "LMS_SECRET_KEY")
    assert environment.kept_secret(tmp_path / "keys", "LMS_SECRET_KEY") == first
    assert (tmp_path / "keys" / "lms_secret_key.key").stat().st_mode & 0o777 == 0o600


def test_every_setting_of_ours_is_documented():
    text = (ROOT / "docs" / "operate.md").read_text()
    used = set()
    for path in (ROOT / "lms" / "settings").glob("*.py"):
        for word in path.read_text().replace('"', " ").replace("'", " ").split():
            name = word.strip("(),[]{}:").split("=")[0]
            if name.startswith("LMS_") and name.isupper():
                used.add(name)
    used -= {"LMS_DURABLE", "LMS_KEEPS_SECRETS"}  # no environment variables: each settings module decides
    assert not sorted(name for name in used if name not in text)
