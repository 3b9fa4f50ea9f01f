"""A backup is made while the site runs, proves itself, and brings everything back; no number is given out twice."""

import json
import os
import random
import shutil
import stat
import subprocess
import sys
import tarfile
import uuid

import pytest

from lms.backup import archive
from tests.lms.a_site import ROOT, empty_site, recreate

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(django_db_setup, tmp_path_factory):
    """A site with three certificates (one replaced), its backup, and what was issued after it."""
    folder = tmp_path_factory.mktemp("site")
    site = empty_site(folder / "data", f"qihang_backup_{uuid.uuid4().hex[:8]}")
    site.issued = site.do("build")
    made = site.lms("backup", folder / "copies")
    assert made.returncode == 0, made.stderr
    site.backup_said, site.copy = made.stdout, next((folder / "copies").glob("qihang-*.tar"))
    site.verified = site.do("verify")
    site.later = site.do("issue", "陈小龙")
    yield site
    recreate(site, drop_only=True)


def refused(done):
    assert done.returncode == 1, done.stdout
    assert "nothing was changed" in done.stderr
    return done.stderr


def test_the_backup_says_what_is_in_it(built):
    assert "last register numbers: 2025-990103-2-000002" in built.backup_said
    assert "签名私钥 signing keys: 在里面 INSIDE" in built.backup_said
    assert "secrets (LMS_ID_KEY …): 在里面 INSIDE" in built.backup_said
    assert stat.S_IMODE(built.copy.stat().st_mode) == 0o600
    with tarfile.open(built.copy) as tar:
        names = tar.getnames()
        manifest = json.load(tar.extractfile(archive.MANIFEST))
    assert manifest["counts"]["issuing.certificate"] == 3
    assert sum(name.endswith(".pdf") for name in names) == 3
    assert {"private/issue-log.jsonl", "keys/lms_id_key.key"} < set(names)
    assert manifest["missing_papers"] == []


def test_nothing_is_restored_under_a_running_server(built):
    holder = subprocess.Popen(
        [sys.executable, "-c", "import sys, time; from pathlib import Path; from lms.cli.processes import hold_site;"
         "held = hold_site(Path(sys.argv[1])); print(flush=True); time.sleep(60)", str(built.folder)],
        cwd=ROOT, stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        holder.stdout.readline()
        assert "Stop it first" in refused(built.lms("restore", built.copy, "--replace"))
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()


def test_everything_comes_back_and_no_number_is_used_twice(built):
    """Back up, issue one more, lose machine and database, restore: all verify, the next number is not the lost paper's."""
    known = {row[0] for row in built.issued}
    lost = {row[0] for row in built.later} - known
    assert lost == {"2025-990103-2-000003"}
    shutil.rmtree(built.folder)
    recreate(built)
    done = built.lms("restore", built.copy)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "已恢复" in done.stdout and "Restored: " in done.stdout
    assert "before-restore" not in done.stdout, "nothing was here before"
    assert "every chain holds" in done.stdout
    assert "3 checked, the register holds" in done.stdout
    after = built.do("verify")
    assert after == built.verified
    assert [row[1:] for row in after["told"]] == [
        ["Replaced", 200, True, "%PDF-"], ["Valid", 200, True, "%PDF-"], ["Valid", 200, True, "%PDF-"],
    ]  # fmt: skip
    assert len(after["ids"]) == 3, "identity numbers are read with the restored key"
    again = {row[0] for row in built.do("issue", "陈小龙")}
    assert again - known == {"2025-990103-2-020001"}, "not the number that is on the lost paper"
    assert built.lms("audit").returncode == 0


def test_a_restore_beside_the_old_log_knows_the_lost_paper(built):
    """The disk is well, the database is not: the issue log names the certificate that only paper has."""
    done = built.lms("restore", built.copy, "--replace", "--nothing-issued-since")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "On paper only: 2025-990103-2-020001" in done.stdout
    aside = max(built.folder.glob("before-restore-*"))
    assert f"原来的系统放在 {aside}" in done.stdout
    assert (aside / "private" / "issue-log.jsonl").exists()
    assert (aside / ("database.pgdump" if built.database.startswith("postgres") else "lms.sqlite3")).exists()
    assert {row[0] for row in built.do("issue", "陈小龙")} - {row[0] for row in built.issued} == {
        "2025-990103-2-020002"
    }


@pytest.fixture
def small(tmp_path):
    """A backup file of two members."""
    path = tmp_path / "small.tar"
    (tmp_path / "data").write_bytes(random.Random(1).randbytes(3000))
    with archive.writing(path) as out:
        out.add("private/data", tmp_path / "data")
        out.add_text("keys/词.key", "密" * 20)
        out.finish({"product": "qihang", "made_at": "2026-01-01T00:00:00+08:00"})
    return path


def test_a_whole_file_is_read_and_unpacked(small, tmp_path):
    manifest = archive.read_manifest(small)
    archive.extract(small, {name: tmp_path / "out" / name for name in manifest["files"]})
    assert (tmp_path / "out/private/data").read_bytes() == (tmp_path / "data").read_bytes()
    assert stat.S_IMODE(os.stat(tmp_path / "out/keys/词.key").st_mode) == 0o600
    with tarfile.open(small) as tar:
        assert tar.getnames() == ["private/data", "keys/词.key", archive.MANIFEST, archive.SEAL]


def test_one_changed_byte_anywhere_is_found(small):
    whole = small.read_bytes()
    for place in [*range(0, len(whole), 97), len(whole) - 1]:
        changed = bytearray(whole)
        changed[place] ^= 1
        small.write_bytes(changed)
        with pytest.raises(archive.Damaged):
            archive.read_manifest(small)


@pytest.mark.parametrize(
    "cut", [lambda b: b[:-1], lambda b: b + b"\0", lambda b: b[: len(b) // 2], lambda b: b"", lambda b: b * 2]
)
def test_a_file_that_was_cut_or_grew_is_found(small, cut):
    small.write_bytes(cut(small.read_bytes()))
    with pytest.raises(archive.Damaged):
        archive.read_manifest(small)


def test_a_backup_that_fails_leaves_no_file(tmp_path):
    with pytest.raises(ZeroDivisionError), archive.writing(tmp_path / "x.tar"):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_a_member_outside_the_folder_is_refused(tmp_path):
    path = tmp_path / "evil.tar"
    with archive.writing(path) as out:
        out.add_text("private/../../evil", "x")
        out.finish({"product": "qihang"})
    with pytest.raises(archive.Damaged, match="no backup has"):
        archive.read_manifest(path)
