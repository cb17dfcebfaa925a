"""Which blocks of a PDF are headings, and of which level: by the file's bookmarks, by numbers, by size and weight."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from malbild.read.pdf.drafts import Draft, Looks
from malbild.sv import CAPTION

Look = tuple[float, bool, bool]
Bookmarks = Mapping[tuple[int, str], int]
"""Levels from 1 by page and words, these without white space and in lower case."""

_LARGER, _LONGEST, _MOST_LINES = 1.08, 200, 4
_NUMBER = re.compile(r"((?:\d{1,2}\.)*\d{1,2})\.?\s+(?=[^\W\d_])")
_CAPTION = re.compile(CAPTION, re.IGNORECASE)
_ENDS = ".,;:"


def squeezed(text: str) -> str:
    """Words without white space and in lower case: how a bookmark is found again.

    >>> squeezed("2.1  Våra mål")
    '2.1våramål'
    """
    return "".join(text.split()).casefold()


def mark_headings(drafts: Sequence[Draft], looks: Looks, bookmarks: Bookmarks) -> None:
    """Make headings and captions of those paragraphs that are, and give headings their level and number."""
    found: list[Draft] = []
    known: dict[int, int] = {}
    for at, draft in enumerate(drafts):
        if draft.kind != "paragraph":
            continue
        if _CAPTION.match(draft.text) and len(draft.text) < 2 * _LONGEST and not draft.size > _LARGER * looks.size:
            draft.kind = "caption"
            continue
        level = _bookmarked(draft, bookmarks)
        if level or _looks_like_one(draft, looks, drafts[at + 1] if at + 1 < len(drafts) else None):
            draft.kind = "heading"
            number = _NUMBER.match(draft.text)
            draft.number = number[1] if number else None
            found.append(draft)
            if level:
                known[id(draft)] = level
    _levels(found, known)


def _bookmarked(draft: Draft, bookmarks: Bookmarks) -> int:
    words_ = squeezed(draft.text)
    number = _NUMBER.match(draft.text)
    bare = squeezed(draft.text[number.end() :]) if number else words_
    return bookmarks.get((draft.page, words_)) or bookmarks.get((draft.page, bare)) or 0


def _looks_like_one(draft: Draft, looks: Looks, after: Draft | None) -> bool:
    text = draft.text
    if len(text) > _LONGEST or len(draft.lines) > _MOST_LINES or text[-1] in _ENDS or not any(map(str.isalpha, text)):
        return False
    if draft.size > _LARGER * looks.size:
        return text[0].isupper() or text[0].isdigit()
    if after is None or after.kind not in ("paragraph", "item", "cell", "caption"):
        return False
    apart = (draft.bold and not after.bold) or (draft.slanted and not after.slanted and len(draft.lines) == 1)
    return apart and draft.size > 0.92 * looks.size and (text[0].isupper() or text[0].isdigit())


def _levels(found: Sequence[Draft], known: Mapping[int, int]) -> None:
    """Levels by look, the largest first; where the number says better, by the number."""
    ranks = {look: n for n, look in enumerate(sorted({_look(draft) for draft in found}, reverse=True), 1)}
    offsets = [ranks[_look(d)] - _depth(d.number) for d in found if d.number]
    offset = max(set(offsets), key=offsets.count) if offsets else 0
    shift = [ranks[_look(d)] - known[id(d)] for d in found if id(d) in known]
    higher = min(shift) if shift else 0
    for draft in found:
        rank = ranks[_look(draft)]
        if id(draft) in known:
            rank = known[id(draft)] + max(0, higher)
        elif draft.number:
            rank = max(1, _depth(draft.number) + offset)
        draft.level = min(rank, 9)


def _look(draft: Draft) -> Look:
    return round(draft.size * 2) / 2, draft.bold, not draft.slanted


def _depth(number: str | None) -> int:
    return (number or "").count(".") + 1
