"""Frozen lessons on the screen: from `catalogue.LessonText` alone, without the page tree.

For the lesson player (`cms.learning`)::

    steps = lesson_steps(unit.text)           # cached by the hash of the words; no query from the second reader on
    steps[i].title, steps[i].html             # one screen: heading, text, pictures
    steps[i].question                         # or a question: rules.Question, `html` is then empty
    {% include "blocks/question.html" with question=step.question shown=shown chosen=chosen only %}   # inside a form of yours
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.core.cache import cache as shared_cache
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cms.blocks.body import LESSON_BODY
from cms.blocks.questions import question_of
from cms.blocks.rules import Question
from courses.catalogue.models import LessonText

CACHE_SECONDS = 7 * 24 * 60 * 60


@dataclass(frozen=True)
class Step:
    """What a learner sees on one screen: words and pictures under a heading, or one question."""

    id: str  # of its first block: stays when words are mended
    title: str
    html: str  # safe, made by our templates; empty beside a question
    question: Question | None = None


def lesson_steps(text: LessonText) -> tuple[Step, ...]:
    """The screens of a frozen lesson, in order. A heading begins a screen, a question has its own."""
    key = f"lesson:{text.sha256}:{get_language()}:{_templates_version()}"
    steps = shared_cache.get(key)
    if steps is None:
        steps = steps_of(text.content["body"])
        shared_cache.set(key, steps, CACHE_SECONDS)
    return steps


def render_lesson(text: LessonText) -> SafeString:
    """A frozen lesson on one page, as reviewers, printers and trainers read it; questions show their answers on demand."""
    return render_to_string("blocks/lesson.html", {"steps": lesson_steps(text)})


def steps_of(body: list[dict[str, Any]]) -> tuple[Step, ...]:
    """The screens of a lesson body as stored; `lesson_steps` is the cached way to the same."""
    steps: list[Step] = []
    waiting: list[Any] = []
    for child in LESSON_BODY.to_python(body):
        if child.block_type in {"heading", "question"}:
            steps += _step(waiting)
            waiting = []
        if child.block_type == "question":
            steps.append(Step(child.id or "", "", "", question_of(child.value, child.id or "")))
        else:
            waiting.append(child)
    return tuple(steps + _step(waiting))


def _step(parts: list[Any]) -> list[Step]:
    """One screen from the blocks between two headings; none from no blocks."""
    if not parts:
        return []
    title = parts[0].value if parts[0].block_type == "heading" else ""
    shown = parts[1:] if title else parts
    pictures = [part for part in shown if part.block_type == "picture"]
    words = [part for part in shown if part.block_type != "picture"]
    html = render_to_string("blocks/step.html", {"words": words, "pictures": pictures})
    return [Step(parts[0].id or "", title, html)]


@cache
def _templates_version() -> str:
    """Changes with the templates of the blocks, so that a new version of the product shows no old HTML from a shared cache."""
    digest = hashlib.sha256()
    folders: list[Any] = settings.TEMPLATES[0]["DIRS"]  # type: ignore[assignment]
    for folder in folders:
        for path in sorted((folder / "blocks").glob("*.html")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
