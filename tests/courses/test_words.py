"""Words put together in the language of whoever reads."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from courses.words import listed


@pytest.mark.parametrize(("language", "text"), [("en", "A, 2, &lt;b&gt;"), ("zh-hans", "A、2、&lt;b&gt;")])
def test_words_one_after_the_other_in_the_language_of_whoever_reads(language, text):
    with override(language):
        assert Template("{% load theme %}{{ words|listed }}").render(Context({"words": ["A", 2, "<b>"]})) == text
        assert (listed(["A"]), listed(iter(()))) == ("A", "")
