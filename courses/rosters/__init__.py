"""Rosters (花名册) brought in from a table: files, places in a class, sign-in cards."""
