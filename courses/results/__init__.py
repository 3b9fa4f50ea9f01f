"""Who passed, and on which evidence."""
