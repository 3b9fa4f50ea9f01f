"""What every picture of the courses is drawn with: ink, teal and sand on paper, 960 × 720 points, few shapes, few words.

A picture is a function that takes a `Pen`::

    def _knife(pen: Pen) -> None:
        pen.box(80, 600, 880, 660, SAND)            # left, top, right, bottom
        pen.shape([(200, 300), (600, 300), (600, 420)], TINT)
        pen.words(480, 680, "案板")                  # short: people read it at half the size

    DRAWINGS: Pictures = {"cook-knife": _knife}     # names begin with the course's own word
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from io import BytesIO
from math import atan2, cos, radians, sin
from typing import TypeAlias

from PIL import Image, ImageDraw, ImageFont

from courses.papers.drawing import font_folder

SIZE, SCALE = (960, 720), 2  # drawn at twice the size and reduced: smooth edges
INK, PAPER, WHITE = "#1B1B1A", "#FBFAF6", "#FFFFFF"
TEAL, TINT, SAND, GLOW, RUST = "#0B4F56", "#CFE0DC", "#EBDDBE", "#F3B23C", "#9A4B2F"
STROKE = 6  # the usual width of a line
LETTERS = 40  # the usual height of words: 20 and more where the picture stands beside text

Point: TypeAlias = tuple[float, float]


class Pen:
    """Draws one picture. Places are points from the top left; colours are the names above; a `width` of 0 draws no line."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (SIZE[0] * SCALE, SIZE[1] * SCALE), PAPER)
        self.draw = ImageDraw.Draw(self.image)

    def png(self) -> bytes:
        """The picture as a small PNG."""
        out = BytesIO()
        self.image.reduce(SCALE).quantize(64).save(out, "PNG")
        return out.getvalue()

    # Straight things

    def line(self, *points: Point, fill: str = INK, width: float = STROKE) -> None:
        """A line through the points, with round ends."""
        thick = round(width * SCALE)
        self.draw.line(_scaled(points), fill=fill, width=thick, joint="curve")
        for x, y in (
            points if width >= 20 else (points[0], points[-1])
        ):  # Pillow leaves cracks at the joints of thick lines
            self.disc(x, y, width / 2, fill, 0)

    def dashes(self, start: Point, end: Point, *, fill: str = INK, width: float = 4, dash: float = 16) -> None:
        """A dashed line: what is not there, or lies behind."""
        length = _distance(start, end)
        for begin in range(0, int(length), int(dash * 2)):
            self.line(_between(start, end, begin / length),
                      _between(start, end, min((begin + dash) / length, 1)), fill=fill, width=width)  # fmt: skip

    def shape(self, points: Sequence[Point], fill: str | None, width: float = STROKE, outline: str = INK) -> None:
        """A closed shape with straight sides."""
        if fill:
            self.draw.polygon(_scaled(points), fill=fill)
        if width:
            self.line(*points, points[0], points[1], fill=outline, width=width)

    def box(
        self, left: float, top: float, right: float, bottom: float, fill: str | None, radius: float = 0,
        width: float = STROKE, outline: str = INK,
    ) -> None:  # fmt: skip
        """A rectangle, with round corners if a radius is given."""
        box = [side * SCALE for side in (left, top, right, bottom)]
        line = round(width * SCALE)
        self.draw.rounded_rectangle(box, radius * SCALE, fill=fill, outline=outline if line else None, width=line)

    # Round things

    def disc(
        self, x: float, y: float, radius: float, fill: str | None, width: float = STROKE, outline: str = INK
    ) -> None:
        """A circle around a point."""
        self.oval(x - radius, y - radius, x + radius, y + radius, fill, width, outline)

    def oval(
        self, left: float, top: float, right: float, bottom: float, fill: str | None, width: float = STROKE,
        outline: str = INK,
    ) -> None:  # fmt: skip
        """An ellipse that fills the rectangle."""
        box = [side * SCALE for side in (left, top, right, bottom)]
        line = round(width * SCALE)
        self.draw.ellipse(box, fill=fill, outline=outline if line else None, width=line)

    def arc(
        self, x: float, y: float, radius: float, start: float, end: float, *, fill: str = INK, width: float = STROKE
    ) -> None:
        """A part of a circle, clockwise from `start` to `end` in degrees; 0 points to the right, 90 down."""
        self.line(*ring(x, y, radius, start, end), fill=fill, width=width)

    def curve(self, *points: Point, fill: str = INK, width: float = STROKE) -> None:
        """A smooth line through the points."""
        self.line(*_smooth(points), fill=fill, width=width)

    def blob(self, points: Sequence[Point], fill: str | None, width: float = STROKE, outline: str = INK) -> None:
        """A closed shape with smooth sides through the points."""
        self.shape(_smooth(points, closed=True), fill, width, outline)

    # Signs

    def arrow(self, *points: Point, fill: str = INK, width: float = 8, head: float = 30) -> None:
        """A line with a head at its last point."""
        (x1, y1), (x2, y2) = points[-2], points[-1]
        angle = atan2(y2 - y1, x2 - x1)
        neck = (x2 - cos(angle) * head * 0.8, y2 - sin(angle) * head * 0.8)
        self.line(*points[:-1], neck, fill=fill, width=width)
        sides = [(x2 - cos(angle + turn) * head, y2 - sin(angle + turn) * head) for turn in (0.45, -0.45)]
        self.shape([(x2, y2), *sides], fill, 0)

    def measure(self, start: Point, end: Point, *, fill: str = TEAL, width: float = 5, head: float = 24) -> None:
        """A line with a head at both ends: from here to there."""
        middle = _between(start, end, 0.5)
        self.arrow(middle, start, fill=fill, width=width, head=head)
        self.arrow(middle, end, fill=fill, width=width, head=head)

    def words(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = LETTERS,
        fill: str = INK,
        anchor: str = "mm",
        bold: bool = False,
    ) -> None:
        """Words at a point. `anchor`: "mm" in the middle of it, "lm" to the right of it, "rm" to the left."""
        self.draw.text((x * SCALE, y * SCALE), text, font=_font(round(size * SCALE)), fill=fill, anchor=anchor,
                       stroke_width=SCALE if bold else 0, stroke_fill=fill)  # fmt: skip

    def badge(self, x: float, y: float, text: str, *, radius: float = 30) -> None:
        """A number in a teal circle, the same number as in the steps beside the picture."""
        self.disc(x, y, radius + 4, PAPER, 0)
        self.disc(x, y, radius, TEAL, 0)
        self.words(x, y, text, size=radius * 1.25, fill=WHITE, bold=True)

    def tick(self, x: float, y: float, size: float = 40) -> None:
        """Right: do it so."""
        self.line(
            (x - size * 0.5, y),
            (x - size * 0.1, y + size * 0.4),
            (x + size * 0.6, y - size * 0.5),
            fill=TEAL,
            width=size / 4,
        )

    def cross(self, x: float, y: float, size: float = 40) -> None:
        """Wrong: not so."""
        half = size / 2
        for side in (half, -half):
            self.line((x - half, y - side), (x + half, y + side), fill=RUST, width=size / 4)

    def flame(self, x: float, y: float, height: float = 90) -> None:
        """A flame that stands on the point."""
        for part, fill in ((1.0, GLOW), (0.5, WHITE)):
            tall, wide = height * part, height * part * 0.34
            points = [(x, y), (x - wide, y - tall * 0.3), (x - wide * 0.4, y - tall * 0.65), (x + wide * 0.1, y - tall),
                      (x + wide * 0.6, y - tall * 0.6), (x + wide, y - tall * 0.3)]  # fmt: skip
            self.blob(points, fill, 4 if part == 1 else 0)


