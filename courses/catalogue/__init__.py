"""What is taught, frozen at publication."""
