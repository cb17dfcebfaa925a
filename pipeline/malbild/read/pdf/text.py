"""Blocks in the making to the text of the document, its blocks, and the place of every code point on its page."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable

from malbild.read.pdf.drafts import Draft, is_hyphen
from malbild.read.pdf.lines import Segment
from malbild.read.pdf.words import HYPHEN, Word
from malbild.source import Block, Line, Span

_SUSPENDED = frozenset({"och", "eller", "samt", "respektive", "till", "men", "som"})
"""Words that follow a first member whose last is shared: "social- och hälsovården"."""
_NOTE = re.compile(r"\d{1,3}")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def vocabulary(drafts: Iterable[Draft]) -> frozenset[str]:
    """The words that stand whole on a line, in lower case; what is broken at the end of a line is measured by them."""
    found: set[str] = set()
    for draft in drafts:
        for line in draft.lines:
            words = line.words[:-1] if is_hyphen(line.words[-1].text[-1]) else line.words
            for word in words:
                found.update(part.casefold() for part in _WORD.findall(word.text))
    return frozenset(found)


def glue(before: str, after: str, known: frozenset[str]) -> tuple[str, str]:
    """The last word of a line as it is to stand, and what stands between it and the first word of the next.

    >>> glue("stads-", "styrelsen", frozenset()), glue("social-", "och", frozenset())
    (('stads', ''), ('social-', ' '))
    >>> glue("EU-", "kommissionen", frozenset()), glue("2021–", "2025", frozenset()), glue("nya", "mål", frozenset())
    (('EU-', ''), ('2021–', ''), ('nya', ' '))
    """
    if len(before) > 1 and before[-1] in "–/" and before[-2].isalnum() and after[:1].isalnum():
        return before, ""
    if not is_hyphen(before[-1]) or len(before) < 2 or not before[-2].isalnum():
        return before.replace(HYPHEN, "-"), " "
    kept = before[:-1].replace(HYPHEN, "-") + "-"
    if after.casefold().strip(",") in _SUSPENDED:
        return kept, " "
    left, right = _WORD.findall(kept[:-1])[-1], (_WORD.findall(after) or [""])[0]
    if not right[:1].islower() or (left.isupper() and len(left) > 1) or left[-1].isdigit():
        return kept, ""
    whole, apart = (left + right).casefold(), f"{left}-{right}".casefold()
    return (kept, "") if apart in known and whole not in known else (kept[:-1], "")


class Text:
    """The text as it grows, with the blocks and lines that stand in it."""

    def __init__(self, known: frozenset[str]) -> None:
        self.known = known
        self.parts: list[str] = []
        self.length = 0
        self.blocks: list[Block] = []
        self.lines: list[Line] = []

    def add(self, draft: Draft) -> None:
        """Write one block. Blocks stand apart by an empty line, items and the cells of a row by a line's end."""
        before = self.blocks[-1] if self.blocks else None
        if before is not None:
            close = before.kind == draft.kind == "item" or _one_row(before, draft)
            self._write("\n" if close else "\n\n")
        if draft.marker is not None:
            self._write(f"{draft.marker.text} ")
        start = self.length
        for at, line in enumerate(draft.lines):
            following = draft.lines[at + 1] if at + 1 < len(draft.lines) else None
            self._line(line, following)
        span = Span(start, self.length)
        self.blocks.append(Block(draft.kind, span, draft.level, draft.number, draft.cell))

    def _line(self, line: Segment, following: Segment | None) -> None:
        start = self.length
        edges: array[float] = array("f")
        between = ""
        for at, word in enumerate(line.words):
            if at and not word.tight:
                self._write(" ")
                edges.append(line.words[at - 1].right)
            text = word.text.replace(HYPHEN, "-")
            if at + 1 == len(line.words) and following is not None:
                text, between = glue(word.text, following.words[0].text, self.known)
            if word.raised and _NOTE.fullmatch(text):
                text = f"[{text}]"
            self._write(text)
            edges.extend(_edges(word, len(text)))
        edges.append(line.right)
        if self.length > start:
            span = Span(start, self.length)
            self.lines.append(Line(span, line.page, line.top, line.bottom, edges))
        self._write(between)

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def whole(self) -> str:
        """The text."""
        return "".join(self.parts)


def _one_row(before: Block, draft: Draft) -> bool:
    a, b = before.cell, draft.cell
    return a is not None and b is not None and (a.table, a.row) == (b.table, b.row)


def _edges(word: Word, count: int) -> list[float]:
    """The left edges of the ``count`` characters that a word is written with; only the last one's is known for sure."""
    if word.last is None or count != len(word.text) or count < 2:
        wide = (word.right - word.left) / max(1, count)
        return [word.left + n * wide for n in range(count)]
    wide = (word.last - word.left) / (count - 1)
    return [*(word.left + n * wide for n in range(count - 1)), word.last]
