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

from malbild.repeat.hopeless import hopeful
from malbild.repeat.join import candidates
from malbild.repeat.relate import relate
from malbild.repeat.signatures import Signed, merged, sign

Adjacent = dict[int, set[int]]
Pair = tuple[int, int]
_TWO = 2
_PART = 50_000
"""Sentences that are signed at once."""
_PAIRS = 5_000
"""Pairs that are compared at once."""


Version = tuple[int, ...]
"""Sentences that are the same but for slips, by their places among those given; the first speaks for them."""


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


def related(pairs: Sequence[tuple[str, str]]) -> list[Literal["near", "variant"] | None]:
    """How the second of every pair of flat sentences repeats the first."""
    return [relate(one, other) for one, other in pairs]


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
    families = _Families(marks)
    frames: list[Pair] = []
    tried: list[list[Pair]] = []
    asked = [pair for n in families.large() for pair in _with_equal_values(marks, families[n], families[n])]

    def parts() -> Iterator[list[tuple[str, str]]]:
        # Made while others are being compared, where work is spread.
        a, b = candidates(marks, families.firsts)
        done = 0
        for start in range(0, len(a), _PART):
            part = slice(start, start + _PART)
            likely = hopeful(marks, a[part], b[part])
            new = zip(families.of[a[part][likely]].tolist(), families.of[b[part][likely]].tolist(), strict=True)
            for one, other in new:
                frames.append((one, other))
                tried.append(_to_compare(marks, families[one], families[other]))
                asked.extend(tried[-1])
            while len(asked) > done:
                yield [(texts[one], texts[other]) for one, other in asked[done : done + _PAIRS]]
                done = min(done + _PAIRS, len(asked))
        if not len(a):
            yield [(texts[one], texts[other]) for one, other in asked]

    answers = [relation for part in spread(related, parts()) for relation in part]
    relations = dict(zip(asked, answers, strict=True))
    near: Adjacent = {}
    for (one, other), relation in relations.items():
        if relation == "near":
            _join(near, one, other)
    akin: Adjacent = {}
    of_variants = []
    for both, pairs in zip(frames, tried, strict=True):
        found = [relation for pair in pairs if (relation := relations[pair]) is not None]
        if found:
            _join(akin, *both)
            if found[0] == "variant" or families.sizes[list(both)].sum() > _TWO:
                of_variants.append(both)
    lone = ([n] for n in families.large() if n not in akin)
    made = {
        _ordered(_versions(sorted(row for n in clique for row in families[n]), near), times): None
        for clique in chain(lone, _cliques(of_variants, akin))
    }
    told = {pair for versions in made for members in versions for pair in combinations(sorted(members), 2)}
    for clique in _cliques(sorted((a, b) for a, others in near.items() for b in others if a < b), near):
        if not all(pair in told for pair in combinations(sorted(clique), 2)):
            made[_ordered([tuple(clique)], times)] = None
    found_groups = (
        Group("variant" if len(versions) > 1 else "near", versions)
        for versions in made
        if len(versions) > 1 or len(versions[0]) > 1
    )
    return sorted(found_groups, key=lambda group: group.versions[0][0])


class _Families:
    """Sentences that have plain words, by their words without values; in the order of their first members.

    ``firsts``: the first row of every family; ``of``: the family of every row, -1 for rows that are in none.
    """

    def __init__(self, marks: Signed) -> None:
        rows = np.flatnonzero(marks.content)
        order = rows[np.lexsort((rows, marks.masked[rows]))]
        new = np.ones(len(order), bool)
        new[1:] = marks.masked[order][1:] != marks.masked[order][:-1]
        starts = np.flatnonzero(new)
        sizes = np.diff(np.append(starts, len(order)))
        by_first = np.argsort(order[starts], kind="stable")
        self._order = order
        self._starts, self.sizes = starts[by_first], sizes[by_first]
        self.firsts = order[self._starts].astype(np.int64)
        self.of = np.full(len(marks.content), -1, np.int64)
        places = np.empty(len(starts), np.int64)
        places[by_first] = np.arange(len(starts))
        self.of[order] = places[np.cumsum(new) - 1]

    def __getitem__(self, number: int) -> list[int]:
        start = int(self._starts[number])
        members: list[int] = self._order[start : start + int(self.sizes[number])].tolist()
        return members

    def large(self) -> list[int]:
        """The families of several members."""
        numbers: list[int] = np.flatnonzero(self.sizes > 1).tolist()
        return numbers


def _to_compare(marks: Signed, a: list[int], b: list[int]) -> list[Pair]:
    """Members of two families that tell whether these are of one frame: those of equal values, else the first."""
    return _with_equal_values(marks, a, b) or [(a[0], b[0])]


def _with_equal_values(marks: Signed, a: list[int], b: list[int]) -> list[Pair]:
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


def _cliques(edges: Iterable[Pair], adjacent: Adjacent) -> Iterator[list[int]]:
    """Cliques that have every one of ``edges`` in one of them, each grown from the first edge that is in none."""
    covered: set[Pair] = set()
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
