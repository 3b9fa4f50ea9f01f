"""Printed matter: draws any page with Typst, tells which characters it cannot print, and makes QR codes.

A page is a `.typ` file beside the app that owns it; what is the same on all papers is in `typst/parts.typ`.
"""

from courses.papers.binding import Bound, bind, page_count, sheets_of_paper
from courses.papers.drawing import Unprintable, draw, draw_svg
from courses.papers.glyphs import missing_glyphs
from courses.papers.qr import qr_code

__all__ = [
    "Bound",
    "Unprintable",
    "bind",
    "draw",
    "draw_svg",
    "missing_glyphs",
    "page_count",
    "qr_code",
    "sheets_of_paper",
]
