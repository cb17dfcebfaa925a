"""Words to lines, and lines to the order in which a person reads them: columns one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np

from malbild.read.pdf.words import Word
from malbild.source import Box
from malbild.sv.marks import GLYPHS, SIGNS, TICKS

_SAME_BASE = 0.3
"""How far apart, in font sizes, the baselines of one line may lie."""
_WIDEST_SPACE = 1.1
_AFTER_MARKER = 4.0
"""White space, in font sizes, inside a line and behind the marker of a list item."""
_BIN = 3.0
_PROSE = 3
"""Words of most lines in a column of running text."""
_LEAST_LINES = 3.0
"""Height, in font sizes, that two columns must share."""
# "o" and "§" are what bullets of Courier New and Wingdings come out as.
_MARKERS = frozenset(GLYPHS + TICKS + SIGNS + "o§")


class Placed(Protocol):
    """What stands somewhere on a page and is read at its place."""

    column: tuple[float, float]

    @property
    def left(self) -> float: ...  # noqa: D102
    @property
    def right(self) -> float: ...  # noqa: D102
    @property
    def top(self) -> float: ...  # noqa: D102
    @property
    def bottom(self) -> float: ...  # noqa: D102
    @property
    def base(self) -> float: ...  # noqa: D102
    @property
    def size(self) -> float: ...  # noqa: D102


P = TypeVar("P", bound=Placed)


@dataclass(slots=True)
class Segment:
    """Words beside each other on one line of a page. ``column`` is the left and right edge of what it stands in."""

    words: list[Word]
    page: int
    column: tuple[float, float] = (0.0, 0.0)

    @property
    def left(self) -> float:
        """Its left edge, in points."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Its right edge, in points."""
        return self.words[-1].right

    @property
    def top(self) -> float:
        """Its upper edge, in points."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """Its lower edge, in points."""
        return max(word.bottom for word in self.words)

    @property
    def lead(self) -> Word:
        """The word that says how the line is written: the longest one."""
        return max(self.words, key=lambda word: len(word.text) - 100 * word.raised)

    @property
    def base(self) -> float:
        """Its baseline, in points."""
        return self.lead.base

    @property
    def size(self) -> float:
        """Its font size, in points."""
        return self.lead.size

    @property
    def bold(self) -> bool:
        """Whether all of it is bold, raised marks not counted."""
        return all(word.bold for word in self.words if not word.raised)

    @property
    def slanted(self) -> bool:
        """Whether all of it is slanted, raised marks not counted."""
        return all(word.slanted for word in self.words if not word.raised)

    @property
    def text(self) -> str:
        """Its words, parted by spaces."""
        made = ""
        for word in self.words:
            made += word.text if word.tight or not made else f" {word.text}"
        return made


def is_marker(word: Word) -> bool:
    """Whether a word is the marker of a list item, and no more."""
    return word.text in _MARKERS


def segments(words: Iterable[Word], page: int, walls: Sequence[Box] = ()) -> list[Segment]:
    """Words to segments. ``walls`` are vertical rules, over which no segment reaches."""
    found: list[Segment] = []
    for word in words:
        here = found[-1] if found else None
        if here is not None and _goes_on(here, word) and not _between(here.words[-1], word, walls):
            lead = here.lead
            if word.size < 0.85 * lead.size and lead.base - word.base > 0.15 * lead.size:
                word.raised = True
            elif here.words[0] is lead and lead.size < 0.85 * word.size and word.base - lead.base > 0.15 * word.size:
                lead.raised = True
            here.words.append(word)
        else:
            word.tight = False
            found.append(Segment([word], page))
    return _mended(found, walls)


def _goes_on(here: Segment, word: Word) -> bool:
    last, lead = here.words[-1], here.lead
    size = max(lead.size, word.size)
    if word.size < 0.85 * lead.size or lead.size < 0.85 * word.size:
        level = lead.top - 0.3 * size < (word.top + word.bottom) / 2 < lead.bottom + 0.3 * size
    else:
        level = abs(word.base - lead.base) <= _SAME_BASE * size
    room = _AFTER_MARKER if len(here.words) == 1 and is_marker(last) else _WIDEST_SPACE
    return level and -0.6 * size <= word.left - last.right <= room * size


def _between(last: Word, word: Word, walls: Sequence[Box]) -> bool:
    middle = (word.top + word.bottom) / 2
    return any(last.right - 1 <= wall.left <= word.left + 1 and wall.top < middle < wall.bottom for wall in walls)


def _mended(found: list[Segment], walls: Sequence[Box]) -> list[Segment]:
    """Put together what stands beside each other on a line, but not in the file."""
    found.sort(key=lambda segment: (segment.base, segment.left))
    made: list[Segment] = []
    for segment in found:
        for before in reversed(made[-6:]):
            first, second = sorted((before, segment), key=lambda one: one.left)
            word = second.words[0]
            if _goes_on(first, word) and not _between(first.words[-1], word, walls):
                before.words = first.words + second.words
                break
        else:
            made.append(segment)
    return made


def rows(found: Iterable[P]) -> list[list[P]]:
    """Segments by the line they stand on, from the top; each line from the left."""
    lines: list[list[P]] = []
    for segment in sorted(found, key=lambda one: one.base):
        if lines and segment.base - lines[-1][0].base <= _SAME_BASE * max(segment.size, lines[-1][0].size):
            lines[-1].append(segment)
        else:
            lines.append([segment])
    for line in lines:
        line.sort(key=lambda one: one.left)
    return lines


def in_order(found: Sequence[P]) -> list[P]:
    """Segments as they are read: down the first column, then down the next; what lies across several stands between."""
    if not found:
        return []
    gutter = _gutter(found)
    if gutter is None:
        return _whole(found)
    made = []
    left: list[P] = []
    right: list[P] = []
    across: list[P] = []
    for segment in sorted(found, key=lambda one: (one.top, one.left)):
        if segment.left < gutter < segment.right:
            made += in_order(left) + in_order(right)
            left, right = [], []
            across.append(segment)
            continue
        if across:
            made += _whole(across)
            across = []
        (left if segment.right <= gutter else right).append(segment)
    return made + in_order(left) + in_order(right) + _whole(across)


def _whole(found: Sequence[P]) -> list[P]:
    """What stands in one column; only its lines say how wide that is."""
    lines = [one for one in found if isinstance(one, Segment)] or found
    column = min((one.left for one in lines), default=0.0), max((one.right for one in lines), default=0.0)
    for segment in found:
        segment.column = column
    return [segment for row in rows(found) for segment in row]


def _gutter(found: Sequence[Placed]) -> float | None:
    """Where white space parts two columns of prose, if it does: a place in points from the left edge of the page."""
    if len(found) < 6:
        return None
    edges = np.array([(one.left, one.right, one.top, one.bottom) for one in found])
    words = np.array([len(one.words) if isinstance(one, Segment) else _PROSE for one in found])
    size = float(np.median([one.size for one in found]))
    top = float(edges[:, 2].min())
    bins = int((edges[:, 3].max() - top) / _BIN) + 1
    best, least, where = _LEAST_LINES * size, len(found), None
    for x in sorted({round(right + 1.0, 0) for right in edges[:, 1]}):
        first, second = edges[:, 1] <= x, edges[:, 0] > x
        if first.sum() < 3 or second.sum() < 3:
            continue
        height = _shared_height(edges, first, second, top, bins)
        # Of places that part as much, the one that cuts through least.
        cut = int((~first & ~second).sum())
        if (height > best + 2 * _BIN or (height >= best and cut < least)) and _prose(edges, words, first, second):
            best, least, where = height, cut, x
    return where


def _shared_height(edges: np.ndarray, first: np.ndarray, second: np.ndarray, top: float, bins: int) -> float:
    """Over how many points of height words stand on both sides and none across."""

    def filled(some: np.ndarray) -> np.ndarray:
        taken = np.zeros(bins + 1, dtype=bool)
        for start, end in edges[some][:, 2:]:
            taken[int((start - top) / _BIN) : int((end - top) / _BIN) + 1] = True
        return taken

    return float((filled(first) & filled(second) & ~filled(~first & ~second)).sum() * _BIN)


def _prose(edges: np.ndarray, words: np.ndarray, first: np.ndarray, second: np.ndarray) -> bool:
    """Whether lines fill the columns as running text does; cells of a table do not."""
    filled = []
    for side in (first, second):
        if np.median(words[side]) < _PROSE:
            return False
        wide = edges[side][:, 1] - edges[side][:, 0]
        filled.append(float(np.median(wide) / max(wide.max(), 1.0)))
    return max(filled) >= 0.6
