"""What is printed on a certificate, and which words never are."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

# Words that tell that somebody was held, treated or supervised. Compared after NFKC, without blanks, in lower case.
CUSTODY_WORDS = (
    "监狱", "監獄", "监区", "監區", "监管", "狱", "獄", "戒毒", "强戒", "强制隔离", "吸毒", "服刑", "刑满", "刑释", "罪犯", "犯人", "囚",
    "劳教", "劳改", "大队", "中队", "看守", "拘留", "拘押", "羁押", "矫正", "矯正", "安置帮教", "帮教", "教戒", "收容", "未管所",
    "prison", "inmate", "jail", "custody", "custodial", "detention", "detainee", "rehab", "correctional", "penitentiar",
    "probation", "parole", "offender", "convict",
)  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """Everything that a certificate says. A design gets these and nothing else; it never asks the database.

    `half_hours` are integer half-hours of 课时. Text facts that are empty leave no trace on the paper.
    """

    title: str
    number: str
    name: str
    course: str
    half_hours: int
    award_date: date
    issuer: str
    verify_url: str
    qr_text: str
    level: str = ""
    result: str = ""
    trained_from: date | None = None
    trained_to: date | None = None
    required_half_hours: int = 0
    signatory: str = ""
    seal: str = "drawn"  # drawn, space (a dotted place for the wet stamp) or none
    seal_line: str = "证书专用章"
    statement: str = ""

    def texts(self) -> dict[str, str]:
        """The words a reader meets, by fact: for the glyph check and the word lint. Not the address and the QR."""
        return {
            key: value
            for key, value in asdict(self).items()
            if isinstance(value, str) and value and key not in {"qr_text", "verify_url", "seal"}
        }


def stigma_words(texts: Iterable[str], *, places: Iterable[str] = ()) -> list[str]:
    """The words in `texts` that must not become public: custody words, and the names of `places` where people are held.

    A name counts without what stands in brackets, so that 江北农场(演示) is found as 江北农场. Empty when all is well.
    """
    wanted = [*CUSTODY_WORDS, *(bare for place in places if (bare := _folded(re.sub(r"[（(].*?[)）]", "", place))))]
    haystack = "\n".join(_folded(text) for text in texts)
    return [word for word in dict.fromkeys(wanted) if word in haystack]


def _folded(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()
