"""The form of a sentence that repeats are compared by. Comparison only: nothing is extracted from a key."""

from __future__ import annotations

import re

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad"
_DOUBLE = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033"
_SINGLE = "\u2018\u2019\u201a\u201b\u2032\u00b4\u0060\u2039\u203a"
_FOLD = str.maketrans(
    dict.fromkeys(_DASHES, "-") | dict.fromkeys(_DOUBLE, '"') | dict.fromkeys(_SINGLE, "'") | {"\u00a0": " "}
)
_FOLDED = re.compile(f"[{_DASHES}{_DOUBLE}{_SINGLE}\u00a0]")
# Marks that set a whole sentence off without saying anything: emphasis and the quotes of a pulled-out line.
_WRAPPING = "*_\"' "


def plain_marks(text: str) -> str:
    """Fold dashes and quotes of a flat sentence, letter by letter.

    >>> plain_marks("”Andelen” – 40 %")
    '"Andelen" - 40 %'
    """
    return text.translate(_FOLD) if _FOLDED.search(text) else text


def sentence_form(text: str) -> str:
    """Fold case, dashes and quotes of a flat sentence, letter by letter: what holds at an offset holds at the same one.

    Sentences of equal form are analysed once.

    >>> sentence_form("Andelen – 40 %") == sentence_form("ANDELEN - 40 %")
    True
    """
    folded = plain_marks(text).casefold()
    return folded if len(folded) == len(text) else text


def sentence_key(text: str) -> str:
    """Fold a flat sentence (see ``malbild.flat``: NFC, single spaces, no soft hyphens) for comparison.

    Case, dashes, quotes and marks that wrap the whole sentence are folded; words, numbers and order are not.

    >>> sentence_key("Andelen ökade – till 40 %.") == sentence_key("*andelen Ökade - till 40 %.*")
    True
    >>> sentence_key("Andelen ökade till 40 %.") == sentence_key("Andelen ökade till 41 %.")
    False
    """
    return sentence_form(text).strip(_WRAPPING)
