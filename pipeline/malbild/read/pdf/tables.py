"""Tables and boxes of a PDF page: what stands between drawn lines, or in aligned columns of short words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from malbild.read.pdf.lines import Segment, in_order, rows, segments
from malbild.read.pdf.words import Word
from malbild.source import Box

_NEAR = 2.5
"""Points within which drawn lines touch."""
_LEAST_ROWS = 3
_NEXT_ROW = 3.2
_WRAPPED = 1.45
"""Distance of baselines, in font sizes: to the next row of a table, to the next line of a cell."""
_ROWS_APART = 1.2
_MOST_WORDS = 7.0
_PROSE_WORDS, _PROSE_FILL = 2.5, 0.75
_LEAST_BOXED = 3


@dataclass(slots=True)
class TableCell:
    """The lines of one cell, and where it stands in its table."""

    row: int
    column: int
    lines: list[Segment]
    rows: int = 1
    columns: int = 1


@dataclass(slots=True)
class Unit:
    """What is read as a whole at its place on the page: a table's cells, or the lines in a box.

    ``edges`` are the left edges of a table's columns, in points.
    """

    box: Box
    size: float
    page: int
    cells: list[TableCell] = field(default_factory=list)
    inner: list[Segment] = field(default_factory=list)
    edges: tuple[float, ...] = ()
    column: tuple[float, float] = (0.0, 0.0)

    @property
    def left(self) -> float:
        """Its left edge, in points."""
        return self.box.left

    @property
    def right(self) -> float:
        """Its right edge, in points."""
        return self.box.right

    @property
    def top(self) -> float:
        """Its upper edge, in points."""
        return self.box.top

    @property
    def bottom(self) -> float:
        """Its lower edge, in points."""
        return self.box.bottom

    @property
    def base(self) -> float:
        """Where its first line stands, in points."""
        return self.box.top + self.size


def boxed(words: list[Word], panels: Sequence[Box], page: int) -> tuple[list[Unit], list[Word]]:
    """The text boxes that stand beside other text, and the words outside them."""
    found = []
    for panel in sorted(panels, key=lambda box: (box.left - box.right) * (box.bottom - box.top)):
        inside = [word for word in words if _inside(word, panel)]
        beside = [w for w in words if panel.top < w.base < panel.bottom and not _inside(w, panel)]
        if len(inside) < _LEAST_BOXED or len(beside) < _LEAST_BOXED:
            continue
        words = [word for word in words if not _inside(word, panel)]
        size = sorted(word.size for word in inside)[len(inside) // 2]
        found.append(Unit(panel, size, page, inner=in_order(segments(inside, page))))
    return found, words


def grids(rules: Sequence[Box]) -> list[list[Box]]:
    """Drawn lines that touch one another, directly or through others, from the top of the page."""
    groups: list[tuple[Box, list[Box]]] = []
    for rule in sorted(rules, key=lambda box: (box.top, box.left)):
        hull, members = rule, [rule]
        kept = []
        for other, some in groups:
            if _touch(other, hull):
                hull = _hull([other, hull])
                members = some + members
            else:
                kept.append((other, some))
        groups = [*kept, (hull, members)]
    return [members for _, members in groups]


def _touch(a: Box, b: Box) -> bool:
    apart_x = max(a.left, b.left) - min(a.right, b.right)
    return apart_x <= _NEAR and max(a.top, b.top) - min(a.bottom, b.bottom) <= _NEAR


def _hull(boxes: Sequence[Box]) -> Box:
    return Box(
        min(b.left for b in boxes), min(b.top for b in boxes), max(b.right for b in boxes), max(b.bottom for b in boxes)
    )


def _distinct(values: Sequence[float]) -> list[float]:
    """Values in order, those close together once."""
    made: list[float] = []
    for value in sorted(values):
        if not made or value - made[-1] > _NEAR * 1.5:
            made.append(value)
    return made


def ruled(words: list[Word], rules: Sequence[Box], page: int) -> tuple[list[Unit], list[Word]]:
    """The tables between drawn lines, and the words outside them."""
    found = []
    for grid in grids(rules):
        flat = [rule for rule in grid if rule.right - rule.left > rule.bottom - rule.top]
        upright = [rule for rule in grid if rule.right - rule.left <= rule.bottom - rule.top]
        xs, ys = _distinct([rule.left for rule in upright]), _distinct([rule.top for rule in flat])
        if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) < 2:
            continue
        hull = _hull(grid)
        if hull.left < xs[0] - 12:
            xs = [hull.left, *xs]
        if hull.right > xs[-1] + 12:
            xs.append(hull.right)
        inside = [word for word in words if _inside(word, hull)]
        if not inside:
            continue
        words = [word for word in words if not _inside(word, hull)]
        size = sorted(word.size for word in inside)[len(inside) // 2]
        cells = _cells(inside, xs, ys, flat, upright, page)
        found.append(Unit(hull, size, page, cells, edges=tuple(xs)))
    return found, words


def _inside(word: Word, box: Box) -> bool:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return box.left - 1 <= x <= box.right + 1 and box.top - 1 <= y <= box.bottom + 1


def _cells(
    words: list[Word], xs: list[float], ys: list[float], flat: list[Box], upright: list[Box], page: int
) -> list[TableCell]:
    """The words between the lines at ``xs`` and ``ys`` as cells; where no line is drawn between two, they are one."""
    wide, high = len(xs) - 1, len(ys) - 1
    parent = list(range(wide * high))

    def root(n: int) -> int:
        while parent[n] != n:
            n = parent[n]
        return n

    for row in range(high):
        y = (ys[row] + ys[row + 1]) / 2
        for column in range(wide):
            x = (xs[column] + xs[column + 1]) / 2
            here = row * wide + column
            if column and not any(abs(r.left - xs[column]) <= 2 * _NEAR and r.top <= y <= r.bottom for r in upright):
                parent[root(here)] = root(here - 1)
            if row and not any(abs(r.top - ys[row]) <= 2 * _NEAR and r.left <= x <= r.right for r in flat):
                parent[root(here)] = root(here - wide)
    inside: dict[int, list[Word]] = {}
    for word in words:
        column = _slot(xs, (word.left + word.right) / 2)
        row = _slot(ys, (word.top + word.bottom) / 2)
        inside.setdefault(root(row * wide + column), []).append(word)
    made = []
    for first in sorted({root(n) for n in range(wide * high)}):
        places = [n for n in range(wide * high) if root(n) == first]
        rows_, columns = {n // wide for n in places}, {n % wide for n in places}
        lines = [line for row_ in rows(segments(inside.get(first, []), page)) for line in row_]
        made.append(TableCell(min(rows_), min(columns), lines, len(rows_), len(columns)))
    return sorted(made, key=lambda cell: (cell.row, cell.column))


def _slot(edges: list[float], at: float) -> int:
    return max(0, min(len(edges) - 2, sum(edge <= at for edge in edges) - 1))


def aligned(found: list[Segment], page: int) -> tuple[list[Unit], list[Segment]]:
    """The tables that no lines are drawn around: rows of short segments that stand in columns; and what is left."""
    lines = rows(found)
    units: list[Unit] = []
    taken: set[int] = set()
    at = 0
    while at < len(lines):
        end = _table_end(lines, at)
        body = lines[at:end]
        columns = _columns(body) if end - at >= _LEAST_ROWS else []
        if len(columns) >= 2 and _tabular(body, columns):
            units.append(_unit(body, columns, page))
            taken |= {id(one) for line in body for one in line}
            at = end
        else:
            at += 1
    return units, [one for one in found if id(one) not in taken]


def _table_end(lines: list[list[Segment]], at: int) -> int:
    """The line after the last that may belong to a table which begins at line ``at``."""
    if len(lines[at]) < 2:
        return at
    end = at + 1
    while end < len(lines):
        line, before = lines[end], lines[end - 1]
        gap = line[0].base - before[0].base
        size = line[0].size
        if gap > _NEXT_ROW * size or (len(line) < 2 and gap > _WRAPPED * size):
            break
        end += 1
    while end > at and len(lines[end - 1]) < 2 and lines[end - 1][0].left <= lines[at][0].left + 1:
        end -= 1
    return end


def _columns(body: list[list[Segment]]) -> list[tuple[float, float]]:
    """The stretches from left to right that segments fill, none overlapping another."""
    made: list[list[float]] = []
    for one in sorted((one for line in body for one in line), key=lambda one: one.left):
        if made and one.left < made[-1][1]:
            made[-1][1] = max(made[-1][1], one.right)
        else:
            made.append([one.left, one.right])
    return [(left, right) for left, right in made]


def _tabular(body: list[list[Segment]], columns: list[tuple[float, float]]) -> bool:
    """Whether lines are rows of a table rather than two columns of prose that stand level."""
    most = max(len(line) for line in body)
    full = sum(len(line) >= 2 for line in body)
    if most != len(columns) or full < _LEAST_ROWS:
        return False
    segments_ = [one for line in body for one in line]
    words = sum(len(one.words) for one in segments_) / len(segments_)
    if words >= _PROSE_WORDS and _fill(body, columns) >= _PROSE_FILL:
        return False
    if most == 2:
        figures = sum(any(map(str.isdigit, line[-1].text)) and len(line[-1].words) <= 4 for line in body)
        return figures >= 0.7 * len(body)
    return words <= _MOST_WORDS


def _fill(body: list[list[Segment]], columns: list[tuple[float, float]]) -> float:
    """How much of its column a segment mostly fills; lines of prose fill nearly all."""
    shares = [
        (one.right - one.left) / (right - left)
        for line in body
        for one in line
        for left, right in columns
        if left <= one.left <= right
    ]
    return median(shares)


def _unit(body: list[list[Segment]], columns: list[tuple[float, float]], page: int) -> Unit:
    grid: list[dict[int, list[Segment]]] = []
    gaps = [line[0].base - above[0].base for above, line in pairwise(body)]
    # Rows lie further apart than the lines of one row do; where all lie alike, a row has a word in its first column.
    parted = (min(gaps) + max(gaps)) / 2 if max(gaps) > _ROWS_APART * min(gaps) else 0.0
    for line, gap in zip(body, [0.0, *gaps], strict=True):
        hangs = line[0].left > columns[0][1] and len(line) < len(columns) and gap <= _WRAPPED * line[0].size
        if not grid or not (gap < parted if parted else hangs):
            grid.append({})
        for one in line:
            column = next(c for c, (left, right) in enumerate(columns) if left <= one.left <= right)
            grid[-1].setdefault(column, []).append(one)
    cells = [TableCell(r, c, row.get(c, [])) for r, row in enumerate(grid) for c in range(len(columns))]
    every = [one for line in body for one in line]
    hull = Box(
        min(o.left for o in every), min(o.top for o in every), max(o.right for o in every), max(o.bottom for o in every)
    )
    return Unit(hull, every[0].size, page, cells, edges=tuple(left for left, _ in columns))
