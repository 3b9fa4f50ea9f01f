"""盈巷裁缝铺: one woman, one machine, little money; it earns from the second month on."""

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

PLAN: Texts = (
    section(
        "cover", enterprise="江州市南岗区盈巷裁缝铺", entrepreneur="秀英", written_on="今年", address="江州市南岗区盈巷 7 号",
    )
    | section(
        "overview",
        kinds="manufacturing,service",
        reasons="平缝机我用得熟。巷子里的人换拉链、改裤脚，要走到三站外。",
        scope="改衣服、换拉链、做窗帘和床单。",
        offers="改裤脚当天取；窗帘量尺寸、做好、挂好；床单按尺寸做。",
        customers="盈巷和旁边两条巷子的住户，附近一家厂的工装。",
        outlook="第一年做稳，第二年收一个学徒。",
    )
    | rows("person.experience", WORK, [("服装车间", "五年前", "三年前", "平缝工", "一天八十件，返工少")])
    | rows("person.courses", COURSE, [("服装缝制（专项）", "今年", "今年", "平缝机、裁片、针织套衫"), ("创办企业（SYB 式）", "今年", "今年", "计划书")])
    | section(
        "market",
        customers="三条巷子四百户，老人和带孩子的多；厂里八十个工人的工装。",
        size="问了四十户，二十六户家里有等着改的衣服。",
        trend="买新衣的人多，改旧衣的也没少；窗帘跟着新房走。",
    )
    | lines("market.their_strengths", "商场里的改衣店，门面亮")
    | lines("market.their_weaknesses", "贵，三天才能取")
    | lines("market.own_strengths", "当天取", "上门量窗帘")
    | lines("market.own_weaknesses", "一个人，量大了做不完")
    | section(
        "marketing", discount="同一家一次改三件，少收五元", place_address="江州市南岗区盈巷 7 号", area="16.00", place_cost="900.00",
        place_reason="巷子口，买菜的人天天经过。", selling_mode="direct",
    )
    | rows("marketing.products", PRODUCT, [
        ("改衣（件）", "裤脚、拉链、腰身", "1.80", "18.00", "20.00"), ("窗帘（幅）", "量、做、挂", "62.00", "138.00", "160.00"),
        ("床单（条）", "按尺寸", "34.00", "68.00", "75.00"),
    ])
    | rows("marketing.promotion", PROMOTION, [("招牌和价目牌", "写清价钱和当天取", "260.00")])
    | section(
        "organisation", legal_form="sole_trader", proposed_name="江州市南岗区盈巷裁缝铺",
        duty_insurance="铺子买火险。", duty_pay="只有自己，每月给自己发工资，不从钱箱里拿。", duty_taxes="按季度申报。",
    )
    | rows("organisation.staff", POST, [("店主", "秀英", "3000.00", "1", "yes")])
    | rows("assets.tools", THING, [
        ("平缝机", "machinery", "1", "2600.00", "南岗缝纫机行"), ("锁边机", "machinery", "1", "1500.00", "南岗缝纫机行"), ("熨斗和台子", "tools", "1", "480.00", "旧货市场"),
    ])
    | rows("assets.furniture", THING, [("柜子和货架", "tools", "2", "260.00", "旧货市场")])
    | rows("assets.premises", THING, [("刷墙和灯", "fit_out", "1", "1200.00", "自己做")])
    | running(owner_pay=3000, staff_pay=0, rent=900, marketing=60, utilities=120, maintenance=60, insurance=40, registration=50)
    | section("capital", deposit="900.00", promotion_counted="yes")
    | months("forecast.quantity.1", (120, 160, 180, 190, 200, 200, 190, 190, 210, 220, 230, 240))
    | months("forecast.quantity.2", (6, 8, 10, 12, 14, 14, 12, 12, 14, 16, 16, 16))
    | months("forecast.quantity.3", (5, 6, 8, 8, 8, 8, 8, 8, 10, 10, 10, 10))
    | section("cash", own_money="9000.00", family_money="4000.00")
)  # fmt: skip
