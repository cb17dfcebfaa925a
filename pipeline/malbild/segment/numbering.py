"""The number, letter or footnote mark before a sentence: part of it as it stands, no part of what it says."""

from __future__ import annotations

import re

from malbild.source import SentenceKind

_FOOTNOTES = re.compile(r"(?:\[\^?\d{1,3}\]\s*)+(?=\S)")
_ENUMERATOR = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,3})*[.)]|\d{1,2}(?:\.\d{1,2})+|[a-zA-ZåäöÅÄÖ]\)|\(?[ivx]{1,4}\))\s+(?=\S)"
)
_HEADING_NUMBER = re.compile(r"\d{1,2}\s+(?=[^\W\d_])")


def numbering(text: str, kind: SentenceKind) -> int:
    """Length of the numbering that a sentence begins with, and the space after it; 0 where there is none.

    A bare number counts in headings only: elsewhere it is a quantity.

    >>> numbering("10. Helsingfors stärker", "heading"), numbering("3 Region Kronoberg bygger", "heading")
    (4, 2)
    >>> numbering("46 kilometer cykelväg byggs", "item"), numbering("a) bygga", "item"), numbering("1.2 Mål", "heading")
    (0, 3, 4)
    >>> numbering("[94] Härutöver växer vi.", "body")
    5
    """
    if marks := _FOOTNOTES.match(text):
        return marks.end()
    found = _ENUMERATOR.match(text) or (_HEADING_NUMBER.match(text) if kind == "heading" else None)
    return found.end() if found else 0
