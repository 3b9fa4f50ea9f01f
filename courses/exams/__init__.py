"""Frozen papers, sittings, attempts and marks."""
