"""中式烹调师: the two fish, what is kept cold and what is thrown away, and what a dish costs."""

from lms.demo.content.drawings.cooking import OIL, pan, sauce
from lms.demo.content.drawings.pen import (
    GLOW,
    INK,
    PAPER,
    RUST,
    SAND,
    TEAL,
    TINT,
    WHITE,
    Pen,
    Pictures,
    ring,
)


def fish(pen: Pen, x: float, y: float, size: float, fill: str = TINT, fin: bool = True) -> None:
    """A fish that looks to the left; `size` is from its mouth to the root of its tail."""
    half = size * 0.23
    pen.shape(
        [
            (x + size * 0.46, y),
            (x + size * 0.68, y - half * 0.9),
            (x + size * 0.62, y),
            (x + size * 0.68, y + half * 0.9),
        ],
        fill,
    )
    if fin:
        pen.shape(
            [(x - size * 0.1, y - half * 0.9), (x + size * 0.05, y - half * 1.5), (x + size * 0.22, y - half * 0.7)],
            fill,
        )
    pen.blob([(x - size * 0.5, y), (x - size * 0.2, y - half), (x + size * 0.15, y - half * 0.85), (x + size * 0.5, y - half * 0.15),
              (x + size * 0.5, y + half * 0.15), (x + size * 0.15, y + half * 0.85), (x - size * 0.2, y + half)], fill)  # fmt: skip
    pen.arc(x - size * 0.42, y, size * 0.17, -48, 48, width=4)
    pen.disc(x - size * 0.38, y - half * 0.25, size * 0.022, INK, 0)


def _fish(pen: Pen) -> None:
    fish(pen, 430, 370, 640, fin=False)
    for x in range(290, 640, 66):
        tall = 92 - abs(x - 380) * 0.18
        pen.line((x + 26, 372 - tall), (x - 26, 372 + tall), fill=RUST, width=10)
    pen.line((448, 270), (448, 160), fill=TEAL, width=4)
    pen.line((514, 270), (514, 160), fill=TEAL, width=4)
    pen.arrow((380, 180), (444, 180), fill=TEAL, width=5, head=20)
    pen.arrow((582, 180), (518, 180), fill=TEAL, width=5, head=20)
    pen.words(481, 115, "2 厘米", size=52, fill=TEAL, bold=True)
    pen.words(430, 620, "深到骨，不切断", size=52)


def _braise(pen: Pen) -> None:
    for x, number, name in ((170, "1", "热油炸皮"), (480, "2", "加汤小火烧"), (790, "3", "收汁油亮")):
        pen.badge(x, 110, number, radius=40)
        pen.words(x, 640, name, size=44)
    for x, y, liquid, level in ((170, 395, OIL, 0.12), (480, 385, RUST, 0.36), (790, 400, RUST, 0.6)):
        pan(pen, x, 340, 125, liquid if x == 170 else None, level)
        fish(pen, x - 14, y, 140, GLOW)
        if x > 170:
            sauce(pen, x, 340, 125, liquid, level)
    for x, y in ((100, 370), (130, 440), (215, 440), (240, 372), (175, 362)):
        pen.disc(x, y, 9, WHITE, 3)
    pen.shape(ring(480, 330, 120, 200, 340), TINT)
    pen.disc(480, 198, 14, TEAL)
    pen.flame(170, 585, 95)
    for x in (480, 790):
        pen.flame(x, 570, 50)


def _open(pen: Pen) -> None:
    fish(pen, 190, 330, 290)
    pen.dashes((70, 236), (330, 290), fill=RUST, width=9, dash=18)
    pen.words(190, 180, "从背上剖", size=44, fill=RUST)
    pen.arrow((425, 340), (520, 340), width=12, head=40)
    for side in (-1, 1):
        pen.blob([(720, 140), (720 + side * 60, 90), (720 + side * 100, 150), (720 + side * 150, 260), (720 + side * 135, 400),
                  (720 + side * 60, 520), (720, 540)], TINT)  # fmt: skip
        pen.shape([(720 + side * 8, 530), (720 + side * 30, 530), (720 + side * 90, 610), (720 + side * 14, 590)], TINT)
        pen.arc(720 + side * 10, 110, 84, 15 if side > 0 else 95, 85 if side > 0 else 165, width=4)
        for y in (290, 350, 410):
            pen.line((720 + side * 45, y), (720 + side * 115, y - 24), fill=RUST, width=7)
        pen.disc(720 + side * 62, 130, 9, INK, 0)
    pen.dashes((720, 150), (720, 530))
    pen.words(720, 665, "肚子连着，摊平", size=44)


