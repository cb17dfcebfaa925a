"""Which sentences share a signature and may therefore repeat each other: a join with a guarantee, and its filters."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from malbild.repeat.signatures import Hashes, Signed

Rows = NDArray[np.int64]
WINDOW = 1_000
"""In larger groups of one signature, a sentence is compared with so many neighbours in the order of their words."""
_BLOCK = 1 << 21


def may_repeat(signed: Signed, a: Rows, b: Rows) -> NDArray[np.bool_]:
    """Which pairs of rows pass what is cheap to know: every one that ``compare`` relates does.

    A plain word that one lacks turns at most one of the bits.
    """
    apart = np.bitwise_count(signed.bits[a] ^ signed.bits[b]).sum(axis=1, dtype=np.int64)
    first, second = (signed.allowed[rows].astype(np.int64) for rows in (a, b))
    longer = signed.content[a].astype(np.int64) - signed.content[b]
    return np.asarray((apart <= first + second) & (longer <= first) & (-longer <= second), np.bool_)


def candidates(signed: Signed, rows: Rows) -> tuple[Rows, Rows]:
    """Pairs among ``rows`` of ``signed`` that share a signature and pass ``may_repeat``: each once, a < b, in order.

    Every pair that ``compare`` relates is among them, unless all the signatures it shares are each shared by more than
    ``WINDOW`` rows that stand between the two when sorted by their words' hashes.
    """
    inside = np.zeros(len(signed.content), bool)
    inside[rows] = True
    keep = inside[signed.owner]
    signature, owner = signed.signature[keep], signed.owner[keep].astype(np.int64)
    # Within a group, sentences whose words are alike come together.
    order = np.lexsort((signed.frame[owner], signature))
    signature, owner = signature[order], owner[order]
    kept = [np.zeros(0, np.int64)]
    count = len(signed.content)
    for a, b in _pairs(signature, owner):
        passed = may_repeat(signed, a, b) & (a != b)
        a, b = a[passed], b[passed]
        kept.append(np.unique(np.minimum(a, b) * count + np.maximum(a, b)))
    pairs = np.unique(np.concatenate(kept))
    return pairs // count, pairs % count


def _pairs(signature: Hashes, owner: Rows) -> Iterator[tuple[Rows, Rows]]:
    """All pairs within runs of one signature, in blocks of bounded size."""
    starts = np.flatnonzero(np.concatenate([np.ones(min(1, len(signature)), bool), signature[1:] != signature[:-1]]))
    sizes = np.diff(np.concatenate([starts, [len(signature)]]))
    for distance in range(1, min(int(sizes.max(initial=0)), WINDOW + 1)):
        having = sizes > distance
        starts, sizes = starts[having], sizes[having]
        yield from _at_distance(owner, starts, sizes - distance, distance)


def _at_distance(owner: Rows, starts: Rows, counts: Rows, distance: int) -> Iterator[tuple[Rows, Rows]]:
    done = 0
    ends = np.cumsum(counts)
    while done < len(starts):
        before = int(ends[done - 1]) if done else 0
        upto = max(done + 1, int(np.searchsorted(ends, before + _BLOCK)))
        some, first = counts[done:upto], starts[done:upto]
        at = np.repeat(first - (np.cumsum(some) - some), some) + np.arange(int(some.sum()))
        yield owner[at], owner[at + distance]
        done = upto
