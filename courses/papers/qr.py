"""QR codes as one SVG path, drawn by the page itself."""

import re
from typing import Any

import segno

# Bytes that fit version 13 at level M. It has 69 modules: at 32 mm a module is 0.46 mm, which cheap cameras and 200 dpi
# printers still resolve.
MOST = 331
DARK = re.compile(rb"\x01+")


def qr_code(text: str) -> dict[str, Any]:
    """`modules` (per side), `path` (SVG, one unit per module, without the quiet zone), `version` and `level`.

    Error level M while the text fits version 13, else L; decided by its length, because each code that is made takes 10 ms.
    The mask is fixed: the same text gives the same picture.
    """
    level = "m" if len(text.encode()) <= MOST else "l"
    code = segno.make_qr(text, error=level, boost_error=False, mask=4)
    matrix = [bytes(row) for row in code.matrix]
    return {"modules": len(matrix), "path": _path(matrix), "version": int(code.version), "level": code.error}


def _path(matrix: list[bytes]) -> str:
    runs = []
    for y, row in enumerate(matrix):
        for run in DARK.finditer(row):
            start, end = run.span()
            # 1.02 high: viewers would show a white hairline between two rows
            runs.append(f"M{start} {y}h{end - start}v1.02h-{end - start}z")
    return "".join(runs)
