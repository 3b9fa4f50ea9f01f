"""The sheets beside the plan: the self-assessment and the way from a list of ideas to one (4.3)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.plans.book.shape import BookSection, Field, Kind, Table
from courses.plans.rules.screening import LEAST_POINTS, MOST_POINTS

STATEMENTS = (
    ("commitment", _("commitment")), ("motivation", _("motivation")), ("honesty", _("honesty")), ("health", _("health")),
    ("risk", _("taking risks")), ("decisions", _("making decisions")), ("family", _("family")), ("money", _("own finances")),
    ("skills", _("technical skill")), ("managing", _("running a business")), ("trade", _("knowledge of the trade")),
)  # fmt: skip

SELF_CHECK = BookSection(
    "self", 0, _("Am I ready to start?"), icon="person",
    parts=(
        Table("check", _("eleven statements"), fixed=STATEMENTS, columns=(
            Field("own", Kind.YES_NO, _("my answer")),
            Field("second", Kind.YES_NO, _("what somebody else says of me"), optional=True),
            Field("note", Kind.TEXT, _("note"), longest=120, optional=True),
        )),
        Field("rater", Kind.CHOICE, _("who answered for me"), optional=True, choices=(
            ("family", pgettext_lazy("who answers for me", "family")), ("officer", _("officer")), ("trainer", _("trainer")), ("nobody", _("nobody")),
        )),
        # What a "no" leads to: one line for each statement, asked only where the answer is no.
        Table("actions", _("what I do about it"), fixed=STATEMENTS, optional=True, columns=(
            Field("what", Kind.TEXT, _("what"), longest=120),
            Field("how", Kind.TEXT, _("how"), longest=120),
            Field("until", Kind.TEXT, _("until when"), longest=30),
        )),
    ),
)  # fmt: skip

INVENTORY = BookSection(
    "inventory", 0, _("What I have"), icon="list",
    parts=(
        Field("interests", Kind.LONG, _("interests"), longest=600),
        Field("experience", Kind.LONG, _("experience"), longest=600),
        Field("contacts", Kind.LONG, _("people I know"), longest=600),
        Field("capital", Kind.LONG, _("money and things"), longest=600),
    ),
)  # fmt: skip

IDEAS = 20
IDEA_KINDS = (
    ("manufacturing", _("manufacturing")), ("retail", _("retail")), ("wholesale", _("wholesale")), ("service", _("service")),
    ("farming", _("farming")), ("emerging", _("emerging industry")),
)  # fmt: skip

IDEA_LIST = BookSection(
    "ideas", 0, _("My ideas"), icon="pen",
    parts=(
        Table("list", _("ideas"), rows=IDEAS, columns=(
            Field("offer", Kind.TEXT, _("product or service"), longest=40),
            Field("customer", Kind.TEXT, _("customer"), longest=60),
            Field("need", Kind.TEXT, _("need"), longest=80),
            Field("kind", Kind.CHOICE, _("kind"), choices=IDEA_KINDS, common=("retail", "service", "manufacturing", "farming")),
        )),
    ),
)  # fmt: skip

MACRO = BookSection(
    "macro", 0, _("Three questions to each idea"), icon="question",
    parts=(
        Table("questions", _("three questions"), rows=IDEAS, rows_of="ideas.list", columns=(
            Field("sells", Kind.YES_NO, _("Will somebody buy it?")),
            Field("possible", Kind.YES_NO, _("Can it be done here?")),
            Field("learnable", Kind.YES_NO, _("Can I learn and pay it?")),
            Field("rank", Kind.COUNT, _("rank"), optional=True, limits=(1, IDEAS)),
        )),
    ),
)  # fmt: skip

CRITERIA = (
    ("market", _("market")), ("materials", _("raw material")), ("technology", _("technology")), ("skills", pgettext_lazy("criterion", "skills")),
    ("policy", _("policy")), ("fit", _("fits me")), ("ease", _("easy to start")), ("risk", _("risk (5 = low)")),
    ("profit", pgettext_lazy("criterion", "profit")), ("benefit", _("benefit for its cost")),
)  # fmt: skip

MICRO = BookSection(
    "micro", 0, _("Points for the best three"), icon="chart",
    parts=(
        # A row for each idea of the list, of which those that were kept are shown: the points stay with their idea.
        Table("ratings", _("points from 1 to 5"), rows=IDEAS, rows_of="ideas.list", columns=tuple(
            Field(code, Kind.COUNT, label, hint=_("1 to 5"), limits=(LEAST_POINTS, MOST_POINTS)) for code, label in CRITERIA
        )),
    ),
)  # fmt: skip


def _four(code: str, title: object) -> Table:
    return Table(code, title, rows=4, columns=(Field("text", Kind.TEXT, _("entry"), longest=120),))  # type: ignore[arg-type]


SWOT = BookSection(
    "swot", 0, _("Strengths, weaknesses, chances, dangers"), icon="look",
    parts=(
        _four("strengths", _("strengths")),
        _four("weaknesses", _("weaknesses")),
        _four("chances", _("chances")),
        _four("dangers", _("dangers")),
        Field("conclusion", Kind.CHOICE, _("conclusion"), choices=(
            ("do", _("do it")), ("change", _("change it")), ("drop", _("drop it")),
        )),
    ),
)  # fmt: skip

STATEMENT = BookSection(
    "statement", 0, _("My idea in four sentences"), icon="flag",
    parts=(
        Field("what", Kind.LONG, _("what I offer"), longest=300),
        Field("whom", Kind.LONG, _("to whom"), longest=300),
        Field("how", Kind.LONG, _("how it is sold"), longest=300),
        Field("need", Kind.LONG, _("which need it meets"), longest=300),
    ),
)  # fmt: skip

IDEA_SECTIONS = (SELF_CHECK, INVENTORY, IDEA_LIST, MACRO, MICRO, SWOT, STATEMENT)
