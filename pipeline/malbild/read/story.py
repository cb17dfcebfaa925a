"""A flow of paragraphs and tables as a reader comes across them, nested in whatever way, to drafts of blocks.

A reader walks its format and says what begins and ends; the story keeps what is open. Nothing here calls itself, so
that depth of nesting costs no stack.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from malbild.read.building import Draft, Look, flat, tidy
from malbild.read.cells import Grid
from malbild.read.numerals import Label
from malbild.read.roles import APART, Role
from malbild.source import AsideKind, BlockKind
from malbild.sv.marks import GLYPHS, SIGNS

# A bullet typed at the start of a paragraph: one that is nothing else, or one that a tab sets apart from the words.
_TYPED = re.compile(rf"\s*(?:[{GLYPHS}]\s*|[{SIGNS}+o][ \xa0]?\t\s*)")
_SAYS = re.compile(r"[^\W_]")
_NO_LABEL = Label()
# Where words are left out for several reasons at once, the first of these is the one that is told.
_REASONS: tuple[AsideKind, ...] = ("comment", "contents", "deleted", "hidden")


@dataclass(slots=True)
class Paragraph:
    """A paragraph that is open: its pieces so far, how their letters look, and what is anchored in it."""

    depth: int
    pieces: list[str] = field(default_factory=list)
    looks: Counter[Look] = field(default_factory=Counter)
    left: dict[AsideKind, list[str]] = field(default_factory=dict)
    after: list[Draft] = field(default_factory=list)

    def look(self) -> Look | None:
        """The size most letters have, and whether all are bold or italic; ``None`` where there are no letters."""
        if not self.looks:
            return None
        sizes: Counter[float] = Counter()
        for look, count in self.looks.items():
            sizes[look.size] += count
        bold, italic = all(look.bold for look in self.looks), all(look.italic for look in self.looks)
        return Look(sizes.most_common(1)[0][0], bold, italic)


@dataclass(slots=True)
class _Frame:
    """What may hold paragraphs: the flow itself, a cell, a note.

    ``joined`` is a paragraph that runs into the next; ``indents`` are those of the typed items that are open.
    """

    drafts: list[Draft] = field(default_factory=list)
    joined: Paragraph | None = None
    indents: list[float] = field(default_factory=list)

    def depth(self, indent: float) -> int:
        """Return how deep an item of this indent lies, from 1."""
        while self.indents and self.indents[-1] > indent:
            self.indents.pop()
        if not self.indents or self.indents[-1] < indent:
            self.indents.append(indent)
        return len(self.indents)


class Story:
    """One flow of text.

    ``away`` counts, by kind, what is open that sets words aside: while any is, what is said is no part of the text.
    """

    def __init__(self) -> None:
        self.away: Counter[AsideKind] = Counter()
        self.tables: list[Grid] = []
        self._table_count = 0
        self._notes: list[Draft] = []  # those that stand at the end
        self._numbers = [0, 0]  # of footnotes and of endnotes
        self._paragraphs: list[Paragraph] = []
        self._frames = [_Frame()]

    @property
    def paragraph(self) -> Paragraph | None:
        """The innermost paragraph that is open."""
        return self._paragraphs[-1] if self._paragraphs else None

    def reason(self) -> AsideKind | None:
        """Return why words said now are set aside; ``None`` if they are not."""
        return next((kind for kind in _REASONS if self.away[kind] > 0), None)

    def begin(self) -> Paragraph:
        """Begin a paragraph, inside another one if one is open: what it holds then comes after that one."""
        frame = self._frames[-1]
        # Only a paragraph of the frame's own goes on with the last one; one in a text box does not.
        own = not self._paragraphs or self._paragraphs[-1].depth < len(self._frames)
        paragraph = frame.joined if own and frame.joined else Paragraph(len(self._frames))
        if own:
            frame.joined = None
        self._paragraphs.append(paragraph)
        return paragraph

    def say(self, words: str, look: Look | None = None) -> None:
        """Add words to the open paragraph. Line breaks in them are spaces: see :meth:`break_line`."""
        if words and self._paragraphs:
            self._add(flat(words), look)

    def break_line(self) -> None:
        """Break the line of the open paragraph."""
        if self._paragraphs:
            self._add("\n", None)

    def _add(self, words: str, look: Look | None) -> None:
        paragraph = self._paragraphs[-1]
        if kind := self.reason():
            paragraph.left.setdefault(kind, []).append(words)
            return
        paragraph.pieces.append(words)
        if look is not None and (letters := sum(char.isalnum() for char in words)):
            paragraph.looks[look] += letters

    def end(
        self, kind: BlockKind, level: int = 0, label: Label = _NO_LABEL, role: Role = "", indent: float = 0
    ) -> None:
        """End the open paragraph.

        Args:
            kind: what it is.
            level: of a heading or an item.
            label: what stands before it automatically; the words of it are its own words.
            role: that of its style.
            indent: its left indent in points, which tells how deep a bullet that was typed lies.
        """
        paragraph = self._paragraphs.pop()
        text = "".join(paragraph.pieces)
        if kind == "paragraph" and (mark := _TYPED.match(text)) and text[mark.end() :].strip():
            kind, level, text = "item", self._frames[-1].depth(indent), text[mark.end() :]
        elif text.strip():
            self._frames[-1].indents.clear()
        words = tidy(text)
        if words and label.words:
            words = tidy(f"{label.words} {words}")
        if kind == "heading":
            words = words.replace("\n", " ")
        look = paragraph.look() if kind in ("heading", "paragraph", "item") and role not in APART else None
        drafts = [Draft(kind, words, level, label.number, look=look, titled=role == "title")] if words else []
        drafts += _left(paragraph)
        self.emit([*drafts, *paragraph.after])

    def join(self) -> None:
        """End the open paragraph so that the next one goes on with it, as where its mark was deleted."""
        paragraph = self._paragraphs.pop()
        if self._paragraphs and self._paragraphs[-1].depth == paragraph.depth:
            self._paragraphs.append(paragraph)
            self.end("paragraph")
        else:
            self._frames[-1].joined = paragraph

    def emit(self, drafts: Iterable[Draft]) -> None:
        """Put drafts where the story is: after the open paragraph if they stand in it, as text boxes do."""
        outer = self.paragraph
        if outer is None or outer.depth < len(self._frames):
            self._frames[-1].drafts += drafts
            return
        for draft in drafts:
            draft.look = None  # large letters in a box are more often a quotation than a heading
            outer.after.append(draft)

    def note(self, drafts: Sequence[Draft], late: bool = False) -> None:
        """Add a note that the open paragraph refers to: after it, or at the end of the story if it is a late one."""
        if self._paragraphs and not self.reason():
            words, asides = said(drafts)
            self._numbers[late] += 1
            found = [Draft("footnote", words, number=str(self._numbers[late])), *asides]
            (self._notes if late else self._paragraphs[-1].after).extend(found)

    def open_frame(self) -> None:
        """Begin something that holds paragraphs of its own."""
        self._frames.append(_Frame())

    def close_frame(self) -> list[Draft]:
        """End what :meth:`open_frame` began, and return what it holds."""
        frame = self._frames[-1]
        while self._paragraphs and self._paragraphs[-1].depth >= len(self._frames):
            self.end("paragraph")
        if frame.joined:
            self._paragraphs.append(frame.joined)
            frame.joined = None
            self.end("paragraph")
        return self._frames.pop().drafts

    def open_table(self, styled: bool = False) -> None:
        """Begin a table; ``styled`` says that its style sets its first row apart."""
        self.tables.append(Grid(self._table_count, styled))
        self._table_count += 1

    def close_table(self) -> None:
        """End the innermost table."""
        self.emit(self.tables.pop().drafts())

    def drafts(self) -> list[Draft]:
        """End the story, and return its drafts, but for those that only draw something ("* * *")."""
        while len(self._frames) > 1:
            left = self.close_frame()
            self._frames[-1].drafts += left
        drafts = self.close_frame()
        self._frames = [_Frame()]
        return [draft for draft in drafts + self._notes if draft.kind == "cell" or _SAYS.search(draft.words)]


def said(drafts: Sequence[Draft]) -> tuple[str, list[Draft]]:
    """Return the words of a note, a comment or the like, and what is set aside in it."""
    return "\n".join(draft.words for draft in drafts if not draft.aside), [draft for draft in drafts if draft.aside]


def _left(paragraph: Paragraph) -> list[Draft]:
    said = ((kind, tidy("".join(pieces))) for kind, pieces in paragraph.left.items())
    return [Draft("paragraph", words, aside=kind) for kind, words in said if words]
