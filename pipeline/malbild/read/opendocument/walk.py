"""The text of an OpenDocument text: one walk through its elements, told to a Story.

What an element means is one line in a table at the end. The walk does not call itself: see ``malbild.read.story``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from malbild.read.building import Draft
from malbild.read.numerals import Label
from malbild.read.opendocument.elements import INDEXES, SKIPPED, holds_words
from malbild.read.opendocument.lists import Lists
from malbild.read.opendocument.styles import Letters, Style, Styles
from malbild.read.opendocument.tags import CONTROL, DRAW, OFFICE, PROMPT, TABLE, TEXT, count, true
from malbild.read.package import Element
from malbild.read.roles import counts_captions
from malbild.read.story import Story, said
from malbild.source import AsideKind, BlockKind


def read_part(root: Element, styles: Styles, lists: Lists) -> list[Draft]:
    """Return the drafts of the text under an element: the body of the document, or the header of a page."""
    walk = _Walk(styles, lists)
    elements = etree.iterwalk(root, events=("start", "end"))
    for event, element in elements:
        tag = element.tag
        if event == "start":
            if act := _STARTS.get(tag):
                act(walk, element)
            if tag in SKIPPED:
                elements.skip_subtree()
            elif holds_words(element):
                walk.say(element.text)
        else:
            if act := _ENDS.get(tag):
                act(walk, element)
            if element.tail and element is not root and holds_words(element.getparent()):
                walk.say(element.tail)
    return walk.story.drafts()


@dataclass(slots=True)
class _Paragraph:
    """A paragraph that is open; ``kind`` and ``level`` are what its element and its place make of it."""

    style: Style
    kind: BlockKind
    level: int
    label: Label
    hidden: bool


class _Walk:
    """Where a walk has come to: the paragraphs, spans and tables that are open."""

    def __init__(self, styles: Styles, lists: Lists) -> None:
        self.styles = styles
        self.lists = lists
        self.story = Story()
        self._paragraphs: list[_Paragraph] = []
        self._letters: list[Letters] = []
        self.heads = 0  # header rows that are open, one in the other

    def say(self, words: str | None) -> None:
        if words and self._letters:
            now = self._letters[-1]
            self.story.away["hidden"] += now.hidden
            self.story.say(words, now.look)
            self.story.away["hidden"] -= now.hidden

    def break_line(self) -> None:
        if self._letters and not self._letters[-1].hidden:
            self.story.break_line()

    def begin_paragraph(self, element: Element) -> None:
        style = self.styles.paragraph(element.get(f"{TEXT}style-name") or "")
        hidden = any(true(part, f"{TEXT}is-hidden") for part in element.iterchildren(f"{TEXT}hidden-paragraph"))
        self.story.away["contents"] += style.role == "contents"
        self.story.away["hidden"] += hidden
        kind, level, label = self._what(element, style)
        self._paragraphs.append(_Paragraph(style, kind, level, label, hidden))
        self._letters.append(style.letters)
        self.story.begin()

    def _what(self, element: Element, style: Style) -> tuple[BlockKind, int, Label]:
        counts = not self.story.reason()
        label = self.lists.label() if counts else None
        if element.tag == f"{TEXT}h" and style.role != "title":
            level = count(element, f"{TEXT}outline-level")
            if label is None and counts:
                label = self.lists.heading(element, level)
            return "heading", max(1, level), label or Label()
        if style.role == "title" or style.level:
            return "heading", style.level or 1, label or Label()
        if style.role == "caption":
            return "caption", 0, label or Label()
        if label is not None and label.shown:
            return "item", max(1, self.lists.depth, style.depth), label
        return "paragraph", 0, Label()

    def end_paragraph(self, _: Element) -> None:
        was = self._paragraphs.pop()
        self._letters.pop()
        self.story.end(was.kind, was.level, was.label, was.style.role, was.style.indent)
        self.story.away["contents"] -= was.style.role == "contents"
        self.story.away["hidden"] -= was.hidden

    def begin_span(self, element: Element) -> None:
        if self._letters:
            self._letters.append(self.styles.span(element.get(f"{TEXT}style-name") or "", self._letters[-1]))

    def end_span(self, _: Element) -> None:
        if self._letters:
            self._letters.pop()

    def number(self, element: Element) -> None:
        """The number that the program that wrote the document gave: it knew better."""
        if self._paragraphs and (text := (element.text or "").strip(" .")):
            self._paragraphs[-1].label = self._paragraphs[-1].label._replace(number=text)

    def sequence(self, element: Element) -> None:
        now = self._paragraphs[-1] if self._paragraphs else None
        if now and now.kind == "paragraph" and counts_captions(element.get(f"{TEXT}name") or ""):
            now.kind = "caption"

    def hidden_text(self, element: Element) -> None:
        if true(element, f"{TEXT}is-hidden"):
            self.story.away["hidden"] += 1
            self.say(None if element.text else element.get(f"{TEXT}string-value"))

    def end_hidden_text(self, element: Element) -> None:
        if true(element, f"{TEXT}is-hidden"):
            self.story.away["hidden"] -= 1

    def section(self, element: Element, by: int) -> None:
        display = element.get(f"{TEXT}display")
        if display == "none" or (display == "condition" and true(element, f"{TEXT}is-hidden")):
            self.story.away["hidden"] += by

    def control(self, element: Element, by: int) -> None:
        """A content control may show a mere prompt."""
        if true(element, PROMPT):
            self.story.away["hidden"] += by

    def open_frame(self, _: Element) -> None:
        self.story.open_frame()
        self.lists.enter()

    def end_note(self, element: Element) -> None:
        note = element.getparent()
        late = note is not None and note.get(f"{TEXT}note-class") == "endnote"
        self.story.note(self._close_frame(), late)

    def end_annotation(self, _: Element) -> None:
        words, asides = said(self._close_frame())
        self.story.emit([Draft("paragraph", words, aside="comment"), *asides])

    def _close_frame(self) -> list[Draft]:
        self.lists.leave()
        return self.story.close_frame()

    def begin_row(self, element: Element) -> None:
        if self.story.tables:
            self.story.tables[-1].row(self.heads > 0, max(1, count(element, f"{TABLE}number-rows-repeated")))

    def end_cell(self, element: Element) -> None:
        drafts = self._close_frame()
        if not self.story.tables:
            self.story.emit(drafts)
            return
        table = self.story.tables[-1]
        repeated = max(1, count(element, f"{TABLE}number-columns-repeated"))
        if element.tag == f"{TABLE}covered-table-cell":
            table.cover(drafts, repeated)
            return
        columns = max(1, count(element, f"{TABLE}number-columns-spanned"))
        rows = max(1, count(element, f"{TABLE}number-rows-spanned"))
        table.cell(drafts, columns, rows)
        table.skip(repeated - columns)  # the cells that it covers come by themselves


_Act = Callable[[_Walk, Element], None]


def _away(kind: AsideKind, by: int) -> _Act:
    def act(walk: _Walk, _: Element) -> None:
        walk.story.away[kind] += by

    return act


def _heads(by: int) -> _Act:
    def act(walk: _Walk, _: Element) -> None:
        walk.heads += by

    return act


_STARTS: dict[str, _Act] = {
    f"{TEXT}p": _Walk.begin_paragraph,
    f"{TEXT}h": _Walk.begin_paragraph,
    f"{TEXT}span": _Walk.begin_span,
    f"{TEXT}s": lambda walk, _: walk.say(" "),
    f"{TEXT}tab": lambda walk, _: walk.say("\t"),
    f"{TEXT}line-break": lambda walk, _: walk.break_line(),
    f"{TEXT}number": _Walk.number,
    f"{TEXT}sequence": _Walk.sequence,
    f"{TEXT}hidden-text": _Walk.hidden_text,
    f"{TEXT}section": lambda walk, element: walk.section(element, 1),
    CONTROL: lambda walk, element: walk.control(element, 1),
    f"{TEXT}tracked-changes": _away("deleted", 1),
    **dict.fromkeys(INDEXES, _away("contents", 1)),
    f"{TEXT}note-body": _Walk.open_frame,
    f"{OFFICE}annotation": _Walk.open_frame,
    f"{DRAW}text-box": lambda walk, _: walk.lists.enter(),
    f"{TEXT}list": lambda walk, element: walk.lists.begin(element),
    f"{TEXT}list-item": lambda walk, element: walk.lists.item(element),
    f"{TEXT}list-header": lambda walk, element: walk.lists.item(element),
    f"{TABLE}table": lambda walk, _: walk.story.open_table(),
    f"{TABLE}table-header-rows": _heads(1),
    f"{TABLE}table-row": _Walk.begin_row,
    f"{TABLE}table-cell": _Walk.open_frame,
    f"{TABLE}covered-table-cell": _Walk.open_frame,
}
_ENDS: dict[str, _Act] = {
    f"{TEXT}p": _Walk.end_paragraph,
    f"{TEXT}h": _Walk.end_paragraph,
    f"{TEXT}span": _Walk.end_span,
    f"{TEXT}hidden-text": _Walk.end_hidden_text,
    f"{TEXT}section": lambda walk, element: walk.section(element, -1),
    CONTROL: lambda walk, element: walk.control(element, -1),
    f"{TEXT}tracked-changes": _away("deleted", -1),
    **dict.fromkeys(INDEXES, _away("contents", -1)),
    f"{TEXT}note-body": _Walk.end_note,
    f"{OFFICE}annotation": _Walk.end_annotation,
    f"{DRAW}text-box": lambda walk, _: walk.lists.leave(),
    f"{TEXT}list": lambda walk, _: walk.lists.end(),
    f"{TABLE}table": lambda walk, _: walk.story.close_table(),
    f"{TABLE}table-header-rows": _heads(-1),
    f"{TABLE}table-cell": _Walk.end_cell,
    f"{TABLE}covered-table-cell": _Walk.end_cell,
}