Picture: TypeAlias = Callable[[Pen], None]
Pictures: TypeAlias = Mapping[str, Picture]


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font_folder() / "NotoSansSC-Regular.otf", size)


def _scaled(points: Sequence[Point]) -> list[Point]:
    return [(x * SCALE, y * SCALE) for x, y in points]


def _distance(start: Point, end: Point) -> float:
    return ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5


def _between(start: Point, end: Point, part: float) -> Point:
    return (start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part)


def ring(x: float, y: float, radius: float, start: float = 0, end: float = 360) -> list[Point]:
    """The points of a circle, or of a part of it, for shapes with a round side."""
    angles = [radians(start + (end - start) * step / 40) for step in range(41)]
    return [(x + radius * cos(angle), y + radius * sin(angle)) for angle in angles]


def _smooth(points: Sequence[Point], closed: bool = False) -> list[Point]:
    """Catmull and Rom's way through the points, twelve steps from one to the next."""
    last = len(points) - 1
    around = [points[last], *points, points[0], points[1]] if closed else [points[0], *points, points[last]]
    return [
        (_spline([p[0] for p in around[i : i + 4]], t / 12), _spline([p[1] for p in around[i : i + 4]], t / 12))
        for i in range(len(around) - 3)
        for t in range(13)
    ]


def _spline(v: Sequence[float], t: float) -> float:
    a, b, c, d = v
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
