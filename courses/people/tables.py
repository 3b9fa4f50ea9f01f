"""The file that people fill in with regions or organisations."""

from typing import IO

from django.db import models

from courses.people.actions.imports import rows_of_template
from courses.sheets import SheetColumn, write_xlsx


def write_template(file: IO[bytes], model: type[models.Model]) -> None:
    """An XLSX with the headings and examples to write over. Codes are texts: a number would lose its zeros."""
    headings, rows = rows_of_template(model)
    write_xlsx(file, [SheetColumn(heading, width=18) for heading in headings], rows)
