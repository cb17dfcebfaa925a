"""Goals, outcome claims, mentions, quantities and deadlines from Docs: first each sentence, then its context."""

from __future__ import annotations

from functools import cache

from malbild.extraction.columns import by_table, with_columns
from malbild.extraction.decide import Decision, decide, in_context, own_scores, restate
from malbild.extraction.period import in_periods
from malbild.extraction.read import read_sentences
from malbild.extraction.reading import Reading
from malbild.extraction.weights import Weights
from malbild.shipped import ModelInfo, manifest, shipped

__all__ = [
    "Decision",
    "Reading",
    "Weights",
    "by_table",
    "decide",
    "in_context",
    "in_periods",
    "load_weights",
    "own_scores",
    "read_sentences",
    "restate",
    "with_columns",
]


@cache
def load_weights() -> tuple[Weights, ModelInfo]:
    """The weights that come with Malbild, and what they are.

    Raises:
        malbild.shipped.NotShipped: if they are missing from this installation.
    """
    folder = shipped("sv_malbild_extraction")
    return Weights.load(folder / "weights.npz"), manifest(folder)
