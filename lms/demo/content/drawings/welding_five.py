"""焊工（五级）: hot work, the drawing, cutting to size, fitting, fillet and vertical welds."""

from lms.demo.content.drawings.pen import (
    INK,
    PAPER,
    RUST,
    SAND,
    TEAL,
    TINT,
    WHITE,
    Pen,
    Pictures,
)
from lms.demo.content.drawings.welding import glow

STEEL = "#9DB8B4"


def _person(pen: Pen, x: float, y: float, size: float) -> None:
    """Somebody who stands, head at the point."""
    pen.line((x - size * 0.5, y + size * 3), (x - size * 0.5, y + size * 5), width=size * 0.5)
    pen.line((x + size * 0.5, y + size * 3), (x + size * 0.5, y + size * 5), width=size * 0.5)
    pen.box(x - size, y + size * 0.9, x + size, y + size * 3.4, TEAL, size * 0.5)
    pen.disc(x, y, size * 0.8, SAND)


def _permit(pen: Pen) -> None:
    pen.box(60, 110, 290, 400, WHITE, 10)
    pen.words(175, 170, "动火证", size=52, bold=True)
    for y in (230, 275, 320):
        pen.line((95, y), (255, y), fill=STEEL, width=8)
    pen.disc(225, 350, 34, None, 6, RUST)
    pen.box(410, 190, 530, 400, RUST, 34)
    pen.box(444, 140, 496, 190, INK, 6)
    pen.curve((496, 160), (570, 170), (584, 240), (560, 300), width=12)
    pen.line((560, 300), (545, 350), width=20)
    _person(pen, 780, 150, 50)
    for x, name in ((175, "有证"), (470, "能灭火"), (780, "有人看火")):
        pen.words(x, 470, name, size=52)
    for x in (322, 635):
        pen.words(x, 290, "+", size=90, fill=TEAL, bold=True)
    pen.words(480, 610, "缺一样，不动火", size=68, fill=RUST, bold=True)


def _symbol(pen: Pen) -> None:
    pen.box(560, 560, 920, 620, TINT)
    pen.box(700, 240, 770, 560, TINT)
    pen.shape([(700, 560), (700, 470), (610, 560)], RUST)
    pen.measure((610, 650), (700, 650))
    pen.words(655, 690, "6 毫米", fill=TEAL)
    pen.arrow((400, 200), (635, 500), width=6)
    pen.line((60, 200), (400, 200))
    pen.dashes((60, 226), (400, 226))
    pen.shape([(200, 200), (200, 110), (290, 200)], None)
    pen.words(160, 155, "6", size=72, bold=True)
    pen.words(60, 60, "焊缝记号", size=48, anchor="lm", fill=TEAL)
    pen.words(60, 290, "实线：箭头这一面", anchor="lm")
    pen.words(60, 350, "虚线：背面", anchor="lm")
    pen.words(430, 530, "角焊缝", size=44)
    pen.line((505, 530), (650, 540), width=4)


def _kerf(pen: Pen) -> None:
    pen.box(70, 240, 890, 470, TINT)
    for left in (70, 310, 550):
        pen.box(left, 240, left + 220, 470, SAND)
        pen.words(left + 110, 355, "150", size=64)
        pen.measure((left + 4, 520), (left + 216, 520))
    for left in (290, 530):
        pen.box(left, 240, left + 20, 470, RUST, 0, 0)
        pen.line((left + 10, 232), (left + 10, 180), fill=RUST, width=5)
        pen.words(left + 10, 145, "割缝 3", size=48, fill=RUST)
    pen.words(830, 355, "余料", size=44)
    pen.words(430, 620, "150 + 3 + 150 + 3 + 150 = 456 毫米", size=48)


