"""Readings in their context -> goals and outcome claims: the decisions of a whole document."""

from __future__ import annotations

import math
from collections.abc import Sequence

from malbild.extraction.context import context_features
from malbild.extraction.reading import Reading
from malbild.extraction.weights import DIRECTIONS, KINDS, Weights
from malbild.findings import Direction, Evidence, Goal, GoalKind, Outcome
from malbild.source import Outline

_GOAL_CUES = ("intention", "goal_noun", "necessity", "raise", "lower", "deliver", "future")
_OUTCOME_CUES = ("raise", "lower", "steady", "deliver", "fail", "sofar")
_CUES_SHOWN = 4


def _confidence(score: float, scale: Sequence[float]) -> float:
    odds = max(-30.0, min(30.0, float(scale[0]) * score + float(scale[1])))
    return round(1 / (1 + math.exp(-odds)), 3)


def _evidence(reading: Reading, wanted: Sequence[str]) -> tuple[Evidence, ...]:
    """The classifier, and the cue words of the wanted classes."""
    shown: list[Evidence] = []
    for cue in reading.cues:
        if cue.by.removeprefix("cue:") in wanted and all(cue.span != other.span for other in shown):
            shown.append(cue)
    return (*shown[:_CUES_SHOWN], Evidence("sentence in its context", None, "classifier"))


def _goal(reading: Reading, kind: GoalKind, confidence: float) -> Goal:
    """The goal that a reading states."""
    return Goal(
        kind=kind,
        confidence=confidence,
        actor=reading.agent,
        deadline=reading.deadline,
        quantities=reading.quantities,
        evidence=_evidence(reading, _GOAL_CUES),
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
        evidence=_evidence(reading, _OUTCOME_CUES),
        state=reading.as_outcome,
        aspect=reading.aspect,
        parts=reading.parts if direction == "mixed" else (),
    )


Decision = tuple[Goal | None, Outcome | None]


def restate(decision: Decision, reading: Reading) -> Decision:
    """The same decision for the sentence at another place: its spans are those of the reading there."""
    goal, outcome = decision
    if goal is not None:
        goal = _goal(reading, goal.kind, goal.confidence)
    if outcome is not None:
        outcome = _outcome(reading, outcome.direction, outcome.confidence)
    return goal, outcome


def decide(
    readings: Sequence[Reading], outline: Outline, weights: Weights, min_confidence: float = 0.5
) -> list[Decision]:
    """The goal and the outcome claim of every sentence of a document, where it has one.

    Args:
        readings: one a sentence, in the order of ``outline.sentences``.
        outline: the sentences and their sections.
        weights: the trained tables.
        min_confidence: findings with a lower probability are left out.
    """
    found: list[Decision] = []
    kinds = slice(2, 2 + len(KINDS))
    directions = slice(2 + len(KINDS), None)
    scores = weights.context_scores(context_features(readings, outline))
    for reading, score in zip(readings, scores, strict=True):
        goal = outcome = None
        confidence = _confidence(score[0], weights.scale[0])
        if confidence >= min_confidence:
            kind = KINDS[int(score[kinds].argmax())]
            goal = _goal(reading, kind, confidence)
        confidence = _confidence(score[1], weights.scale[1])
        if confidence >= min_confidence:
            direction = DIRECTIONS[int(score[directions].argmax())]
            outcome = _outcome(reading, direction, confidence)
        found.append((goal, outcome))
    return found
