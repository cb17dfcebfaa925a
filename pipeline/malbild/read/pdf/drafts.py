"""Lines in reading order to blocks in the making: paragraphs, items, cells.

What they become by what stands around them is told in ``malbild.read.pdf.neighbours``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from malbild.read.pdf.lines import Segment, is_marker
from malbild.read.pdf.tables import Unit
from malbild.read.pdf.words import HYPHEN, Word
from malbild.source import BlockKind, Cell

SAME_SIZE = 0.07
"""By what part of a size the sizes of one paragraph's lines may differ."""
_WIDER = 1.28
"""How much more than the usual distance of lines parts paragraphs."""
STOPS = ".!?:…"
CLOSING = '"”’»)]'
NUMBERED = re.compile(r"(?:\d{1,2}|[a-zåäö]|[ivx]{1,4})[.)]|\(\d{1,2}\)", re.IGNORECASE)


@dataclass(slots=True)
class Draft:
    """A block in the making. ``marker`` is the word that begins a list item, which is no part of its text."""

    kind: BlockKind
    lines: list[Segment]
    column: tuple[float, float] = (0.0, 0.0)
    marker: Word | None = None
    level: int = 0
    number: str | None = None
    cell: Cell | None = None

    @property
    def size(self) -> float:
        """The font size of its longest line, in points."""
        return max(self.lines, key=lambda line: len(line.text)).size

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.bold for line in self.lines)

    @property
    def slanted(self) -> bool:
        """Whether all of it is slanted."""
        return all(line.slanted for line in self.lines)

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.lines[0].page

    @property
    def text(self) -> str:
        """Its words, lines parted by a space."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Looks:
    """How running text looks: its font size in points, and the distance of its baselines in font sizes."""

    size: float
    leading: float


def looks_of(pages: Iterable[Sequence[Segment]]) -> Looks:
    """The font size of most letters, and how far lines of that size mostly lie apart."""
    sizes: Counter[float] = Counter()
    gaps: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[round(line.size * 2) / 2] += len(line.text)
        for above, below in pairwise(sorted(page, key=lambda one: (round(one.left / 4), one.base))):
            gap = (below.base - above.base) / max(above.size, 1.0)
            if abs(above.left - below.left) < 2 and 0.9 < gap < 2.2 and abs(above.size - below.size) < 0.3:
                gaps[round(gap * 20) / 20] += 1
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    return Looks(size, gaps.most_common(1)[0][0] if gaps else 1.2)


@dataclass(slots=True)
class _Reading:
    """The blocks of a document, as its lines come."""

    looks: Looks
    made: list[Draft] = field(default_factory=list)
    open: Draft | None = None
    tables: int = 0
    before: tuple[Unit, int] | None = None
    beside: list[Unit] = field(default_factory=list)

    def line(self, line: Segment) -> None:
        """Take the next line in reading order."""
        here = self.open
        if here is not None and not self._breaks(here, line):
            last = here.lines[-1]
            if last.page == line.page and abs(last.base - line.base) < 0.3 * line.size and line.left >= last.right:
                last.words += line.words
            else:
                here.lines.append(line)
            return
        self.boxes()
        marker = None
        if len(line.words) > 1 and is_marker(line.words[0]):
            marker = line.words.pop(0)
            line.words[0].tight = False
        kind: BlockKind = "item" if marker else "paragraph"
        self.open = Draft(kind, [line], line.column, marker)
        self.made.append(self.open)
        self.before = None

    def _breaks(self, here: Draft, line: Segment) -> bool:
        """Whether ``line`` begins a block of its own."""
        last = here.lines[-1]
        size = max(last.size, line.size)
        if line.page != last.page or line.base < last.base - 0.5 * size:
            return True
        if abs(line.base - last.base) < 0.3 * size and line.left >= last.right:
            return False
        if is_marker(line.words[0]) and len(line.words) > 1:
            return True
        if abs(line.size - here.size) > SAME_SIZE * size:
            return True
        # A word set off at the end of a sentence is no new block.
        runs_on = line.text[0].islower() and last.text[-1] not in STOPS
        if not runs_on and (line.bold, line.slanted) != (here.bold, here.slanted):
            return True
        if line.words[0].raised:
            return True
        first, gap = here.lines[0], line.base - last.base
        usual = (last.base - here.lines[-2].base) if self._own_leading(here) else self.looks.leading * size
        if gap > _WIDER * usual or gap > 2.5 * size:
            return True
        if NUMBERED.fullmatch(line.words[0].text) and (here.marker or NUMBERED.fullmatch(first.words[0].text)):
            return True
        if here.marker is not None and line.left < first.left - 0.5 * size:
            return line.left <= here.marker.left + 0.5 * size and (last.text[-1] in STOPS or line.text[0].isupper())
        ended = last.text.rstrip(CLOSING)[-1:] in STOPS
        indent = line.left - min(one.left for one in here.lines)
        if ended and indent > 0.8 * size and here.marker is None and len(here.lines) > 1:
            return True
        room = last.column[1] - last.right - 0.3 * size
        fits = line.words[0].right - line.words[0].left < room - 0.8 * size
        return fits and (ended or (room > 6 * size and line.text[0].isupper() and not last.text.endswith("-")))

    @staticmethod
    def _own_leading(here: Draft) -> bool:
        return len(here.lines) > 1 and here.lines[-1].base - here.lines[-2].base > 0.5 * here.size

    def boxes(self) -> None:
        """End the block that is open, and read the boxes that stood beside it."""
        waiting, self.beside = self.beside, []
        self.open = None
        for unit in waiting:
            for line in unit.inner:
                self.line(line)
            self.open = None

    def unit(self, unit: Unit) -> None:
        """Take a table, or a box, which is read when the paragraph beside it has ended."""
        if not unit.cells:
            self.beside.append(unit)
            return
        self.boxes()
        row, head = 0, _headed(unit)
        if self.before is not None and _same_columns(self.before[0], unit):
            row = self.before[1]
            if head and _first_row(unit) == _first_row(self.before[0]):
                unit.cells = [cell for cell in unit.cells if cell.row]
                row -= 1
            head = False
        else:
            self.tables += 1
        last = row
        for cell in unit.cells:
            last = max(last, row + cell.row)
            if cell.lines:
                is_head = head and cell.row == 0
                place = Cell(self.tables - 1, row + cell.row, cell.column, is_head, cell.rows, cell.columns)
                self.made.append(Draft("cell", cell.lines, (cell.lines[0].left, unit.right), cell=place))
        self.before = (unit, last + 1)


def _first_row(unit: Unit) -> list[str]:
    return [" ".join(line.text for line in cell.lines) for cell in unit.cells if cell.row == 0]


def _headed(unit: Unit) -> bool:
    """Whether the first row of a table names its columns: bold as no other, or words where there are figures below."""
    first = [cell for cell in unit.cells if cell.row == 0 and cell.lines]
    rest = [cell for cell in unit.cells if cell.row and cell.lines]
    if not first or not rest or len(first) < 2:
        return False
    if all(line.bold for cell in first for line in cell.lines):
        return True
    words = [" ".join(line.text for line in cell.lines) for cell in first]
    return all(len(text.split()) <= 5 and text[-1] not in ".,;" for text in words)


def _same_columns(a: Unit, b: Unit) -> bool:
    return len(a.edges) == len(b.edges) and all(abs(x - y) < 4 for x, y in zip(a.edges, b.edges, strict=True))


def drafts(pages: Iterable[Sequence[Segment | Unit]], looks: Looks) -> list[Draft]:
    """The blocks of all pages, in reading order, as far as their own lines tell."""
    reading = _Reading(looks)
    for page in pages:
        for one in page:
            if isinstance(one, Unit):
                reading.unit(one)
            else:
                reading.line(one)
        reading.boxes()
    return reading.made


def is_hyphen(character: str) -> bool:
    """Whether a line that ends with it may end inside a word."""
    return character in ("-", HYPHEN)
