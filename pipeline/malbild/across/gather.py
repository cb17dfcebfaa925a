"""The sentences of many documents, each distinct one once, with all its places."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from malbild.across.documents import Document, Said


class Occurrence(NamedTuple):
    """Where a sentence stands: the document's place in the set, ``[start, end)`` in code points, the page if any."""

    document: int
    start: int
    end: int
    page: int | None


class Gathered:
    """Documents and their distinct sentences, which have a number each (a row) in the order they were met.

    Memory: the texts, and some 40 bytes a place.
    """

    def __init__(self) -> None:
        self.documents: list[Document] = []
        self.texts: list[str] = []
        self._rows: dict[str, int] = {}
        self._at = array("q")
        self._row_of = array("l")
        self._sorted: Sequence[array[int]] | None = None

    def add(self, document: Document, sentences: Iterable[Said]) -> None:
        """Take in a document. Sentences of an empty key are nothing."""
        number = len(self.documents)
        self.documents.append(document)
        self._sorted = None
        for said in sentences:
            if not said.key:
                continue
            row = self._rows.setdefault(said.key, len(self.texts))
            if row == len(self.texts):
                self.texts.append(said.text)
            self._row_of.append(row)
            self._at.extend((number, said.start, said.end, said.page or 0))

    @property
    def keys(self) -> Iterable[str]:
        """The keys of the rows, in order."""
        return self._rows.keys()

    @property
    def sentences(self) -> int:
        """How many sentences were taken in, repeated ones counted each time."""
        return len(self._row_of)

    def places(self, row: int) -> Iterator[Occurrence]:
        """Where a row stands, in the order of the documents."""
        for n in self._by_row()[row]:
            document, start, end, page = self._at[4 * n : 4 * n + 4]
            yield Occurrence(document, start, end, page or None)

    def times(self) -> list[int]:
        """How often every row stands."""
        return [len(places) for places in self._by_row()]

    def _by_row(self) -> Sequence[array[int]]:
        if self._sorted is None:
            found = [array("l") for _ in self.texts]
            for n, row in enumerate(self._row_of):
                found[row].append(n)
            self._sorted = found
        return self._sorted
