"""The text of a Word document: one walk through a part's elements, told to a Story.

What an element means is one line in a table at the end. The walk does not call itself: see ``malbild.read.story``.
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from malbild.read.building import Draft, tidy
from malbild.read.numerals import Label
from malbild.read.package import Element
from malbild.read.roles import counts_captions
from malbild.read.story import Story
from malbild.read.word.context import Context
from malbild.read.word.fields import Fields, instruction
from malbild.read.word.paragraphs import Shape, shape
from malbild.read.word.runs import Run, run
from malbild.read.word.tables import begin_row, begin_table, end_cell, end_row
from malbild.read.word.tags import DGM, MC, A, M, R, W, switch, value
from malbild.source import AsideKind


def read_part(context: Context, root: Element, main: bool = False) -> list[Draft]:
    """Return the drafts of a part, or of one note or comment.

    Args:
        context: the document.
        root: the part's root element.
        main: whether it is the main part: only there do lists count, and notes belong.
    """
    walk = _Walk(context, root, main)
    elements = etree.iterwalk(root, events=("start", "end"))
    for event, element in elements:
        tag = element.tag
        if event == "end":
            if act := _ENDS.get(tag):
                act(walk, element)
        elif tag in _SKIPPED or (tag in _BRANCHES and element is not _branch(element)):
            elements.skip_subtree()
        elif act := _STARTS.get(tag):
            act(walk, element)
    return walk.story.drafts()


class _Walk:
    """Where a walk has come to: the paragraphs, fields and content controls that are open."""

    def __init__(self, context: Context, root: Element, main: bool) -> None:
        self.context = context
        self.main = main
        self.story = Story()
        self.fields = Fields(root)
        self._shapes: list[Shape] = []
        self._runs: list[Run] = []  # the run each open paragraph has come to
        self._controls: list[AsideKind | None] = []
        self._seen: set[Element] = set()  # notes
        self._diagrams: set[str] = set()

    def begin_paragraph(self, element: Element) -> None:
        found = shape(element, self.context.styles)
        self._shapes.append(found)
        self._runs.append(run(None, found.style, self.context.styles))
        self.story.away["contents"] += found.style.role == "contents"
        self.story.begin()

    def end_paragraph(self, _: Element) -> None:
        found = self._shapes.pop()
        self._runs.pop()
        if found.joins and not self.story.reason():
            self.story.join()
        else:
            level = found.list_level(self.context.numbering)
            label = self._label(found, level)
            kind, depth = found.kind(level, label.shown)
            self.story.end(kind, depth, label, found.style.role, found.indent)
        self.story.away["contents"] -= found.style.role == "contents"

    def _label(self, found: Shape, level: int) -> Label:
        if not self.main or found.list_id is None or self.story.reason():
            return Label()
        return self.context.numbering.step(found.list_id, level)

    def begin_run(self, element: Element) -> None:
        if self._shapes:
            self._runs[-1] = run(element, self._shapes[-1].style, self.context.styles)

    def say(self, words_: str) -> None:
        if not self._runs or self.fields.silent:
            return
        now = self._runs[-1]
        self.story.away["contents"] += self.fields.in_index
        self.story.away["hidden"] += now.hidden
        self.story.say(words_, now.look)
        self.story.away["hidden"] -= now.hidden
        self.story.away["contents"] -= self.fields.in_index

    def text(self, element: Element) -> None:
        self.say(element.text or "")

    def deleted_text(self, element: Element) -> None:
        # Inside w:del as a rule, which has been seen by then.
        self.story.away["deleted"] += 1
        self.say(element.text or "")
        self.story.away["deleted"] -= 1

    def break_line(self, _: Element) -> None:
        # Where a page or a column ends, a word ends too.
        if self._runs and not self.fields.silent and not self._runs[-1].hidden:
            self.story.break_line()

    def symbol(self, element: Element) -> None:
        try:
            code = int(element.get(f"{W}char") or "", 16)
        except ValueError:
            return
        if 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE:
            self.say(chr(code))

    def field_mark(self, element: Element) -> None:
        self._instructed(self.fields.mark(element))

    def begin_field(self, element: Element) -> None:
        self._instructed(self.fields.begin(element.get(f"{W}instr") or ""))

    def _instructed(self, text: str | None) -> None:
        name, argument = instruction(text or "")
        if name == "SEQ" and self._shapes and counts_captions(argument):
            self._shapes[-1].captioned = True

    def begin_control(self, element: Element) -> None:
        """A content control may be a table of contents, or show a mere prompt."""
        reason: AsideKind | None = None
        if value(element, "sdtPr/docPartObj/docPartGallery") == "Table of Contents":
            reason = "contents"
        elif switch(element, "sdtPr/showingPlcHdr"):
            reason = "hidden"
        self._controls.append(reason)
        if reason:
            self.story.away[reason] += 1

    def end_control(self, _: Element) -> None:
        if reason := self._controls.pop():
            self.story.away[reason] -= 1

    def note(self, element: Element) -> None:
        """A note is read where the text refers to it first."""
        note = self.context.note(element)
        if self.main and note is not None and note not in self._seen and not self.story.reason():
            self._seen.add(note)
            self.story.note(read_part(self.context, note), element.tag == f"{W}endnoteReference")

    def diagram(self, element: Element) -> None:
        """The words of a SmartArt diagram stand in a part of their own."""
        rid = element.get(f"{R}dm") or ""
        root = None if rid in self._diagrams or self.story.reason() else self.context.word.related(rid)
        self._diagrams.add(rid)
        points = [] if root is None else list(root.iter(f"{DGM}t"))
        for point in points:
            lines = ("".join(part.text or "" for part in line.iter(f"{A}t")) for line in point.iter(f"{A}p"))
            self.story.emit([Draft("paragraph", tidy("\n".join(lines)))])

    def embedded(self, _: Element) -> None:
        self.context.problem("embedded", "holds another document, which was not read; paste its text into this one")

    def leave(self, by: int) -> None:
        self.story.away["deleted"] += by


def _branch(element: Element) -> Element | None:
    """Return which of the alternatives that ``element`` is one of is to be read: the first that holds words."""
    parent = element.getparent()
    branches = [] if parent is None else [other for other in parent if other.tag in _BRANCHES]
    return next((branch for branch in branches if next(branch.iter(*_SPOKEN), None) is not None), None)


_SPOKEN = (f"{W}t", f"{M}t", f"{DGM}relIds")
_BRANCHES = frozenset({f"{MC}Choice", f"{MC}Fallback"})
# Where nothing stands that is shown, or what stands there is read by itself.
_SKIPPED = frozenset(
    W + tag for tag in ("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "rt", "ffData")
)
_Act = Callable[[_Walk, Element], None]
_STARTS: dict[str, _Act] = {
    f"{W}p": _Walk.begin_paragraph,
    f"{W}r": _Walk.begin_run,
    f"{W}t": _Walk.text,
    f"{M}t": _Walk.text,
    f"{W}delText": _Walk.deleted_text,
    f"{W}tab": lambda walk, _: walk.say("\t"),
    f"{W}ptab": lambda walk, _: walk.say("\t"),
    f"{W}noBreakHyphen": lambda walk, _: walk.say("-"),
    f"{W}br": _Walk.break_line,
    f"{W}cr": _Walk.break_line,
    f"{W}sym": _Walk.symbol,
    f"{W}instrText": lambda walk, element: walk.fields.instruct(element.text or ""),
    f"{W}fldChar": _Walk.field_mark,
    f"{W}fldSimple": _Walk.begin_field,
    f"{W}sdt": _Walk.begin_control,
    f"{W}tbl": lambda walk, element: begin_table(walk.story, element, walk.context.styles),
    f"{W}tr": lambda walk, element: begin_row(walk.story, element),
    f"{W}tc": lambda walk, _: walk.story.open_frame(),
    f"{W}footnoteReference": _Walk.note,
    f"{W}endnoteReference": _Walk.note,
    f"{DGM}relIds": _Walk.diagram,
    f"{W}altChunk": _Walk.embedded,
    f"{W}subDoc": _Walk.embedded,
    f"{W}del": lambda walk, _: walk.leave(1),
    f"{W}moveFrom": lambda walk, _: walk.leave(1),
}
_ENDS: dict[str, _Act] = {
    f"{W}p": _Walk.end_paragraph,
    f"{W}fldSimple": lambda walk, _: walk.fields.end(),
    f"{W}sdt": _Walk.end_control,
    f"{W}tbl": lambda walk, _: walk.story.close_table(),
    f"{W}tr": lambda walk, element: end_row(walk.story, element),
    f"{W}tc": lambda walk, element: end_cell(walk.story, element),
    f"{W}del": lambda walk, _: walk.leave(-1),
    f"{W}moveFrom": lambda walk, _: walk.leave(-1),
}
