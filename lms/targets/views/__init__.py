"""Screens on targets."""