def _groove(pen: Pen) -> None:
    pen.shape([(60, 250), (310, 250), (450, 500), (450, 560), (60, 560)], TINT)
    pen.shape([(900, 250), (650, 250), (510, 500), (510, 560), (900, 560)], TINT)
    pen.dashes((310, 250), (198, 50), fill=TEAL)
    pen.dashes((650, 250), (762, 50), fill=TEAL)
    pen.arc(480, 553, 440, 241, 299, fill=TEAL, width=7)
    pen.words(480, 60, "60 度", size=60, fill=TEAL, bold=True)
    pen.line((450, 560), (450, 640), width=3)
    pen.line((510, 560), (510, 640), width=3)
    pen.arrow((370, 615), (446, 615), fill=TEAL, width=5, head=22)
    pen.arrow((590, 615), (514, 615), fill=TEAL, width=5, head=22)
    pen.words(480, 680, "间隙 2–3 毫米", size=48)
    pen.line((390, 500), (444, 500), width=3)
    pen.line((390, 557), (444, 557), width=3)
    pen.measure((404, 504), (404, 554), head=16, width=4)
    pen.words(380, 528, "钝边 1–2 毫米", anchor="rm")


def _warp(pen: Pen) -> None:
    pen.line((60, 355), (900, 355), fill=TINT, width=4)
    rows = ((120, 0, 0.13), (480, 0.13, 0))
    for top, before, after in rows:
        for x, bend in ((240, -before if before else 0), (720, after)):
            for side in (-1, 1):
                end = (x + side * 170, top + 90 - bend * 170)
                pen.line((x + side * 8, top + 90), end, width=44)
                pen.line((x + side * 8, top + 90), end, fill=TINT, width=32)
            pen.shape([(x - 34, top + 62), (x + 34, top + 62), (x, top + 112)], RUST if x > 480 else PAPER, 4)
        pen.arrow((450, top + 90), (520, top + 90), width=12, head=36)
    pen.box(180, 600, 300, 640, SAND, 0, 0)
    pen.words(240, 60, "焊以前", size=48)
    pen.words(720, 60, "冷了以后", size=48)
    pen.cross(720, 300, 48)
    pen.words(800, 300, "翘了", size=44, anchor="lm")
    pen.tick(720, 660, 48)
    pen.words(800, 660, "平了", size=44, anchor="lm")
    pen.words(240, 300, "平着放", size=44)
    pen.words(240, 665, "反着垫 3 度", size=44)


def _fillet(pen: Pen) -> None:
    pen.box(60, 560, 900, 640, TINT)
    pen.box(420, 120, 500, 560, TINT)
    pen.shape([(500, 560), (500, 450), (610, 560)], RUST)
    pen.shape([(545, 483), (775, 253), (807, 285), (577, 515)], SAND)
    glow(pen, 556, 504, 32)
    pen.dashes((504, 556), (504, 200), fill=TEAL, width=5)
    pen.arc(500, 560, 250, 270, 315, fill=TEAL, width=7)
    pen.arc(500, 560, 250, 315, 360, fill=TEAL, width=7)
    pen.words(585, 255, "45 度", fill=TEAL, size=44)
    pen.words(800, 440, "45 度", fill=TEAL, size=44)
    pen.measure((370, 450), (370, 556))
    pen.line((350, 450), (500, 450), width=3)
    pen.words(350, 500, "焊脚", size=48, anchor="rm")
    pen.words(250, 600, "底板", size=44)
    pen.words(300, 200, "立板", size=44)


def _vertical(pen: Pen) -> None:
    pen.box(180, 40, 300, 690, TINT)
    for y in range(660, 400, -24):
        pen.oval(276, y - 22, 348, y + 22, SAND, 4)
    pen.shape([(350, 350), (737, 483), (723, 522), (336, 388)], SAND)
    pen.shape([(712, 456), (830, 496), (804, 572), (686, 532)], TEAL)
    glow(pen, 336, 364, 40)
    pen.arrow((110, 600), (110, 150), fill=TEAL, width=14, head=44)
    pen.words(110, 90, "往上", size=52, fill=TEAL, bold=True)
    pen.arc(336, 364, 210, 20, 86, fill=TEAL, width=6)
    pen.words(590, 590, "60–80 度", size=44, fill=TEAL)
    pen.line((400, 340), (520, 270), width=4)
    pen.words(530, 250, "焊条头朝上", size=48, anchor="lm")
    pen.words(530, 120, "电流小一成到一成半", size=44, anchor="lm")


DRAWINGS: Pictures = {
    "weld-permit": _permit,
    "weld-symbol": _symbol,
    "weld-kerf": _kerf,
    "weld-groove": _groove,
    "weld-warp": _warp,
    "weld-fillet": _fillet,
    "weld-vertical": _vertical,
}
