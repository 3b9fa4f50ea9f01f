"""Measurements: `python -m tests.bench <name>`, see docs/performance.md. No part of the test suite."""