def _fridge(pen: Pen) -> None:
    pen.box(230, 40, 730, 680, WHITE, 24, 10)
    pen.box(262, 72, 698, 648, TINT, 8, 4)
    pen.line((262, 360), (698, 360), width=12)
    pen.shape(ring(480, 250, 110, 0, 180), SAND)
    pen.shape(ring(480, 262, 118, 186, 354), WHITE)
    pen.disc(480, 132, 14, TEAL)
    pen.box(330, 500, 630, 620, SAND, 14)
    fish(pen, 460, 555, 200, WHITE)
    pen.box(315, 470, 645, 502, WHITE, 10)
    pen.words(120, 230, "熟的", size=56, anchor="mm", bold=True)
    pen.words(120, 550, "生的", size=56, anchor="mm", bold=True)
    pen.arrow((840, 170), (840, 590), fill=TEAL, width=12, head=40)
    pen.words(840, 110, "上", size=60, fill=TEAL)
    pen.words(840, 650, "下", size=60, fill=TEAL)


def _zone(pen: Pen) -> None:
    pen.box(236, 40, 324, 560, WHITE, 44)
    pen.disc(280, 600, 76, TEAL)
    pen.box(256, 470, 304, 590, TEAL, 0, 0)
    pen.box(256, 210, 304, 470, RUST, 0, 0)
    pen.box(256, 80, 304, 210, GLOW, 20, 0)
    pen.box(256, 140, 304, 210, GLOW, 0, 0)
    for y, degrees in ((470, "8 度"), (210, "60 度"), (150, "70 度")):
        pen.line((170, y), (390, y), width=5)
        pen.words(160, y, degrees, size=46, anchor="rm")
    pen.words(420, 110, "剩菜再热：70 度以上", anchor="lm")
    pen.words(420, 180, "热着等人：60 度以上", anchor="lm")
    pen.words(420, 310, "细菌长得快", size=60, anchor="lm", fill=RUST, bold=True)
    pen.words(420, 385, "不要超过 2 小时", size=48, anchor="lm", fill=RUST)
    pen.words(420, 560, "冷藏：0–8 度", size=48, anchor="lm", fill=TEAL)


def _jars(pen: Pen) -> None:
    for x, name in ((180, "盐"), (480, "糖"), (780, "？")):
        pen.box(x - 105, 190, x + 105, 520, WHITE, 30)
        pen.box(x - 99, 300, x + 99, 514, TINT, 24, 0)
        pen.box(x - 90, 130, x + 90, 200, TEAL, 12)
        if name != "？":
            pen.box(x - 70, 340, x + 70, 450, PAPER, 8)
            pen.tick(x, 610, 70)
            pen.words(x, 395, name, size=80, bold=True)
    pen.words(780, 395, "？", size=110, fill=RUST, bold=True)
    pen.cross(780, 610, 70)


def _price(pen: Pen) -> None:
    pen.box(100, 300, 480, 450, TINT)
    pen.box(480, 300, 860, 450, SAND)
    pen.words(290, 375, "成本 30 元", size=52)
    pen.words(670, 375, "毛利 30 元", size=52)
    pen.measure((100, 230), (860, 230))
    pen.words(480, 160, "售价 60 元", size=60, bold=True)
    pen.words(290, 520, "鱼 24 + 配料 6", size=44)
    pen.words(670, 520, "30 ÷ 60 = 50%", size=44)
    pen.words(670, 590, "毛利率", size=44, fill=TEAL)


DRAWINGS: Pictures = {
    "cook-fish": _fish,
    "cook-braise": _braise,
    "cook-open": _open,
    "cook-fridge": _fridge,
    "cook-zone": _zone,
    "cook-jars": _jars,
    "cook-price": _price,
}
