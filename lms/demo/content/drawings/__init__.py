"""The courses' pictures, drawn for them; each explains one thing. One or two files per course, `pen` has the tools."""

from functools import cache

from lms.demo.content.drawings import (
    cooking,
    cooking_dishes,
    syb,
    syb_money,
    welding,
    welding_cutting,
    welding_five,
)
from lms.demo.content.drawings.pen import Pen, Picture

COURSES = (welding, welding_five, welding_cutting, cooking, cooking_dishes, syb, syb_money)  # the files with pictures


def _merged() -> dict[str, Picture]:
    merged: dict[str, Picture] = {}
    for course in COURSES:
        for name, picture in course.DRAWINGS.items():
            if name in merged:
                raise ValueError(f"Two pictures are called {name}.")
            merged[name] = picture
    return merged


DRAWINGS = _merged()


@cache
def drawing(name: str) -> bytes:
    """The picture as PNG. Refuses (KeyError) a name that is not in `DRAWINGS`."""
    pen = Pen()
    DRAWINGS[name](pen)
    return pen.png()
