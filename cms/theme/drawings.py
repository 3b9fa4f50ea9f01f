"""The product's own icons and illustrations, written into the page as SVG: no request, coloured by the text around them."""

import re
from functools import cache, lru_cache
from pathlib import Path

from django.template import Engine
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

ART = Path(__file__).resolve().parent / "static" / "theme" / "art"
TURNS = frozenset({"exit", "move", "next", "prev", "swap"})  # arrows that mirror where people read from right to left
NAME = re.compile(r"[a-z][a-z-]*")


@cache
def _inside(source: str) -> tuple[str, SafeString]:
    """The viewBox and the drawing between the svg tags. Only files of this package come here, never anything uploaded."""
    opening, _, rest = source.partition(">")
    found = re.search(r'viewBox="([\d .]+)"', opening)
    if not found:
        raise ValueError("A drawing needs a viewBox.")
    return found[1], mark_safe(rest.rsplit("</svg>", 1)[0])  # noqa: S308


@cache
def _icon_source(name: str) -> str:
    _check(name)
    return Engine.get_default().get_template(f"theme/icons/{name}.svg").source.strip()


@cache
def _art_source(name: str) -> str:
    _check(name)
    return (ART / f"{name}.svg").read_text(encoding="utf-8").strip()


def _check(name: str) -> None:
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} is not the name of a drawing.")


def _voice(label: str) -> SafeString:
    """Said aloud when it carries meaning of its own; silent when a word stands beside it."""
    if label:
        return format_html('role="img" aria-label="{}"', label)
    return mark_safe('aria-hidden="true" focusable="false"')


def icon(name: str, css: str = "", label: str = "") -> SafeString:
    """An icon of the 24 grid. `css` adds classes. Refuses (TemplateDoesNotExist, ValueError) a name that is not there."""
    return _drawn(name, css, str(label))


@lru_cache(maxsize=1024)
def _drawn(name: str, css: str, label: str) -> SafeString:
    box, inside = _inside(_icon_source(name))
    classes = " ".join(filter(None, ("q-icon", "q-icon--turns" if name in TURNS else "", css)))
    return format_html('<svg class="{}" viewBox="{}" {}>{}</svg>', classes, box, _voice(label), inside)


def art(name: str, css: str = "", label: str = "") -> SafeString:
    """An illustration. Without `label` it is decoration; scenes fill their strip from the bottom up."""
    return _illustrated(name, css, str(label))


@lru_cache(maxsize=256)
def _illustrated(name: str, css: str, label: str) -> SafeString:
    source = _art_source(name)
    box, inside = _inside(source)
    keep = re.search(r' preserveAspectRatio="[^"]+"', source)
    pen = mark_safe(" ".join(re.findall(r'(?:fill|stroke[a-z-]*)="[^"]+"', source.partition(">")[0])))  # noqa: S308
    return format_html(
        '<svg class="{}" viewBox="{}"{} {} {}>{}</svg>',
        f"q-art {conditional_escape(css)}".strip(),
        box,
        mark_safe(keep[0]) if keep else "",  # noqa: S308
        pen,
        _voice(label),
        inside,
    )


@cache
def icon_templates() -> tuple[str, ...]:
    """The templates of all icons, as Wagtail's sprite wants them."""
    folder = Path(Engine.get_default().get_template("theme/icons/sail.svg").origin.name).parent
    return tuple(f"theme/icons/{path.name}" for path in sorted(folder.glob("*.svg")))


def icon_names() -> list[str]:
    """The names of all icons."""
    return [Path(template).stem for template in icon_templates()]


def art_names() -> list[str]:
    """The names of all illustrations that are not scenes."""
    return sorted(path.stem for path in ART.glob("*.svg") if not path.stem.startswith("scene-"))
