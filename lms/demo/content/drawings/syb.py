"""创办企业（SYB 式）, people and market: what one has, who buys, what a price is made of, who does what, who is liable."""

from lms.demo.content.drawings.pen import GLOW, PAPER, RUST, SAND, TEAL, TINT, WHITE, Pen, Pictures


def person(pen: Pen, x: float, foot: float, height: float = 150, fill: str = TEAL) -> None:
    """Somebody who stands on the point."""
    head, width = height * 0.17, height * 0.24
    pen.blob([(x - width, foot), (x - width * 0.9, foot - height * 0.5), (x, foot - height * 0.68),
              (x + width * 0.9, foot - height * 0.5), (x + width, foot)], fill)  # fmt: skip
    pen.disc(x, foot - height + head, head, SAND)


def shop(pen: Pen, left: float, foot: float, width: float = 200, sign: str = "店") -> None:
    """A shop with an awning; its name is one or two words."""
    top, right = foot - width * 0.8, left + width
    pen.box(left + 10, top, right - 10, foot, WHITE)
    pen.box(left + width * 0.58, foot - width * 0.42, left + width * 0.82, foot, SAND)
    step = width / 4
    for stripe in range(4):
        pen.box(left + stripe * step, top - 10, left + (stripe + 1) * step, top + width * 0.2,
                (TEAL, PAPER)[stripe % 2], 8, 4)  # fmt: skip
    pen.words(left + width * 0.32, foot - width * 0.28, sign, size=width * 0.2, bold=True)


def home(pen: Pen, left: float, foot: float, width: float = 180, sign: str = "家") -> None:
    """A house with a roof."""
    top = foot - width * 0.55
    pen.box(left + 14, top, left + width - 14, foot, SAND)
    pen.shape([(left, top), (left + width / 2, top - width * 0.38), (left + width, top)], RUST)
    pen.words(left + width / 2, foot - width * 0.26, sign, size=width * 0.26, bold=True)


def coin(pen: Pen, x: float, y: float, radius: float = 30) -> None:
    """A coin of one yuan."""
    pen.disc(x, y, radius, GLOW, 4)
    pen.words(x, y, "元", size=radius)


def _stones(pen: Pen) -> None:
    missing = {3: "会记账", 6: "做过这行", 9: "家里同意"}
    pen.box(0, 490, 960, 720, TINT, 0, 0)
    pen.shape([(0, 440), (150, 440), (190, 720), (0, 720)], SAND)
    pen.shape([(960, 440), (810, 440), (770, 720), (960, 720)], SAND)
    for number in range(1, 12):
        x = 150 + number * 54.5
        if number not in missing:
            pen.oval(x - 25, 470, x + 25, 512, WHITE)
            continue
        for turn in range(0, 360, 40):
            pen.arc(x, 491, 24, turn, turn + 20, fill=RUST, width=5)
        deep = 60 if number == 6 else 0
        pen.line((x, 520), (x, 570 + deep), fill=RUST, width=3)
        pen.words(x, 600 + deep, missing[number], size=38, fill=RUST)
    person(pen, 80, 440, 190)
    pen.oval(105, 322, 165, 368, WHITE)
    shop(pen, 800, 440, 150)
    pen.curve((170, 315), (235, 260), (290, 320), (308, 420), fill=TEAL, width=8)
    pen.arrow((308, 420), (312, 458), fill=TEAL)
    pen.words(480, 120, "缺的，一块一块补上", size=46, bold=True)


def _sieve(pen: Pen) -> None:
    layers = ((190, "有人买吗？", 9, (1, 4, 7)), (350, "做得了吗？", 6, (1, 3, 4)), (510, "出得起吗？", 4, (0, 2, 3)))
    for level, (y, question, balls, good) in enumerate(layers):
        left, right = 90 + level * 45, 570 - level * 45
        gap = (right - left) / balls
        for ball in range(balls):
            pen.disc(left + gap * (ball + 0.5), y - 40, 20, GLOW if ball in good else WHITE, 5)
        pen.line((left, y - 50), (left, y), (right, y), (right, y - 50), fill=TEAL, width=10)
        for hole in range(left + 30, right - 20, 44):
            pen.line((hole, y), (hole + 16, y), fill=PAPER, width=12)
        pen.badge(650, y - 20, str(level + 1))
        pen.words(700, y - 20, question, anchor="lm", size=42)
        pen.arrow((330, y + 24), (330, y + 76), fill=TEAL)
    pen.words(330, 78, "写满一张纸的想法", size=38)
    for ball in range(3):
        pen.disc(260 + ball * 70, 632, 26, GLOW, 5)
    pen.words(480, 632, "最多留三个", anchor="lm", size=42, bold=True)


def _map(pen: Pen) -> None:
    pen.disc(450, 375, 320, PAPER, 5, TEAL)
    pen.disc(450, 375, 190, TINT, 5, TEAL)
    shop(pen, 395, 430, 110, "我")
    for left, foot, name in ((335, 315, "小区"), (215, 590, "学校"), (650, 365, "厂")):
        pen.box(left, foot - 76, left + 94, foot, SAND, 6)
        pen.words(left + 47, foot - 38, name, size=38)
    shop(pen, 800, 200, 130, "")
    pen.words(865, 235, "同行", size=38, fill=RUST)
    people = ((455, 250), (480, 280), (450, 300), (520, 290), (320, 370), (350, 400), (375, 350), (380, 450),
              (420, 480), (470, 490), (510, 460), (550, 420), (560, 360), (530, 330), (670, 400), (700, 420), (325, 555),
              (330, 590), (570, 610))  # fmt: skip
    for x, y in people:
        pen.disc(x, y, 10, TEAL, 0)
    pen.words(450, 595, "走 5 分钟", size=34)
    pen.words(450, 655, "走 15 分钟", size=34)
    pen.disc(790, 600, 10, TEAL, 0)
    pen.words(812, 600, "来的人", anchor="lm", size=36)


