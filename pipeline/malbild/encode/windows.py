"""Cuts a document into windows for the encoder: some sentences to be judged, with what stands around and above them.

A window holds the pieces of its core sentences, some sentences before and after them, and the headings and the lead-in
that they stand under, if these are further off. Every sentence is in the core of one window. Lengths are in pieces.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from malbild.source import Outline

CORE, LEFT, RIGHT, ABOVE = 256, 90, 50, 70
"""Most pieces of the core, of what stands before it, behind it, and above it (headings and lead-in)."""


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences in the order in which the encoder reads them, as positions in the outline; ``core`` are judged."""

    sentences: tuple[int, ...]
    core: range


def windows(lengths: Sequence[int], above: Sequence[Sequence[int]], opening: int = CORE) -> Iterator[Window]:
    """The windows of a document, in order.

    Args:
        lengths: pieces of every sentence, its mark counted.
        above: what every sentence stands under, as positions, the nearest first (``above_of``).
        opening: most pieces of the first core; training varies it, so that the cuts fall elsewhere in every epoch.
    """
    first, n, core = 0, len(lengths), opening
    while first < n:
        stop = first + 1
        room = core - lengths[first]
        while stop < n and lengths[stop] <= room:
            room -= lengths[stop]
            stop += 1
        left, right = _reach(lengths, first, -1, LEFT), _reach(lengths, stop - 1, 1, RIGHT)
        room, further = ABOVE, []
        for place in above[first]:
            if not left <= place <= right and lengths[place] <= room:
                further.append(place)
                room -= lengths[place]
        yield Window((*sorted(further), *range(left, right + 1)), range(first, stop))
        first, core = stop, CORE


def _reach(lengths: Sequence[int], place: int, by: int, room: int) -> int:
    """How far from ``place`` whole sentences fit into ``room`` pieces, in steps of ``by``."""
    while 0 <= place + by < len(lengths) and lengths[place + by] <= room:
        place += by
        room -= lengths[place]
    return place


def above_of(outline: Outline) -> list[list[int]]:
    """For every sentence its lead-in, and the headings it stands under from the innermost out, each once."""
    at = {sentence.span: n for n, sentence in enumerate(outline.sentences) if sentence.kind == "heading"}
    found = []
    for n, sentence in enumerate(outline.sentences):
        places = [] if sentence.lead_in is None else [sentence.lead_in]
        for section in outline.section_indexes(sentence.section):
            heading = outline.sections[section].heading
            if heading is not None and at.get(heading, n) != n:
                places.append(at[heading])
        found.append(list(dict.fromkeys(places)))
    return found
