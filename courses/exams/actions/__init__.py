"""Verbs on exams: setting up, entries, sittings, attempts and marks. Each file is re-exported here."""
