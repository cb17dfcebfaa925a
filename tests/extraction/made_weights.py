"""Weights without training: random, with few rows."""

from __future__ import annotations

import numpy as np

from malbild.extraction.context import ACCURATE_NAMES, NAMES
from malbild.extraction.mentions import TAGS
from malbild.extraction.weights import COLUMNS, MENTION_BITS, SENTENCE_BITS, Judge, Weights


def some_weights() -> Weights:
    """Weights that half precision holds exactly, most rows empty."""
    rng = np.random.default_rng(7)

    def table(bits: int, columns: int) -> np.ndarray:
        made = np.zeros((2**bits, columns), dtype=np.float32)
        made[rng.integers(0, 2**bits, 500)] = rng.integers(-64, 64, (500, columns)) / 16
        return made

    def numbers(*shape: int) -> np.ndarray:
        return rng.standard_normal(shape).astype(np.float32)

    def judge(names: tuple[str, ...]) -> Judge:
        return Judge(numbers(len(names), len(COLUMNS)), numbers(len(COLUMNS)), numbers(2, 2))

    return Weights(
        mention=table(MENTION_BITS, len(TAGS)),
        mention_intercept=numbers(len(TAGS)),
        sentence=table(SENTENCE_BITS, len(COLUMNS)),
        sentence_intercept=numbers(len(COLUMNS)),
        fast=judge(NAMES),
        accurate=judge(ACCURATE_NAMES),
    )
