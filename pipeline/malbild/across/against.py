"""New documents against an archive: which of their sentences were said before, and by whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from malbild.across.documents import Document, Said
from malbild.across.gather import Gathered
from malbild.across.told import Found, Standing
from malbild.across.told import Said as Version
from malbild.archive import Archive, Entry, Listed, Place, Stored
from malbild.findings import RepeatKind
from malbild.repeat import compare, is_telling, sentence_key, similarity
from malbild.repeat.compare import MOST_LACKING
from malbild.repeat.signatures import Signed, sign

_KINDS: tuple[RepeatKind, ...] = ("exact", "near", "variant")


def entries(said: Sequence[Said]) -> list[Entry]:
    """The distinct sentences of a document as an archive keeps them."""
    places: dict[str, list[Place]] = {}
    texts: dict[str, str] = {}
    for one in said:
        if one.key:
            places.setdefault(one.key, []).append(Place(one.start, one.end, one.page))
            texts.setdefault(one.key, one.text)
    marks = sign(list(texts.values()))
    return [
        Entry(key, text, signatures, marks.bits[n].tobytes(), tuple(places[key]))
        for n, ((key, text), signatures) in enumerate(zip(texts.items(), signatures_of(marks), strict=True))
    ]


def signatures_of(marks: Signed) -> list[tuple[int, ...]]:
    """The signatures of every sentence."""
    order = np.argsort(marks.owner, kind="stable")
    ends = np.searchsorted(marks.owner[order], np.arange(1, len(marks.content)))
    return [tuple(part.tolist()) for part in np.split(marks.signature[order], ends)][: len(marks.content)]


def listed(document: Document) -> Listed:
    """A document as an archive lists it."""
    return Listed(document.id, document.source, document.sha256, document.title, document.issuer, document.date)


def against(gathered: Gathered, archive: Archive) -> Iterator[Found]:
    """For every sentence of new documents that the archive has, exactly, nearly or with another value: where.

    The first version is the new sentence with its places; then come those of the archive, the most alike first. Places
    in a document of the same bytes as a new one do not count.
    """
    marks = sign(gathered.texts)
    new = {document.id for document in gathered.documents}
    with archive.snapshot():
        known = archive.exact(gathered.keys)
        sharing = archive.candidates(signatures_of(marks))
        wanted = {number for numbers in sharing for number in numbers} | set(known.values())
        stored = archive.stored(wanted)
        places = archive.places(wanted)
        documents = {
            id: document
            for id in {id for found in places.values() for id, _ in found} - new
            if (document := archive.document(id)) is not None
        }
    for row, (key, text) in enumerate(zip(gathered.keys, gathered.texts, strict=True)):
        if not is_telling(text):
            continue
        found = []
        same = [known[key]] if key in known else []
        for number in {*_alike(sharing[row], stored, marks, row), *same}:
            standing = tuple(
                Standing(_document(documents[id]), at.start, at.end, at.page)
                for id, at in places.get(number, ())
                if id in documents
            )
            relation = _relation(key, text, stored[number].text) if standing else None
            if relation is not None:
                kind, differs = relation
                other = stored[number].text
                found.append((kind, Version(other, similarity(text, other), differs, None, standing)))
        if found:
            yield _found(gathered, row, found)


def _alike(numbers: Sequence[int], stored: dict[int, Stored], marks: Signed, row: int) -> list[int]:
    """Those of the archive's sentences that have not too many other words: every one that ``compare`` relates is."""
    if not numbers:
        return []
    bits = np.frombuffer(b"".join(stored[number].bits for number in numbers), np.uint64).reshape(len(numbers), -1)
    apart = np.bitwise_count(bits ^ marks.bits[row]).sum(axis=1, dtype=np.int64)
    return [
        number for number, near in zip(numbers, apart <= int(marks.allowed[row]) + MOST_LACKING, strict=True) if near
    ]


def _relation(key: str, text: str, other: str) -> tuple[RepeatKind, tuple[str, ...]] | None:
    if sentence_key(other) == key:
        return "exact", ()
    relation = compare(text, other)
    return None if relation is None else (relation.kind, relation.differs)


def _found(gathered: Gathered, row: int, found: list[tuple[RepeatKind, Version]]) -> Found:
    found.sort(key=lambda one: (_KINDS.index(one[0]), -one[1].similarity, one[1].text))
    here = tuple(Standing(gathered.documents[at.document], at.start, at.end, at.page) for at in gathered.places(row))
    return Found(found[0][0], (Version(gathered.texts[row], 1.0, (), None, here), *(version for _, version in found)))


def _document(document: Listed) -> Document:
    return Document(document.id, document.source, document.sha256, document.title, document.issuer, document.date)
