"""中式烹调师: the hand and the knife, oil, coating and starch."""

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
    ring,
)

OIL = "#F6DFA0"


def pan(pen: Pen, x: float, y: float, radius: float, liquid: str | None = OIL, level: float = 0.2) -> None:
    """A wok from the side, its rim at `y`; `level` is how far below the rim the liquid stands, of the radius."""
    pen.shape(ring(x, y, radius, 0, 180), TINT)
    if liquid:
        sauce(pen, x, y, radius, liquid, level)
    pen.line(*ring(x, y, radius, 0, 180))
    pen.line((x - radius - 24, y), (x + radius + 24, y), width=10)


def sauce(pen: Pen, x: float, y: float, radius: float, liquid: str, level: float) -> None:
    """What is in a wok; over a fish it hides what lies under it."""
    pen.shape(ring(x, y, radius - 6, 90 * level, 180 - 90 * level), liquid, 0)


def _hand(pen: Pen, x: float, y: float) -> None:
    """A hand with its arm, from the right, fingers to the left; its back up."""
    pen.box(x + 190, y + 10, 970, y + 110, TEAL)
    for row, length in ((0, 120), (1, 145), (2, 140), (3, 105)):
        pen.box(x - length, y - 12 + row * 34, x + 60, y + 24 + row * 34, SAND, 18)
    pen.blob([(x + 40, y + 118), (x - 10, y + 165), (x + 10, y + 180), (x + 110, y + 130)], SAND)
    pen.box(x, y - 16, x + 220, y + 134, SAND, 40)
    pen.box(x + 10, y - 8, x + 60, y + 126, SAND, 10, 0)


def _burn(pen: Pen) -> None:
    pen.box(330, 60, 560, 110, TINT)
    pen.box(300, 60, 370, 190, TINT, 12)
    pen.box(440, 20, 520, 60, TEAL, 8)
    _hand(pen, 280, 370)
    pen.disc(375, 420, 40, RUST, 0)
    for shift in (-18, 0, 18):
        pen.line((335 + shift, 196), (345 + shift * 1.6, 410), fill=TEAL, width=9)
    for drop in ((270, 590), (340, 620), (420, 585)):
        pen.line(drop, (drop[0], drop[1] + 36), fill=TEAL, width=9)
    pen.words(610, 200, "凉水冲", size=56, anchor="lm")
    pen.words(610, 280, "20 分钟", size=56, anchor="lm", fill=TEAL, bold=True)
    for left, name in ((520, "牙膏"), (740, "酱油")):
        pen.cross(left, 640, 44)
        pen.words(left + 50, 640, name, size=48, anchor="lm")


def _grip(pen: Pen) -> None:
    pen.box(60, 590, 900, 650, SAND)
    pen.box(110, 480, 560, 590, TINT, 26)
    for left in (640, 700, 760):
        pen.box(left, 480, left + 26, 590, TINT, 8)
    pen.box(566, 110, 596, 590, WHITE)
    pen.shape([(-20, 190), (110, 170), (140, 410), (-20, 430)], TEAL)
    for shift in (-110, -55, 0):
        finger = [(150, 280), (330 + shift, 225), (430 + shift, 215), (510 + shift, 262), (526 + shift, 330),
                  (490 + shift, 400), (455 + shift, 446)]  # fmt: skip
        for width, fill in ((84, INK), (72, SAND)):
            pen.curve(*finger, fill=fill, width=width)
    pen.blob([(110, 190), (250, 160), (390, 180), (400, 250), (340, 330), (240, 390), (120, 390)], SAND, 0)
    pen.curve((110, 184), (250, 156), (420, 174))
    pen.curve((130, 400), (200, 400), (280, 366), (350, 300))
    pen.curve((446, 478), (430, 462), (428, 440), width=5)
    pen.line((600, 300), (660, 300), width=4)
    pen.disc(563, 300, 12, RUST, 0)
    pen.words(670, 300, "关节顶刀", size=48, anchor="lm")
    pen.words(630, 130, "刀身", size=48, anchor="lm")
    pen.arrow((760, 440), (520, 440), fill=TEAL)
    pen.words(775, 440, "指尖收", size=48, anchor="lm")
    pen.tick(860, 200, 70)


def _cube(pen: Pen, x: float, y: float, size: float, fill: str = SAND) -> None:
    back = size * 0.4
    pen.shape([(x, y), (x + back, y - back), (x + size + back, y - back), (x + size, y)], PAPER, 5)
    pen.shape(
        [(x + size, y), (x + size + back, y - back), (x + size + back, y + size - back), (x + size, y + size)], TINT, 5
    )
    pen.shape([(x, y), (x + size, y), (x + size, y + size), (x, y + size)], fill, 5)


def _cuts(pen: Pen) -> None:
    pen.line((480, 40), (480, 680), fill=TINT, width=4)
    pen.line((60, 360), (900, 360), fill=TINT, width=4)
    for step in range(4):
        x, y = 110 + step * 42, 170 - step * 24
        pen.shape(
            [(x, y), (x + 130, y - 40), (x + 150, y - 40), (x + 150, y + 30), (x + 20, y + 72), (x, y + 72)], SAND, 5
        )
        pen.line((x, y), (x + 20, y), (x + 20, y + 70), width=4)
        pen.line((x + 20, y), (x + 148, y - 38), width=4)
    for start, end in (((560, 90), (830, 120)), ((540, 150), (820, 100)), ((580, 190), (860, 170)), ((550, 215), (800, 205)),
                       ((600, 60), (850, 215)), ((570, 240), (840, 80))):  # fmt: skip
        pen.line(start, end, width=20)
        pen.line(start, end, fill=SAND, width=11)
    for x, y in ((120, 500), (210, 500), (300, 500), (165, 425), (255, 425)):
        _cube(pen, x, y, 52)
    _cube(pen, 560, 470, 105)
    _cube(pen, 730, 480, 95)
    for x, y, name in (
        (260, 310, "片：厚 0.2 厘米"),
        (690, 310, "丝：粗 0.3 厘米"),
        (260, 640, "丁：1.2 厘米"),
        (700, 640, "块：3 厘米"),
    ):
        pen.words(x, y, name, size=44)


