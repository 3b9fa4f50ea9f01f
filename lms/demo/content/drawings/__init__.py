"""The courses' pictures, drawn for them; each explains one thing. One file per course, `pen` has the tools."""

from functools import cache

from lms.demo.content.drawings import syb, syb_money, welding
from lms.demo.content.drawings.pen import Pen, Picture

COURSES = (welding, syb, syb_money)  # the files with the pictures of a course


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
