"""Two sentences: the same again, the same frame with another value, or neither."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from malbild.repeat.align import Change, Place, changes
from malbild.repeat.alike import difference
from malbild.repeat.keys import sentence_key
from malbild.repeat.words import SMALL, WORD, Read, Word, read

GRAM = 4
"""Letters of the strings that ``similarity`` counts."""
_NAME_AND_WORD = 2
_STEPS = ((3, 0), (4, 1), (9, 2), (15, 3))
MOST_LACKING = 4
"""The largest ``allowance``, and the number of changes that leave a sentence the same."""
_JOINTS = frozenset({"", " ", "-", ":", "/"})
_UNPAIRED = 2
"""Values that may stand in one of two variants only: "inte", "2 procent"."""
SHARED = 0.5
"""The share of the longer sentence's words that variants have in common."""


def allowance(content: int, named: bool = False) -> int:
    """How many of a sentence's ``content`` plain words another may lack and still be compared with it.

    ``named`` says that a name is among them: of two words one may be another name.
    """
    if content == _NAME_AND_WORD and named:
        return 1
    return next((allowed for upper, allowed in _STEPS if content < upper), MOST_LACKING)


@dataclass(frozen=True, slots=True)
class Relation:
    """How a sentence relates to another: ``differs`` names the values that differ, as "40 % → 47 %"."""

    kind: Literal["near", "variant"]
    differs: tuple[str, ...] = ()


NEAR = Relation("near")


def similarity(one: str, other: str) -> float:
    """Jaccard similarity of the sets of four-letter strings of two flat sentences, folded; 1 where keys are equal."""
    a, b = sentence_key(one), sentence_key(other)
    if a == b:
        return 1.0
    first = {a[n : n + GRAM] for n in range(max(1, len(a) - GRAM + 1))}
    second = {b[n : n + GRAM] for n in range(max(1, len(b) - GRAM + 1))}
    return len(first & second) / len(first | second)


def lacking(one: Counter[str], other: Counter[str]) -> tuple[int, int]:
    """How many of the words of either the other lacks."""
    shared = sum(min(times, other[word]) for word, times in one.items() if word in other)
    return one.total() - shared, other.total() - shared


def compare(one: str, other: str, loose: bool = False) -> Relation | None:
    """How ``other`` repeats ``one``, both flat sentences; ``None`` if it does not.

    *Near*: the same words but for typing slips, hyphens, punctuation, endings, small words, a clause moved. *Variant*:
    a number, unit, date, name, negation, direction or modal differs besides. ``loose`` lets other words
    differ too in a variant, as between neighbours in one report: "Utlåningen på svenska ökade", "… på finska minskade".

    >>> compare("Andelen ökade till 40 % 2019.", "Andelen ökade till 47 % 2021.").differs
    ('40 % → 47 %', '2019 → 2021')
    >>> compare("Utsläppen har förbättrats kraftigt.", "Utsläppen har försämrats kraftigt.").differs
    ('förbättrats → försämrats',)
    """
    a, b = read(one), read(other)
    if not (a.telling and b.telling and a.content and b.content):
        return None
    allowed = [allowance(side.content.total(), any(word.name for word in side.words)) for side in (a, b)]
    if loose:
        allowed = [max(most, side.content.total() // 2) for most, side in zip(allowed, (a, b), strict=True)]
    if any(lost > most for lost, most in zip(lacking(a.content, b.content), allowed, strict=True)):
        return None
    if a.said == b.said:
        return NEAR
    found = list(changes(a, b))
    kept = [set(range(len(side.words))).difference(*(change[n] for change in found)) for n, side in ((1, a), (2, b))]
    classed = [(change, _class(change, a.words, b.words, kept)) for change in found]
    values = [change for change, what in classed if what in ("value", "name")]
    others = sum(what == "other" for _, what in classed)
    if not values and not others:
        return NEAR if len(classed) <= MOST_LACKING else None
    if not values or (others and not loose) or others > max(allowed):
        return None
    apart = [change for change in values if not _in_place(change, a.words, b.words)]
    longer = max(len(a.words), len(b.words))
    if len(apart) + others > longer * SHARED or sum(not change.a or not change.b for change in apart) > _UNPAIRED:
        return None
    if others:
        touched = sum(max(len(change.a), len(change.b)) for change, _ in classed)
        if touched > longer * SHARED or not all(_negates(change, a.words, b.words) for change in apart):
            return None
    return Relation("variant", tuple(_named(values, a, b)))


def _in_place(change: Change, a: Sequence[Word], b: Sequence[Word]) -> bool:
    """Whether a value takes the place of another of its kind."""
    return bool(change.a and change.b) and WORD != a[change.a[0]].kind == b[change.b[0]].kind


def _negates(change: Change, a: Sequence[Word], b: Sequence[Word]) -> bool:
    words = [*(a[n] for n in change.a), *(b[n] for n in change.b)]
    return len(words) == 1 and words[0].kind == "negation"


def _class(change: Change, a: Sequence[Word], b: Sequence[Word], kept: Sequence[set[int]]) -> str:
    """``moved`` or what ``difference`` says; ``kept`` are the words of either sentence that the other has too."""
    if change.kind != "changed":
        return change.kind
    if change.a and change.b:
        return difference(a[change.a[0]], b[change.b[0]])
    at, said, stays = (change.a[0], a, kept[0]) if change.a else (change.b[0], b, kept[1])
    word = said[at]
    if word.kind == SMALL or (
        word.kind != "number" and any(n in stays and said[n].low == word.low for n in (at - 1, at + 1))
    ):
        return "slip"
    if word.kind == WORD:
        return "name" if word.name else "other"
    return "value"


def _named(values: Sequence[Change], a: Read, b: Read) -> Iterator[str]:
    """The values that differ, neighbours together, each with its unit."""
    runs: list[tuple[list[int], list[int]]] = []
    for change in values:
        if runs and _follows(runs[-1], change, a, b):
            runs[-1][0].extend(change.a)
            runs[-1][1].extend(change.b)
        else:
            runs.append((list(change.a), list(change.b)))
    for first, second in runs:
        left, right = _with_unit(first, a.words), _with_unit(second, b.words)
        yield f"{_quote(left, a)} → {_quote(right, b)}"


def _follows(run: tuple[list[int], list[int]], change: Change, a: Read, b: Read) -> bool:
    """Whether a change goes on where a run of changes ends: names of several words, a number and its unit."""
    joined = False
    for before, now, side in ((run[0], change.a, a), (run[1], change.b, b)):
        if not before or not now:
            continue
        last, first = side.words[before[-1]], side.words[now[0]]
        if now[0] != before[-1] + 1 or side.text[last.end : first.start] not in _JOINTS:
            return False
        if not (last.name and first.name) and not (last.kind == "number" and first.kind in ("unit", "number")):
            return False
        joined = True
    return joined


def _with_unit(places: list[int], said: Sequence[Word]) -> list[int]:
    if places and said[places[-1]].kind == "number" and places[-1] + 1 < len(said):
        follower = said[places[-1] + 1]
        if follower.kind == "unit" and follower.start - said[places[-1]].end <= 1:
            return [*places, places[-1] + 1]
    return places


def _quote(places: Place | list[int], said: Read) -> str:
    if not places:
        return "–"
    return said.text[said.words[places[0]].start : said.words[places[-1]].end]
