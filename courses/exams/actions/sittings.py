"""What the invigilator does."""
