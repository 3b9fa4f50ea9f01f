"""Several finished papers as one file, so that a whole class is printed with one click."""

import json
import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from courses.papers.drawing import Unprintable, font_folder

PAGE = Path(__file__).resolve().parent / "typst" / "bound.typ"
COUNTED = re.compile(rb"/Type\s*/Page\b")


class Bound(NamedTuple):
    """One paper of several: `name` stands in the list beside the pages that readers show."""

    name: str
    pdf: bytes


def page_count(pdf: bytes) -> int:
    """How many pages a paper has that `draw` has made: its page objects lie open in the file."""
    return len(COUNTED.findall(pdf))


def sheets_of_paper(pages: int) -> int:
    """How many sides of paper a paper takes when both sides are printed: an even number."""
    return pages + pages % 2


def bind(papers: Sequence[Bound], *, title: str) -> bytes:
    """One PDF of several papers in their order. Each begins on a new sheet, also when both sides are printed.

    It is for the printer: what one looks at keeps its own file, which is tagged and archivable. Refuses (Unprintable) what is
    no PDF.
    """
    import typst  # noqa: PLC0415  (the web server draws nothing, and need not hold the compiler)

    with tempfile.TemporaryDirectory() as folder:
        for number, paper in enumerate(papers):
            (Path(folder) / f"{number}.pdf").write_bytes(paper.pdf)
        page = Path(shutil.copy(PAGE, folder))
        listed = [{"name": paper.name, "pages": page_count(paper.pdf)} for paper in papers]
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder())]
        )  # fmt: skip
        inputs = {"data": json.dumps({"title": title, "papers": listed}, ensure_ascii=False)}
        try:
            compiler = typst.Compiler(root=folder, font_paths=fonts)
            pdf: Any = compiler.compile(str(page), sys_inputs=inputs, format="pdf")
        except typst.TypstError as problem:
            raise Unprintable(problem.message) from problem
    return pdf if isinstance(pdf, bytes) else bytes(pdf[0])
