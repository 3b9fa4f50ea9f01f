"""焊工（五级）: hot work, the drawing, cutting to size, fillet and vertical welds, gas, the grinder, inspection."""

from lms.demo.content.drawings.pen import (
    GLOW, INK, PAPER, RUST, SAND, TEAL, TINT, WHITE, Pen, Pictures, ring,
)  # fmt: skip
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


def _bottle(pen: Pen, x: float, colour: str, name: str, ink: str) -> None:
    pen.box(x - 58, 230, x + 58, 560, colour, 44)
    pen.box(x - 20, 180, x + 20, 234, STEEL, 6)
    pen.line((x - 40, 190), (x + 40, 190), width=12)
    pen.words(x, 400, name, size=46, fill=ink, bold=True)


def _bottles(pen: Pen) -> None:
    pen.line((40, 566), (920, 566), width=8)
    _bottle(pen, 130, "#BFDCEB", "氧气", INK)
    _bottle(pen, 440, WHITE, "乙炔", "#B3261E")
    pen.flame(820, 560, 190)
    pen.measure((130, 620), (440, 620))
    pen.words(285, 670, "5 米", size=56, bold=True)
    pen.measure((440, 620), (820, 620))
    pen.words(630, 670, "10 米", size=56, bold=True)
    pen.words(290, 100, "都立着放", size=52)
    pen.tick(450, 100, 52)


def _cut(pen: Pen) -> None:
    pen.box(60, 360, 470, 420, TINT)
    pen.box(490, 360, 900, 420, TINT)
    for x in range(510, 900, 24):
        pen.line((x, 364), (x + 6, 416), fill=STEEL, width=3)
    pen.box(440, 360, 490, 420, RUST, 0, 0)
    pen.shape([(430, 60), (530, 60), (530, 210), (500, 270), (460, 270), (430, 210)], SAND)
    pen.shape([(466, 274), (494, 274), (480, 345)], WHITE, 4)
    pen.dashes((440, 280), (452, 350), fill=GLOW, width=9, dash=20)
    pen.dashes((520, 280), (508, 350), fill=GLOW, width=9, dash=20)
    for shift in (-14, 0, 14):
        pen.line((480 + shift, 424), (480 + shift * 1.3, 640), fill=GLOW, width=9)
    for x, y in ((450, 660), (480, 680), (512, 662)):
        pen.disc(x, y, 8, GLOW, 0)
    pen.arrow((340, 520), (160, 520), width=10)
    pen.words(250, 570, "往前割", size=44)
    pen.line((560, 560), (510, 540), width=4)
    pen.words(570, 570, "火花直：割透了", size=48, anchor="lm")
    pen.words(570, 130, "割嘴", size=48, anchor="lm")
    pen.words(570, 310, "白心离板 3–5 毫米", anchor="lm")


def _grinder(pen: Pen) -> None:
    """From above: what flies off flies in the plane of the disc, so nobody stands there."""
    pen.box(330, 20, 450, 700, "#F0D9CF", 0, 0)
    for shift, top in ((-34, 150), (-18, 110), (0, 130), (18, 100), (34, 160)):
        pen.line((390 + shift * 0.4, 250), (390 + shift, top), fill=GLOW, width=9)
    pen.box(380, 260, 400, 520, STEEL, 6)
    pen.box(366, 390, 414, 540, TEAL, 10)
    pen.box(414, 360, 500, 450, INK, 12)
    pen.box(430, 440, 500, 670, SAND, 20)
    pen.oval(560, 500, 800, 600, TEAL)
    pen.disc(680, 540, 52, SAND)
    pen.line((590, 530), (500, 500), width=26)
    pen.tick(860, 540, 60)
    pen.words(680, 650, "人站旁边", size=48)
    pen.cross(390, 60, 56)
    pen.words(300, 60, "片的前后", size=48, anchor="rm")
    pen.words(300, 120, "不站人", size=48, anchor="rm", fill=RUST, bold=True)
    pen.words(290, 300, "砂轮片", size=44, anchor="rm")
    pen.line((300, 300), (376, 310), width=4)
    pen.words(290, 470, "护罩", size=44, anchor="rm")
    pen.line((300, 470), (366, 470), width=4)
    pen.words(480, 140, "火花", size=44, anchor="lm")


def _gauge(pen: Pen) -> None:
    pen.shape([(60, 380), (330, 380), (450, 600), (60, 600)], TINT)
    pen.shape([(900, 380), (630, 380), (510, 600), (900, 600)], TINT)
    bead = [(320, 380), (390, 320), (480, 300), (570, 320), (640, 380), (560, 520), (510, 604), (450, 604), (400, 520)]
    pen.blob(bead, SAND)
    pen.line((320, 370), (320, 170), width=3)
    pen.line((640, 370), (640, 170), width=3)
    pen.measure((322, 200), (638, 200))
    pen.words(480, 145, "宽度", size=56, bold=True)
    pen.dashes((330, 380), (800, 380), width=3)
    pen.line((490, 300), (800, 300), width=3)
    pen.measure((760, 302), (760, 378), head=20)
    pen.words(790, 340, "余高", size=56, anchor="lm", bold=True)
    pen.words(480, 450, "焊缝", size=48)
    pen.words(170, 490, "板", size=48)
    pen.words(790, 490, "板", size=48)


def _flaws(pen: Pen) -> None:
    names = ("裂纹", "没焊透", "焊瘤", "烧穿")
    for number, name in enumerate(names):
        x, y = (240, 720)[number % 2], (190, 520)[number // 2]
        pen.box(x - 190, y - 40, x + 190, y + 60, TINT)
        if name == "没焊透":
            pen.shape([(x - 60, y - 42), (x + 60, y - 42), (x + 8, y + 22), (x - 8, y + 22)], SAND)
            pen.line((x, y + 26), (x, y + 58), fill=RUST, width=10)
        elif name == "烧穿":
            pen.box(x - 34, y - 44, x + 34, y + 64, PAPER, 0, 0)
            pen.shape([(x - 70, y - 42), (x - 32, y - 42), (x - 26, y + 64), (x - 40, y + 92), (x - 48, y + 62)], SAND)
            pen.shape([(x + 70, y - 42), (x + 32, y - 42), (x + 26, y + 64), (x + 40, y + 92), (x + 48, y + 62)], SAND)
        else:
            pen.shape([(x - 60, y - 40), (x + 60, y - 40), (x + 16, y + 62), (x - 16, y + 62)], SAND)
            pen.shape(ring(x, y - 40, 66, 180, 360), SAND)
        if name == "裂纹":
            pen.line(
                (x - 4, y - 104),
                (x + 12, y - 70),
                (x - 10, y - 40),
                (x + 10, y - 6),
                (x - 4, y + 26),
                fill=RUST,
                width=10,
            )
        if name == "焊瘤":
            pen.blob(
                [(x + 30, y - 96), (x + 110, y - 92), (x + 146, y - 60), (x + 110, y - 43), (x + 40, y - 44)], RUST
            )
        pen.words(x, y + 128, name, size=52)


DRAWINGS: Pictures = {
    "weld-permit": _permit,
    "weld-symbol": _symbol,
    "weld-kerf": _kerf,
    "weld-groove": _groove,
    "weld-warp": _warp,
    "weld-fillet": _fillet,
    "weld-vertical": _vertical,
    "weld-bottles": _bottles,
    "weld-cut": _cut,
    "weld-grinder": _grinder,
    "weld-gauge": _gauge,
    "weld-flaws": _flaws,
}
