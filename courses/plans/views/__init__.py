"""Screens on plans."""
