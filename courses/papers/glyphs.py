"""Which characters the shipped fonts cannot print: asked before a paper is promised, not when it is drawn."""

import unicodedata
from functools import cache

from fontTools.ttLib import TTFont

from courses.papers.drawing import font_folder

FONTS = ("NotoSansSC-Regular.otf", "NotoSerifSC-Regular.otf")


def missing_glyphs(text: str) -> list[str]:
    """The characters of `text` that would not appear on paper, each once, in order; empty when all is well.

    Invisible and direction-changing characters count as missing: they would print as nothing and deceive the eye.
    """
    printable = _printable()
    return [
        character
        for character in dict.fromkeys(unicodedata.normalize("NFC", text))
        if character not in " \u3000\n"
        and (ord(character) not in printable or unicodedata.category(character)[0] in "CZ")
    ]


@cache
def _printable() -> frozenset[int]:
    """Code points that are in both fonts, so that every paper can print them. Read once per process: half a second."""
    tables = [set(TTFont(str(font_folder() / name), lazy=True).getBestCmap()) for name in FONTS]
    return frozenset(set.intersection(*tables))
