"""Shared classroom computers, and who sits at them."""
