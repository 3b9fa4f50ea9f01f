"""Screens on results."""
