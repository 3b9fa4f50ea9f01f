"""Screens on exams."""
