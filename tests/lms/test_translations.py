"""Chinese is complete: Wagtail's own texts where its catalogue is not."""

from importlib.util import find_spec
from pathlib import Path

import polib
import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

ROOT = Path(__file__).resolve().parents[2]
SUPPLEMENT = ROOT / "cms" / "theme" / "locale" / "zh_Hans" / "LC_MESSAGES"
WAGTAIL = Path(find_spec("wagtail").origin).parent
CATALOGUES = sorted(
    path
    for app in ("admin", "users", "images", "documents", "snippets", "search", ".")
    for path in (WAGTAIL / app / "locale" / "en" / "LC_MESSAGES").glob("*.po")
)
DJANGO = Path(find_spec("django").origin).parent
OTHERS = [
    *(DJANGO / app / "locale" for app in ("conf", "contrib/auth", "contrib/contenttypes", "contrib/sessions")),
    Path(find_spec("taggit").origin).parent / "locale",
]
THEIRS = CATALOGUES + [folder / "en" / "LC_MESSAGES" / "django.po" for folder in OTHERS]

# Where our Chinese for a text of Wagtail's stands on its screens as well: the same thing in our words.
OUR_WORDS = {
    "Account", "Add", "Change", "Checks", "Comment", "Comments", "Format", "Reports", "Revoked", "Search", "Show", "Title",
    "collection", "comment", "created at", "document", "documents", "finished at", "item", "name", "started at", "title",
}  # fmt: skip


def _texts(path):
    entries = polib.pofile(str(path)) if path.exists() else []
    return {(one.msgctxt, one.msgid): one.msgstr or one.msgstr_plural.get(0, "") for one in entries if not one.fuzzy}


def _translated(path):
    if not path.exists():
        return set()
    return {
        (entry.msgctxt, entry.msgid)
        for entry in polib.pofile(str(path))
        if (entry.msgstr or any(entry.msgstr_plural.values())) and not entry.fuzzy
    }


@pytest.mark.parametrize("path", THEIRS, ids=lambda path: str(path.relative_to(WAGTAIL.parent)))
def test_every_text_of_wagtail_and_django_has_chinese(path):
    """Django's own catalogue stays behind when a text changes: "too short" had none and stood in English."""
    theirs = _translated(Path(str(path).replace("/locale/en/", "/locale/zh_Hans/")))
    ours = _translated(SUPPLEMENT / path.name)
    texts = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(path)) if not entry.obsolete}
    assert not sorted(msgid for _context, msgid in texts - theirs - ours)


def test_no_text_of_ours_gives_one_of_wagtails_another_meaning():
    """All catalogues are one: a "Rename" of ours without a context is Wagtail's "Rename" too."""
    ours = {}
    for package in ("lms", "cms", "certificates", "courses"):
        ours |= _texts(ROOT / package / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po")
    supplement, found = _texts(SUPPLEMENT / "django.po"), set()
    for path in CATALOGUES:
        theirs = _texts(Path(str(path).replace("/locale/en/", "/locale/zh_Hans/"))) | supplement
        shared = ours.keys() & _texts(path).keys()
        found |= {msgid for context, msgid in shared if ours[context, msgid] != theirs.get((context, msgid))}
    assert found <= OUR_WORDS


def test_the_supplement_is_what_django_shows():
    with translation.override("zh-hans"):
        assert translation.gettext("Yes, revoke") == "撤销"
        assert translation.gettext("This field is required.") == "请填写这一项。"  # Wagtail has two others


def test_the_compiled_supplement_is_as_new_as_its_source():
    for name in ("django", "djangojs"):
        compiled = {(one.msgctxt, one.msgid): one for one in polib.mofile(str(SUPPLEMENT / f"{name}.mo"))}
        for one in polib.pofile(str(SUPPLEMENT / f"{name}.po")):
            same = compiled[one.msgctxt, one.msgid]
            assert (same.msgstr, same.msgstr_plural) == (one.msgstr, one.msgstr_plural)


def test_a_password_that_is_too_short_is_told_so_in_chinese():
    with translation.override("zh-hans"), pytest.raises(ValidationError) as refusal:
        validate_password("123")
    assert "密码太短了，至少要 10 个字符。" in refusal.value.messages
    assert not [text for text in refusal.value.messages if "password" in text]


@pytest.mark.django_db
def test_the_admin_scripts_speak_chinese_too(admin_client):
    texts = admin_client.get(reverse("wagtailadmin_javascript_catalog")).content.decode()
    assert "\\u6b63\\u5728\\u81ea\\u52a8\\u4fdd\\u5b58" in texts or "正在自动保存" in texts
