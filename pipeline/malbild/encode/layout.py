"""Lays the sentences of a window out as the encoder reads them, for training and for use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Layout:
    """The pieces of a window: ``ids``, and the number of the ``kinds`` of the sentence each belongs to. ``marks`` are
    the places where sentences begin, ``first`` those of the words' first pieces.
    """

    ids: list[int] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)

    @property
    def lengths(self) -> list[int]:
        """Pieces of every sentence, its mark counted."""
        return [stop - start for start, stop in pairwise([*self.marks, len(self.ids)])]


def lay_out(sentences: Iterable[tuple[Sequence[int], Sequence[int], int]], mark: int) -> Layout:
    """A mark and its pieces for every sentence.

    Args:
        sentences: of each the ids of its pieces, the places of its words' first pieces, the number of its kind.
        mark: the id that begins a sentence.
    """
    made = Layout()
    for ids, first, kind in sentences:
        at = len(made.ids)
        made.marks.append(at)
        made.first.extend(at + 1 + place for place in first)
        made.ids.extend([mark, *ids])
        made.kinds.extend([kind] * (1 + len(ids)))
    return made
