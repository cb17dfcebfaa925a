"""What surrounds a sentence: numbers from hand-made readings and outlines."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from malbild.extraction.context import _OUTSIDE, NAMES, context_features
from malbild.extraction.decide import own_scores
from malbild.extraction.features import PROFILE
from malbild.extraction.reading import Reading
from malbild.extraction.weights import COLUMNS
from malbild.findings import State
from malbild.source import Outline, Section, Sentence, SentenceKind, Span

PLAIN = State("present", "none", False, False)


def reading(goal: float = 0.0, outcome: float = 0.0, words: int = 5, **flags: int) -> Reading:
    scores = np.zeros(len(COLUMNS), dtype=np.float32)
    scores[:2] = goal, outcome
    profile = tuple(1 if name == "sentences" else flags.get(name, 0) for name in PROFILE)
    return Reading(scores, profile, words, (), None, (), None, (), PLAIN, PLAIN, "done", (), None)


def features_of(readings: list[Reading], outline: Outline) -> np.ndarray:
    return context_features(readings, outline, own_scores(readings))


def sentence(n: int, kind: SentenceKind, section: int | None, lead_in: int | None = None) -> Sentence:
    return Sentence(Span(n * 10, n * 10 + 9), kind, n, section, lead_in)


# 0 heading, 1 heading under it, 2 "Vi ska:", 3 and 4 items under 2, 5 heading, 6 its text
PLAN = Outline(
    sections=(
        Section(Span(0, 9), None, 1, Span(0, 50), None),
        Section(Span(10, 19), None, 2, Span(10, 50), 0),
        Section(Span(50, 59), None, 1, Span(50, 70), None),
    ),
    sentences=(
        sentence(0, "heading", 0),
        sentence(1, "heading", 1),
        sentence(2, "body", 1),
        sentence(3, "item", 1, lead_in=2),
        sentence(4, "item", 1, lead_in=2),
        sentence(5, "heading", 2),
        sentence(6, "body", 2),
    ),
)
GOALS = [0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5]
READINGS = [reading(goal, -goal, words=n + 1, perfect=n % 2) for n, goal in enumerate(GOALS)]
FEATURES = features_of(READINGS, PLAN)


def column(name: str) -> list[float]:
    return [float(value) for value in FEATURES[:, NAMES.index(name)]]


def test_names_are_distinct_and_as_many_as_the_features() -> None:
    assert FEATURES.shape == (len(READINGS), len(NAMES))
    assert len(set(NAMES)) == len(NAMES)
    assert np.isfinite(FEATURES).all()


def test_an_empty_document() -> None:
    assert features_of([], Outline()).shape == (0, len(NAMES))


@pytest.mark.parametrize("score", [0.0, 1e6, -1e6], ids=["even", "huge", "tiny"])
def test_a_single_sentence(score: float) -> None:
    outline = Outline((), (Sentence(Span(0, 5), "body", 0),))
    features = features_of([reading(score, -score)], outline)
    assert features.shape == (1, len(NAMES))
    assert np.isfinite(features).all()
    assert features[0, NAMES.index("goal +1")] == _OUTSIDE


def test_neighbours() -> None:
    assert column("goal -1") == [_OUTSIDE, *GOALS[:-1]]
    assert column("goal +2") == [*GOALS[2:], _OUTSIDE, _OUTSIDE]
    assert column("outcome +1") == [*(-goal for goal in GOALS[1:]), _OUTSIDE]


def test_headings_are_those_above() -> None:
    assert column("heading there") == [0, 1, 1, 1, 1, 0, 1]  # a subheading stands under the heading above it
    assert column("heading goal") == [_OUTSIDE, 0.5, 1.0, 1.0, 1.0, _OUTSIDE, 3.0]
    assert column("outer heading there") == [0, 0, 1, 1, 1, 0, 0]
    assert column("outer heading goal") == [_OUTSIDE, _OUTSIDE, 0.5, 0.5, 0.5, _OUTSIDE, _OUTSIDE]


def test_lead_ins() -> None:
    assert column("lead-in there") == [0, 0, 0, 1, 1, 0, 0]
    assert column("lead-in goal") == [_OUTSIDE, _OUTSIDE, _OUTSIDE, 1.5, 1.5, _OUTSIDE, _OUTSIDE]


def test_means_of_document_section_and_siblings() -> None:
    chances = 1 / (1 + np.exp(-np.array(GOALS)))
    assert column("goal in document") == pytest.approx([chances.mean()] * len(GOALS), abs=1e-5)
    assert column("goal in section")[5:] == pytest.approx([chances[5:].mean()] * 2, abs=1e-5)
    assert column("goal in siblings")[3:5] == pytest.approx([chances[3:5].mean()] * 2, abs=1e-5)


def test_kinds_flags_and_place() -> None:
    assert column("kind heading") == [1, 1, 0, 0, 0, 1, 0]
    assert column("kind item") == [0, 0, 0, 1, 1, 0, 0]
    assert column("own perfect") == [0, 1, 0, 1, 0, 1, 0]
    assert column("document perfect") == pytest.approx([3 / 7] * 7)
    assert column("own perfect x document perfect") == pytest.approx([0, 3 / 7, 0, 3 / 7, 0, 3 / 7, 0])
    assert (column("place")[0], column("place")[-1]) == (0, 1)
    assert column("length") == pytest.approx([float(np.log1p(n + 1)) for n in range(7)], abs=1e-5)


def test_a_heading_that_is_no_sentence_is_left_out() -> None:
    gone = replace(PLAN, sentences=tuple(replace(s, kind="body") for s in PLAN.sentences))
    assert not features_of(READINGS, gone)[:, NAMES.index("heading there")].any()
