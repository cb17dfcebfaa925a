"""Markdown: CommonMark and pipe tables, as blocks. Inline marks stay in the text, which is not touched.

Not here: lists by other bullets (•, ▻), captions and headings in bold. Those are habits of plain text as much as of
Markdown, and ``malbild.segment`` finds them inside the paragraphs given here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from malbild.read.content import Content
from malbild.read.decode import decode
from malbild.read.limits import LIMITS, Limits
from malbild.source import Block, BlockKind, Cell, Span

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_FRONT = re.compile(r"---[ \t]*\r?\n(?:[\w-]+:[^\r\n]*\r?\n|[ \t#-][^\r\n]*\r?\n)+(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_WORD = re.compile(r"[^\W_]")
_IMAGE = re.compile(r"!\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])\s*")
_CELL = re.compile(r"(?:[^|\\]|\\.|\\\Z)+", re.DOTALL)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:")
_FOOTNOTES = re.compile(rf"^[ \t]*{_FOOTNOTE.pattern}", re.MULTILINE)


def read(data: bytes, limits: Limits = LIMITS) -> Content:
    """Return the text of ``data``, its blocks in order, and its first heading as title."""
    text, problems = decode(data)
    blocks = tuple(blocks_of(text))
    title = next((block.span.quote(text) for block in blocks if block.kind == "heading"), None)
    return Content(text, title, blocks, problems=problems)


def blocks_of(text: str) -> list[Block]:
    r"""Return the blocks of a Markdown text, in order.

    >>> [(b.kind, b.level, b.span.quote("# Mål\n- ett\n  - två")) for b in blocks_of("# Mål\n- ett\n  - två")]
    [('heading', 1, 'Mål'), ('item', 1, 'ett'), ('item', 2, 'två')]
    """
    front = _FRONT.match(text)
    start = front.end() if front else 0
    found = list(_Scan(text, start).blocks())
    if front:
        found.append(Block("code", Span(0, len(front.group().rstrip()))))
    return sorted(found, key=lambda block: block.span)


class _Scan:
    """One text and where its lines stand, numbered as markdown-it numbers them."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.start = start
        self.lines = [Span(*found.span()) for found in _LINE.finditer(text, start) if found.group()]

    def blocks(self) -> Iterator[Block]:
        parser = MarkdownIt("commonmark").enable("table")
        # Inline marks are not needed. Indented text is prose far more often than code in these documents.
        parser.core.ruler.disable("inline")
        parser.block.ruler.disable("code")
        tokens = parser.parse(self.text[self.start :])
        seen: set[int] = set()
        for token in tokens:
            if token.map and token.type in ("inline", "fence", "html_block", "tr_open", "hr", "heading_open"):
                seen.update(range(*token.map))
            elif token.map and token.type == "table_open":
                seen.add(token.map[0] + 1)
        yield from self._of(tokens)
        for number, line in enumerate(self.lines):
            # What the parser keeps for itself (link and footnote definitions) is text all the same.
            if number not in seen and _WORD.search(line.quote(self.text)):
                yield self._block("footnote", self._trim(line))

    def _of(self, tokens: Sequence[Token]) -> Iterator[Block]:
        lists = 0
        table = row = -1
        fresh = in_table = False  # fresh: an item was opened and has no words yet
        kind: BlockKind = "paragraph"
        level = 0
        for token in tokens:
            if token.type in ("bullet_list_open", "ordered_list_open"):
                lists += 1
            elif token.type in ("bullet_list_close", "ordered_list_close"):
                lists -= 1
            elif token.type == "list_item_open":
                fresh = True
            elif token.type == "table_open":
                in_table = True
                table, row = table + 1, -1
            elif token.type == "table_close":
                in_table = False
            elif token.type == "tr_open" and token.map:
                row += 1
                yield from self._cells(self.lines[token.map[0]], table, row)
            elif token.type == "heading_open":
                kind, level = "heading", int(token.tag[1])
            elif token.type == "paragraph_open":
                kind, level = ("item", lists) if fresh and lists else ("paragraph", 0)
                fresh = False
            elif token.type == "inline" and token.map and not in_table:
                yield from self._words(token, kind, level)
            elif token.type in ("fence", "html_block") and token.map:
                span = Span(self.lines[token.map[0]].start, self.lines[token.map[1] - 1].end)
                prose = token.type == "html_block" and not token.content.lstrip().startswith("<!--")
                yield self._block("paragraph" if prose else "code", self._trim(span))

    def _words(self, token: Token, kind: BlockKind, level: int) -> Iterator[Block]:
        assert token.map is not None
        first, last = token.content.split("\n", 1)[0].strip(), token.content.rsplit("\n", 1)[-1].strip()
        count = token.content.count("\n")
        start = self._find(first, token.map[0]).start
        end = self._find(last, min(token.map[0] + count, len(self.lines) - 1)).end
        span = Span(start, end)
        if len(span) <= 0 or not first:
            # Lines that are white space to Python but not to markdown-it, a form feed say, may come first or last.
            span = self._trim(Span(self.lines[token.map[0]].start, self.lines[token.map[1] - 1].end))
        if len(span) <= 0:
            return
        start = span.start
        quote = span.quote(self.text)
        if kind == "paragraph" and quote.startswith("![") and (alts := _alts(quote)) is not None:
            for alt in alts:
                yield self._block("caption", alt.shift(start))
        elif kind == "paragraph" and _FOOTNOTE.match(quote):
            begins = [found.start() for found in _FOOTNOTES.finditer(quote)]
            for at, stop in pairwise([*begins, len(quote)]):
                yield self._block("footnote", self._trim(Span(start + at, start + stop)))
        else:
            yield self._block(kind, span, level)

    def _find(self, words: str, number: int) -> Span:
        """Where the words of a line stand: its end, but for the closing hashes of a heading."""
        line = self.lines[number]
        # markdown-it replaces NUL, one for one.
        at = line.quote(self.text).replace("\0", "\ufffd").rfind(words)
        return Span(line.start + at, line.start + at + len(words)) if at >= 0 else self._trim(line)

    def _cells(self, line: Span, table: int, row: int) -> Iterator[Block]:
        """The cells of a row that hold words; the first row is the head."""
        found = [Span(*cell.span()) for cell in _CELL.finditer(self.text, line.start, line.end)]
        if found and found[0].start == line.start and not found[0].quote(self.text).strip("> \t"):
            del found[0]  # What stands before the first bar is no cell.
        for column, cell in enumerate(map(self._trim, found)):
            if len(cell) > 0:
                yield Block("cell", cell, cell=Cell(table, row, column, row == 0))

    def _trim(self, span: Span) -> Span:
        quote = span.quote(self.text)
        start = span.start + len(quote) - len(quote.lstrip())
        return Span(start, max(start, span.start + len(quote.rstrip())))

    def _block(self, kind: BlockKind, span: Span, level: int = 0) -> Block:
        return Block(kind, span, level)


def _alts(paragraph: str) -> list[Span] | None:
    """Return the alternative texts of a paragraph that is images only; ``None`` for any other paragraph."""
    found: list[Span] = []
    at = 0
    while at < len(paragraph):
        image = _IMAGE.match(paragraph, at)
        if image is None:
            return None
        if image.group(1).strip():
            start, end = image.span(1)
            words = image.group(1)
            found.append(Span(start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())))
        at = image.end()
    return found
