"""What happened: the training record, from the person to the result."""
