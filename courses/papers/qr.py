"""QR codes as one SVG path, drawn by the page itself."""

from typing import Any

import segno

DENSEST = 13  # 69 modules: at 32 mm a module is 0.46 mm, which cheap cameras and 200 dpi printers still resolve


def qr_code(text: str) -> dict[str, Any]:
    """`modules` (per side), `path` (SVG, one unit per module, without the quiet zone), `version` and `level`.

    Error level M while the text fits version 13, else L. The mask is fixed: the same text gives the same picture.
    """
    code = segno.make_qr(text, error="m", boost_error=False, mask=4)
    if int(code.version) > DENSEST:
        code = segno.make_qr(text, error="l", boost_error=False, mask=4)
    matrix = [bytes(row) for row in code.matrix]
    return {"modules": len(matrix), "path": _path(matrix), "version": int(code.version), "level": code.error}


def _path(matrix: list[bytes]) -> str:
    runs = []
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x]:
                x += 1
            if x > start:
                # 1.02 high: viewers would show a white hairline between two rows
                runs.append(f"M{start} {y}h{x - start}v1.02h-{x - start}z")
            x += 1
    return "".join(runs)
