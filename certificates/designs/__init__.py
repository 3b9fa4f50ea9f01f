"""What a certificate looks like: one folder per design, and one line in `DESIGNS`."""

from certificates.designs.drawing import DESIGNS, render

__all__ = ["DESIGNS", "render"]
