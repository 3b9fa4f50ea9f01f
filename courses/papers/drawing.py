"""One Typst compiler per process, kept: a page then takes 30 ms instead of 250."""

import json
import os
import threading
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import typst

ROOT = Path(__file__).resolve().parent.parent.parent  # the folder that holds the four packages
FONT_PACKAGE = "pylopdf_fonts_zh_cn"
PRINT_ZONE = timezone(timedelta(hours=8))  # a paper is dated in China, wherever the server stands
ARCHIVE = ("a-2a", "ua-1")  # PDF/A for the archive, tagged for screen readers

_lock = threading.Lock()  # one page at a time: the compiler keeps its inputs between two calls


class Unprintable(ValueError):
    """The page cannot be drawn from these data. The message is Typst's own, for the log."""


def draw(template: str, data: Mapping[str, Any], *, dated: date | None = None) -> bytes:
    """A PDF of `template` (a path inside the project, e.g. `certificates/designs/certificate/certificate.typ`).

    `data` reach the page as JSON in `sys.inputs.data` and in no other way, so that no value can become markup.
    The same data give the same bytes, today and in ten years: the file is dated by `dated` (the day on the paper;
    the first day of 1970 without one), never by the clock, and only the shipped fonts are used.
    Refuses (Unprintable) data that the page does not take, and characters without a glyph.
    """
    day = dated or date(1970, 1, 1)
    pdf = _compile(
        template,
        data,
        format="pdf",
        pdf_standards=list(ARCHIVE),
        timestamp=datetime(day.year, day.month, day.day, tzinfo=PRINT_ZONE),
    )
    return pdf if isinstance(pdf, bytes) else pdf[0]


def draw_svg(template: str, data: Mapping[str, Any]) -> str:
    """A drawing (seal, frame) as SVG with all text as outlines. Refuses (Unprintable) as `draw` does."""
    svg = _compile(template, data, format="svg")
    return (svg if isinstance(svg, bytes) else svg[0]).decode()


def _compile(template: str, data: Mapping[str, Any], **options: Any) -> Any:
    import typst  # noqa: PLC0415  (the web server draws nothing, and need not hold the compiler)

    page = ROOT / template
    if page.suffix != ".typ" or not page.resolve().is_relative_to(ROOT):
        raise ValueError(f"{template} is not a Typst file of the project.")
    inputs = {"data": json.dumps(data, ensure_ascii=False, sort_keys=True)}
    with _lock:
        try:
            return _compiler(os.getpid()).compile(str(page), sys_inputs=inputs, **options)
        except typst.TypstError as problem:
            raise Unprintable(problem.message) from problem


@cache
def _compiler(process: int) -> "typst.Compiler":
    """The compiler of this process; a forked worker makes its own."""
    import typst  # noqa: PLC0415  (see above)

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder())])
    return typst.Compiler(root=str(ROOT), font_paths=fonts)


def font_folder() -> Path:
    """Where the shipped Noto Sans SC and Noto Serif SC lie."""
    return Path(str(resources.files(FONT_PACKAGE)))
