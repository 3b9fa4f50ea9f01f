"""The command line."""

from lms.cli import COMMANDS, main


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
