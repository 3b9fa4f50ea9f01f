"""The demo's bar moves while the database is made: migrations are steps of it."""

import pytest
from django.db.migrations.executor import MigrationExecutor

from lms.cli.migrating import MigrationSteps


class Heard:
    """In the place of the bar: what it was told."""

    def __init__(self):
        self.said = []

    def step(self, text):
        self.said.append(text)


@pytest.mark.django_db
def test_every_few_migrations_are_a_step(monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: [object()] * 14)
    steps, heard = MigrationSteps(), Heard()

    def migrate(name, stdout, **options):
        for number in range(14):
            stdout.write(f"  Applying app.{number:04}_x...")
            stdout.write(" OK\n")

    monkeypatch.setattr("django.core.management.call_command", migrate)
    steps.run(heard)
    assert heard.said == ["数据库 0/14", "数据库 6/14", "数据库 12/14"]
    assert len(heard.said) == steps.steps


@pytest.mark.django_db
def test_a_database_that_is_up_to_date_is_one_step():
    steps, heard = MigrationSteps(), Heard()
    steps.run(heard)
    assert (steps.steps, heard.said) == (1, ["数据库"])
