"""中式烹调师: knife and burn, oil and coating, the two fish, cold and warm, and what a dish costs."""

from lms.demo.content.drawings.pen import (
    GLOW, INK, PAPER, RUST, SAND, TEAL, TINT, WHITE, Pen, Pictures, ring,
)  # fmt: skip

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
    "cook-burn": _burn,
    "cook-grip": _grip,
    "cook-cuts": _cuts,
    "cook-oil": _oil,
    "cook-lid": _lid,
    "cook-starch": _starch,
    "cook-coat": _coat,
    "cook-fish": _fish,
    "cook-braise": _braise,
    "cook-open": _open,
    "cook-fridge": _fridge,
    "cook-zone": _zone,
    "cook-jars": _jars,
    "cook-price": _price,
}
