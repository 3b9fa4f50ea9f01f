"""A backup that does not fit is refused before anything is changed, with a sentence that says what to do."""

import pytest

from lms.backup import making, restoring, site

pytestmark = pytest.mark.django_db


@pytest.fixture
def manifest(tmp_path, settings):
    settings.LMS_SIGNING_KEY_DIR = settings.PRIVATE_ROOT = settings.MEDIA_ROOT = tmp_path / "files"
    return {**site.facts("default"), "keys": {"signing": False, "secrets": False}, "files": {}}


def refusal(manifest, **wish):
    with pytest.raises(restoring.Refused) as caught:
        restoring._refuse(manifest, restoring.Wish(**wish))
    return str(caught.value)


def fits(manifest, **wish):
    restoring._refuse(manifest, restoring.Wish(**wish))


@pytest.fixture(autouse=True)
def nobody_else(monkeypatch):
    monkeypatch.setattr("lms.backup.database.others_connected", lambda: 0)  # the suite's own workers


def test_an_empty_site_takes_what_fits(manifest):
    fits(manifest)


def test_a_newer_schema(manifest):
    manifest["migrations"].append("issuing.9999_of_next_year")
    assert "newer version" in refusal(manifest)


def test_another_database(manifest):
    manifest["database"] = "oracle"
    assert "DATABASE_URL" in refusal(manifest)


@pytest.mark.parametrize("name", site.NEEDED)
def test_a_key_of_identity_numbers_that_is_not_here(manifest, name):
    manifest["secrets"][name] = site.fingerprints("the key of another site")
    assert name in refusal(manifest)


def test_secrets_in_the_backup_do_not_change_the_environment(manifest, settings):
    manifest["secrets"]["LMS_ID_KEY"] = site.fingerprints("the key of another site")
    manifest["keys"]["secrets"] = True
    assert "tar -xOf" in refusal(manifest)
    settings.LMS_KEEPS_SECRETS = True
    fits(manifest)


def test_rotated_identity_keys_may_grow(manifest, settings):
    settings.LMS_ID_KEY = f"a-new-key,{settings.LMS_ID_KEY}"
    fits(manifest)


def test_a_signing_key_that_is_nowhere(manifest):
    manifest["signing_key"] = "ed-2025-1"
    assert "ed-2025-1" in refusal(manifest)
    fits(manifest, without_signing_key=True)
    fits({**manifest, "files": {"signing/ed-2025-1.pem": {}}})


def test_a_register_without_room_for_a_block(manifest):
    manifest["registers"] = ["2025-990103-2-985000"]
    assert "2025-990103-2-" in refusal(manifest)
    fits(manifest, last_papers=("2025-990103-2-985007",))
    fits(manifest, nothing_since=True)


def test_a_last_number_that_is_none(manifest):
    assert "2025-12" in refusal(manifest, last_papers=("2025-12",))


@pytest.mark.parametrize("what", ["file", "organisation"])
def test_a_site_that_has_something(manifest, what, tmp_path):
    if what == "file":
        (tmp_path / "files").mkdir()
        (tmp_path / "files/a.pdf").touch()
    else:
        from courses.people.actions import add_organisation

        add_organisation(name="真实学校", kind="training_provider", by=None)
    assert "--replace" in refusal(manifest)
    fits(manifest, replace=True)


def test_old_backups_are_removed_from_the_oldest(tmp_path):
    for day in range(1, 6):
        (tmp_path / f"qihang-2026010{day}-000000.tar").touch()
    (tmp_path / "other.tar").touch()
    assert len(making.keep_newest(tmp_path, 2)) == 3
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "other.tar",
        "qihang-20260104-000000.tar",
        "qihang-20260105-000000.tar",
    ]
    assert making.keep_newest(tmp_path, 0) == []
