"""A believable small world, made only with the real verbs. Tests and `lms demo` share it."""
