"""What the reviewer is told about two plans that say the same (4.8)."""

from decimal import Decimal

from courses.plans.rules.similarity import (
    SectionContent,
    alike,
    flagged,
    normalised,
    same_sections,
    tables_alike,
    texts_alike,
)  # fmt: skip

TEXT = (
    "我家在清河县城东菜市场旁边,每天早上有很多人来买菜,中午和晚上附近工地的工人和学校的学生都要吃饭。"
    "我学过三年厨师,会做烤鱼和家常小炒,我想开一家小店,让大家花不多的钱吃上热饭热菜,两年以后再开第二家店,也让爱人一起来干。"
)


def test_4_8_blanks_punctuation_and_width_do_not_matter():
    assert normalised("Ａ b，c。 1２!") == "abc12"
    assert texts_alike(TEXT, TEXT.replace(",", "，").replace("。", " \n "))


def test_4_8_nine_tenths_of_the_pieces_are_enough():
    assert len(normalised(TEXT)) >= 80
    assert texts_alike(TEXT, TEXT.replace("一起来干", "一起来做"))
    assert not texts_alike(
        TEXT, TEXT.replace("烤鱼", "面条").replace("三年", "五年").replace("小店", "饭馆").replace("工人", "师傅")
    )


def test_4_8_short_texts_are_alike_by_chance():
    short = normalised(TEXT)[:79]
    assert not texts_alike(short, short)
    assert texts_alike(normalised(TEXT)[:80], normalised(TEXT)[:80])


def test_4_8_a_table_with_the_same_numbers_is_the_same():
    numbers = (Decimal(150), Decimal(200), Decimal(240))
    assert tables_alike(numbers, (Decimal("150.00"), Decimal(200), Decimal(240)))
    assert not tables_alike(numbers, (Decimal(150), Decimal(200), Decimal(241)))
    assert not tables_alike(numbers, numbers[:2])
    assert not tables_alike(numbers[:2], numbers[:2])
    assert alike(SectionContent("one", (numbers,)), SectionContent("two", ((Decimal(1),), numbers)))
    assert not alike(SectionContent("one", (numbers,)), SectionContent("two"))


def test_4_8_what_the_teaching_example_says_is_no_copying():
    numbers = (Decimal(150), Decimal(200), Decimal(240))
    ours = SectionContent(TEXT, (numbers,))
    assert alike(ours, ours)
    assert not alike(ours, ours, [SectionContent(TEXT, (numbers,))])
    assert alike(ours, ours, [SectionContent(TEXT)])


def test_4_8_who_changed_the_example_a_little_has_still_not_copied_from_a_classmate():
    example = SectionContent(TEXT, (tuple(map(Decimal, range(100, 112))),))
    changed = SectionContent(TEXT.replace("两年", "三年"), ((Decimal(99), *example.tables[0][1:]),))
    assert alike(changed, changed)
    assert not alike(changed, changed, [example])
    own = "我爱人在县医院门口卖了十年早点,认识许多老主顾;她说中午没有地方吃热饭,所以我们先从十二张桌子做起,冬天加卖羊汤,夏天把桌子摆到门外去,晚上九点收摊,钱由她管,每天记账,月底一起对一遍,年底再看要不要雇人。"
    copied = SectionContent(TEXT + own, ((*example.tables[0][3:], Decimal(7), Decimal(8), Decimal(9)),))
    assert alike(SectionContent(copied.text), SectionContent(copied.text), [example])
    assert alike(SectionContent("", copied.tables), SectionContent("", copied.tables), [example])


def test_4_8_three_sections_are_flagged():
    plan = {code: SectionContent(TEXT) for code in ("overview", "market", "person")} | {"cover": SectionContent("小店")}
    found = same_sections(plan, plan)
    assert found == ("overview", "market", "person")
    assert flagged(found)
    assert not flagged(found[:2])
    assert same_sections(plan, plan, [{"market": SectionContent(TEXT)}]) == ("overview", "person")
