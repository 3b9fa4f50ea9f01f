"""What the learner does: start, answer, hand in."""
