"""Verbs that set up an exam."""
