"""The lines of a text and the marks they open with: hashes, bullets, numbers, bars. What they mean comes later.

Everything here looks at one line alone and takes time linear in its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from malbild.source import Span
from malbild.sv import words
from malbild.sv.marks import GLYPHS, SIGNS, TICKS

Mark = Literal["", "hash", "bullet", "number", "row", "given"]

_GLYPHS = GLYPHS + TICKS
_SIGNS = SIGNS + "−+"  # with a space behind them
BULLET = re.compile(rf"(?:(?:[{_GLYPHS}]|\\?[{_SIGNS}](?=\s))\s*+)++(?:(?<=\s)-(?=[^\W\d_]))?")
# Lines that hold only these draw something: a rule, a table's frame, the underline of a heading.
DRAWING = frozenset("-–—−_=*~#+|:·\\>" + _GLYPHS)

_WORD = re.compile(r"[^\W_]")
_HASHES = re.compile(r"(#{1,6})(?:[ \t\xa0]+|(?=[^\W\d_]))")
_CLOSING_HASHES = re.compile(r"(?<![\s#])[ \t]+#+$")
_QUOTE = re.compile(r"(?:>[ \t]*)+")
_LETTERS = "A-Za-zÅÄÖåäö"
_NUMBER = re.compile(
    rf"""(?P<paren>\(?)
        (?:(?P<digits>\d{{1,3}}(?:\.\d{{1,3}}){{0,5}}) | (?P<letter>[{_LETTERS}]) | (?P<roman>[ivxIVX]{{2,5}}))
        (?P<stop>[.)]{{0,2}})
        (?=\s+\S)""",
    re.VERBOSE,
)
_CHAPTER = re.compile(
    rf"""(?i:{"|".join(map(re.escape, words("chapters")))})\s+
        (\d{{1,3}}(?:\.\d{{1,3}}){{0,5}}(?!\w) | (?:[A-ZÅÄÖ]|[IVX]{{1,5}})(?=\s*(?:[.:)–-]|$)))""",
    re.VERBOSE,
)
_FIRST = frozenset("#>|\\(" + _SIGNS + _GLYPHS)


@dataclass(slots=True)
class Line:
    """A line that holds words: ``start:end`` are its words, without mark and white space.

    ``indent`` counts the white space before the mark; ``level`` is that of the hashes. ``number`` is a number that
    stays in the line as part of its words ("2.1", "a"), ``style`` the signs about it. ``gap`` says that a blank line or
    a drawn one stands before.
    """

    start: int
    end: int
    mark: Mark
    indent: int
    level: int
    number: str
    style: str
    gap: bool
    underlined: int = 0


def lines(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    """Return the lines of ``text[start:end]`` that hold words."""
    found: list[Line] = []
    at = start
    gap = True
    part = text if start == 0 and end is None else text[start:end]
    for raw in part.splitlines(keepends=True):
        bare = raw.strip()
        if bare and (bare[0].isalnum() or _WORD.search(bare) or not DRAWING.issuperset("".join(bare.split()))):
            left = len(raw) - len(raw.lstrip())
            found.append(_line(bare, at + left, left, gap))
            gap = False
        else:
            if found and not gap and len(bare) > 2 and bare[0] in "=-" and bare.strip(bare[0]) == "":
                found[-1].underlined = 1 if bare[0] == "=" else 2
            gap = True
        at += len(raw)
    return found


def _line(bare: str, start: int, indent: int, gap: bool) -> Line:
    end = start + len(bare)
    first = bare[0]
    mark: Mark = ""
    level = 0
    if first in _FIRST:
        if first == ">" and (quote := _QUOTE.match(bare)):
            bare, start = bare[quote.end() :], start + quote.end()
        if hashes := _HASHES.match(bare):
            mark, level = "hash", len(hashes.group(1))
            bare, start = bare[hashes.end() :], start + hashes.end()
            if bare.endswith("#") and (closing := _CLOSING_HASHES.search(bare, max(0, len(bare) - 80))):
                end -= len(bare) - closing.start()
                bare = bare[: closing.start()]
        elif bare.startswith("|"):
            return Line(start, end, "row", indent, 0, "", "", gap)
        if bullet := BULLET.match(bare):
            mark = mark or "bullet"
            bare, start = bare[bullet.end() :], start + bullet.end()
    if " | " in bare and bare.count(" | ") > 1 and mark != "hash":
        return Line(start, end, "row", indent, 0, "", "", gap)
    number, style = _number(bare)
    return Line(start, end, mark or ("number" if style else ""), indent, level, number, style, gap)


def _number(bare: str) -> tuple[str, str]:
    """Return the number that a line opens with and the signs about it (".", ")"; "chapter" for "Mål 1")."""
    if found := _NUMBER.match(bare):
        style = found["paren"] + found["stop"]
        digits = found["digits"]
        if style:
            return digits or found["letter"] or found["roman"], style
        # "1 Inledning" is numbered; "10 procent" and "1 500 kronor" are not.
        if digits and bare[found.end() :].lstrip(" \t\xa0-–—")[:1].isupper():
            return digits, " "
    elif bare[0].isupper() and (chapter := _CHAPTER.match(bare)):
        return chapter.group(1), "chapter"
    return "", ""


def cells(text: str, start: int, end: int) -> Iterator[tuple[int, Span]]:
    """Return the cells of a table's row that hold words or figures, each with its column, counted from 0.

    >>> list(cells("| Mål |  | 2030 |", 0, 17))
    [(0, Span(start=2, end=5)), (2, Span(start=11, end=15))]
    """
    at = start
    column = 0 if text[start] != "|" else -1
    while at < end:
        bar = text.find("|", at, end)
        bar = end if bar < 0 else bar
        cell = text[at:bar]
        if _WORD.search(cell) or not DRAWING.issuperset("".join(cell.split())):
            left = at + len(cell) - len(cell.lstrip())
            yield column, Span(left, left + len(cell.strip()))
        at = bar + 1
        column += 1
