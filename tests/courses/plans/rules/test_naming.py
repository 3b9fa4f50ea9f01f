"""The name on the cover (4.4)."""

import pytest

from courses.plans.rules.naming import missing_in_name


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("清河县小李烤鱼店", ()), ("重庆市开州区秋香柑橘家庭农场", ()), ("杭州市余杭区巧手服装有限责任公司", ()),
        ("爱心烘焙屋", ("place",)), ("小李烤鱼店", ("place",)), ("清河县小李烤鱼", ("form",)), ("清河县店", ("own_name",)),
        ("小李烤鱼", ("place", "form")), ("", ("place", "own_name", "form")), ("清河县 小李 烤鱼店", ()),
    ],
)  # fmt: skip
def test_4_4_a_name_has_place_own_name_business_and_form(name, missing):
    assert missing_in_name(name) == missing
