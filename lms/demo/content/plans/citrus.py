"""三禾县竹溪柑橘园: ten mu of citrus. Nearly all the money comes in three months; nine are paid from what was put by."""

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
        "cover", enterprise="三禾县竹溪柑橘家庭农场", entrepreneur="老周", written_on="今年", address="三禾县竹溪村三组",
    )
    | section(
        "overview",
        kinds="farming",
        reasons="家里有十亩老柑橘，树还壮，只是没人管。我学了修剪和保果，想把它管起来。",
        scope="种柑橘，鲜果批发，也在网上按箱卖。",
        offers="早熟柑橘，论斤批发；五斤一箱的礼盒，选大小一样的果。",
        customers="县城两家水果店，镇上的收购点，网上买一箱两箱的人家。",
        outlook="第一年收四万斤，第三年收六万斤，一半装箱卖。",
    )
    | rows("person.experience", WORK, [("自家果园", "小时候", "十年前", "帮父母", "施肥、采果、挑到镇上卖")])
    | rows("person.courses", COURSE, [("柑橘栽培管理", "去年", "去年", "修剪、保果、采后"), ("创办企业（SYB 式）", "今年", "今年", "计划书、成本、现金")])
    | section(
        "market",
        customers="水果店要整车，一次两千斤；网上的人家要好看、不坏。",
        size="县城一季卖柑橘四十万斤，我有四万斤，占一成。",
        trend="统货价一年比一年低，装箱的价稳。",
    )
    | lines("market.their_strengths", "大户有冷库，能放到过年")
    | lines("market.their_weaknesses", "大户不分级，大小混着卖")
    | lines("market.own_strengths", "分级装箱", "采下来第二天就发")
    | lines("market.own_weaknesses", "没有冷库，一个半月要卖完")
    | section(
        "marketing", credit_share="20.00", credit_lag="1", place_address="三禾县竹溪村三组", area="6667.00",
        place_cost="200.00", place_reason="自家的地，路通到园边，水沟在旁边。", selling_mode="direct,wholesale",
    )
    | rows("marketing.products", PRODUCT, [
        ("统货柑橘（100 斤）", "不分级，带叶", "22.00", "160.00", "150.00"), ("礼盒（5 斤）", "选果，大小一样", "6.50", "26.00", "29.00"),
    ])
    | rows("marketing.promotion", PROMOTION, [("照片和短视频", "开花、挂果、采收各拍一次，放到网店", "300.00")])
    | section(
        "organisation", legal_form="cooperative", proposed_name="三禾县竹溪柑橘家庭农场",
        duty_insurance="参加政策性果树保险；采收的日子给帮工买意外险。",
        duty_pay="采收工按天算，当天结清。",
        duty_taxes="自产的农产品，先到税务所问清免税怎么办手续。",
    )
    | rows("organisation.staff", POST, [("园主", "老周", "2500.00", "1", "yes")])
    | rows("assets.tools", THING, [
        ("割草机", "machinery", "1", "2800.00", "县农机站"), ("喷雾器", "tools", "2", "650.00", "县农机站"), ("采果筐", "tools", "60", "18.00", "镇上"),
    ])
    | rows("assets.vehicles", THING, [("农用三轮车", "vehicle", "1", "9800.00", "县农机站")])
    | rows("assets.furniture", THING, [("电子秤", "electronics", "2", "320.00", "镇上")])
    | rows("capital.materials", ("item", "quantity", "unit_price", "supplier"), [
        ("有机肥（包）", "40.00", "28.00", "县农资店"), ("纸箱（个）", "500.00", "2.60", "县纸箱厂"),
    ])
    | running(owner_pay=2500, staff_pay=0, rent=200, marketing=100, utilities=150, maintenance=120, insurance=80, registration=0, other=200)
    | months("profit.costs.staff_pay", ("", "", "", "", "", "", "", "", "", "6000.00", "9000.00", "4500.00"))
    | months("forecast.quantity.1", (0, 0, 0, 0, 0, 0, 0, 0, 0, 90, 130, 60))
    | months("forecast.quantity.2", (0, 0, 0, 0, 0, 0, 0, 0, 0, 400, 900, 700))
    | section("capital", promotion_counted="yes")
    | section("cash", own_money="18000.00", family_money="8000.00", grants="5000.00", loan="30000.00", loan_rate="3.85",
              repayment="10000.00", repaid_from="11")
)  # fmt: skip
