"""Goals beside readings: how far each target has got, and the people behind every number."""
