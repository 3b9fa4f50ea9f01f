"""The first half of the plan book, in words: cover, enterprise, person, market, marketing, people and legal form."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.plans.book.shape import BookSection, Field, Kind, Table

PRODUCTS = 8
STAFF_ROWS = 8
PARTNER_ROWS = 5
LATEST = (0, 12)  # months until credit is paid: the plan has twelve

COVER = BookSection(
    "cover", 0, _("Cover"), icon="book",
    parts=(
        Field("enterprise", Kind.TEXT, _("name of the enterprise"), longest=60),
        Field("entrepreneur", Kind.TEXT, _("entrepreneur"), longest=40),
        Field("written_on", Kind.TEXT, _("date"), longest=20),
        Field("address", Kind.TEXT, _("address"), longest=120),
        Field("postcode", Kind.TEXT, _("postcode"), longest=10, optional=True),
        Field("phone", Kind.TEXT, _("phone"), longest=30, optional=True),
        Field("fax", Kind.TEXT, _("fax"), longest=30, optional=True),
        Field("email", Kind.TEXT, _("e-mail"), longest=80, optional=True),
    ),
)  # fmt: skip

OVERVIEW = BookSection(
    "overview", 1, _("The enterprise"), icon="briefcase",
    parts=(
        Field("kinds", Kind.MANY, _("kind of enterprise"), common=("retail", "service", "manufacturing", "farming"), choices=(
            ("manufacturing", _("manufacturing")), ("retail", _("retail")), ("wholesale", _("wholesale")),
            ("service", _("service")), ("farming", _("farming")), ("emerging", _("emerging industry")),
            ("traditional", _("traditional industry")), ("other", pgettext_lazy("kind of enterprise", "other")),
        )),
        Field("reasons", Kind.LONG, _("why you start"), longest=800),
        Field("scope", Kind.LONG, _("line of business"), longest=800),
        Field("offers", Kind.LONG, _("products and services"), longest=800),
        Field("customers", Kind.LONG, _("whom you serve"), longest=800),
        Field("outlook", Kind.LONG, _("outlook and goal"), longest=800),
        Field("purpose", Kind.LONG, _("purpose"), longest=800, optional=True),
        Field("philosophy", Kind.LONG, _("way of doing business"), longest=800, optional=True),
        Field("culture", Kind.LONG, _("how you work together"), longest=800, optional=True),
    ),
)  # fmt: skip

PERSON = BookSection(
    "person", 2, _("About you"), icon="person",
    parts=(
        Table("experience", _("work so far"), rows=6, optional=True, columns=(
            Field("employer", Kind.TEXT, _("where"), longest=60),
            Field("from", Kind.TEXT, _("from"), longest=10),
            Field("to", Kind.TEXT, _("to"), longest=10),
            Field("post", Kind.TEXT, _("post"), longest=40),
            Field("content", Kind.TEXT, _("what you did"), longest=120),
            Field("note", Kind.TEXT, _("note"), longest=60, optional=True),
        )),
        Table("courses", _("schools and courses"), rows=6, columns=(
            Field("course", Kind.TEXT, _("course"), longest=60),
            Field("from", Kind.TEXT, _("from"), longest=10),
            Field("to", Kind.TEXT, _("to"), longest=10),
            Field("learned", Kind.TEXT, _("what you learned"), longest=120),
        )),
    ),
)  # fmt: skip


def _list(code: str, title: object, label: object) -> Table:
    return Table(code, title, rows=5, columns=(Field("text", Kind.TEXT, label, longest=120),))  # type: ignore[arg-type]


MARKET = BookSection(
    "market", 3, _("The market"), icon="people",
    parts=(
        Field("customers", Kind.LONG, _("target customers"), longest=800),
        Field("size", Kind.LONG, _("size of the market, or your share"), longest=800),
        Field("trend", Kind.LONG, _("trend of the market"), longest=800),
        _list("their_strengths", _("what competitors do well"), _("strength")),
        _list("their_weaknesses", _("what competitors do badly"), _("weakness")),
        _list("own_strengths", _("what you do better"), _("strength")),
        _list("own_weaknesses", _("where you are weaker"), _("weakness")),
    ),
)  # fmt: skip

MARKETING = BookSection(
    "marketing", 4, _("Marketing"), icon="target",
    parts=(
        Table("products", _("products and prices"), rows=PRODUCTS, columns=(
            Field("name", Kind.TEXT, _("product or service"), longest=40),
            Field("features", Kind.TEXT, _("main features"), longest=120),
            Field("cost_price", Kind.MONEY, _("material for one"), unit=_("yuan")),
            Field("selling_price", Kind.MONEY, _("selling price"), unit=_("yuan")),
            Field("competitor_price", Kind.MONEY, _("price of competitors"), unit=_("yuan"), optional=True),
        )),
        Field("discount", Kind.TEXT, _("discounts"), longest=120, optional=True),
        Field("credit_share", Kind.PERCENT, _("sold on credit"), unit="%", optional=True),
        Field("credit_lag", Kind.COUNT, _("paid after"), unit=_("months"), optional=True, limits=LATEST),
        Field("place_address", Kind.TEXT, _("address of the shop"), longest=120),
        Field("area", Kind.NUMBER, _("area"), unit="m²"),
        Field("place_cost", Kind.MONEY, _("rent a month, or cost of the building"), unit=_("yuan")),
        Field("place_reason", Kind.LONG, _("why this place"), longest=400),
        Field("selling_mode", Kind.MANY, _("way of selling"), choices=(
            ("direct", _("to the customer")), ("retail", _("through shops")), ("wholesale", _("to dealers")),
        )),
        Table("promotion", _("promotion"), rows=5, columns=(
            Field("activity", Kind.TEXT, _("activity"), longest=40),
            Field("content", Kind.TEXT, _("what is done"), longest=120),
            Field("cost", Kind.MONEY, _("cost"), unit=_("yuan")),
        )),
    ),
)  # fmt: skip

LEGAL_FORMS = (
    ("sole_trader", _("self-employed (sole trader)")), ("sole_proprietor", _("sole proprietorship")),
    ("partnership", _("partnership")), ("company", _("limited company")),
    ("cooperative", _("farmers' cooperative")), ("other", pgettext_lazy("legal form", "other")),
)  # fmt: skip

ORGANISATION = BookSection(
    "organisation", 5, _("People and legal form"), icon="list",
    parts=(
        Field("legal_form", Kind.CHOICE, _("legal form"), choices=LEGAL_FORMS,
              common=("sole_trader", "partnership", "company", "cooperative")),
        Field("proposed_name", Kind.TEXT, _("name to be registered"), longest=60),
        Table("staff", _("posts"), rows=STAFF_ROWS, columns=(
            Field("post", Kind.TEXT, _("post"), longest=40),
            Field("person", Kind.TEXT, _("person"), longest=40, optional=True),
            Field("monthly_pay", Kind.MONEY, _("pay a month"), unit=_("yuan")),
            Field("count", Kind.COUNT, pgettext_lazy("persons", "number"), unit=_("persons")),
            Field("owner", Kind.YES_NO, _("this is the owner"), optional=True),
        )),
        Table("licences", _("licences"), rows=5, optional=True, columns=(
            Field("name", Kind.TEXT, _("licence"), longest=60),
            Field("fee", Kind.MONEY, _("fee"), unit=_("yuan")),
        )),
        Field("duty_insurance", Kind.LONG, _("insurance"), longest=400),
        Field("duty_pay", Kind.LONG, _("pay and social insurance of staff"), longest=400),
        Field("duty_taxes", Kind.LONG, _("taxes"), longest=400),
        Table("partners", _("partners"), rows=PARTNER_ROWS, optional=True, columns=(
            Field("name", Kind.TEXT, _("partner"), longest=40),
            Field("contribution", Kind.MONEY, _("contribution"), unit=_("yuan")),
            Field("share", Kind.PERCENT, _("share"), unit="%"),
            Field("profit_rule", Kind.TEXT, _("how profit is divided"), longest=80),
            Field("duties", Kind.TEXT, _("duties"), longest=80),
        )),
    ),
)  # fmt: skip
