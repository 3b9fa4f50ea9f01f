"""The guides say what stands on the screen: every word in 「」 is one of ours or Wagtail's, every picture is there and small."""

import re
from importlib.util import find_spec
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDES = sorted((ROOT / "docs" / "guide").glob("*.md"))
WAGTAIL = Path(find_spec("wagtail").origin).parent / "admin" / "locale" / "zh_Hans" / "LC_MESSAGES"


@pytest.fixture(scope="module")
def screen_words():
    """All Chinese texts of the screens; what is filled in is left open, as the guides write it: … ."""
    paths = [ROOT / package / "locale" for package in ("lms", "cms", "certificates", "courses")]
    files = [path / "zh_Hans" / "LC_MESSAGES" / "django.po" for path in paths]
    files += [ROOT / "cms" / "theme" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po", WAGTAIL / "django.po"]
    words = set()
    for path in files:
        for entry in polib.pofile(str(path)):
            for text in (entry.msgstr, *entry.msgstr_plural.values()):
                words.add(re.sub(r"\s*%\(\w+\)s\s*", " … ", text).strip())
    return words


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_quoted_words_stand_on_a_screen(path, screen_words):
    quoted = set(re.findall(r"「(.+?)」", path.read_text())) - {""}
    assert not sorted(words for words in quoted if words not in screen_words)


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_guides_speak_of_learners_with_respect(path):
    assert not re.search("罪犯|犯人|吸毒", path.read_text())


def test_pictures_are_there_and_small():
    shown = {name for path in GUIDES for name in re.findall(r"\(\.\./pictures/([\w-]+\.png)\)", path.read_text())}
    folder = ROOT / "docs" / "pictures"
    assert shown and not {name for name in shown if not (folder / name).is_file()}
    assert not [path.name for path in folder.glob("*.png") if path.stat().st_size > 120_000]


def test_the_index_names_every_guide():
    index = (ROOT / "docs" / "guide" / "README.md").read_text()
    assert all(f"({path.name})" in index for path in GUIDES if path.name != "README.md")