def _ladder(pen: Pen) -> None:
    def level(price: float) -> float:
        return 670 - price * 5.7

    for low, high, fill in ((0, 38, SAND), (38, 77, TINT), (77, 88, GLOW)):
        pen.box(340, level(high), 560, level(low), fill, 0, 0)
    for x in (340, 560):
        pen.line((x, 670), (x, 90), width=12)
    for price in (0, 19, 38, 57.5, 77, 88):
        pen.line((340, level(price)), (560, level(price)), width=9)
    for price, meaning, aside in ((38, "材料", 0), (77, "保本", 8), (88, "卖价", -8)):
        pen.words(310, level(price) + aside, f"{meaning} {price}", anchor="rm", size=46, bold=True)
    pen.words(600, level(19), "鱼、油、料、炭", anchor="lm", size=40)
    pen.words(600, level(60), "工资、房租、", anchor="lm", size=40)
    pen.words(600, level(52), "水电、折旧……", anchor="lm", size=40)
    pen.words(600, level(82.5), "赚的 11 元", anchor="lm", size=44, fill=TEAL, bold=True)
    pen.dashes((280, 110), (620, 110), fill=RUST)
    pen.words(630, 110, "顾客最多肯付", anchor="lm", size=36, fill=RUST)


def _posts(pen: Pen) -> None:
    jobs = (
        ("小李", ("烤鱼小炒", "买鱼进货", "收钱记账")), ("帮厨", ("杀鱼切菜", "备料备炭", "收拾后厨")),
        ("服务员", ("招呼客人", "端菜洗碗", "送货上门")),
    )  # fmt: skip
    for place, (who, tasks) in enumerate(jobs):
        x = 170 + place * 310
        person(pen, x, 240, 170, (TEAL, RUST, SAND)[place])
        pen.words(x, 280, who, size=44, bold=True)
        pen.line((x, 312), (x, 640), width=5)
        for row, task in enumerate(tasks):
            top = 335 + row * 115
            pen.box(x - 125, top, x + 125, top + 85, TINT, 12)
            pen.words(x, top + 42, task, size=42)


def _purses(pen: Pen) -> None:
    pen.box(70, 350, 370, 590, TEAL, 18)
    pen.box(70, 350, 370, 420, TINT, 18)
    pen.words(220, 505, "店", size=100, fill=WHITE, bold=True)
    pen.blob([(620, 430), (740, 380), (860, 430), (890, 560), (740, 610), (590, 560)], SAND)
    pen.line((655, 420), (825, 420), width=10)
    pen.words(740, 505, "家", size=100, bold=True)
    for row in range(8):
        for half in range(2):
            left = 450 + half * 32 - 16 * (row % 2)
            if row != 5:
                pen.box(left, 160 + row * 62, left + 32, 222 + row * 62, SAND, 0, 4)
    pen.arrow((380, 501), (580, 501), fill=TEAL, width=10)
    coin(pen, 470, 501, 28)
    pen.words(480, 690, "每月一次：工资 4,000 元", size=40, fill=TEAL)
    pen.curve((220, 330), (290, 140), (470, 90), (650, 140), (730, 310), fill=RUST, width=8)
    pen.arrow((730, 310), (742, 360), fill=RUST)
    pen.cross(470, 92, 70)
    pen.words(680, 90, "随手拿", anchor="lm", size=44, fill=RUST)


def _walls(pen: Pen) -> None:
    pen.line((40, 365), (920, 365), fill=SAND, width=6)
    for foot, form in ((300, "个体户"), (660, "公司")):
        pen.words(40, foot - 235, form, anchor="lm", size=44, bold=True)
        shop(pen, 150, foot, 210, "")
        home(pen, 660, foot, 230)
    pen.arrow((330, 245), (640, 245), fill=RUST, width=30, head=60)
    pen.words(495, 190, "店里的债", size=42, fill=RUST)
    pen.arrow((330, 605), (470, 605), fill=RUST, width=30, head=60)
    for row in range(5):
        pen.box(490, 420 + row * 48, 550, 468 + row * 48, SAND, 0, 5)
    pen.words(405, 550, "债", size=42, fill=RUST)
    pen.words(495, 305, "家里也要还", size=42, fill=RUST, bold=True)
    pen.words(495, 692, "停在墙外", size=42, fill=TEAL, bold=True)


def _windows(pen: Pen) -> None:
    windows = (("执照", "店算谁的？"), ("许可", "准不准做？"), ("税", "怎么报？"), ("保险", "谁来赔？"))
    for place, (name, question) in enumerate(windows):
        left = 45 + place * 222
        pen.box(left, 60, left + 204, 350, WHITE)
        pen.box(left, 60, left + 204, 140, TEAL)
        pen.words(left + 102, 100, name, size=46, fill=WHITE, bold=True)
        person(pen, left + 102, 320, 160, SAND)
        pen.box(left - 8, 320, left + 212, 370, SAND)
        pen.words(left + 102, 415, question, size=38)
        pen.badge(left + 102, 485, str(place + 1))
    pen.arrow((180, 640), (900, 640), fill=TEAL)
    person(pen, 90, 700, 170)
    pen.box(110, 585, 165, 655, WHITE, 4, 4)
    pen.words(520, 600, "带上本子，一个一个问", size=40)


DRAWINGS: Pictures = {
    "syb-stones": _stones,
    "syb-sieve": _sieve,
    "syb-map": _map,
    "syb-ladder": _ladder,
    "syb-posts": _posts,
    "syb-purses": _purses,
    "syb-walls": _walls,
    "syb-windows": _windows,
}
