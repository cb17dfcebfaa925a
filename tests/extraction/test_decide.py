"""Decisions from hand-made weights: a goal's score is its own score, on a scale of one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from parses import THREE_VERBS, parse

from malbild.encoded import Encoded
from malbild.extraction.context import ACCURATE_NAMES, NAMES
from malbild.extraction.decide import decide
from malbild.extraction.features import PROFILE, cue_evidence
from malbild.extraction.reading import Reading
from malbild.extraction.weights import COLUMNS, Judge, Weights
from malbild.findings import Evidence, OutcomePart, Quantity, State
from malbild.source import Outline, Sentence, Span

CONTEXT = np.zeros((len(NAMES), len(COLUMNS)), dtype=np.float32)
for n, name in enumerate(COLUMNS):
    CONTEXT[NAMES.index(f"own {name}"), n] = 1
NONE = np.zeros((1, 1), dtype=np.float32)
JUDGE = Judge(CONTEXT, np.zeros(len(COLUMNS), np.float32), np.array([[1, 0], [1, 0]], np.float32))
BOTH = np.zeros((len(ACCURATE_NAMES), len(COLUMNS)), dtype=np.float32)
BOTH[: len(NAMES), 2:] = CONTEXT[:, 2:]
for n, name in enumerate(("goal", "outcome")):
    BOTH[ACCURATE_NAMES.index(f"fast {name}"), n] = BOTH[ACCURATE_NAMES.index(f"encoder {name}"), n] = 0.25
WEIGHTS = Weights(NONE, NONE[0], NONE, NONE[0], JUDGE, replace(JUDGE, context=BOTH))
GOAL, CLAIM = State("shall", "present", False, False), State("present", "perfect", True, True)
PART = OutcomePart(Span(0, 11), "improved", ())
OUTLINE = Outline((), (Sentence(Span(0, 70), "body", 0),))


def scored(**scores: float) -> Reading:
    doc = parse(THREE_VERBS)
    values = np.array([scores.get(name, -5.0) for name in COLUMNS], dtype=np.float32)
    quantity = Quantity(Span(0, 3), 1.0, "")
    said, cues = (1,) * len(PROFILE), cue_evidence(doc)
    return Reading(
        values, said, len(doc), (), Span(0, 11), (quantity,), None, cues, GOAL, CLAIM, "trend", (PART,), None
    )


@pytest.mark.parametrize(
    ("scores", "goal", "outcome"),
    [
        ({"goal": 2, "aim": 1}, "aim", None),
        ({"goal": 2, "target": 1, "aim": 0.5}, "target", None),
        ({"outcome": 2, "improved": 1}, None, "improved"),
        ({"goal": 1, "vision": 1, "outcome": 1, "mixed": 1}, "vision", "mixed"),
        ({}, None, None),
    ],
    ids=["goal", "best kind", "outcome", "both", "neither"],
)
def test_labels(scores: dict[str, float], goal: str | None, outcome: str | None) -> None:
    ((found_goal, found_outcome),) = decide([scored(**scores)], OUTLINE, WEIGHTS)
    assert (found_goal.kind if found_goal else None) == goal
    assert (found_outcome.direction if found_outcome else None) == outcome


def test_confidence_is_a_probability_on_the_scale() -> None:
    ((goal, _),) = decide([scored(goal=2)], OUTLINE, WEIGHTS)
    assert goal is not None
    assert goal.confidence == pytest.approx(1 / (1 + np.exp(-2)), abs=1e-3)
    steep = replace(WEIGHTS, fast=replace(JUDGE, scale=np.array([[3, -1], [1, 0]], np.float32)))
    ((goal, _),) = decide([scored(goal=2)], OUTLINE, steep)
    assert goal is not None
    assert goal.confidence == pytest.approx(1 / (1 + np.exp(-5)), abs=1e-3)


@pytest.mark.parametrize(("least", "found"), [(0.0, True), (0.8, True), (0.9, False), (1.0, False)])
def test_the_threshold(least: float, found: bool) -> None:
    ((goal, _),) = decide([scored(goal=2)], OUTLINE, WEIGHTS, least)  # probability 0.88
    assert (goal is not None) == found


def test_everything_and_nothing_at_the_ends_of_the_scale() -> None:
    steep = replace(WEIGHTS, fast=replace(JUDGE, scale=np.array([[1e6, 0], [1e6, 0]], np.float32)))
    ((goal, outcome),) = decide([scored(goal=9, outcome=-9)], OUTLINE, steep, 0.0)
    assert goal is not None and outcome is not None
    assert (goal.confidence, outcome.confidence) == (1.0, 0.0)


def test_details_and_evidence_come_from_the_reading() -> None:
    text = parse(THREE_VERBS).text
    reading = scored(goal=2, outcome=2)
    ((goal, outcome),) = decide([reading], OUTLINE, WEIGHTS)
    assert goal is not None and outcome is not None
    for finding in (goal, outcome):
        assert (finding.actor, finding.quantities) == (reading.agent, reading.quantities)
        assert finding.evidence[-1] == Evidence("the whole sentence in its context", None, "trained model")
        cues = [(one.cue, one.span) for one in finding.evidence[:-1]]
        assert ("stärker", Span(12, 19)) in cues
        assert len(set(cues)) == len(cues)
        assert all(span is not None and span.quote(text) == cue for cue, span in cues)


def test_an_empty_document() -> None:
    assert decide([], Outline(), WEIGHTS) == []


def test_a_goal_and_a_claim_are_each_put_as_the_reading_says() -> None:
    ((goal, outcome),) = decide([scored(goal=1, vision=1, outcome=1, mixed=1)], OUTLINE, WEIGHTS)
    assert goal is not None and outcome is not None
    assert (goal.state, outcome.state, outcome.aspect, outcome.parts) == (GOAL, CLAIM, "trend", (PART,))


def test_only_a_mixed_claim_has_parts() -> None:
    ((_, outcome),) = decide([scored(outcome=1, improved=1)], OUTLINE, WEIGHTS)
    assert outcome is not None and outcome.parts == ()


def encoded(**scores: float) -> Encoded:
    values = np.array([scores.get(name, -5.0) for name in COLUMNS], dtype=np.float32)
    return Encoded(values, (), np.zeros((0, 9), np.float32), np.zeros((0, 3, 3), np.float32))


def test_an_encoder_counts_as_much_as_the_words() -> None:
    ((goal, outcome),) = decide([scored(goal=-2, aim=1)], OUTLINE, WEIGHTS, 0.5, [encoded(goal=6, vision=3)])
    assert goal is not None and outcome is None
    assert goal.kind == "vision"
    assert goal.confidence == pytest.approx(1 / (1 + np.exp(-1)), abs=1e-3)  # (-2 + 6) / 4


def test_an_empty_document_with_an_encoder() -> None:
    assert decide([], Outline(), WEIGHTS, 0.5, []) == []
