"""A course of which only the outline stands says so, and is listed apart."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pages", "0003_let_lessons_hold_workbook_steps")]

    operations = [
        migrations.AddField(
            "coursepage", "is_outline",
            models.BooleanField(
                "only an outline so far", default=False,
                help_text="The public site then lists the course under “In preparation”, not among those that one can take.",
            ),
        ),
    ]  # fmt: skip
