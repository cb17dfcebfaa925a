"""Pairs that need no comparison: a common word of one has nothing in the other that it could be a slip or a form of."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from malbild.repeat.alike import slipped
from malbild.repeat.forms import are_forms
from malbild.repeat.join import Rows
from malbild.repeat.signatures import Signed
from malbild.repeat.words import common_words, letters

_PIECE = 2
_COMMON = 40_000
"""The rank from which on a word may as well be a piece of a broken one."""
_UNKNOWN = (_COMMON, False)


@lru_cache(maxsize=1 << 17)
def _explains(one: str, other: str) -> bool:
    """Whether a plain word may have come of another one, or of a piece of it."""
    a, b = letters(one), letters(other)
    short, long = (a, b) if len(a) < len(b) else (b, a)
    if len(short) >= _PIECE and (long.startswith(short) or long.endswith(short)):
        return True
    return slipped(a, b) or are_forms(a, b)


@lru_cache(maxsize=1 << 17)
def _must_be_explained(token: str) -> bool:
    """Whether a plain word that only one of two sentences has makes them different: no name, no slip of a value."""
    return not token[0].isupper() and common_words().get(token, _UNKNOWN)[0] < _COMMON


def hopeful(signed: Signed, a: Rows, b: Rows) -> NDArray[np.bool_]:
    """Which pairs of rows ``compare`` may relate when it is not loose; the others it does not."""
    tokens, plain = signed.tokens, signed.plain
    starts, stops = signed.starts.tolist(), (signed.starts + signed.content).tolist()
    found = np.zeros(len(a), bool)
    last, first, twice = -1, set[int](), False
    for n, (one, other) in enumerate(zip(a.tolist(), b.tolist(), strict=True)):
        if one != last:
            said = plain[starts[one] : stops[one]].tolist()
            last, first, twice = one, set(said), len(set(said)) < len(said)
        words = plain[starts[other] : stops[other]].tolist()
        second = set(words)
        lost, new = first - second, second - first
        # A word said twice here and once there is in neither remainder, and may explain another all the same.
        mine, its = (first if twice else lost), (second if len(second) < len(words) else new)
        found[n] = _explained(tokens, lost, its) and _explained(tokens, new, mine)
    return found


def _explained(tokens: tuple[str, ...], lost: set[int], others: set[int]) -> bool:
    for word in lost:
        token = tokens[word]
        if _must_be_explained(token) and not any(_explains(token, tokens[other]) for other in others):
            return False
    return True
