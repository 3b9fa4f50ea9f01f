"""What deserves a thought beside the fourteen checks: the same thing written twice and not alike, and numbers that are rarely meant.

A note refuses nothing and fills nothing in. It stands on the page of the checks and beside the field where it is mended.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses.plans.book.plan import ASSET_ROWS, ASSET_TABLES
from courses.plans.reading import KIND_OF_TABLE, LICENCES, PROMOTION, Workbook, staff_pay
from courses.plans.reading.fields import amount, written_rows
from courses.plans.reading.planned import Planned
from courses.plans.rules.figures import NOTHING
from courses.plans.wording import month, yuan
from courses.plans.wording.amounts import planned_text


@dataclass(frozen=True)
class Note:
    """One thought: `title`, `text` says what stands where and what counts, `path` is where it is mended."""

    title: str
    text: str
    path: str


def notes_of(book: Workbook) -> list[Note]:
    """All that is worth a thought in a plan, in the order of its sections."""
    return [note for made in _MADE for note in made(book)]


def _rent(book: Workbook) -> Iterator[Note]:
    place, rent = (amount(book.values, path) for path in ("marketing.place_cost", "capital.running.rent.amount"))
    if not place or place == rent:
        return
    text = _("In part 4 you wrote %(place)s for the place, here %(rent)s. Only what stands here is counted.")
    if not rent:
        text = _("In part 4 you wrote %(place)s for the place. It is counted as rent only when it stands here as well.")
    yield Note(_("Rent"), text % {"place": yuan(place), "rent": yuan(rent)}, "capital.running.rent.amount")


def _pay(book: Workbook) -> Iterator[Note]:
    titles = {"owner_pay": _("Your own pay"), "staff_pay": _("Pay of the others")}
    for code, title in titles.items():
        path = f"capital.running.{code}.amount"
        posts, here = staff_pay(book.values, owner=code == "owner_pay"), amount(book.values, path)
        if posts and book.values.get(path) and posts != here:
            facts = {"posts": yuan(posts), "here": yuan(here)}
            text = _(
                "The posts of part 5 make %(posts)s a month, here stands %(here)s. Only what stands here is counted."
            )
            yield Note(title, text % facts, path)


def _promotion(book: Workbook) -> Iterator[Note]:
    facts = _counted(book, PROMOTION)
    if facts and book.values.get(PROMOTION.answer) == "no":
        text = _("Part 4: %(what)s. You say that it is not counted yet. Write it here, or under what is paid once.")
        yield Note(_("Promotion"), text % facts, PROMOTION.path)
    elif facts and facts["lacks"]:
        text = _("Part 4: %(what)s, together %(planned)s. Only %(counted)s are counted for marketing and costs once.")
        yield Note(_("Promotion"), text % facts, PROMOTION.path)
    elif facts:
        text = _(
            "Part 4: %(what)s. Is that in the %(counted)s for marketing and costs once in the year? Say yes or no."
        )
        yield Note(_("Promotion"), text % facts, PROMOTION.answer)


def _licences(book: Workbook) -> Iterator[Note]:
    facts = _counted(book, LICENCES)
    if facts and book.values.get(LICENCES.answer) == "no":
        text = _("Fees of part 5: %(what)s. You say that they are not counted yet. Write them here as well.")
        yield Note(_("Licences"), text % facts, LICENCES.path)
    elif facts and facts["lacks"]:
        text = _(
            "Fees of part 5: %(what)s, together %(planned)s. Only %(counted)s are counted for registration and costs once."
        )
        yield Note(_("Licences"), text % facts, LICENCES.path)
    elif facts:
        text = _(
            "Fees of part 5: %(what)s. Are they in the %(counted)s for registration and costs once? Say yes or no."
        )
        yield Note(_("Licences"), text % facts, LICENCES.answer)


def _counted(book: Workbook, planned: Planned) -> dict[str, str]:
    """What is planned and what is counted where it belongs, as one says it, and what lacks; empty where it is counted for certain."""
    wanted, counted = planned.sum(book.values), book.profit[planned.running].total + book.profit["once"].total
    said_so = book.values.get(planned.answer) == "yes" and wanted <= counted
    if said_so or not planned.is_open(book.values):
        return {}
    lacks = yuan(wanted - counted) if wanted > counted else ""
    what = planned_text(planned, book.values)
    return {"what": what, "planned": yuan(wanted), "counted": yuan(counted), "lacks": lacks}


def _twice(book: Workbook) -> Iterator[Note]:
    pairs = {
        ("cover.address", "marketing.place_address"): (_("Address"), _("part 4")),
        ("cover.enterprise", "organisation.proposed_name"): (_("Name of the enterprise"), _("part 5")),
    }
    for (first, second), (title, part) in pairs.items():
        one, other = book.values.get(first), book.values.get(second)
        if one and other and one != other:
            text = _("On the cover you wrote “%(one)s”, in %(part)s “%(other)s”. Is that meant so?")
            yield Note(title, text % {"one": one, "part": part, "other": other}, second)


def _years(book: Workbook) -> Iterator[Note]:
    for table in ASSET_TABLES:
        for row in written_rows(book.values, (f"assets.{table}",), ASSET_ROWS):
            thing = f"assets.{table}.{row}"
            kind = book.values.get(f"{thing}.kind") or KIND_OF_TABLE[table]
            if book.values.get(f"{thing}.life") == "0" and kind != "land":
                facts = {"name": book.values.get(f"{thing}.name") or row}
                text = _("%(name)s: 0 years mean that it never loses worth. That is so with land only.")
                yield Note(_("Years of use"), text % facts, f"{thing}.life")


def below_exemption(book: Workbook) -> str:
    """Whether no month sells so much that value-added tax is due (4.5), in a sentence; "" where one does, or nothing is known."""
    limit, sales = book.figures.values.vat_exempt_below, book.profit["sales"].months
    if limit <= NOTHING or not any(sales) or max(sales) > limit:
        return ""
    text = _(
        "You sell for %(most)s at most in a month. Up to %(limit)s a month no value-added tax is due here: you may leave this empty."
    )
    return text % {"most": yuan(max(sales)), "limit": yuan(limit)}


def _vat(book: Workbook) -> Iterator[Note]:
    limit, says = book.figures.values.vat_exempt_below, book.figures.pays_vat
    above = [number for number, sold in enumerate(book.profit["sales"].months, start=1) if sold > limit]
    path, title = "profit.pays_vat", _("Value-added tax")
    if says and (text := below_exemption(book)):
        yield Note(title, text, path)
    if above and limit > NOTHING and says is False:
        text = _(
            "Above %(limit)s of sales a month value-added tax is due here, and in %(month)s you sell more. Leave this empty: then it is "
            "reckoned month by month."
        )
        yield Note(title, text % {"month": month(above[0]), "limit": yuan(limit)}, path)


def _rate(book: Workbook) -> Iterator[Note]:
    loan, highest = book.figures.loan, book.figures.values.highest_loan_rate_pct
    if loan.principal and highest and loan.rate_pct > highest:
        text = _(
            "This interest is very high: more than %(highest)s per cent a year. Do not sign yet. Ask a bank, and the employment office for a start-up loan."
        )
        yield Note(_("Interest on the loan"), text % {"highest": f"{highest.normalize():f}"}, "cash.loan_rate")


_MADE: tuple[Callable[[Workbook], Iterator[Note]], ...] = (
    _twice,
    _rent,
    _pay,
    _promotion,
    _licences,
    _years,
    _vat,
    _rate,
)
