"""Who did what to whom, when and why. It only grows."""
