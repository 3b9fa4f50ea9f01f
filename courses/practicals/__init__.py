"""Skill shown by hand, judged by two examiners."""
