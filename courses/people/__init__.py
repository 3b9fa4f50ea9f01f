"""One person, one file; organisations; who is where; who may."""
