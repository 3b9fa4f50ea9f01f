"""How a lesson of an outline is built: it says that it is one, what will be learned, to what end, and asks one question."""

from typing import Any

Block = tuple[Any, ...]
Lesson = tuple[str, str, tuple[Block, ...]]
NOTE = "<p><b>这一课现在是大纲。</b>全文由学校的老师编写，还没有写完。下面先说清学什么、学到什么程度。</p>"


def lesson(
    code: str,
    title: str,
    what: str,
    goals: tuple[str, ...],
    question: str,
    choices: tuple[str, ...],
    right: int,
    why: str,
) -> Lesson:
    """A lesson of blocks as in `content.welding`: the note, a paragraph, three to five goals, a question with one answer."""
    return (code, title, (
        ("text", NOTE),
        ("heading", "这一课学什么"),
        ("text", f"<p>{what}</p>"),
        ("heading", "学完能做到"),
        ("steps", goals),
        ("question", question, choices, (right,), why),
    ))  # fmt: skip
