"""Readings in their context -> goals and outcome claims: the decisions of a whole document."""

from __future__ import annotations

import math
from collections.abc import Sequence, Set
from dataclasses import replace

import numpy as np

from malbild.encoded import Encoded
from malbild.extraction.context import context_features
from malbild.extraction.features import TOLD, WILL
from malbild.extraction.lexicon import CUES
from malbild.extraction.reading import Reading
from malbild.extraction.weights import COLUMNS, DIRECTIONS, KINDS, Floats, Judge, Weights
from malbild.findings import Direction, Evidence, Goal, GoalKind, Outcome
from malbild.source import Outline

_SHOWN_FOR_GOALS = frozenset(
    {WILL, *(CUES[cue] for cue in ("intention", "goal_noun", "necessity", "raise", "lower", "deliver", "future"))}
)
_SHOWN_FOR_OUTCOMES = frozenset(
    {*TOLD.values(), *(CUES[cue] for cue in ("raise", "lower", "steady", "deliver", "fail", "sofar"))}
)
_CUES_SHOWN = 4


def _confidence(score: float, scale: Sequence[float]) -> float:
    odds = max(-30.0, min(30.0, float(scale[0]) * score + float(scale[1])))
    return round(1 / (1 + math.exp(-odds)), 3)


def _evidence(reading: Reading, shown_for: Set[str]) -> tuple[Evidence, ...]:
    """The words of the wanted classes, and the model that decided."""
    shown: list[Evidence] = []
    for cue in reading.cues:
        if cue.by in shown_for and all(cue.span != other.span for other in shown):
            shown.append(cue)
    return (*shown[:_CUES_SHOWN], Evidence("the whole sentence in its context", None, "trained model"))


def _goal(reading: Reading, kind: GoalKind, confidence: float) -> Goal:
    """The goal that a reading states."""
    return Goal(
        kind=kind,
        confidence=confidence,
        actor=reading.agent,
        deadline=reading.deadline,
        quantities=reading.quantities,
        evidence=_evidence(reading, _SHOWN_FOR_GOALS),
        state=reading.as_goal,
        indicator=reading.indicator,
    )


def _outcome(reading: Reading, direction: Direction, confidence: float) -> Outcome:
    """The outcome claim that a reading makes; only a mixed one has parts."""
    return Outcome(
        direction=direction,
        confidence=confidence,
        actor=reading.agent,
        deadline=None,
        quantities=reading.quantities,
        evidence=_evidence(reading, _SHOWN_FOR_OUTCOMES),
        state=reading.as_outcome,
        aspect=reading.aspect,
        parts=reading.parts if direction == "mixed" else (),
    )


Decision = tuple[Goal | None, Outcome | None]


def restate(decision: Decision, reading: Reading) -> Decision:
    """The same decision for the sentence at another place: its spans are those of the reading there.

    What a goal has from other cells of its row stays as it is.
    """
    goal, outcome = decision
    if goal is not None:
        here = _goal(reading, goal.kind, goal.confidence)
        heads = tuple(one for one in goal.evidence if one.sentence is not None)
        here = replace(here, evidence=here.evidence + heads)
        if goal.actor_in is not None:
            here = replace(here, actor=goal.actor, actor_in=goal.actor_in)
        if goal.deadline_in is not None:
            here = replace(here, deadline=goal.deadline, deadline_in=goal.deadline_in)
        if goal.indicator_in is not None:
            here = replace(here, indicator=goal.indicator, indicator_in=goal.indicator_in)
        goal = here
    if outcome is not None:
        outcome = _outcome(reading, outcome.direction, outcome.confidence)
    return goal, outcome


def own_scores(readings: Sequence[Reading]) -> Floats:
    """Scores of sentences by themselves, shape (sentences, ``len(COLUMNS)``)."""
    return np.array([reading.scores for reading in readings], dtype=np.float32).reshape(-1, len(COLUMNS))


def in_context(
    readings: Sequence[Reading], outline: Outline, weights: Weights, encoded: Sequence[Encoded] | None = None
) -> tuple[Floats, Judge]:
    """The features by which a document's sentences are judged, a row a sentence, and what judges them.

    Without an encoder they are ``context_features`` of the sentences' own scores. With one (``ACCURATE_NAMES``) they
    are those of the mean of own and encoder's scores, then what is judged without the encoder, then its labels.
    """
    own = own_scores(readings)
    features = context_features(readings, outline, own)
    if encoded is None:
        return features, weights.fast
    theirs = np.array([one.labels for one in encoded], dtype=np.float32).reshape(own.shape)
    without = weights.fast.scores(features)
    mean = np.asarray((own + theirs) / 2, dtype=np.float32)
    return with_encoder(context_features(readings, outline, mean), without, theirs), weights.accurate


def with_encoder(features: Floats, without: Floats, theirs: Floats) -> Floats:
    """The features of ``ACCURATE_NAMES``."""
    return np.hstack([features, without[:, :2], theirs[:, :2]])


def decide(
    readings: Sequence[Reading],
    outline: Outline,
    weights: Weights,
    min_confidence: float = 0.5,
    encoded: Sequence[Encoded] | None = None,
) -> list[Decision]:
    """The goal and the outcome claim of every sentence of a document, where it has one.

    Args:
        readings: one a sentence, in the order of ``outline.sentences``.
        outline: the sentences and their sections.
        weights: the trained tables.
        min_confidence: findings with a lower probability are left out.
        encoded: what an encoder says of the sentences (the accurate profile); ``None`` without one (the fast one).
    """
    found: list[Decision] = []
    kinds = slice(2, 2 + len(KINDS))
    directions = slice(2 + len(KINDS), None)
    features, judge = in_context(readings, outline, weights, encoded)
    scores = judge.scores(features)
    for reading, score in zip(readings, scores, strict=True):
        goal = outcome = None
        confidence = _confidence(score[0], judge.scale[0])
        if confidence >= min_confidence:
            kind = KINDS[int(score[kinds].argmax())]
            goal = _goal(reading, kind, confidence)
        confidence = _confidence(score[1], judge.scale[1])
        if confidence >= min_confidence:
            direction = DIRECTIONS[int(score[directions].argmax())]
            outcome = _outcome(reading, direction, confidence)
        found.append((goal, outcome))
    return found
