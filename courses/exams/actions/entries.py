"""Verbs on the right to sit."""
