"""How the language puts words together, for every app."""

from collections.abc import Iterable

from django.utils.translation import gettext as _


def listed(words: Iterable[object]) -> str:
    """Words one after the other, as a sentence names them: "Ann, Ben"; in Chinese “安、本”. In templates: `{{ names|listed }}`."""
    return _(", ").join(map(str, words))
