"""Screens on classes, all inside the staff desk."""
