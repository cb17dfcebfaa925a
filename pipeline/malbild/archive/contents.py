"""What goes into an archive and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch ``[start, end)`` of code points of a document's text, and the page it stands on, if there are pages."""

    start: int
    end: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A distinct sentence of one document.

    Sentences of equal ``key`` are one sentence of the archive; its ``text``, ``signatures`` (unsigned, 64 bits, in any
    order) and ``bits`` (16 bytes) are those it first came with.
    """

    key: str
    text: str
    signatures: tuple[int, ...]
    bits: bytes
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A document of the archive, by its ``id``."""

    id: str
    source: str
    sha256: str
    title: str | None = None
    issuer: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """A distinct sentence of the archive, by its number."""

    sentence: int
    text: str
    bits: bytes


@dataclass(frozen=True, slots=True)
class Counts:
    """How much an archive holds; ``occurrences`` are the places of its sentences."""

    documents: int
    sentences: int
    occurrences: int
