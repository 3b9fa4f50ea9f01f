"""The command line."""

import stat
from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured

from cms.theme.models import SiteSettings
from courses.people.actions import add_organisation
from courses.people.models import Organisation, User
from lms.cli import COMMANDS, main
from lms.demo import build
from tests.lms.a_site import empty_site


def test_help_lists_every_command_of_ours(capsys):
    main(["lms", "help"])
    said = capsys.readouterr().out
    assert all(f"lms {name}" in said for name in COMMANDS)


def test_a_new_secret_is_long_and_different_each_time(capsys):
    from lms.cli.secret import run

    run([])
    run([])
    first, second = capsys.readouterr().out.split()
    assert first != second
    assert len(first) >= 48


@pytest.fixture
def init(monkeypatch, tmp_path, settings):
    """`lms init` on the suite's database, its migrations and files of web pages taken as read."""
    from lms.cli import init

    monkeypatch.setattr("django.core.management.call_command", lambda *args, **kwargs: None)
    settings.LMS_SIGNING_KEY_DIR = tmp_path
    return init


NAMED = ["--institution", "江州市人社局", "--admin", "first"]


@pytest.mark.django_db
def test_a_new_site_is_made_once_and_its_first_administrator_can_sign_in(capsys, client, init):
    assert init.run(NAMED) == 0
    said = capsys.readouterr().out
    password = said.split("password ")[1].split()[0]
    assert client.post("/staff/login/", {"username": "first", "password": password}).status_code == 302
    assert client.get("/admin/").headers["Location"].startswith("/staff/password/"), "it works once"
    assert SiteSettings.objects.get().operator == "江州市人社局"
    assert init.run(NAMED) == 0
    assert "password" not in capsys.readouterr().out, "run again, it shows no password: there is no new one"


@pytest.mark.django_db
def test_a_password_of_ones_own_is_not_shown_and_lasts(capsys, client, init):
    assert init.run([*NAMED, "--password", "三号楼的红色大拖拉机"]) == 0
    assert "拖拉机" not in capsys.readouterr().out
    client.post("/staff/login/", {"username": "first", "password": "三号楼的红色大拖拉机"})
    assert client.get("/admin/").status_code == 200


@pytest.mark.django_db
def test_questions_are_asked_and_a_password_is_typed_twice(monkeypatch, init, capsys):
    typed = iter(["江州市人社局", "first"])
    secrets = iter(["三号楼的红色大拖拉机", "三号楼的红色大拖垃机", "三号楼的红色大拖拉机", "三号楼的红色大拖拉机"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda question: next(typed))
    monkeypatch.setattr("getpass.getpass", lambda question: next(secrets))
    assert init.run([]) == 0
    assert "They differ" in capsys.readouterr().out
    assert User.objects.get(username="first").check_password("三号楼的红色大拖拉机")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "arguments",
    [
        ["--admin", "first"],
        ["--institution", "江州市人社局"],
        [*NAMED, "--password", "short"],
        [*NAMED, "--code", "99"],
        [*NAMED, "--kind", "castle"],
        [*NAMED, "--url", "zs.example.cn"],
        [*NAMED, "--url", "https://another.example"],
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence_and_nothing_is_made(capsys, init, arguments):
    assert init.run(arguments) == 1
    assert capsys.readouterr().err
    assert not User.objects.exists()
    assert not Organisation.objects.exists()


@pytest.mark.django_db
def test_a_site_of_another_institution_is_left_alone(capsys, init):
    init.run(NAMED)
    assert init.run(["--institution", "江北市人社局", "--admin", "second"]) == 1
    assert "江州市人社局" in capsys.readouterr().err
    assert Organisation.objects.count() == 1


@pytest.mark.once
@pytest.mark.slow
def test_a_site_is_made_in_a_folder_by_the_command_alone(tmp_path, django_db_setup):
    """Nothing but the command and a folder (with the tables, which take a minute): address, keys, readable by nobody else."""
    folder = tmp_path / "data"
    site = empty_site(folder, "qihang_init")
    done = site.lms("init", *NAMED, "--url", "http://10.0.0.5:8100")
    assert done.returncode == 0, done.stderr
    for words in ("lms serve --host 0.0.0.0 --port 8100", "lms worker", "lms backup", str(folder / "signing")):
        assert words in done.stdout
    assert "LMS_PUBLIC_URL=http://10.0.0.5:8100" in (folder / "site.env").read_text()
    private = [*(folder / "keys").iterdir(), *(folder / "signing").iterdir(), folder / "site.env"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in private} == {0o600}
    said = site.run("lms", "shell", "-v", "0", "-c", "from django.conf import settings as s; print(s.LMS_PUBLIC_URL)")
    assert said.stdout.strip() == "http://10.0.0.5:8100", "every command knows the address"


def test_the_environment_of_a_production_site_is_complete(capsys):
    from lms.cli.secret import run

    run(["--environment", "https://zs.example.cn"])
    lines = dict(line.split("=", 1) for line in capsys.readouterr().out.splitlines())
    assert lines["LMS_HOSTS"] == "zs.example.cn"
    assert lines["LMS_BEHIND_PROXY"] == "1"
    assert len({lines["LMS_SECRET_KEY"], lines["LMS_ID_KEY"], lines["LMS_ID_HASH_KEY"]}) == 3


@pytest.mark.django_db
def test_a_real_site_is_never_built_over():
    assert not build.is_built()
    add_organisation(name="真实学校", kind="training_provider", by=None)
    with pytest.raises(ImproperlyConfigured):
        build.is_built()


def test_the_demo_is_not_dated_ahead():
    from lms.cli.demo import _same_time_on

    assert _same_time_on(None) is None
    assert _same_time_on(date(2025, 9, 30)).date() == date(2025, 9, 30)
    with pytest.raises(SystemExit, match="has not come"):
        _same_time_on(date(2999, 1, 1))
