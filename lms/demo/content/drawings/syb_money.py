"""创办企业（SYB 式）, money: what is bought, what is needed, what is sold, and when the cash is gone. The figures are the shop's."""

from collections.abc import Callable

from lms.demo.content.drawings.pen import GLOW, INK, PAPER, SAND, TEAL, TINT, WHITE, Pen, Pictures
from lms.demo.content.drawings.syb import coin

RED = "#9B1C17"  # the house's red of danger, as in the plan's own table
SALES = (21600, 27680, 32320, 34640, 36400, 36400, 31760, 30000, 34080, 38720, 39280, 41600)
CASH = ("-897.75", "-1483.50", "714.75", "4465.00", "9271.25", "14253.50", "15059.75", "14585.25", "15854.00",
        "19714.00", "24309.25", "30055.75")  # fmt: skip  # at the end of each month, with the loan of 38,000 yuan
ASSETS = (("烤炉", 5, "7,200"), ("冰柜", 5, "4,800"), ("桌椅", 5, "5,400"), ("电脑", 3, "3,600"), ("三轮车", 4, "6,000"),
          ("装修", 5, "12,000"))  # fmt: skip


def _oven(pen: Pen, x: float, y: float) -> None:
    pen.box(x - 38, y - 10, x + 38, y + 36, TINT, 4, 5)
    pen.flame(x, y + 2, 50)


def _fridge(pen: Pen, x: float, y: float) -> None:
    pen.box(x - 26, y - 42, x + 26, y + 38, TINT, 6, 5)
    pen.line((x - 26, y - 10), (x + 26, y - 10), width=5)
    pen.line((x - 14, y + 2), (x - 14, y + 18), width=5)


def _table(pen: Pen, x: float, y: float) -> None:
    pen.line((x - 40, y - 18), (x + 40, y - 18), width=10)
    for leg in (-28, 28):
        pen.line((x + leg, y - 18), (x + leg, y + 36), width=6)


def _computer(pen: Pen, x: float, y: float) -> None:
    pen.box(x - 38, y - 36, x + 38, y + 16, TINT, 4, 5)
    pen.line((x, y + 16), (x, y + 34), width=8)
    pen.line((x - 24, y + 36), (x + 24, y + 36), width=6)


def _tricycle(pen: Pen, x: float, y: float) -> None:
    pen.box(x - 44, y - 24, x + 14, y + 12, TINT, 0, 5)
    pen.line((x + 14, y + 6), (x + 40, y + 22), (x + 30, y - 34), (x + 16, y - 34), width=5)
    for wheel in (-26, 38):
        pen.disc(x + wheel, y + 24, 15, PAPER, 5)


def _brush(pen: Pen, x: float, y: float) -> None:
    pen.box(x - 40, y - 36, x + 26, y - 10, TINT, 4, 5)
    pen.line((x + 26, y - 24), (x + 42, y - 24), (x + 42, y + 4), (x, y + 4), (x, y + 38), width=6)


ICONS: tuple[Callable[[Pen, float, float], None], ...] = (_oven, _fridge, _table, _computer, _tricycle, _brush)


def _assets(pen: Pen) -> None:
    pen.words(560, 55, "能用几年", size=38)
    pen.words(850, 55, "多少钱", size=38)
    for row, ((name, years, price), icon) in enumerate(zip(ASSETS, ICONS, strict=True)):
        y = 125 + row * 100
        icon(pen, 80, y)
        pen.words(150, y, name, anchor="lm", size=42)
        for year in range(years):
            left = 340 + year * 88
            pen.box(left, y - 34, left + 74, y + 34, TEAL if year == 0 else WHITE, 6, 5)
            pen.words(left + 37, y, str(year + 1), size=34, fill=WHITE if year == 0 else INK)
        pen.words(930, y, price, anchor="rm", size=38)
    pen.box(340, 678, 376, 708, TEAL, 4, 0)
    pen.words(390, 693, "已经用掉的一年 = 折旧", anchor="lm", size=34)


