"""What frames the pages of a PDF: running headers, footers, page numbers. They are set aside."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from malbild.read.pdf.lines import Segment, rows
from malbild.source import Aside, AsideKind

_ZONE = 0.14
"""The share of a page's height, above and below, in which a frame may stand."""
_OUTERMOST = 4
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:sid(?:a|an|\.)?\s*)?[–-]?\s*\d{1,4}\s*(?:\(\d{1,4}\)|(?:/|av|:)\s*\d{1,4})?\s*[–-]?", re.IGNORECASE
)
_LARGER = 1.15
_FURTHEST = 60
"""How far a page's number may lie from its place in the file."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A line near the edge of a page; one of its ``keys`` is the same for lines that frame other pages."""

    edge: AsideKind
    segments: list[Segment]
    text: str
    keys: tuple[str, ...]


def without_frame(pages: Sequence[list[Segment]], heights: Sequence[float], body: float) -> list[Aside]:
    """Take the frame out of ``pages`` (the segments of each), and return what was taken.

    Lines near the upper and the lower edge belong to it if the same stands on other pages at the same height, but for
    a number that counts with the pages; and a page number alone.

    Args:
        pages: the segments of every page; they are changed.
        heights: of the pages, in points.
        body: the font size of running text, in points.
    """
    found = [_edges(segments, height, n) for n, (segments, height) in enumerate(zip(pages, heights, strict=True))]
    seen = Counter(key for page in found for key in {(row.edge, key) for row in page for key in row.keys})
    aside: dict[tuple[AsideKind, str], list[int]] = defaultdict(list)
    for n, page in enumerate(found):
        taken: set[int] = set()
        for edge in ("header", "footer"):
            for row in (r for r in page if r.edge == edge):
                alone = _PAGE_NUMBER.fullmatch(row.text) is not None
                least = 2 if len(pages) < 6 else 3
                again = [key for key in row.keys if seen[row.edge, key] >= least]
                large = row.segments[0].size > _LARGER * body and all("<" in key for key in again)
                if not alone and (not again or large):
                    break
                kind: AsideKind = "page_number" if alone else row.edge
                aside[kind, row.text].append(n + 1)
                taken |= {id(segment) for segment in row.segments}
        pages[n][:] = [segment for segment in pages[n] if id(segment) not in taken]
    return _asides(aside)


def _asides(found: dict[tuple[AsideKind, str], list[int]]) -> list[Aside]:
    """Page numbers of one form are one entry, with the numbers of the pages; other words as they stand."""
    made = []
    for (kind, text), pages in found.items():
        shown = _NUMBER.sub("#", text) if kind == "page_number" else text
        made.append(Aside(kind, shown, tuple(pages)))
    merged: dict[tuple[AsideKind, str], set[int]] = defaultdict(set)
    for aside in made:
        merged[aside.kind, aside.text] |= set(aside.pages)
    return [Aside(kind, text, tuple(sorted(pages))) for (kind, text), pages in merged.items()]


def _edges(segments: list[Segment], height: float, page: int) -> list[_Row]:
    """The outermost lines of a page, from the edges inwards."""
    lines = rows(segments)
    found = []
    sides: tuple[tuple[AsideKind, list[list[Segment]]], ...]
    sides = ("header", lines[:_OUTERMOST]), ("footer", lines[::-1][:_OUTERMOST])
    for edge, some in sides:
        for line in some:
            inside = line[0].bottom < _ZONE * height if edge == "header" else line[0].top > (1 - _ZONE) * height
            if inside:
                text = "   ".join(segment.text for segment in line)
                place = round(line[0].base / 12) if edge == "header" else round((height - line[0].base) / 12)
                found.append(_Row(edge, line, text, tuple(f"{place} {key}" for key in _keys(text, page))))
    return found


def _keys(text: str, page: int) -> list[str]:
    """The words of a line in one order: as they are, and with each number in turn that may count the pages."""
    words = " ".join(sorted(text.split()))
    found = [words]
    for number in _NUMBER.findall(text):
        if abs(int(number[:9]) - page) <= _FURTHEST:
            found.append(re.sub(rf"(?<!\d){number}(?!\d)", f"<{int(number) - page}>", words, count=1))
    return found
