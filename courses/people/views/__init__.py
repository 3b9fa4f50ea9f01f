"""Screens of people and rights."""
