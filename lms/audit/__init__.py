"""Reading the journal on the staff desk: who did what, when and why, at one's own organisations."""