def _jars(pen: Pen) -> None:
    def layers(left: float, parts: tuple[tuple[int, str, str], ...]) -> float:
        top = 650.0
        for amount, name, fill in parts:
            height = amount / 125240 * 520
            pen.box(left, top - height, left + 290, top, fill, 0, 5)
            if height > 30:
                pen.words(left + 145, top - height / 2, name, size=36 if height > 60 else 30)
            top -= height
        return top

    need = layers(70, ((39000, "设备 39,000", SAND), (3000, "", GLOW), (35140, "材料 35,140", TINT),
                        (48100, "工资房租 48,100", WHITE)))  # fmt: skip
    have = layers(590, ((10000, "自己 10,000", SAND), (50000, "借的 50,000", TINT)))
    pen.words(375, 482, "押金 3,000", anchor="lm", size=36)
    pen.dashes((360, need), (880, need), fill=RED)
    pen.measure((735, need + 8), (735, have - 8), fill=RED)
    pen.words(755, (need + have) / 2, "差 65,240", anchor="lm", size=38, fill=RED)
    pen.words(215, 80, "最稳要 125,240", size=44, bold=True)
    pen.words(735, 80, "手里有 60,000", size=44, bold=True)
    pen.words(215, 690, "开门前，加头三个月", size=34)
    pen.words(735, 690, "自己的加借的", size=34)


def _sales(pen: Pen) -> None:
    for month, amount in enumerate(SALES, 1):
        x, top = 20 + month * 70, 600 - amount / 41600 * 430
        summer = month in (7, 8)
        pen.box(x - 26, top, x + 26, 600, SAND if summer else TEAL, 4, 5)
        pen.words(x, 640, str(month), size=38)
    pen.line((40, 600), (910, 600))
    pen.words(14, 345, "21,600", anchor="lm", size=34)
    pen.words(545, 240, "天热", size=40)
    pen.words(860, 130, "41,600", size=36)
    pen.words(480, 690, "月", size=36)
    pen.words(60, 70, "每月卖多少元", anchor="lm", size=44, bold=True)


def _breakeven(pen: Pen) -> None:
    # sales start at nothing; costs start at what is due even without a sale and rise by the material: 57 fen a yuan remain
    zero, cross = (130, 610), (130 + 150 / 0.57, 610 - 150 / 0.57)
    end = 560
    sold, spent = (130 + end, 610 - end), (130 + end, 610 - 150 - end * 0.43)
    pen.shape([zero, cross, (130, 460)], "#EBD3CC", 0)
    pen.shape([cross, sold, spent], TINT, 0)
    pen.arrow((130, 630), (130, 60), width=6)
    pen.arrow((110, 610), (890, 610), width=6)
    pen.line((130, 460), spent, fill=RED, width=10)
    pen.line(zero, sold, fill=TEAL, width=10)
    pen.disc(*cross, 20, GLOW)
    pen.dashes(cross, (cross[0], 610))
    pen.words(710, 55, "卖的钱", anchor="lm", size=44, fill=TEAL, bold=True)
    pen.words(710, spent[1] + 5, "成本", anchor="lm", size=44, fill=RED, bold=True)
    pen.words(180, 500, "亏", size=52, fill=RED, bold=True)
    pen.words(615, 185, "赚", size=60, fill=TEAL, bold=True)
    pen.words(cross[0] + 30, 380, "保本点", anchor="lm", size=44, bold=True)
    pen.words(880, 655, "卖得多", anchor="rm", size=38)
    pen.words(150, 655, "一份没卖", anchor="lm", size=38)
    pen.words(150, 340, "不卖也要付", anchor="lm", size=38, fill=RED)
    pen.line((165, 370), (138, 448), fill=RED, width=4)


