"""焊工入门: what the electrode, the current and the hand do, and what goes wrong."""

from lms.demo.content.drawings.pen import GLOW, INK, PAPER, RUST, SAND, TEAL, TINT, WHITE, Pen, Pictures


def plates(pen: Pen, top: float = 520) -> None:
    """Two plates side by side, seen from their edge."""
    pen.box(90, top, 470, top + 70, TINT)
    pen.box(490, top, 870, top + 70, TINT)


def glow(pen: Pen, x: float, y: float, radius: float = 46) -> None:
    """An arc between electrode and plate."""
    pen.disc(x, y, radius, GLOW)
    pen.disc(x, y, radius / 2, WHITE, 3, GLOW)


def _arc(pen: Pen) -> None:
    for radius in (210, 160, 110):
        pen.disc(480, 500, radius, None, 4, GLOW)
    pen.box(0, 520, 960, 720, PAPER, 0, 0)
    plates(pen)
    pen.shape([(560, 120), (600, 130), (505, 470), (478, 462)], SAND)
    glow(pen, 480, 500)
    for x, y in ((170, 250), (250, 160), (760, 250), (820, 360), (140, 380)):
        pen.line((480 + (x - 480) * 0.62, 500 + (y - 500) * 0.62), (x, y), fill=GLOW, width=8)
    pen.words(660, 110, "焊条")
    pen.words(480, 650, "钢板")
    pen.words(200, 100, "光和紫外线")


def _bench(pen: Pen) -> None:
    pen.box(80, 250, 330, 560, TEAL, 18)
    pen.disc(205, 350, 56, PAPER)
    pen.line((205, 350), (240, 312), width=8)
    pen.line((260, 500), (400, 450), (500, 250), (650, 240), width=12)
    pen.line((150, 500), (150, 660), (820, 660), (820, 560), width=12)
    pen.disc(150, 500, 20, SAND)
    pen.disc(260, 500, 20, SAND)
    pen.box(540, 500, 900, 560, TINT)
    pen.line((752, 240), (700, 466), width=12)
    pen.shape([(640, 222), (760, 206), (770, 246), (646, 278)], SAND)
    glow(pen, 697, 478, 26)
    pen.box(796, 470, 844, 570, SAND, 8)
    pen.words(205, 210, "焊机")
    pen.words(710, 165, "焊钳")
    pen.words(610, 530, "工件")
    pen.words(905, 440, "地线夹", anchor="rm")
    pen.arrow((380, 395), (450, 268), fill=TEAL)
    pen.arrow((600, 625), (420, 625), fill=TEAL)


def _electrode(pen: Pen) -> None:
    pen.box(200, 280, 820, 440, SAND, 10)
    pen.box(80, 335, 860, 385, TINT, 6)
    pen.box(40, 310, 170, 410, TEAL, 12)
    pen.line((500, 300), (500, 190), width=4)
    pen.line((500, 365), (500, 530), width=4)
    glow(pen, 872, 360, 34)
    pen.words(500, 150, "药皮：烧成气和渣")
    pen.words(500, 570, "钢芯：熔化，填进缝里")
    pen.words(40, 470, "焊钳夹这里", anchor="lm")


def _angle(pen: Pen) -> None:
    pen.box(90, 540, 870, 610, TINT)
    pen.dashes((484, 530), (484, 150), fill=TEAL)
    pen.shape([(590, 130), (632, 142), (508, 520), (474, 508)], SAND)
    glow(pen, 484, 530, 28)
    pen.arc(484, 540, 210, 289, 360, fill=TEAL, width=8)
    pen.words(690, 340, "70–80 度", fill=TEAL, anchor="lm")
    pen.words(660, 130, "焊条", anchor="lm")
    pen.arrow((300, 665), (600, 665))
    pen.words(700, 665, "往前走")


def seam(pen: Pen, left: float, right: float, y: float = 360, half: float = 48) -> None:
    """A finished seam from above, like scales of a fish."""
    for x in range(int(left), int(right), 26):
        pen.oval(x - 40, y - half, x + 40, y + half, SAND, 4)


def _pool(pen: Pen) -> None:
    pen.box(80, 160, 880, 350, TINT)
    pen.box(80, 370, 880, 560, TINT)
    seam(pen, 150, 520)
    pen.oval(500, 306, 640, 414, RUST, 5)
    glow(pen, 656, 360, 62)
    pen.words(300, 470, "焊缝")
    pen.line((570, 400), (570, 450), width=4)
    pen.words(570, 485, "渣")
    pen.line((656, 335), (656, 120), width=4)
    pen.words(656, 85, "熔池：看这里", bold=True)
    pen.arrow((400, 640), (700, 640))
    pen.words(790, 640, "往前焊")


def _defects(pen: Pen) -> None:
    for left, name in ((90, "气孔"), (375, "咬边"), (660, "夹渣")):
        pen.box(left, 100, left + 210, 560, TINT)
        pen.box(left + 65, 100, left + 145, 560, SAND, 30)
        pen.words(left + 105, 620, name, size=48)
    for x, y, radius in ((180, 180, 11), (205, 270, 15), (190, 360, 10), (212, 440, 13), (186, 510, 9)):
        pen.disc(x, y, radius, INK, 1)
    pen.curve((436, 130), (430, 250), (437, 370), (430, 530), width=14)
    pen.curve((524, 130), (530, 270), (523, 400), (530, 530), width=14)
    for x, y in ((750, 190), (775, 300), (752, 420), (778, 500)):
        pen.shape([(x - 18, y - 8), (x + 12, y - 13), (x + 20, y + 10), (x - 10, y + 15)], INK, 2)


DRAWINGS: Pictures = {
    "weld-arc": _arc,
    "weld-bench": _bench,
    "weld-electrode": _electrode,
    "weld-angle": _angle,
    "weld-pool": _pool,
    "weld-defects": _defects,
}
