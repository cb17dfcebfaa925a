"""What surrounds a sentence, as numbers: neighbours, headings, lead-in, section, the document's profile.

The same words are a goal in a plan and a result in a report. A sentence's own scores come first; this module adds what
the scores of the text around it say, and how the text speaks as a whole (its share of perfects, of *ska*, of figures).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import numpy as np
import numpy.typing as npt

from malbild.extraction.features import PROFILE
from malbild.extraction.reading import Reading
from malbild.extraction.weights import COLUMNS, Floats
from malbild.source import Outline, SentenceKind

Ints = npt.NDArray[np.int64]

KINDS: tuple[SentenceKind, ...] = get_args(SentenceKind)
NEIGHBOURS = (-2, -1, 1, 2)
LOCAL = 4
"""Sentences on either side that count as near."""
_OUTSIDE = -2.0
"""The score of a neighbour that is not there: that of a sentence that is probably nothing."""

NAMES: tuple[str, ...] = (
    *(f"own {column}" for column in COLUMNS),
    *(f"{label} {by:+d}" for by in NEIGHBOURS for label in ("goal", "outcome")),
    *(f"{what} {fact}" for what in ("heading", "outer heading", "lead-in") for fact in ("goal", "outcome", "there")),
    *(f"{label} in {where}" for where in ("document", "near", "section", "siblings") for label in ("goal", "outcome")),
    *(f"kind {kind}" for kind in KINDS),
    *(f"document {share}" for share in PROFILE[1:]),
    *(f"near {share}" for share in PROFILE[1:]),
    *(f"own {flag}" for flag in PROFILE[1:]),
    *(f"own {flag} x document {share}" for flag in PROFILE[1:] for share in PROFILE[1:]),
    *(f"own {label} x kind {kind}" for label in ("goal", "outcome") for kind in KINDS),
    *(f"own {label} x document {share}" for label in ("goal", "outcome") for share in PROFILE[1:]),
    "place", "length",
)  # fmt: skip
ACCURATE_NAMES: tuple[str, ...] = (*NAMES, "fast goal", "fast outcome", "encoder goal", "encoder outcome")
"""The numbers of a sentence in its context where an encoder has read it, too."""


def _headings(outline: Outline) -> list[tuple[int, int]]:
    """For every sentence the sentences that head its section and the next outer one; -1 where there is none."""
    at = {sentence.span: n for n, sentence in enumerate(outline.sentences) if sentence.kind == "heading"}
    of_section = [at.get(section.heading, -1) if section.heading else -1 for section in outline.sections]
    found = []
    for n, sentence in enumerate(outline.sentences):
        path = [of_section[i] for i in outline.section_indexes(sentence.section)]
        above = [*(heading for heading in path if heading not in (-1, n)), -1, -1]
        found.append((above[0], above[1]))
    return found


def _groups(outline: Outline) -> tuple[Ints, Ints]:
    """Group numbers: the section of every sentence, and its siblings (same section and kind)."""
    section = np.array([0 if s.section is None else s.section + 1 for s in outline.sentences], dtype=np.int64)
    kind = np.array([KINDS.index(s.kind) for s in outline.sentences], dtype=np.int64)
    return section, section * len(KINDS) + kind


def _means(values: Floats, groups: Ints) -> Floats:
    """The mean of each group, at every member; ``values`` has shape (members, columns)."""
    _, index = np.unique(groups, return_inverse=True)
    total = np.zeros((index.max() + 1, values.shape[1]))
    np.add.at(total, index, values)
    return np.asarray((total / np.bincount(index)[:, None])[index], dtype=np.float32)


def context_features(readings: Sequence[Reading], outline: Outline, scores: Floats) -> Floats:
    """Features of every sentence in its context, shape (sentences, ``len(NAMES)``).

    Args:
        readings: one a sentence, in the order of ``outline.sentences``.
        outline: the sentences and their sections.
        scores: of the sentences by themselves, shape (sentences, ``len(COLUMNS)``).
    """
    n = len(readings)
    if n == 0:
        return np.zeros((0, len(NAMES)), dtype=np.float32)
    pair = np.clip(scores[:, :2], -8, 8)
    chance = (1 / (1 + np.exp(-pair))).astype(np.float32)
    padded = np.vstack([pair, np.full((1, 2), _OUTSIDE, dtype=np.float32)])
    neighbours = [
        padded[np.where((here := np.arange(n) + by) >= n, n, np.where(here < 0, n, here))] for by in NEIGHBOURS
    ]
    above = np.array(_headings(outline))
    lead = np.array([-1 if s.lead_in is None else s.lead_in for s in outline.sentences])
    pointed = [
        column
        for target in (above[:, 0], above[:, 1], lead)
        for column in (padded[target], (target >= 0).astype(np.float32)[:, None])
    ]
    flags = np.array([reading.profile for reading in readings], dtype=np.float32)
    low, high = np.maximum(0, np.arange(n) - LOCAL), np.minimum(n, np.arange(n) + LOCAL + 1)
    both = np.hstack([chance, flags])
    summed = np.vstack([np.zeros((1, both.shape[1])), both.cumsum(axis=0, dtype=np.float64)])
    near = (summed[high] - summed[low]) / (high - low)[:, None]
    document = np.broadcast_to(both.mean(axis=0), both.shape)
    section, siblings = _groups(outline)
    kind = np.eye(len(KINDS), dtype=np.float32)[[KINDS.index(s.kind) for s in outline.sentences]]
    own, shares = flags[:, 1:], document[:, 3:]
    blocks = [
        scores, *neighbours, *pointed,
        document[:, :2], near[:, :2], _means(chance, section), _means(chance, siblings),
        kind, shares, near[:, 3:], own,
        (own[:, :, None] * shares[:, None, :]).reshape(n, -1), (pair[:, :, None] * kind[:, None, :]).reshape(n, -1),
        (pair[:, :, None] * shares[:, None, :]).reshape(n, -1),
        np.linspace(0, 1, n)[:, None], np.log1p([[reading.words] for reading in readings]),
    ]  # fmt: skip
    return np.hstack(blocks).astype(np.float32)
