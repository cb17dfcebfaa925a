"""Two words: the same, the same but for a slip or an ending, another value, or another word."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import OSA

from malbild.repeat.forms import are_forms
from malbild.repeat.words import SMALL, WORD, WORDED, Word, common_words

Difference = Literal["same", "slip", "ending", "value", "name", "other"]
"""``slip`` and ``ending`` leave a sentence what it was; ``value`` and ``name`` make it a variant; ``other`` another."""
HARMLESS = frozenset({"same", "slip", "ending"})
_TYPED = 4
"""Shorter words are never taken for slips of another."""
_LONG = 9
"""Words of so many letters may have two slips."""


@lru_cache(maxsize=1 << 16)
def _slipped(one: str, other: str) -> bool:
    """Whether one word is the other mistyped: a letter is another, lacks or is too much, or two changed places."""
    shorter = min(len(one), len(other))
    if shorter < _TYPED:
        return False
    if one in (f"o{other}", f"in{other}") or other in (f"o{one}", f"in{one}"):
        return False
    allowed = 2 if shorter >= _LONG else 1
    return int(OSA.distance(one, other, score_cutoff=allowed)) <= allowed


def slipped(one: str, other: str, name: bool = False) -> bool:
    """Whether two words in folded letters are one word, mistyped in one place.

    Two words that are both common are two words, however alike; of two names one at least must be known.

    >>> slipped("kommunen", "komunen"), slipped("lagar", "dagar"), slipped("möjligt", "omöjligt")
    (True, False, False)
    """
    if not _slipped(one, other):
        return False
    known = common_words()
    both = (one in known) + (other in known)
    return both == 1 if name else both < 2


def difference(one: Word, other: Word) -> Difference:
    """What the change of ``one`` to ``other`` makes of a sentence, wherever they stand in it."""
    return _difference(one[2:], other[2:])


@lru_cache(maxsize=1 << 17)
def _difference(first: tuple[str, str, str, bool], second: tuple[str, str, str, bool]) -> Difference:
    one, other = Word(0, 0, *first), Word(0, 0, *second)
    if one.kind == other.kind and one.value == other.value:
        if one.kind not in WORDED or one.low == other.low:
            return "same"
        return "ending" if are_forms(one.low, other.low) or slipped(one.low, other.low) else "value"
    if one.low == f"o{other.low}" or other.low == f"o{one.low}":
        return "value"
    if one.kind == WORD and other.kind == WORD:
        if one.name and other.name:
            if _genitive(one.low, other.low):
                return "ending"
            return "slip" if slipped(one.low, other.low, name=True) else "name"
        if are_forms(one.low, other.low):
            return "ending"
        return "slip" if slipped(one.low, other.low) else "other"
    if not one.low[0].isdecimal() and not other.low[0].isdecimal() and slipped(one.low, other.low):
        return "slip"
    if SMALL in (one.kind, other.kind):
        return "other" if one.kind == other.kind or WORD in (one.kind, other.kind) else "value"
    return "other" if WORD in (one.kind, other.kind) else "value"


def _genitive(one: str, other: str) -> bool:
    return one == f"{other}s" or other == f"{one}s"
