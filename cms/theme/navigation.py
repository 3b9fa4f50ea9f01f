"""The few links that stand on every public page. A link is shown only when its screen exists at this site."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

# section, words, name of the address ("/" is the first page)
ENTRIES = (
    ("courses", _("Courses"), "/"),
    ("check", _("Check a certificate"), "verification:check"),
    ("fairs", _("Job fairs"), "employment:fairs"),
    ("about", _("About us"), "pages:about"),
)
LANGUAGES = {"zh-hans": "中文", "en": "English"}  # each in its own tongue, never translated


@dataclass(frozen=True)
class Entry:
    section: str
    words: Any
    url: str


def entries() -> list[Entry]:
    """What this site serves: an inside site has no job fairs, an outside site no courses."""
    return list(_entries(get_resolver()))


@lru_cache(maxsize=4)
def _entries(served: URLResolver) -> tuple[Entry, ...]:
    """Looked up once for the addresses that are served; one that is not there takes as long as the rest of the page's frame."""
    found = []
    for section, words, name in ENTRIES:
        try:
            found.append(Entry(section, words, name if name.startswith("/") else reverse(name)))
        except NoReverseMatch:
            continue
    return tuple(found)


def other_language(request: HttpRequest | None) -> dict[str, Any]:
    """The address of the same page in the other language, keeping what was asked for."""
    code = "zh-hans" if (get_language() or "").startswith("en") else "en"
    if request is None:
        return {}
    query = request.GET.copy()
    query["lang"] = code
    return {"code": code, "words": LANGUAGES[code], "url": f"{request.path}?{query.urlencode()}"}
