"""Numbers, signs, stores and revokes certificates."""
