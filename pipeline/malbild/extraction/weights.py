"""The trained numbers of this room: two tables of linear weights over hashed features, and their scales.

Trained by ``models/extraction`` with scikit-learn's logistic regression; kept as plain arrays (no pickle), so that
reading them needs numpy only.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import numpy as np
import numpy.typing as npt

from malbild.extraction.hashing import Values, rows
from malbild.findings import Direction, GoalKind

KINDS: tuple[GoalKind, ...] = get_args(GoalKind)
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
COLUMNS = ("goal", "outcome", *KINDS, *DIRECTIONS)
MENTION_BITS = 18
SENTENCE_BITS = 20

_JUDGE = ("context", "context_intercept", "scale")

Floats = npt.NDArray[np.float32]


def _summed(table: Floats, values: Values, bits: int) -> Floats:
    """The sum of the weights of each line of feature values."""
    lines, features = values.shape
    gathered = table.take(rows(values, bits).ravel(), axis=0)
    return np.asarray(gathered.reshape(lines, features, table.shape[1]).sum(axis=1), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Judge:
    """Weights ``context`` over the numbers of sentences in context (``malbild.extraction.context``: ``NAMES``, columns;
    with an encoder ``ACCURATE_NAMES``).

    ``scale`` turns a goal's and an outcome's score into a calibrated log-odds: ``scale[i, 0] * score + scale[i, 1]``.
    """

    context: Floats
    context_intercept: Floats
    scale: Floats

    def scores(self, features: Floats) -> Floats:
        """Scores of sentences in their context; ``features`` has shape (sentences, context features)."""
        return np.asarray(features @ self.context + self.context_intercept, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Weights:
    """Weight tables, each with its intercepts: ``mention`` (2**18, tags) and ``sentence`` (2**20, columns) over hashed
    features; and what judges a sentence in its context, without an encoder (``fast``) and with one (``accurate``).
    """

    mention: Floats
    mention_intercept: Floats
    sentence: Floats
    sentence_intercept: Floats
    fast: Judge
    accurate: Judge

    def tag_scores(self, values: Values) -> Floats:
        """Scores of the tags of every token; ``values`` has shape (tokens, templates)."""
        return np.asarray(_summed(self.mention, values, MENTION_BITS) + self.mention_intercept)

    def token_scores(self, values: Values) -> Floats:
        """What every token adds to its sentence's scores; ``values`` has shape (tokens, templates)."""
        return _summed(self.sentence, values, SENTENCE_BITS)

    def fact_scores(self, values: Values) -> Floats:
        """What the facts of one sentence add to its scores, with the intercepts."""
        return np.asarray(_summed(self.sentence, values[None, :], SENTENCE_BITS)[0] + self.sentence_intercept)

    def save(self, path: Path) -> None:
        """Write the tables to an ``.npz``: rows that are all zero are left out."""
        parts: dict[str, npt.NDArray[np.generic]] = {}
        for name in ("mention", "sentence"):
            table = getattr(self, name)
            kept = np.flatnonzero(np.any(table != 0, axis=1))
            parts |= {f"{name}_rows": kept.astype(np.int32), f"{name}_values": table[kept].astype(np.float16)}
            parts[f"{name}_intercept"] = getattr(self, f"{name}_intercept")
        for judge in ("fast", "accurate"):
            parts |= {f"{judge}_{name}": getattr(getattr(self, judge), name) for name in _JUDGE}
        np.savez_compressed(path, allow_pickle=False, **parts)

    @classmethod
    def load(cls, path: Path) -> Weights:
        """Read what ``save`` wrote.

        Raises:
            FileNotFoundError: if there is no such file.
            ValueError: if it does not hold the tables.
        """
        tables: dict[str, Any] = {}
        with np.load(path, allow_pickle=False) as parts:
            try:
                for name, bits in (("mention", MENTION_BITS), ("sentence", SENTENCE_BITS)):
                    values = parts[f"{name}_values"]
                    table = np.zeros((2**bits, values.shape[1]), dtype=np.float32)
                    table[parts[f"{name}_rows"]] = values
                    tables[name] = table
                    tables[f"{name}_intercept"] = parts[f"{name}_intercept"]
                for judge in ("fast", "accurate"):
                    tables[judge] = Judge(*(parts[f"{judge}_{name}"] for name in _JUDGE))
                return cls(**tables)
            except KeyError as missing:
                raise ValueError(f"{path}: no weight table {missing}; make it again with models/extraction") from None
