"""Migrations as steps of a progress bar: on a new site they are half of the start."""

from io import StringIO
from typing import Any

from lms.cli.progress import Progress

AT_ONCE = 6  # migrations in one step: about two seconds


class MigrationSteps(StringIO):
    """What `migrate` writes, read as steps. `steps`: how many there will be, at least one."""

    def __init__(self) -> None:
        super().__init__()
        from django.db import connection
        from django.db.migrations.executor import MigrationExecutor

        executor = MigrationExecutor(connection)
        self.waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        self.steps = max(1, -(-self.waiting // AT_ONCE))
        self.begun = 0

    def run(self, progress: Progress) -> None:
        """Migrate the database, a step for every few migrations."""
        from django.core.management import call_command

        self.progress = progress
        if not self.waiting:
            progress.step("数据库")
        call_command("migrate", verbosity=1, interactive=False, no_color=True, stdout=self)

    def write(self, text: str, *_more: Any) -> int:
        if text.lstrip().startswith("Applying "):
            if self.begun % AT_ONCE == 0:
                self.progress.step(f"数据库 {self.begun}/{self.waiting}")
            self.begun += 1
        return len(text)
