"""Where two sentences differ: words put in order against each other, moved clauses found, words pieced together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from rapidfuzz.distance import Levenshtein

from malbild.repeat.alike import difference, slipped
from malbild.repeat.words import SMALL, WORD, Read, Word

Place = tuple[int, ...]
_MOVES = 4
_PHRASE = 3
"""Words of a phrase that may have changed places with another one."""
_ONE_CHANGED = 3
"""Edits of a sentence that differs in one place: what stands before it, it, what stands after it."""
_REPLACED = 3
_PIECES = 4
"""A word may be broken into so many."""
_COST = {"same": 0.0, "slip": 0.6, "ending": 0.6, "value": 1.0, "name": 1.0, "other": 1.6}


class Change(NamedTuple):
    """Words of the first sentence (``a``, their places) that became those of the second (``b``); either may be empty.

    ``moved``: the same words elsewhere. ``slip``: the same letters, cut otherwise. ``changed``: at most one word each.
    """

    kind: Literal["moved", "slip", "changed"]
    a: Place
    b: Place


class _Run(NamedTuple):
    """A stretch of words without counterpart, and between which matched words it stands (``gap``)."""

    start: int
    end: int
    gap: int


def changes(a: Read, b: Read) -> Iterator[Change]:
    """What must change in ``a`` to make it ``b``, in the order of the text but for moves, which come first.

    Edits are those of the least Levenshtein distance over words; what it deletes in one place and inserts in another is
    a move, if it is two words or more, or one whose kind of values keeps its order: "40 to 47" is not "47 to 40".
    """
    if (swapped := _in_their_places(a.said, b.said)) is not None:
        yield from (Change("changed", (n,), (n,)) for n in swapped)
        return
    edits = Levenshtein.opcodes(a.said, b.said)
    first = _runs((edit.src_start, edit.src_end, edit.tag) for edit in edits)
    second = _runs((edit.dest_start, edit.dest_end, edit.tag) for edit in edits)
    if first and second and (len(edits) > _ONE_CHANGED or sum(run.end - run.start for run in [*first, *second]) > 2):
        for one, other in _moves(a, b, first, second):
            yield Change("moved", one, other)
    for gap in sorted({run.gap for run in [*first, *second]}):
        here = [n for run in first if run.gap == gap for n in range(run.start, run.end)]
        there = [n for run in second if run.gap == gap for n in range(run.start, run.end)]
        yield from _paired(a.words, b.words, here, there)


def _in_their_places(left: Sequence[str], right: Sequence[str]) -> list[int] | None:
    """Where single words have been replaced, if that is all that has happened."""
    if len(left) != len(right):
        return None
    places = [n for n, (one, other) in enumerate(zip(left, right, strict=True)) if one != other]
    if len(places) > _REPLACED or any(later - earlier == 1 for earlier, later in pairwise(places)):
        return None
    return None if len(places) > 1 and {left[n] for n in places} & {right[n] for n in places} else places


def _runs(edits: Iterable[tuple[int, int, str]]) -> list[_Run]:
    """The stretches that are not equal; edits beside each other are one, in one gap."""
    runs: list[_Run] = []
    gap = 0
    for start, end, tag in edits:
        if tag == "equal":
            gap += 1
        elif runs and runs[-1].gap == gap:
            runs[-1] = runs[-1]._replace(end=end)
        elif start < end:
            runs.append(_Run(start, end, gap))
    return runs


def _moves(a: Read, b: Read, first: list[_Run], second: list[_Run]) -> Iterator[tuple[Place, Place]]:
    """Blocks that stand in a run of either, longest first; the runs lose them."""
    for _ in range(_MOVES):
        found = [
            (size, at, to, one, other)
            for one in first
            for other in second
            for size, at, to in _blocks(a.said, b.said, one, other)
            if _may_move(a.words, b.words, at, size)
            and not (size <= _PHRASE and _exchanged(a, b, (first, one.gap), (second, other.gap)))
        ]
        if not found:
            return
        size, at, to, one, other = max(found, key=lambda block: block[0])
        _cut(first, one, at, size)
        _cut(second, other, to, size)
        yield tuple(range(at, at + size)), tuple(range(to, to + size))


def _exchanged(a: Read, b: Read, left: tuple[list[_Run], int], right: tuple[list[_Run], int]) -> bool:
    """Whether what stood where a phrase goes has come to stand where it was: then they have changed roles."""
    (first, origin), (second, goal) = left, right
    if origin == goal:
        return False
    gone = {n for run in first if run.gap == goal for n in range(run.start, run.end)}
    come = {n for run in second if run.gap == origin for n in range(run.start, run.end)}
    said = {a.said[n] for n in gone if a.words[n].kind == WORD}
    return any(b.said[n] in said for n in come)


def _blocks(left: list[str], right: list[str], one: _Run, other: _Run) -> Iterator[tuple[int, int, int]]:
    """The longest common stretches of two runs: how many words, and where they begin in either sentence."""
    for at in range(one.start, one.end):
        for to in range(other.start, other.end):
            if left[at] != right[to] or (at > one.start and to > other.start and left[at - 1] == right[to - 1]):
                continue
            size = 1
            while at + size < one.end and to + size < other.end and left[at + size] == right[to + size]:
                size += 1
            yield size, at, to


def _may_move(a: Sequence[Word], b: Sequence[Word], at: int, size: int) -> bool:
    word = a[at]
    if size > 1 or (word.kind in (WORD, SMALL, "modal") and not word.name):
        return True
    one, other = ([w.value for w in said if (w.kind, w.name) == (word.kind, word.name)] for said in (a, b))
    return one == other


def _cut(runs: list[_Run], run: _Run, at: int, size: int) -> None:
    place = runs.index(run)
    rest = [_Run(run.start, at, run.gap), _Run(at + size, run.end, run.gap)]
    runs[place : place + 1] = [part for part in rest if part.start < part.end]


def _paired(a: Sequence[Word], b: Sequence[Word], here: Sequence[int], there: Sequence[int]) -> Iterator[Change]:
    """The words of one gap against each other: pieced together, one for one, or gone."""
    if len(here) != len(there) and _pieced(a, b, here, there):
        yield Change("slip", tuple(here), tuple(there))
        return
    plan = _cheapest(tuple(a[n] for n in here), tuple(b[n] for n in there))
    for one, other in plan:
        yield Change(
            "changed",
            () if one is None else (here[one],),
            () if other is None else (there[other],),
        )


def _pieced(a: Sequence[Word], b: Sequence[Word], here: Sequence[int], there: Sequence[int]) -> bool:
    """Whether the same letters are cut into words in two ways: "jäm ställdhet", "jämställdhet"."""
    if not here or not there or max(len(here), len(there)) > _PIECES:
        return False
    if any(a[n].kind == "number" for n in here) or any(b[n].kind == "number" for n in there):
        return False
    one, other = "".join(a[n].low for n in here), "".join(b[n].low for n in there)
    return one == other or (min(len(here), len(there)) == 1 and len(one) > 2 * _PIECES and slipped(one, other))


@lru_cache(maxsize=1 << 14)
def _cheapest(a: tuple[Word, ...], b: tuple[Word, ...]) -> tuple[tuple[int | None, int | None], ...]:
    """Which word stands for which, at the least cost: pairs of places, ``None`` where one has no counterpart."""
    if len(a) == 1 and len(b) == 1:
        return ((0, 0),)
    cost = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            if i or j:
                cost[i][j] = min(_steps(cost, a, b, i, j), key=lambda step: step[0])[0]
    pairs: list[tuple[int | None, int | None]] = []
    i, j = len(a), len(b)
    while i or j:
        _, i_, j_ = min(_steps(cost, a, b, i, j), key=lambda step: step[0])
        pairs.append((i - 1 if i_ < i else None, j - 1 if j_ < j else None))
        i, j = i_, j_
    return tuple(reversed(pairs))


def _steps(
    cost: list[list[float]], a: Sequence[Word], b: Sequence[Word], i: int, j: int
) -> list[tuple[float, int, int]]:
    steps = []
    if i and j:
        steps.append((cost[i - 1][j - 1] + _COST[difference(a[i - 1], b[j - 1])], i - 1, j - 1))
    if i:
        steps.append((cost[i - 1][j] + _alone(a[i - 1]), i - 1, j))
    if j:
        steps.append((cost[i][j - 1] + _alone(b[j - 1]), i, j - 1))
    return steps


def _alone(word: Word) -> float:
    return 0.4 if word.kind == SMALL else 1.0
