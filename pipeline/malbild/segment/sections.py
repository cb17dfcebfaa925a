"""Sections: what stands under which heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from malbild.source import Block, Section, Span

_NUMBER = re.compile(r"[*_]*(?:§\s*)?(\d{1,3}(?:\.\d{1,3}){0,5})[.)]?(?=[\s:*_])(?!\s+\d{3}\b)")


def sections(text: str, blocks: Sequence[Block]) -> tuple[list[Section], list[int]]:
    """Return the sections of a document, and for each block the index of the innermost section it stands in.

    Text before the first heading is a section of level 0 without a heading. A section's span ends with its last block.
    """
    heads: list[tuple[Span | None, str | None, int, int | None]] = []
    ends: list[int] = []
    starts: list[int] = []
    within: list[int] = []
    open_: list[int] = []
    for block in blocks:
        if block.kind == "heading":
            level = max(1, block.level)
            while open_ and heads[open_[-1]][2] >= level:
                open_.pop()
            if open_ and heads[open_[-1]][2] == 0:
                open_.pop()
            parent = open_[-1] if open_ else None
            heads.append((block.span, block.number or number(text, block.span), level, parent))
        elif not heads:
            heads.append((None, None, 0, None))
        if len(starts) < len(heads):
            open_.append(len(heads) - 1)
            starts.append(block.span.start)
            ends.append(block.span.end)
        for index in open_:
            ends[index] = block.span.end
        within.append(open_[-1])
    found = [
        Section(heading, number_, level, Span(start, end), parent)
        for (heading, number_, level, parent), start, end in zip(heads, starts, ends, strict=True)
    ]
    return found, within


def number(text: str, heading: Span) -> str | None:
    """Return the number that a heading opens with.

    >>> number("1.2 Mål", Span(0, 7)), number("2030 och sedan", Span(0, 14))
    ('1.2', None)
    """
    found = _NUMBER.match(text, heading.start, heading.end)
    return found.group(1) if found else None
