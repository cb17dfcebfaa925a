"""Features as numbers: a value and the template that saw it, hashed to a row of a weight table.

The hashing trick (Weinberger et al. 2009) without a stored vocabulary: whole arrays of values are hashed at once.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
from spacy.strings import hash_string  # type: ignore[attr-defined]

_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)

Values = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.int64]


@lru_cache(maxsize=200_000)
def code(*parts: str) -> np.uint64:
    """A number for a tuple of words, the same on every machine."""
    return np.uint64(hash_string("\x1f".join(parts)))


def salt(template: str) -> np.uint64:
    """The number of a template; mix it into values so that equal values under two templates differ."""
    return code("template", template)


def mix(values: Values, template: np.uint64 | Values) -> Values:
    """Values seen by a template (or by one a column), still 64 bits wide: an avalanche step of splitmix64."""
    mixed = (values ^ template) * _FACTOR
    return mixed ^ (mixed >> _SHIFT)


def pair(left: Values, right: Values) -> Values:
    """Pairs of values, position by position; the order of the two counts."""
    return mix(left * np.uint64(3), np.uint64(0)) + right


def rows(values: Values, bits: int) -> Rows:
    """Rows of a table of ``2**bits`` weights, one a value."""
    return ((values * _FACTOR) >> np.uint64(64 - bits)).astype(np.int64)
