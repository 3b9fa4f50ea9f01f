"""From a wish to an idea: the sheets of a woman who knows steamed buns, and the eleven statements about herself."""

from lms.demo.content.plans.form import Texts, lines, rows, section

YES, NO = "yes", "no"
# Seven times yes, three times no; the last is not answered yet.
SELF_CHECK: Texts = {
    f"self.check.{code}.own": answer
    for code, answer in (
        ("commitment", YES), ("motivation", YES), ("honesty", YES), ("health", NO), ("risk", NO), ("decisions", YES),
        ("family", YES), ("money", NO), ("skills", YES), ("managing", YES),
    )
}  # fmt: skip

_IDEAS = (
    ("馒头和包子", "早上上班的人", "走着吃一口热的", "manufacturing"), ("豆浆摊", "早上上班的人", "热的、便宜", "service"),
    ("改衣服", "巷子里的住户", "当天能取", "service"), ("代卖土鸡蛋", "城里的人家", "新鲜", "retail"),
)  # fmt: skip

SHEETS: Texts = (
    SELF_CHECK
    | {"self.check.trade.own": NO}
    | section(
        "inventory", interests="做面食，和人说话。", experience="在家蒸了三十年馒头；在厂里食堂帮过两年工。",
        contacts="村里磨面的，镇上卖菜的两家。", capital="一口蒸锅，三千元。",
    )
    | rows("ideas.list", ("offer", "customer", "need", "kind"), _IDEAS)
    | rows("macro.questions", ("sells", "possible", "learnable", "rank"), [
        (YES, YES, YES, "1"), (YES, YES, YES, "2"), (YES, YES, NO, ""), (YES, YES, YES, "3"),
    ])
    | {
        f"micro.ratings.{row}.{code}": str(points)
        for code, *all_points in (
            ("market", 5, 4, 3), ("materials", 5, 4, 3), ("technology", 4, 4, 4), ("skills", 5, 3, 3), ("policy", 3, 3, 4),
            ("fit", 5, 3, 3), ("ease", 4, 4, 3), ("risk", 4, 3, 3), ("profit", 3, 3, 3), ("benefit", 4, 3, 3),
        )
        for row, points in zip("124", all_points, strict=True)
    }
    | lines("swot.strengths", "面发得好", "起得早")
    | lines("swot.weaknesses", "没管过账", "膝盖不好，站不久")
    | lines("swot.chances", "早市刚搬到路口", "附近没有手工馒头")
    | lines("swot.dangers", "面粉会涨价", "夏天剩下的会坏")
    | section("swot", conclusion="do")
    | section(
        "statement", what="手工馒头和三样包子。", whom="早上六点到九点上班、上学的人。", how="早市路口的小摊，现蒸现卖。",
        need="走着吃一口热的，不贵，吃得饱。",
    )
)  # fmt: skip
