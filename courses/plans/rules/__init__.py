"""The arithmetic of the plan, pure: Decimal in, Decimal out."""
