"""The outline of a document, put together from its blocks, sections and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from malbild.segment.blocks import infer, refine
from malbild.segment.lines import DRAWING
from malbild.segment.sections import sections
from malbild.segment.sentences import sentences
from malbild.source import Block, BlockKind, Outline, Sentence, SentenceKind, Source, Span

_LINE = re.compile(r"[^\s](?:[^\r\n]*[^\s])?")
_KINDS: dict[BlockKind, SentenceKind] = {
    "heading": "heading",
    "paragraph": "body",
    "item": "item",
    "caption": "caption",
    "cell": "cell",
    "footnote": "footnote",
}


def outline(source: Source) -> Outline:
    """Return the sections and sentences of a document.

    The structure is what the format gave (``source.blocks``) or else is inferred from the text. Code is no prose: it
    gets no sentences. Every other letter and digit of the text stands in exactly one sentence; what stands outside
    them is white space, marks of lists, headings and tables, and footnote marks after a stop.
    """
    text = source.text
    blocks = refine(source.blocks, text) if source.blocks else infer(text)
    blocks = [block for block in blocks if block.kind in _KINDS]
    parts, within = sections(text, blocks)
    found: list[Sentence] = []
    lists = _Lists(text)
    for index, block in enumerate(blocks):
        lead = lists.lead_in(block)
        kind = _KINDS[block.kind]
        before = len(found)
        for part in _paragraphs(text, block):
            for span in sentences(text, part, block.kind == "footnote"):
                found.append(Sentence(span, kind, index, within[index], lead, block.cell))
        if len(found) > before:
            lists.seen(block, len(found) - 1, found[-1].span)
    return Outline(tuple(parts), tuple(found))


def _paragraphs(text: str, block: Block) -> Iterator[Span]:
    """A cell's paragraphs, which stand on lines of their own, but for bare marks; of any other block the whole."""
    if block.kind != "cell":
        yield block.span
        return
    for line in _LINE.finditer(text, *block.span):
        if not DRAWING.issuperset("".join(line.group().split())):
            yield Span(*line.span())


class _Lists:
    """Which sentence leads into the list that is being read, at each depth of nesting."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.leads: dict[int, int | None] = {}
        self.before: tuple[Block, int, Span] | None = None

    def lead_in(self, block: Block) -> int | None:
        """Return the index of the sentence that introduces the list in which ``block`` is an item."""
        if block.kind != "item":
            return None
        level = max(1, block.level)
        if self.before is None or self.before[0].kind != "item":
            self.leads = {level: self._opening()}
        else:
            above, index, span = self.before
            if level > above.level:
                # "Förbättra miljön:" leads into the list below it; other items leave it to the lead-in of their own.
                self.leads[level] = index if self.text[span.end - 1] == ":" else self.leads.get(above.level)
            for deeper in [depth for depth in self.leads if depth > level]:
                del self.leads[deeper]
        return self.leads.get(level, self.leads.get(min(self.leads, default=level)))

    def seen(self, block: Block, index: int, span: Span) -> None:
        """Note the last sentence of a block that was read."""
        self.before = (block, index, span)

    def _opening(self) -> int | None:
        """Return the sentence before a list, if it ends with a colon or is running text without an end."""
        if self.before is None:
            return None
        block, index, span = self.before
        last = self.text[span.start : span.end].rstrip("*_ ")[-1:]
        if last == ":" or (block.kind == "paragraph" and last not in ".!?…"):
            return index
        return None
