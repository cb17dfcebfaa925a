"""Groups of sentences that repeat each other: the same again, and the same frame with other values.

Sentences whose words are equal but for values, each of one kind in its place, are a *family*: all its members are
variants of each other, however many, and no pair of them is ever looked at. Families are compared by one member each.
Every two sentences of a group are related: it is a clique, nothing is chained, and a sentence may be in several.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Any, Literal, Protocol

import numpy as np

from malbild.repeat.compare import NEAR, Relation, compare, similarity
from malbild.repeat.hopeless import hopeful
from malbild.repeat.join import candidates
from malbild.repeat.signatures import Signed, merged, sign

Adjacent = dict[int, set[int]]
_TWO = 2
_PART = 50_000
"""Sentences that are signed at once."""
_PAIRS = 5_000
"""Pairs that are compared at once."""


@dataclass(frozen=True, slots=True)
class Version:
    """Sentences that are the same but for slips, by their places among those given; the first speaks for them."""

    members: tuple[int, ...]
    similarity: float
    """The least that a member has to the first."""
    differs: tuple[str, ...] = ()
    """What is another value than in the group's first version."""


@dataclass(frozen=True, slots=True)
class Group:
    """A version that has several members (``near``), or several versions (``variant``); the first is representative."""

    kind: Literal["near", "variant"]
    versions: tuple[Version, ...]


class Spread(Protocol):
    """Applies a pure function to every part of some work, in order: ``map``, an executor's, or a cluster's."""

    def __call__(self, function: Callable[[Any], Any], parts: Iterable[Any], /) -> Iterable[Any]:
        """Give what ``function`` makes of every part, in the order of the parts."""


def signed(texts: Sequence[str], spread: Spread = map) -> Signed:
    """The signatures of flat sentences, made part by part."""
    parts = [texts[n : n + _PART] for n in range(0, len(texts), _PART)] or [[]]
    return merged(list(spread(sign, parts)))


def related(pairs: Sequence[tuple[str, str]]) -> list[Relation | None]:
    """How the second of every pair of flat sentences repeats the first."""
    return [compare(one, other) for one, other in pairs]


def groups(
    texts: Sequence[str], times: Sequence[int] | None = None, spread: Spread = map, known: Signed | None = None
) -> list[Group]:
    """The groups among flat sentences of different keys, in the order of their first members.

    Args:
        texts: the sentences, none an exact repeat of another.
        times: how often each stands; the one that stands most often represents its group, then the first.
        spread: how work is spread over processes.
        known: their signatures, when they have been made already.
    """
    marks = known or signed(texts, spread)
    families = _families(marks)
    of = {family[0]: n for n, family in enumerate(families)}
    same = [pair for family in families if len(family) > 1 for pair in _with_equal_values(marks, family, family)]
    a, b = candidates(marks, np.array([family[0] for family in families], np.int64))
    likely = hopeful(marks, a, b)
    frames = list(zip(a[likely].tolist(), b[likely].tolist(), strict=True))
    tried = [_with_equal_values(marks, families[of[a]], families[of[b]]) or [(a, b)] for a, b in frames]
    asked = [*same, *(pair for pairs in tried for pair in pairs)]
    relations = dict(zip(asked, _compared(texts, asked, spread), strict=True))
    near: Adjacent = {}
    for (one, other), relation in relations.items():
        if relation == NEAR:
            _join(near, one, other)
    akin: Adjacent = {}
    frames_of_variants = []
    for (one, other), pairs in zip(frames, tried, strict=True):
        if any(relations[pair] for pair in pairs):
            both = of[one], of[other]
            _join(akin, *both)
            if len(families[both[0]]) + len(families[both[1]]) > _TWO or relations[pairs[0]] != NEAR:
                frames_of_variants.append(both)
    lone = ([n] for n, family in enumerate(families) if len(family) > 1 and n not in akin)
    found = {
        _ordered(_versions(sorted(row for n in clique for row in families[n]), near), times): None
        for clique in chain(lone, _cliques(frames_of_variants, akin))
    }
    told = {pair for versions in found for members in versions for pair in combinations(sorted(members), 2)}
    for clique in _cliques(sorted((a, b) for a, others in near.items() for b in others if a < b), near):
        if not all(pair in told for pair in combinations(sorted(clique), 2)):
            found[_ordered([tuple(clique)], times)] = None
    return sorted(
        _told(texts, [versions for versions in found if len(versions) > 1 or len(versions[0]) > 1], spread),
        key=lambda group: group.versions[0].members[0],
    )


