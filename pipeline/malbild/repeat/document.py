"""The repeats of one document: exact, near, and variants, with those that only neighbours can be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from malbild.findings import Repeat
from malbild.repeat.compare import compare, similarity
from malbild.repeat.exact import exact_groups
from malbild.repeat.groups import Group, groups
from malbild.repeat.keys import sentence_key
from malbild.repeat.words import is_telling

Members = tuple[int, ...]
_LETTER = re.compile(r"[^\W\d_]")
NEIGHBOURS = 3
"""Sentences so near each other may be variants although other words differ too."""


def repeats_of(texts: Sequence[str], cells: Set[int] = frozenset()) -> tuple[tuple[Members, ...], tuple[Repeat, ...]]:
    """What is the same among the flat sentences of a document, in its order.

    ``cells`` are the places of those that stand in tables: there, a word or a number that stands twice is no repeat.

    Returns:
        The sentences as groups that say the same (exact and near repeats), each in one, in the order of their first
        members; and the repeats, exact ones first. A near repeat has all its places, exact copies too; of variants
        every one has its first place, and ``differs`` tells what is another value than in the first.
    """
    exact = exact_groups(sentence_key(text) for text in texts)
    distinct = [texts[members[0]] for members in exact]
    found = groups(distinct)
    merged: dict[int, Members] = {}
    taken: set[int] = set()
    near = []
    for group in found:
        for version in group.versions:
            places = tuple(sorted(version))
            if len(places) > 1 and taken.isdisjoint(places):
                taken.update(places)
                merged[places[0]] = places
                alike = min(similarity(distinct[places[0]], distinct[n]) for n in places[1:])
                near.append(Repeat("near", _places(exact, places), alike))
    gone = taken - merged.keys()
    same = tuple(_places(exact, merged.get(n, (n,))) for n in range(len(exact)) if n not in gone)
    repeated = [Repeat("exact", n) for n in exact if len(n) > 1 and not _is_filling(texts[n[0]], n, cells)]
    variants = [*_variants(distinct, found), *_beside(distinct, found)]
    return same, (
        *repeated,
        *sorted(near, key=lambda repeat: repeat.members),
        *(Repeat(r.kind, tuple(exact[n][0] for n in r.members), r.similarity, r.differs) for r in variants),
    )


def _is_filling(text: str, members: Members, cells: Set[int]) -> bool:
    """Whether a sentence is what fills a table: a number, or in cells only, a label."""
    return not _LETTER.search(text) or (cells >= set(members) and not is_telling(text))


def _places(exact: Sequence[Members], distinct: Members) -> Members:
    return tuple(sorted(place for n in distinct for place in exact[n]))


def _variants(texts: Sequence[str], found: Sequence[Group]) -> Iterator[Repeat]:
    """Groups of variants, each version by its first member, in the order of the text."""
    for group in found:
        if group.kind == "variant":
            first, *others = sorted(min(version) for version in group.versions)
            yield _repeat(texts, first, others)


def _beside(texts: Sequence[str], found: Sequence[Group]) -> Iterator[Repeat]:
    """Variants of a sentence among those that follow it, which are in no group with it."""
    together = [{n for version in group.versions for n in version} for group in found]
    of: dict[int, set[int]] = {}
    for members in together:
        for n in members:
            of.setdefault(n, set()).update(members)
    for one in range(len(texts)):
        for other in range(one + 1, min(one + 1 + NEIGHBOURS, len(texts))):
            if other in of.get(one, ()):
                continue
            relation = compare(texts[one], texts[other], loose=True)
            if relation is not None and relation.kind == "variant":
                yield _repeat(texts, one, [other])


def _repeat(texts: Sequence[str], first: int, others: Sequence[int]) -> Repeat:
    """A repeat of kind ``variant``: what differs is told for every member after the first."""
    relations = [compare(texts[first], texts[other], loose=True) for other in others]
    return Repeat(
        "variant",
        (first, *others),
        min(similarity(texts[first], texts[other]) for other in others),
        tuple("; ".join(relation.differs) if relation else "" for relation in relations),
    )
