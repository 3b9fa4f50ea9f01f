"""The journal on the staff desk."""
