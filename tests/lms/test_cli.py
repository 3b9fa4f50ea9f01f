"""The command line."""

from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured

from courses.people.actions import add_organisation
from lms.cli import COMMANDS, main
from lms.demo import build


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


@pytest.mark.django_db
def test_a_new_site_is_made_once_and_its_first_administrator_can_sign_in(
    capsys, client, monkeypatch, tmp_path, settings
):
    from lms.cli import init

    monkeypatch.setattr("django.core.management.call_command", lambda *args, **kwargs: None)
    settings.LMS_SIGNING_KEY_DIR = tmp_path
    arguments = ["--institution", "江州市人社局", "--admin", "first"]
    assert init.run(arguments) == 0
    said = capsys.readouterr().out
    password = said.split("password ")[1].split()[0]
    assert client.post("/staff/login/", {"username": "first", "password": password}).status_code == 302
    assert client.get("/admin/").status_code == 200
    assert init.run(arguments) == 0
    assert "password" not in capsys.readouterr().out, "run again, it shows no password: there is no new one"


@pytest.mark.django_db
def test_a_site_without_a_name_is_refused_with_a_sentence(capsys, monkeypatch):
    from lms.cli import init

    monkeypatch.setattr("django.core.management.call_command", lambda *args, **kwargs: None)
    assert init.run(["--admin", "first"]) == 1
    assert capsys.readouterr().err


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
