"""From facts to paper."""

from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from certificates.designs.rules import Facts
from courses.catalogue.rules import hours_text
from courses.papers import draw, draw_svg, qr_code


@dataclass(frozen=True)
class Design:
    """A paper: `code` as certificate types name it, and its Typst page."""

    code: str
    page: str


DESIGNS = (
    Design("certificate", "certificates/designs/certificate/certificate.typ"),
    Design("hours_statement", "certificates/designs/hours_statement/hours_statement.typ"),
)


def render(design: str, facts: Facts) -> bytes:
    """The PDF of a certificate (PDF/A, tagged), dated by the award date: the same facts give the same bytes.

    Refuses (ValueError) a design that is not in `DESIGNS`, and (Unprintable) facts that do not fit or cannot be printed.
    """
    page = next((d.page for d in DESIGNS if d.code == design), None)
    if page is None:
        raise ValueError(f"There is no certificate design {design!r}.")
    return draw(page, _data(facts), dated=facts.award_date)


def _data(facts: Facts) -> dict[str, Any]:
    data = {key: value.isoformat() if isinstance(value, date) else value for key, value in asdict(facts).items()}
    data["hours"] = hours_text(facts.half_hours)
    data["hours_required"] = hours_text(facts.required_half_hours) if facts.required_half_hours else ""
    data["issuer"] = {"name": facts.issuer, "signatory": facts.signatory}
    data["qr"] = qr_code(facts.qr_text)
    if facts.seal == "drawn":
        data["seal_svg"] = _seal(facts.issuer, facts.seal_line)
    return data


@lru_cache(maxsize=64)
def _seal(name: str, line: str) -> str:
    return draw_svg("certificates/designs/seal.typ", {"name": name, "line": line})
