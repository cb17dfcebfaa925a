"""What was read and where it stands: spans, blocks, sections, sentences, one document's text.

Everything here points into ``Source.text`` with half-open ``[start, end)`` spans counted in Unicode code points.
The text is exactly what was decoded; nothing in the package edits it.
"""

from __future__ import annotations

from collections.abc import Iterator
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


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a paginated document: its number (from 1) and the stretch of text on it."""

    number: int
    span: Span


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that its format sets apart.

    ``span`` covers the words only: no marker, no surrounding white space. ``level`` is the heading's level from 1, or
    the nesting depth of a list item from 1; ``number`` is the heading's own number ("2.1"), if it has one.
    """

    kind: BlockKind
    span: Span
    level: int = 0
    number: str | None = None


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
    problems: tuple[Problem, ...] = ()


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
    ``Outline.sections``; ``lead_in`` indexes the sentence that introduces the list this item stands in ("Vi ska:").
    """

    span: Span
    kind: SentenceKind
    block: int
    section: int | None = None
    lead_in: int | None = None


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
