"""What was read and where it stands: spans, blocks, sections, sentences, one document's text.

Everything here points into ``Source.text`` with half-open ``[start, end)`` spans counted in Unicode code points.
The text is exactly what was decoded; nothing in the package edits it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

BlockKind = Literal["heading", "paragraph", "item", "caption", "cell", "footnote", "code"]
SentenceKind = Literal["heading", "item", "caption", "body", "cell", "footnote"]


class Span(NamedTuple):
    """A half-open interval ``[start, end)`` of code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def shift(self, by: int) -> Span:
        """The same span, ``by`` code points further on."""
        return Span(self.start + by, self.end + by)

    def overlap(self, other: Span) -> int:
        """Number of code points that both spans hold.

        >>> Span(0, 5).overlap(Span(3, 9)), Span(0, 2).overlap(Span(2, 4))
        (2, 0)
        """
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def holds(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def quote(self, text: str) -> str:
        """The words that stand at this span of ``text``."""
        return text[self.start : self.end]


class Box(NamedTuple):
    """A rectangle on a page, in points (1/72 inch) from the page's top left corner as it is shown."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a paginated document: its number (from 1), and its size in points.

    Where words run up or down the page, it was turned by ``turns`` quarters clockwise to be read, and the size and the
    page's :class:`Line` objects are those of the page so turned; :meth:`as_shown` turns places back.
    """

    number: int
    width: float
    height: float
    turns: int = 0

    def as_shown(self, box: Box) -> Box:
        """A rectangle of the page as it was read, on the page as it is shown."""
        left, top, right, bottom = box
        match self.turns % 4:
            case 1:
                return Box(top, self.width - right, bottom, self.width - left)
            case 2:
                return Box(self.width - right, self.height - bottom, self.width - left, self.height - top)
            case 3:
                return Box(self.height - bottom, left, self.height - top, right)
        return box


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of text that stands on one line of a page, and where.

    ``edges`` are the left edges of its code points, and the right edge of the last one: one more than the span is long.
    """

    span: Span
    page: int
    top: float
    bottom: float
    edges: array[float]

    def box(self, span: Span) -> Box:
        """The rectangle of the part of ``span`` that stands on this line; the two must overlap."""
        first, last = max(span.start, self.span.start) - self.span.start, min(span.end, self.span.end) - self.span.start
        edges = self.edges[first : last + 1]
        return Box(min(edges), self.top, max(edges), self.bottom)


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a table's cell stands: which table, row and column, counted from 0, and whether it is a head.

    A cell that spans several rows or columns stands at its first ones; ``rows`` and ``columns`` tell how many.
    """

    table: int
    row: int
    column: int
    head: bool = False
    rows: int = 1
    columns: int = 1


AsideKind = Literal[
    "header", "footer", "page_number", "contents", "navigation", "banner", "hidden", "rotated", "deleted", "comment"
]


@dataclass(frozen=True, slots=True)
class Aside:
    """Words that were set aside: they are no part of the text. ``pages`` are those they stand on, where there are."""

    kind: AsideKind
    text: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that its format sets apart.

    ``span`` covers the words only: no marker, no surrounding white space. ``level`` is the heading's level from 1, or
    the nesting depth of a list item from 1; ``number`` is the heading's own number ("2.1"), if it has one. ``cell`` is
    where a cell stands in its table, where the format tells.
    """

    kind: BlockKind
    span: Span
    level: int = 0
    number: str | None = None
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that went wrong or was set aside, and at which stage."""

    stage: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Source:
    """One document as read.

    ``blocks`` is empty where the format (plain text) leaves the structure to be inferred by ``malbild.segment``.
    ``pages``, and ``lines`` in the order of the text, are empty where the format has no pages. ``built`` says that
    ``text`` was put together from a format that is no text, so that nobody else has it.
    ``id`` is derived from the bytes read, so the same file has the same id wherever it lies.
    """

    id: str
    name: str
    text: str
    media_type: str
    sha256: str
    title: str | None = None
    blocks: tuple[Block, ...] = ()
    pages: tuple[Page, ...] = ()
    lines: tuple[Line, ...] = ()
    asides: tuple[Aside, ...] = ()
    built: bool = False
    problems: tuple[Problem, ...] = ()

    def boxes_of(self, span: Span) -> list[tuple[int, Box]]:
        """Where a stretch of text stands: for every line its page's number, and a rectangle of the page as shown."""
        return [(line.page, self.pages[line.page - 1].as_shown(line.box(span))) for line in self.lines_of(span)]

    def lines_of(self, span: Span) -> Sequence[Line]:
        """The lines on which a stretch of text stands."""
        first = bisect_right(self.lines, span.start, key=lambda line: line.span.end)
        last = bisect_left(self.lines, span.end, lo=first, key=lambda line: line.span.start)
        return self.lines[first:last]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text under it, up to the next heading of the same or a higher level.

    ``heading`` is the span of the heading's words, ``None`` for text before the first heading. ``span`` runs from the
    heading's start to the section's end. ``parent`` is an index into ``Outline.sections``.
    """

    heading: Span | None
    number: str | None
    level: int
    span: Span
    parent: int | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it stands: a clause of running text, a heading, a list item or a caption.

    ``block`` numbers the block it was cut from (sentences of one paragraph share it); ``section`` indexes
    ``Outline.sections``; ``lead_in`` indexes the sentence that introduces the list this item stands in ("Vi ska:");
    ``cell`` is where in a table it stands.
    """

    span: Span
    kind: SentenceKind
    block: int
    section: int | None = None
    lead_in: int | None = None
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections and sentences of one document, both in the order of the text."""

    sections: tuple[Section, ...] = ()
    sentences: tuple[Sentence, ...] = field(default=())

    def section_indexes(self, section: int | None) -> Iterator[int]:
        """The section and those it lies in, innermost first, as positions in ``sections``."""
        while section is not None:
            yield section
            section = self.sections[section].parent
