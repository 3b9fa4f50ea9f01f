"""PostgreSQL itself refuses to change or remove a journal entry. SQLite has no roles to hold back: its chain proves it."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION journal_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The journal only grows.';
END $$;
CREATE TRIGGER journal_only_grows BEFORE UPDATE OR DELETE ON journal_journalentry
    FOR EACH ROW EXECUTE FUNCTION journal_only_grows();
"""
BACKWARD = """
DROP TRIGGER journal_only_grows ON journal_journalentry;
DROP FUNCTION journal_only_grows();
"""


def run(sql):
    def apply(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(sql, params=None)

    return apply


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(run(FORWARD), run(BACKWARD))]
