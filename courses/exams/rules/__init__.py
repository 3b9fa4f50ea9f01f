"""Exams in pure rules."""
