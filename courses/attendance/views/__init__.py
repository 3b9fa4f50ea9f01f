"""Screens on registers, all inside the staff desk."""
