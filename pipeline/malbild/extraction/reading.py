"""What one sentence says by itself, small enough to keep for every sentence of an archive."""

from __future__ import annotations

from dataclasses import dataclass

from malbild.extraction.weights import Floats
from malbild.findings import Aspect, Deadline, Evidence, Mention, OutcomePart, Quantity, State
from malbild.source import Span


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence read without its context. Spans are relative to the text that was read.

    ``scores`` are its own, in the order of ``weights.COLUMNS``; ``profile`` what it adds to the document's profile,
    in the order of ``features.PROFILE``; ``words`` the number of its tokens.
    ``agent`` is who does it, a mention or a pronoun. The rest says how it would be put as a goal and as an outcome
    claim; ``parts`` are the clauses of a claim that has several, ``indicator`` what its quantities measure.
    """

    scores: Floats
    profile: tuple[int, ...]
    words: int
    mentions: tuple[Mention, ...]
    agent: Span | None
    quantities: tuple[Quantity, ...]
    deadline: Deadline | None
    cues: tuple[Evidence, ...]
    as_goal: State
    as_outcome: State
    aspect: Aspect
    parts: tuple[OutcomePart, ...]
    indicator: Span | None
