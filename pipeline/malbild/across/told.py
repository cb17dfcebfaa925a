"""What is told of a set of documents: groups of repeated sentences with their places, boilerplate told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from malbild.across.documents import Document
from malbild.across.gather import Gathered
from malbild.findings import RepeatKind
from malbild.repeat import Spread, compare, groups, is_telling, similarity

MOST = 0.5
"""A sentence that stands in a larger share of an issuer's documents is boilerplate."""
_PART = 5_000
"""Pairs whose differences are told at once."""
FEWEST = 3
"""Documents that an issuer must have for that."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A place of a sentence: the document, ``[start, end)`` in it, the page, and the words where they are others."""

    document: Document
    start: int
    end: int
    page: int | None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One version: its words, how alike its copies are, what differs from the first version, and where it stands.

    ``boilerplate`` names the issuer in most of whose documents it stands.
    """

    text: str
    similarity: float
    differs: tuple[str, ...]
    boilerplate: str | None
    occurrences: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Sentences that repeat each other: ``exact`` or ``near`` with one version, ``variant`` with several."""

    kind: RepeatKind
    versions: tuple[Said, ...]

    @property
    def documents(self) -> int:
        """In how many documents it stands."""
        return len({place.document.id for version in self.versions for place in version.occurrences})

    @property
    def boilerplate(self) -> bool:
        """Whether every version is boilerplate."""
        return all(version.boilerplate for version in self.versions)

    def as_json(self) -> dict[str, Any]:
        """What is written of it: a line of JSON Lines."""
        return {
            "kind": self.kind,
            "documents": self.documents,
            "boilerplate": self.boilerplate,
            "versions": [_version(version) for version in self.versions],
        }


def _version(version: Said) -> dict[str, Any]:
    told = []
    for place in version.occurrences:
        about = asdict(place.document)
        about.pop("sha256")
        where = {"start": place.start, "end": place.end, "page": place.page}
        told.append({"document": about.pop("id"), **about, **where, **({"text": place.text} if place.text else {})})
    return {
        "text": version.text,
        "similarity": round(version.similarity, 3),
        "differs": list(version.differs),
        "boilerplate": version.boilerplate,
        "occurrences": told,
    }


def found_in(gathered: Gathered, spread: Spread = map) -> list[Found]:
    """All repeats of a set of documents, those in most documents first; labels of a word or two are none."""
    times, texts = gathered.times(), gathered.texts
    made = groups(texts, times, spread)
    pairs = [(texts[group.versions[0][0]], texts[rows[0]]) for group in made for rows in group.versions[1:]]
    parts = (pairs[n : n + _PART] for n in range(0, len(pairs), _PART))
    differs = (names for part in spread(differences, parts) for names in part)
    found = []
    for group in made:
        first, *others = group.versions
        versions = (_said(gathered, first, ()), *(_said(gathered, rows, next(differs)) for rows in others))
        found.append(Found(group.kind, versions))
    grouped = {row for group in made for version in group.versions for row in version}
    for row, count in enumerate(times):
        if count > 1 and row not in grouped and is_telling(texts[row]):
            found.append(Found("exact", (_said(gathered, (row,), ()),)))
    return sorted(boilerplate(found, gathered.documents), key=_order)


def differences(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, ...]]:
    """What the second of every pair of flat sentences says otherwise."""
    return [relation.differs if (relation := compare(*pair)) else () for pair in pairs]


def _said(gathered: Gathered, rows: Sequence[int], differs: tuple[str, ...]) -> Said:
    first = rows[0]
    places = [
        Standing(
            gathered.documents[at.document], at.start, at.end, at.page, None if row == first else gathered.texts[row]
        )
        for row in rows
        for at in gathered.places(row)
    ]
    places.sort(key=lambda place: (place.document.date or "", place.document.source, place.start))
    least = min((similarity(gathered.texts[first], gathered.texts[row]) for row in rows[1:]), default=1.0)
    return Said(gathered.texts[first], least, differs, None, tuple(places))


def boilerplate(found: Iterable[Found], documents: Sequence[Document]) -> Iterator[Found]:
    """The same groups, versions marked that stand in most documents of one issuer."""
    issued = Counter(document.issuer for document in documents if document.issuer)
    for group in found:
        yield replace(group, versions=tuple(replace(v, boilerplate=_issuer(v, issued)) for v in group.versions))


def _issuer(version: Said, issued: Counter[str]) -> str | None:
    by = Counter({place.document.id: place.document.issuer for place in version.occurrences}.values())
    for issuer, count in by.most_common():
        if issuer and issued[issuer] >= FEWEST and count > MOST * issued[issuer]:
            return issuer
    return None


def _order(group: Found) -> tuple[int, int, str]:
    return -group.documents, -sum(len(v.occurrences) for v in group.versions), group.versions[0].text
