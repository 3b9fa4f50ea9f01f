"""The course's pictures, drawn for it: ink, teal and sand on paper, 960 × 720, each explains one thing."""

from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

SIZE, SCALE = (960, 720), 2  # drawn at twice the size and reduced: smooth edges
INK, PAPER, TEAL, TINT, SAND, GLOW, WHITE = "#1B1B1A", "#FBFAF6", "#0B4F56", "#CFE0DC", "#EBDDBE", "#F3B23C", "#FFFFFF"
Draw = ImageDraw.ImageDraw


def drawing(name: str) -> bytes:
    """The picture as PNG. Refuses (KeyError) a name that is not in `DRAWINGS`."""
    image = Image.new("RGB", (SIZE[0] * SCALE, SIZE[1] * SCALE), PAPER)
    DRAWINGS[name](ImageDraw.Draw(image))
    out = BytesIO()
    image.resize(SIZE, Image.Resampling.LANCZOS).quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _at(*points: tuple[float, float]) -> list[tuple[float, float]]:
    return [(x * SCALE, y * SCALE) for x, y in points]


def _shape(draw: Draw, points: list[tuple[float, float]], fill: str, width: int = 6) -> None:
    draw.polygon(_at(*points), fill=fill)
    draw.line(_at(*points, points[0], points[1]), fill=INK, width=width * SCALE, joint="curve")


def _box(draw: Draw, box: tuple[float, float, float, float], fill: str, radius: int = 0, width: int = 6) -> None:
    scaled = tuple(side * SCALE for side in box)
    draw.rounded_rectangle(scaled, radius * SCALE, fill=fill, outline=INK, width=width * SCALE)


def _disc(draw: Draw, x: float, y: float, radius: float, fill: str | None, width: int = 6, outline: str = INK) -> None:
    box = [(x - radius) * SCALE, (y - radius) * SCALE, (x + radius) * SCALE, (y + radius) * SCALE]
    draw.ellipse(box, fill=fill, outline=outline, width=width * SCALE)


def _line(draw: Draw, *points: tuple[float, float], fill: str = INK, width: int = 6) -> None:
    draw.line(_at(*points), fill=fill, width=width * SCALE, joint="curve")


def _plates(draw: Draw, top: float = 520) -> None:
    _box(draw, (90, top, 470, top + 70), TINT)
    _box(draw, (490, top, 870, top + 70), TINT)


def _arc(draw: Draw) -> None:
    for radius in (210, 160, 110):
        _disc(draw, 480, 500, radius, None, 4, GLOW)
    _plates(draw)
    _shape(draw, [(560, 120), (600, 130), (505, 470), (478, 462)], SAND)
    _disc(draw, 480, 500, 46, GLOW)
    _disc(draw, 480, 500, 22, WHITE, 3, GLOW)
    for x, y in ((170, 250), (250, 160), (760, 250), (820, 360), (140, 380)):
        _line(draw, (480 + (x - 480) * 0.62, 500 + (y - 500) * 0.62), (x, y), fill=GLOW, width=8)


def _bench(draw: Draw) -> None:
    _box(draw, (80, 250, 330, 560), TEAL, 18)
    _disc(draw, 205, 350, 56, PAPER)
    _line(draw, (205, 350), (240, 312), width=8)
    _disc(draw, 150, 500, 20, SAND)
    _disc(draw, 260, 500, 20, SAND)
    _line(draw, (150, 520), (150, 640), (620, 640), (620, 560), width=12)
    _line(draw, (260, 480), (420, 420), (520, 250), (640, 250), width=12)
    _box(draw, (560, 500, 900, 560), TINT)
    _shape(draw, [(640, 222), (760, 206), (770, 246), (646, 278)], SAND)
    _line(draw, (752, 240), (730, 470), width=12)
    _disc(draw, 728, 486, 24, GLOW)
    _line(draw, (620, 500), (620, 560), width=18)


def _electrode(draw: Draw) -> None:
    _box(draw, (200, 280, 820, 440), SAND, 10)
    _box(draw, (80, 335, 860, 385), TINT, 6)
    _box(draw, (40, 310, 170, 410), TEAL, 12)
    _line(draw, (500, 280), (500, 170), width=4)
    _line(draw, (420, 360), (420, 560), width=4)
    _disc(draw, 500, 150, 18, SAND)
    _disc(draw, 420, 580, 18, TINT)
    _disc(draw, 868, 360, 30, GLOW)


def _angle(draw: Draw) -> None:
    _box(draw, (90, 540, 870, 610), TINT)
    _line(draw, (480, 540), (480, 150), fill=TEAL, width=4)
    _shape(draw, [(590, 130), (632, 142), (508, 520), (474, 508)], SAND)
    _disc(draw, 484, 530, 28, GLOW)
    box = [300 * SCALE, 360 * SCALE, 660 * SCALE, 720 * SCALE]
    draw.arc(box, 288, 360, fill=TEAL, width=8 * SCALE)
    _line(draw, (300, 660), (660, 660), width=8)
    _shape(draw, [(660, 636), (710, 660), (660, 684)], INK)


def _pool(draw: Draw) -> None:
    _box(draw, (80, 160, 880, 350), TINT)
    _box(draw, (80, 370, 880, 560), TINT)
    for x in range(150, 520, 26):
        box = [(x - 40) * SCALE, 312 * SCALE, (x + 40) * SCALE, 408 * SCALE]
        draw.ellipse(box, fill=SAND, outline=INK, width=4 * SCALE)
    draw.ellipse([500 * SCALE, 306 * SCALE, 640 * SCALE, 414 * SCALE], fill="#9A4B2F", outline=INK, width=5 * SCALE)
    _disc(draw, 652, 360, 62, GLOW)
    _disc(draw, 660, 360, 30, WHITE, 3, GLOW)


def _defects(draw: Draw) -> None:
    for left in (90, 375, 660):
        _box(draw, (left, 130, left + 210, 590), TINT)
        _box(draw, (left + 65, 130, left + 145, 590), SAND, 30)
    for x, y, radius in ((180, 210, 9), (205, 300, 13), (190, 390, 8), (212, 470, 11), (186, 540, 7)):
        _disc(draw, x, y, radius, INK, 1)
    _line(draw, (436, 150), (430, 280), (437, 400), (430, 570), width=12)
    _line(draw, (524, 150), (530, 300), (523, 430), (530, 570), width=12)
    for x, y in ((750, 220), (775, 330), (752, 450), (778, 530)):
        _shape(draw, [(x - 14, y - 6), (x + 10, y - 10), (x + 16, y + 8), (x - 8, y + 12)], INK, 2)


DRAWINGS: dict[str, Callable[[Draw], None]] = {
    "arc": _arc,
    "bench": _bench,
    "electrode": _electrode,
    "angle": _angle,
    "pool": _pool,
    "defects": _defects,
}
