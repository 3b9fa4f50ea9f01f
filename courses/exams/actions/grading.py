"""Verbs on marks."""