def _bucket(pen: Pen) -> None:
    pen.box(40, 90, 300, 140, TINT, 8)
    pen.shape([(270, 90), (340, 90), (340, 200), (290, 200), (290, 140), (270, 140)], TINT)
    pen.line((315, 212), (315, 560), fill=GLOW, width=8)
    for y in (260, 350, 440):
        coin(pen, 315, y, 22)
    pen.words(50, 55, "卖鱼的钱，进得慢", anchor="lm", size=40)
    pen.shape([(190, 260), (560, 260), (510, 650), (240, 650)], None, 10)
    pen.shape([(238, 610), (512, 610), (508, 645), (242, 645)], GLOW, 0)
    for row, (name, spot) in enumerate((("设备", 545), ("房租", 525), ("工资", 515))):
        y = 330 + row * 110
        pen.disc(spot - 4, y, 18, PAPER, 6, RED)
        pen.arrow((spot + 20, y), (spot + 130, y + 40), fill=RED, width=16, head=40)
        pen.words(700, y + 40, name, anchor="lm", size=46, fill=RED)
    pen.words(800, 300, "出得快", size=46, fill=RED, bold=True)
    pen.box(730, 70, 900, 250, WHITE, 10)
    pen.box(730, 70, 900, 120, RED, 10)
    pen.words(815, 185, "2", size=90, bold=True)
    pen.words(815, 95, "第几个月", size=30, fill=WHITE)
    pen.words(375, 690, "见底了", size=44, fill=RED, bold=True)


def _cash(pen: Pen) -> None:
    pen.words(60, 60, "月底手里剩多少元", anchor="lm", size=44, bold=True)
    for month, amount in enumerate(map(float, CASH), 1):
        x, tip = 20 + month * 70, 540 - amount / 30055.75 * 400
        short = amount < 0
        pen.box(x - 26, min(tip, 540), x + 26, max(tip, 540), RED if short else TEAL, 0, 0)
        pen.words(x, 500 if short else 580, str(month), size=38, fill=RED if short else INK, bold=short)
    pen.line((40, 540), (910, 540))
    pen.line((90, 560), (90, 655), fill=RED, width=4)
    pen.line((160, 566), (182, 612), fill=RED, width=4)
    pen.words(40, 685, "缺 897.75", anchor="lm", size=36, fill=RED, bold=True)
    pen.words(190, 632, "缺 1,483.50", anchor="lm", size=36, fill=RED, bold=True)
    pen.words(880, 115, "30,055.75", anchor="rm", size=36)


def _book(pen: Pen) -> None:
    names = ("概况", "我自己", "市场", "营销", "人员", "资产", "流动资金", "销售", "利润", "现金")
    for place, name in enumerate(names):
        left, top = 40 + place % 5 * 124, 140 + place // 5 * 300
        pen.box(left, top, left + 110, top + 210, WHITE, 4, 5)
        for line in range(4):
            y = top + 85 + line * 30
            if place < 5:
                pen.line((left + 18, y), (left + 92 - 20 * (line == 3), y), fill=TEAL, width=6)
            else:
                pen.box(left + 16 + line * 21, top + 180 - (line * 37 + place * 23) % 80, left + 30 + line * 21,
                        top + 190, TEAL, 0, 0)  # fmt: skip
        pen.words(left + 55, top + 42, name, size=23 if len(name) > 3 else 32)
    pen.words(40, 95, "五样用字写", anchor="lm", size=40, bold=True)
    pen.words(40, 395, "五样用数写", anchor="lm", size=40, bold=True)
    pen.arrow((668, 370), (730, 370), fill=TEAL, width=12, head=40)
    pen.box(745, 190, 925, 560, TEAL, 8)
    pen.box(770, 190, 925, 560, TEAL, 8)
    for row, sign in enumerate("计划书"):
        pen.words(848, 260 + row * 72, sign, size=60, fill=WHITE, bold=True)
    pen.disc(848, 500, 36, PAPER, 6, RED)
    pen.words(848, 500, "评", size=40, fill=RED, bold=True)


DRAWINGS: Pictures = {
    "syb-assets": _assets,
    "syb-jars": _jars,
    "syb-sales": _sales,
    "syb-breakeven": _breakeven,
    "syb-bucket": _bucket,
    "syb-cash": _cash,
    "syb-book": _book,
}
