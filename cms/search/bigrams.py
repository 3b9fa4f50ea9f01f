"""Chinese text for a search index that only knows words between blanks: pairs of neighbouring characters. Pure.

企业记账 becomes `企业 业记 记账 企 业 记 账`: every word of two or more characters is found by its pairs, every character
by itself. Latin words and numbers stay as they are.
"""

import re
import unicodedata

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_RUN = re.compile(f"[{HAN}]+")
_TOKEN = re.compile(f"[{HAN}]+|[^\\W_{HAN}]+")
# 阿卜杜·热合曼 is one name, with or without its dot; PER-7.
_DOT_IN_NAME = re.compile(f"(?<=[{HAN}])[·•‧・](?=[{HAN}])")


def normal(text: str) -> str:
    """Full-width letters and digits become ordinary ones, capitals small; the dot inside a name goes."""
    return _DOT_IN_NAME.sub("", unicodedata.normalize("NFKC", text).lower())


def pairs(run: str) -> list[str]:
    """Overlapping pairs of a run of Chinese characters; the character itself where there is only one."""
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


def index_text(text: str) -> str:
    """What goes into the index for a text: pairs in reading order, then the single characters."""
    words: list[str] = []
    for token in _TOKEN.findall(normal(text)):
        if not _HAN_RUN.fullmatch(token):
            words.append(token)
            continue
        words.extend(pairs(token))
        if len(token) > 1:
            words.extend(token)
    return " ".join(words)


def query_words(text: str) -> list[list[str]]:
    """What somebody typed, word by word, each as the terms that must all be found.

    Single characters with blanks between them are one word (创 业 is 创业): people type names that way.
    """
    tokens: list[str] = []
    after_single = False
    for token in _TOKEN.findall(normal(text)):
        single = len(token) == 1 and bool(_HAN_RUN.fullmatch(token))
        if single and after_single:
            tokens[-1] += token
        else:
            tokens.append(token)
        after_single = single
    return [pairs(token) if _HAN_RUN.fullmatch(token) else [token] for token in tokens]
