"""焊工（五级）: gas bottles and cutting, the grinder, and how a seam is measured and judged."""

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
from lms.demo.content.drawings.welding_five import STEEL


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
    "weld-bottles": _bottles,
    "weld-cut": _cut,
    "weld-grinder": _grinder,
    "weld-gauge": _gauge,
    "weld-flaws": _flaws,
}
