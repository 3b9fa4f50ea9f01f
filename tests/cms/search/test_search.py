"""Chinese words are found on both databases, by whole words, by single characters and while typing."""

import pytest
from wagtail.models import Page
from wagtail.search.index import insert_or_update_object

from cms.search.bigrams import index_text, query_words

TITLES = {
    "safety": "焊接安全操作规程",
    "electric": "用电安全知识",
    "syb": "创办你的企业（SYB）",
    "book": "企业记账与现金流",
    "loan": "创业担保贷款申请",
    "contract": "劳动合同怎么签",
    "dough": "中式面点：发面与揉面",
    "pig": "生猪养殖技术Excel台账",
}

# The eighteen queries of the trial, with what a reader expects; blanks inside a word, single characters, two words.
QUERIES = [
    ("安全", {"safety", "electric"}),
    ("企业", {"syb", "book"}),
    ("创业", {"loan"}),
    ("贷款", {"loan"}),
    ("担保贷款", {"loan"}),
    ("合同", {"contract"}),
    ("劳动合同", {"contract"}),
    ("记账", {"book"}),
    ("现金流", {"book"}),
    ("面点", {"dough"}),
    ("面", {"dough"}),
    ("猪", {"pig"}),
    ("焊接", {"safety"}),
    ("创办你的企业", {"syb"}),
    ("Excel", {"pig"}),
    ("SYB", {"syb"}),
    ("安全 用电", {"electric"}),
    ("创 业", {"loan"}),
]


@pytest.fixture
def found(db):
    """Asks for pages, of which there are eight."""
    root = Page.get_first_root_node()
    for slug, title in TITLES.items():
        insert_or_update_object(root.add_child(instance=Page(title=title, slug=slug)))

    def find(query, how="search", **kwargs):
        return {page.slug for page in getattr(Page.objects.child_of(root), how)(query, **kwargs)}

    return find


@pytest.mark.parametrize(("text", "indexed"), [
    ("企业记账", "企业 业记 记账 企 业 记 账"),
    ("焊", "焊"),
    ("CO2气体，保护", "co2 气体 气 体 保护 保 护"),
    ("Ｅｘｃｅｌ　１", "excel 1"),
    ("阿卜杜·热合曼", "阿卜 卜杜 杜热 热合 合曼 阿 卜 杜 热 合 曼"),
    ("𬱖䶮", "𬱖䶮 𬱖 䶮"),
    ("，。!", ""),
])  # fmt: skip
def test_text_is_indexed_in_pairs_and_single_characters(text, indexed):
    assert index_text(text) == indexed


@pytest.mark.parametrize(("text", "words"), [
    ("企业", [["企业"]]),
    ("创 业", [["创业"]]),
    ("王 国 强", [["王国", "国强"]]),
    ("焊工 安全", [["焊工"], ["安全"]]),
    ("面", [["面"]]),
    ('"weld-20"', [["weld"], ["20"]]),
    ("%&|!*", []),
])  # fmt: skip
def test_what_is_typed_is_asked_in_pairs(text, words):
    assert query_words(text) == words


@pytest.mark.parametrize(("query", "expected"), QUERIES)
def test_eighteen_queries_find_what_a_reader_expects(found, query, expected):
    assert found(query) == expected


@pytest.mark.parametrize(("query", "expected"), QUERIES)
def test_the_same_queries_while_typing(found, query, expected):
    assert found(query, "autocomplete") == expected


@pytest.mark.parametrize(("query", "expected"), [("Exc", {"pig"}), ("企业记", {"book"}), ("创", {"syb", "loan"})])
def test_unfinished_words_are_found_while_typing(found, query, expected):
    assert found(query, "autocomplete") == expected


def test_any_of_several_words(found):
    assert found("贷款 合同", operator="or") == {"loan", "contract"}


@pytest.mark.parametrize(
    "query", ["%", '"', "'", "100%", "a AND (", "!", "(", "\\", "安全\"'", "安全*", "-", "NOT", "贷款 !"]
)
def test_signs_in_a_query_break_nothing(found, query):
    for how in ("search", "autocomplete"):
        found(query, how)
