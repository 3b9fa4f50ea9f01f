"""Which parts make which served stylesheet. One file per bundle, so that a first visit asks for little."""

import re
from pathlib import Path

STATIC = Path(__file__).resolve().parent / "static" / "theme"

BOTH = (
    *("words", "layout", "buttons", "chips", "banner", "empty", "forms", "ask", "saved", "progress"),
    *("figures", "bar", "legend", "tables", "facts", "timeline"),
)
PAGES = (
    *("base", "top", "foot", "tiles", "choices", "listen", "path", "pad", "verdict", "exam", "cover", "catalogue"),
    *("lesson", "classroom", "blocks", "chart", "plan", "workbook", "phone", "patterns"),
)
STAFF = ("staff", "cards", "register", "seats", "desk", "board", "sign", "narrow", "lists", "home", "house", "chart")
LAST = ("contrast", "paper", "print")

BUNDLES: dict[str, tuple[str, ...]] = {
    "theme.css": ("tokens", *PAGES[:1], *BOTH, *PAGES[1:], *LAST),
    "staff.css": ("tokens", *BOTH, *STAFF, *LAST),
}


def part(name: str) -> Path:
    """The file of a part: the tokens lie beside the bundles, the components in their folder."""
    return STATIC / "tokens.css" if name == "tokens" else STATIC / "components" / f"{name}.css"


def build(bundle: str) -> str:
    """The text of a bundle: its parts in order, without comments and blank lines."""
    text = "\n".join(part(name).read_text(encoding="utf-8") for name in BUNDLES[bundle])
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    lines = (line.strip() for line in text.splitlines())
    return "/* Built by `lms build_theme` from tokens.css and components/. */\n" + "\n".join(filter(None, lines)) + "\n"
