"""A group working through one edition at one place."""
