"""Why a sentence got its scores: what its words, grammar and context added, in numbers that sum to the score."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from malbild.extraction.context import ACCURATE_NAMES
from malbild.extraction.features import Parsed, fact_features, fact_names, token_features
from malbild.extraction.hashing import rows
from malbild.extraction.table import tabulate
from malbild.extraction.weights import SENTENCE_BITS, Floats, Judge, Weights


@dataclass(frozen=True, slots=True)
class Share:
    """What one thing adds to the scores (log-odds) of goal and outcome claim."""

    what: str
    goal: float
    outcome: float


def word_shares(parsed: Parsed, weights: Weights) -> list[Share]:
    """What each word adds, with its base form, its ending, its neighbours and its place in the tree."""
    table, (here,) = tabulate([parsed.doc])
    scores = weights.token_scores(token_features(table))[here]
    return [Share(token.text, *map(float, score[:2])) for token, score in zip(parsed.doc, scores, strict=True)]


def fact_shares(parsed: Parsed, weights: Weights) -> list[Share]:
    """What each fact of grammar, each cue and each pattern adds; equal facts together, the strongest first."""
    scores = weights.sentence[rows(fact_features(parsed), SENTENCE_BITS)]
    return _together(zip(fact_names(parsed), scores, strict=True))


def context_shares(features: Floats, judge: Judge) -> list[Share]:
    """What the sentence's own score and each part of its context add; ``features`` are those of one sentence."""
    added = features[:, None] * judge.context
    names = ACCURATE_NAMES[: len(features)]
    found = _together(zip(map(_part, names), added, strict=True))
    return [Share("to begin with", *map(float, judge.context_intercept[:2])), *found]


_PARTS = (
    ("fast", "what is judged without the encoder"),
    ("encoder", "the encoder"),
    ("own goal", "the sentence's own score"),
    ("own outcome", "the sentence's own score"),
    ("goal -", "the sentences before"),
    ("outcome -", "the sentences before"),
    ("goal +", "the sentences after"),
    ("outcome +", "the sentences after"),
    ("heading", "the headings above"),
    ("outer heading", "the headings above"),
    ("lead-in", "the list's lead-in"),
    ("document", "the document"),
    ("goal in", "goals and claims in the document"),
    ("outcome in", "goals and claims in the document"),
    ("near", "what stands near"),
    ("kind", "heading, list item or text"),
    ("place", "place and length"),
    ("length", "place and length"),
)


def _part(name: str) -> str:
    """The part of the context that a feature belongs to, in words."""
    found = [what for start, what in _PARTS if name.startswith(start)]
    return found[0] if found else "how the sentence is put"


def _together(named: Iterable[tuple[str, Floats]]) -> list[Share]:
    """Shares of equal names summed, the strongest first, those of no weight left out."""
    sums: dict[str, Floats] = {}
    for name, score in named:
        sums[name] = sums.get(name, np.zeros(2, dtype=np.float32)) + score[:2]
    found = [Share(name, *map(float, score)) for name, score in sums.items() if np.any(score)]
    return sorted(found, key=lambda share: -max(abs(share.goal), abs(share.outcome)))
