"""清河县小李烤鱼店: the shop that runs through the lessons. With a loan of 50,000 it lasts; with 38,000 it earns a little more and
runs dry in the first two months."""

from lms.demo.content.plans.form import (
    COURSE,
    POST,
    PRODUCT,
    PROMOTION,
    THING,
    WORK,
    Texts,
    lines,
    months,
    rows,
    running,
    section,
)

LASTS, RUNS_DRY = "50000.00", "38000.00"

WORDS: Texts = (
    section(
        "cover", enterprise="江州市北岭区小李烤鱼店", entrepreneur="小李", written_on="今年", address="江州市北岭区河湾路 18 号",
    )
    | section(
        "overview",
        kinds="service",
        reasons="我在食堂做过八年菜，烤鱼人人说好。北岭新盖了两个小区，晚上没有吃热菜的地方。",
        scope="烤鱼和家常小炒，堂食，也送到附近的住户家里。",
        offers="烤鱼一份一条，三斤左右，四种口味；家常小炒十二样，十五分钟上桌。",
        customers="河湾路两个小区的住户，旁边两家厂子下班的工人。",
        outlook="第一年站稳，每天卖出十条鱼、十六份小炒；第三年再开一家。",
        purpose="让下班晚的人吃上一口热的、干净的。",
        philosophy="鱼活、油净、账清，说多少分量就是多少分量。",
        culture="早到十分钟，做完一起吃饭，有话当面说。",
    )
    | rows("person.experience", WORK, [("单位食堂", "八年前", "去年", "厨师", "每天做两百人的菜，管进货和剩菜")])
    | rows("person.courses", COURSE, [
        ("中式烹调", "前年", "前年", "刀工、火候、烤鱼"), ("创办企业（SYB 式）", "今年", "今年", "写计划书、算成本和现金"),
    ])
    | section(
        "market",
        customers="下班晚的住户和工人，二十到五十岁，一家三口的多。",
        size="两个小区九百户，走十分钟能到。问了五十户，三十一户一个月在外面吃两次以上。",
        trend="小区还在交房，第二年住满。夏天吃烤鱼的人少，冬天多。",
    )
    | lines("market.their_strengths", "东头的饭馆开了六年，熟客多", "快餐店便宜，十二元一份")
    | lines("market.their_weaknesses", "东头的饭馆九点就关门", "快餐店不做鱼")
    | lines("market.own_strengths", "鱼当天从鱼塘拿，活的", "开到晚上十一点", "送到家")
    | lines("market.own_weaknesses", "新店，没人认识", "只有三个人，忙时上菜慢")
    | section(
        "marketing", discount="开张头一周，烤鱼送一份凉菜", credit_share="10.00", credit_lag="1",
        place_address="江州市北岭区河湾路 18 号", area="60.00", place_cost="3000.00",
        place_reason="两个小区的人回家都走这条路；后门对着巷子，进货方便。", selling_mode="direct",
    )
    | rows("marketing.promotion", PROMOTION, [
        ("开张传单", "两个小区每户一张，印上电话和晚上十一点关门", "600.00"), ("试吃", "开张头三天门口小份烤鱼", "400.00"),
    ])
    | section(
        "organisation", legal_form="sole_trader", proposed_name="江州市北岭区小李烤鱼店",
        duty_insurance="店里买火险和食品责任险，给帮厨和服务员买工伤险。",
        duty_pay="每月十日发工资，不压不欠；按当地规定给员工参加社会保险。",
        duty_taxes="按月记账，按季度申报；销售额没到起征点也要报。",
    )
    | rows("organisation.staff", POST, [
        ("店主", "小李", "4000.00", "1", "yes"), ("帮厨", "", "3400.00", "1", ""), ("服务员", "", "3000.00", "1", ""),
    ])
    | rows("organisation.licences", ("name", "fee"), [("营业执照", "0.00"), ("食品经营许可", "300.00")])
)  # fmt: skip

FIGURES: Texts = (
    rows("marketing.products", PRODUCT, [
        ("烤鱼", "三斤活鱼，四种口味", "38.00", "88.00", "98.00"), ("家常小炒", "十二样，十五分钟上桌", "12.00", "28.00", "26.00"),
    ])
    | months("forecast.quantity.1", (150, 200, 240, 260, 280, 280, 240, 220, 260, 300, 300, 320))
    | months("forecast.quantity.2", (300, 360, 400, 420, 420, 420, 380, 380, 400, 440, 460, 480))
    | rows("assets.tools", THING, [
        ("烤炉", "tools", "2", "3600.00", "江州炊具城"), ("冰柜", "tools", "1", "4800.00", "江州炊具城"),
    ])
    | rows("assets.vehicles", THING, [("电动三轮车", "vehicle", "1", "6000.00", "北岭车行")])
    | rows("assets.furniture", THING, [
        ("桌椅", "tools", "12", "450.00", "旧货市场"), ("收银电脑", "electronics", "1", "3600.00", "北岭电脑店"),
    ])
    | rows("assets.premises", THING, [("店面装修", "fit_out", "1", "12000.00", "自己找的师傅")])
    | running(
        owner_pay=4000, staff_pay=6400, rent=3000, marketing=500, utilities=1200, maintenance=200, insurance=300,
        registration=300,
    )
    | section("capital", deposit="3000.00")
    | {"profit.costs.marketing.m1": "1500.00"}
    | section("cash", own_money="10000.00", loan_rate="4.35", repayment="2000.00", repaid_from="7")
)  # fmt: skip


def plan(loan: str = RUNS_DRY) -> Texts:
    """The whole plan, with this loan."""
    return WORDS | FIGURES | {"cash.loan": loan}
