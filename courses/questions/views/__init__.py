"""Staff screens on banks and their questions."""