def _oil(pen: Pen) -> None:
    rows = ((170, "三四成", "90–120 度"), (480, "五六成", "150–180 度"), (790, "七八成", "210–240 度"))
    for x, name, degrees in rows:
        pan(pen, x, 330, 120)
        pen.words(x, 530, name, size=52, bold=True)
        pen.words(x, 600, degrees)
        if x < 600:
            pen.line((x + 75, 110), (x, 430), fill=RUST, width=12)
    for x, y, radius in ((140, 395, 8), (195, 405, 7), (150, 425, 6)):
        pen.disc(x, y, radius, WHITE, 3)
    for x, y, radius in ((440, 388, 14), (468, 376, 12), (520, 380, 14), (548, 398, 13), (450, 418, 12), (520, 420, 13), (486, 404, 10),
                         (410, 380, 12), (485, 436, 10)):  # fmt: skip
        pen.disc(x, y, radius, WHITE, 3)
    for x in (740, 790, 840):
        pen.curve((x, 300), (x - 22, 250), (x + 22, 190), (x, 130), fill="#8A9A98", width=12)
    pen.words(790, 80, "冒烟", size=48)
    pen.words(170, 80, "泡少", size=48)
    pen.words(480, 80, "泡多", size=48)


def _lid(pen: Pen) -> None:
    pen.line((480, 60), (480, 660), fill=TINT, width=4)
    for x in (240, 720):
        pan(pen, x, 450, 150)
        for shift, tall in ((-80, 90), (0, 130), (80, 90)):
            pen.flame(x + shift, 470, tall)
    pen.shape([*ring(240, 250, 165, 200, 340)], TINT)
    pen.disc(240, 76, 20, TEAL)
    pen.arrow((60, 200), (60, 400), fill=TEAL, width=12)
    pen.arrow((420, 200), (420, 400), fill=TEAL, width=12)
    pen.shape([(560, 90), (680, 60), (720, 170), (610, 205)], TEAL)
    for start, end in (((690, 120), (735, 290)), ((712, 140), (765, 280)), ((672, 170), (700, 300))):
        pen.line(start, end, fill="#4F97A0", width=12)
    pen.words(800, 110, "水", size=56)
    pen.tick(130, 655, 56)
    pen.words(280, 655, "盖锅盖", size=52)
    pen.cross(640, 655, 56)
    pen.words(760, 655, "泼水", size=52)


def _starch(pen: Pen) -> None:
    for x, name in ((170, "清汤"), (480, "薄芡"), (790, "厚芡")):
        if name == "厚芡":
            pen.blob(
                [(674, 196), (700, 290), (760, 330), (775, 430), (800, 430), (815, 330), (880, 290), (906, 196)], OIL, 5
            )
        pen.line((x + 60, 190), (x + 130, 40), width=16)
        pen.shape(ring(x, 190, 100, 0, 180), TINT)
        pen.shape(ring(x, 196, 88, 8, 172), OIL, 0)
        pen.box(x - 110, 560, x + 110, 620, OIL, 20)
        pen.words(x, 670, name, size=52, bold=True)
    for y in (330, 400, 480):
        pen.blob([(170, y - 22), (184, y + 6), (170, y + 20), (156, y + 6)], OIL, 4)
    pen.shape([(472, 290), (488, 290), (488, 562), (472, 562)], OIL, 4)
    pen.words(170, 60, "成滴", anchor="rm")
    pen.words(480, 60, "成线", anchor="rm")
    pen.words(790, 60, "挂勺", anchor="rm")


def _coat(pen: Pen) -> None:
    pen.line((480, 60), (480, 660), fill=TINT, width=4)
    for x, coat, name in ((240, 12, "薄浆：滑"), (720, 44, "厚糊：炸")):
        pen.oval(x - 110 - coat, 150 - coat, x + 110 + coat, 270 + coat, WHITE)
        pen.oval(x - 110, 150, x + 110, 270, RUST, 4)
        pan(pen, x, 400, 130)
        pen.words(x, 60, name, size=52, bold=True)
    pen.words(240, 210, "肉片", fill=WHITE)
    pen.words(720, 210, "肉块", fill=WHITE)
    for x, y in ((200, 460), (270, 480), (235, 500)):
        pen.disc(x, y, 7, WHITE, 3)
    for x, y in ((640, 450), (670, 485), (700, 450), (730, 490), (760, 455), (790, 475), (715, 515)):
        pen.disc(x, y, 13, WHITE, 3)
    pen.words(240, 600, "三四成油", size=48)
    pen.words(720, 600, "五六成油", size=48)


DRAWINGS: Pictures = {
    "cook-burn": _burn,
    "cook-grip": _grip,
    "cook-cuts": _cuts,
    "cook-oil": _oil,
    "cook-lid": _lid,
    "cook-starch": _starch,
    "cook-coat": _coat,
}
