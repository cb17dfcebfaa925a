"""What an encoder that has read a sentence in its document says of it: numbers, for extraction to weigh."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import numpy as np
import numpy.typing as npt

from malbild.findings import ActorType
from malbild.source import SentenceKind, Span

Logits = npt.NDArray[np.float32]
SENTENCE_KINDS: tuple[SentenceKind, ...] = get_args(SentenceKind)
"""In the order in which the encoder numbers them."""
TYPES: tuple[ActorType, ...] = get_args(ActorType)
TAGS = ("O", *(f"{edge}-{kind}" for kind in TYPES for edge in "BI"))
"""What a word can be in a mention, in the order of ``Encoded.tags``."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Log-odds and logits of one sentence. ``words`` are spans of its text; words far back in a long one are left out.

    ``labels`` holds goal and outcome (log-odds), then the kinds of a goal, then the directions of an outcome claim
    (logits), in the order of ``malbild.findings``. ``tags``, shape (words, 9): logits of mention tags (outside; begins
    and goes on of each actor type). ``details``, shape (words, 3, 3): logits of outside, begins, goes on, for the
    agent, the deadline and the quantities.
    """

    labels: Logits
    words: tuple[Span, ...]
    tags: Logits
    details: Logits
