"""The courses' pictures, drawn for them; each explains one thing. One file per course, `pen` has the tools."""

from functools import cache

from lms.demo.content.drawings import cooking, welding, welding_five
from lms.demo.content.drawings.pen import Pen, Picture

COURSES = (welding, welding_five, cooking)  # the files with the pictures of a course


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
