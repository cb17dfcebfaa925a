"""Docs -> Readings: every sentence by itself, many at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from spacy.tokens import Doc

from malbild.extraction.agents import agent
from malbild.extraction.deadlines import find_deadlines, pick_deadline
from malbild.extraction.features import Parsed, cue_evidence, fact_features, profile_counts, token_features
from malbild.extraction.grammar import clauses
from malbild.extraction.indicator import indicator
from malbild.extraction.mentions import mentions, token_values
from malbild.extraction.qualify import qualified
from malbild.extraction.quantities import find_quantities
from malbild.extraction.reading import Reading
from malbild.extraction.state import aspect, goal_state, is_hedged, outcome_state, parts
from malbild.extraction.table import tabulate
from malbild.extraction.weights import Floats, Weights

BATCH = 128
"""Sentences whose columns are computed together."""


def read_sentences(docs: Iterable[Doc], weights: Weights) -> Iterator[Reading]:
    """Read sentences by themselves: mentions, clauses, quantities, deadlines, scores. A ``Doc`` is a sentence."""
    stream = iter(docs)
    while batch := list(islice(stream, BATCH)):
        table, slices = tabulate(batch)
        tag_scores = weights.tag_scores(token_values(table))
        token_scores = weights.token_scores(token_features(table))
        for doc, rows in zip(batch, slices, strict=True):
            parsed = examine(doc, tag_scores[rows])
            yield reading_of(parsed, token_scores[rows].sum(axis=0) + weights.fact_scores(fact_features(parsed)))


def examine(doc: Doc, tag_scores: Floats) -> Parsed:
    """What grammar and patterns find in one sentence; ``tag_scores`` are those of its tokens' mention tags."""
    text = doc.text
    return Parsed(doc, text, clauses(doc), mentions(doc, tag_scores), qualified(text, find_quantities(text)))


def reading_of(parsed: Parsed, scores: Floats) -> Reading:
    """The reading of a sentence with the scores given."""
    hedged = is_hedged(parsed.text)
    return Reading(
        scores=scores,
        profile=profile_counts(parsed),
        words=len(parsed.doc),
        mentions=parsed.mentions,
        agent=agent(parsed.doc, parsed.clauses, parsed.mentions),
        quantities=parsed.quantities,
        deadline=pick_deadline(parsed.text, find_deadlines(parsed.text)),
        cues=cue_evidence(parsed.doc),
        as_goal=goal_state(parsed.doc, parsed.clauses, hedged),
        as_outcome=outcome_state(parsed.doc, parsed.clauses, hedged),
        aspect=aspect(parsed.doc, parsed.clauses),
        parts=parts(parsed.doc, parsed.clauses, parsed.quantities),
        indicator=indicator(parsed.doc, parsed.quantities, parsed.mentions),
    )
