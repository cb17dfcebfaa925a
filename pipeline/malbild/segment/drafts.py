"""Lines and wrapped paragraphs to blocks in the making, so far as their own looks tell what they are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from malbild.segment.lines import BULLET, Line, Mark, cells, lines
from malbild.segment.paragraphs import paragraphs, runs
from malbild.source import Block, BlockKind, Cell, Span
from malbild.sv import CAPTION

SHORT = 100
"""Most code points of a heading without a number."""
_CAPTION = re.compile(rf"[*_(]*{CAPTION}", re.IGNORECASE)
_FOOTNOTE = re.compile(r"\[\d{1,3}\]\s+[^\s\[]")


@dataclass(slots=True)
class Draft:
    """A block in the making. ``single`` says that it is one line; ``gap`` that it stands apart from what is before."""

    kind: BlockKind | None
    start: int
    end: int
    mark: Mark
    level: int
    indent: int
    number: str
    style: str
    gap: bool
    single: bool
    cell: Cell | None = None

    def __len__(self) -> int:
        return self.end - self.start


def drafts(text: str, span: Span | None = None, soft: bool = False) -> list[Draft]:
    """Return the blocks of a stretch of text, so far as their own looks tell.

    Args:
        text: the document.
        span: the stretch, all of it by default.
        soft: whether line breaks mean nothing in the document's format.
    """
    found = lines(text) if span is None else lines(text, span.start, span.end)
    # Where blank lines are all but unknown, every line stands apart.
    dense = span is None and len(found) > 20 and sum(line.gap for line in found) * 50 < len(found)
    out: list[Draft] = []
    table, row = -1, 0
    for run in runs(found, text):
        if run.lines[0].mark == "row":
            row = row + 1 if out and out[-1].mark == "row" and not run.lines[0].gap else 0
            table += row == 0
            out += _row(text, run.lines[0], table, row)
            continue
        for group in paragraphs(run, text, soft):
            out.append(_draft(text, group, dense))
    return out


def _row(text: str, line: Line, table: int, row: int) -> list[Draft]:
    found = []
    for column, (start, end) in cells(text, line.start, line.end):
        found.append(Draft("cell", start, end, "row", 0, 0, "", "", line.gap, True, Cell(table, row, column, row == 0)))
    return found


def _draft(text: str, group: list[Line], dense: bool) -> Draft:
    line = group[0]
    kind: BlockKind | None = None
    level = line.level
    if line.mark == "hash":
        kind = "heading"
    elif line.underlined and len(group) == 1 and line.end - line.start <= SHORT and text[line.end - 1] != ".":
        kind, level = "heading", line.underlined
    elif text[line.start] == "[" and _FOOTNOTE.match(text, line.start, line.end):
        kind = "footnote"
    elif _CAPTION.match(text, line.start, line.end):
        kind = "caption"
    elif line.mark == "bullet" or (line.mark == "number" and (")" in line.style or text[group[-1].end - 1] in ",;")):
        kind = "item"
    gap = line.gap or dense
    return Draft(
        kind, line.start, group[-1].end, line.mark, level, line.indent, line.number, line.style, gap, len(group) == 1
    )


def given(block: Block, text: str) -> Draft:
    """Return the draft of a block that a format gave."""
    start, end = block.span
    bullet = BULLET.match(text, start, end)
    if bullet and bullet.end() < end and block.kind != "code":
        start = bullet.end()
    return Draft(block.kind, start, end, "given", block.level, 0, block.number or "", "", True, True, block.cell)
