"""The roof: what makes the storeys one system."""
