"""Docs -> Readings: every sentence by itself, many at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, repeat

from spacy.tokens import Doc

from malbild.encoded import Encoded
from malbild.extraction.agents import agent, weighed_agent
from malbild.extraction.deadlines import find_deadlines, pick_deadline
from malbild.extraction.features import (
    Parsed,
    cue_evidence,
    fact_features,
    profile_counts,
    token_features,
    verb_evidence,
)
from malbild.extraction.grammar import clauses
from malbild.extraction.indicator import indicator
from malbild.extraction.mentions import mentions, token_values, weighed
from malbild.extraction.qualify import qualified
from malbild.extraction.quantities import find_quantities
from malbild.extraction.reading import Reading
from malbild.extraction.state import aspect, goal_state, is_hedged, outcome_state, parts
from malbild.extraction.table import tabulate
from malbild.extraction.weights import Floats, Weights

BATCH = 128
"""Sentences whose columns are computed together."""


def read_sentences(
    docs: Iterable[Doc], weights: Weights, encoded: Iterable[Encoded] | None = None
) -> Iterator[Reading]:
    """Read sentences by themselves: mentions, clauses, quantities, deadlines, scores. A ``Doc`` is a sentence.

    ``encoded``: what an encoder says of them, in their order.
    """
    stream = iter(docs)
    theirs = repeat(None) if encoded is None else iter(encoded)
    while batch := list(islice(stream, BATCH)):
        table, slices = tabulate(batch)
        tag_scores = weights.tag_scores(token_values(table))
        token_scores = weights.token_scores(token_features(table))
        for doc, rows in zip(batch, slices, strict=True):
            one = next(theirs)
            parsed = examine(doc, weighed(tag_scores[rows], doc, one))
            scores = token_scores[rows].sum(axis=0) + weights.fact_scores(fact_features(parsed))
            yield reading_of(parsed, scores, one)


def examine(doc: Doc, tag_scores: Floats) -> Parsed:
    """What grammar and patterns find in one sentence; ``tag_scores`` are those of its tokens' mention tags."""
    text = doc.text
    return Parsed(doc, text, clauses(doc), mentions(doc, tag_scores), qualified(text, find_quantities(text)))


def reading_of(parsed: Parsed, scores: Floats, encoded: Encoded | None = None) -> Reading:
    """The reading of a sentence with the scores given, and what an encoder says of it."""
    hedged = is_hedged(parsed.text)
    who = agent(parsed.doc, parsed.clauses, parsed.mentions)
    if encoded is not None:
        who = weighed_agent(parsed.doc, who, parsed.mentions, encoded)
    return Reading(
        scores=scores,
        profile=profile_counts(parsed),
        words=len(parsed.doc),
        mentions=parsed.mentions,
        agent=who,
        quantities=parsed.quantities,
        deadline=pick_deadline(parsed.text, find_deadlines(parsed.text)),
        cues=(*verb_evidence(parsed.doc, parsed.clauses), *cue_evidence(parsed.doc)),
        as_goal=goal_state(parsed.doc, parsed.clauses, hedged),
        as_outcome=outcome_state(parsed.doc, parsed.clauses, hedged),
        aspect=aspect(parsed.doc, parsed.clauses),
        parts=parts(parsed.doc, parsed.clauses, parsed.quantities),
        indicator=indicator(parsed.doc, parsed.quantities, parsed.mentions),
    )
