"""Sentences are compared in the language in which they are written."""

from tests.courses.english import english

__all__ = ["english"]