def _compared(texts: Sequence[str], pairs: Sequence[tuple[int, int]], spread: Spread) -> Iterator[Relation | None]:
    asked = ([(texts[a], texts[b]) for a, b in pairs[n : n + _PAIRS]] for n in range(0, len(pairs), _PAIRS))
    for part in spread(related, asked):
        yield from part


def _families(marks: Signed) -> list[list[int]]:
    """Sentences that have plain words, by their words without values: families in the order of their first members."""
    rows = np.flatnonzero(marks.content)
    order = rows[np.lexsort((rows, marks.masked[rows]))]
    bounds = np.flatnonzero(np.diff(marks.masked[order])) + 1
    families = [part.tolist() for part in np.split(order, bounds)] if len(order) else []
    return sorted(families, key=lambda family: family[0])


def _with_equal_values(marks: Signed, a: list[int], b: list[int]) -> list[tuple[int, int]]:
    """Pairs of members that have the same values: they may be near repeats."""
    if len(a) == len(b) == 1:
        return [(a[0], b[0])] if marks.values[a[0]] == marks.values[b[0]] else []
    having: dict[int, list[int]] = {}
    for row in a:
        having.setdefault(int(marks.values[row]), []).append(row)
    pairs = ((one, other) for other in b for one in having.get(int(marks.values[other]), ()))
    return [(one, other) for one, other in pairs if one < other or (a is not b and one != other)]


def _join(adjacent: Adjacent, one: int, other: int) -> None:
    adjacent.setdefault(one, set()).add(other)
    adjacent.setdefault(other, set()).add(one)


def _versions(rows: Sequence[int], near: Adjacent) -> list[tuple[int, ...]]:
    """The rows of a group, those together that are near repeats of each other."""
    versions: list[list[int]] = []
    of: dict[int, list[int]] = {}
    for row in rows:
        others = [of[other] for other in near.get(row, ()) if other in of]
        version = next((members for members in others if all(row in near[member] for member in members)), None)
        if version is None:
            versions.append(version := [])
        version.append(row)
        of[row] = version
    return [tuple(members) for members in versions]


def _cliques(edges: Iterable[tuple[int, int]], adjacent: Adjacent) -> Iterator[list[int]]:
    """Cliques that have every one of ``edges`` in one of them, each grown from the first edge that is in none."""
    covered: set[tuple[int, int]] = set()
    for one, other in edges:
        if (one, other) in covered:
            continue
        clique = [one, other]
        for third in sorted(adjacent[one] & adjacent[other]):
            if all(third in adjacent[n] and (min(n, third), max(n, third)) not in covered for n in clique):
                clique.append(third)
        covered.update(combinations(sorted(clique), 2))
        yield clique


def _ordered(versions: Iterable[tuple[int, ...]], times: Sequence[int] | None) -> tuple[tuple[int, ...], ...]:
    """Versions and their members, those first that stand most often."""

    def often(row: int) -> int:
        return times[row] if times else 0

    ordered = [tuple(sorted(members, key=lambda row: (-often(row), row))) for members in versions]
    return tuple(sorted(ordered, key=lambda members: (-sum(map(often, members)), members[0])))


def _told(texts: Sequence[str], found: Sequence[tuple[tuple[int, ...], ...]], spread: Spread) -> Iterator[Group]:
    """Groups with what differs in every version, and how alike their members are."""
    asked = [(versions[0][0], members[0]) for versions in found for members in versions[1:]]
    differs = _compared(texts, asked, spread)
    for versions in found:
        told = []
        for n, members in enumerate(versions):
            relation = next(differs) if n else None
            least = min((similarity(texts[members[0]], texts[row]) for row in members[1:]), default=1.0)
            told.append(Version(members, least, relation.differs if relation else ()))
        yield Group("variant" if len(told) > 1 else "near", tuple(told))
