"""Exams in pure rules: marks (`marks`), the time of an attempt (`clock`), what a page is answered (`protocol`)."""
