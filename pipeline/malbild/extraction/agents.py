"""Who does it: the agent of a sentence's main clause, as the span of a mention or of a pronoun.

The tree says who (``agent``); where an encoder has read the sentence, the two are weighed (``weighed_agent``).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from spacy.tokens import Doc

from malbild.encoded import Encoded
from malbild.extraction.grammar import Clause
from malbild.findings import Mention
from malbild.source import Span

PRONOUNS = frozenset({"vi", "man", "jag", "vår", "vårt", "våra", "de", "ni"})
_TREE, _LEAST = 0.4, 0.7
"""What the tree's word counts beside the encoder's probability, and how much an agent needs (cross-validated)."""


def _mention_at(position: int, mentioned: Sequence[Mention]) -> Mention | None:
    return next((m for m in mentioned if m.span.start <= position < m.span.end), None)


def _span_of(doc: Doc, head: int, mentioned: Sequence[Mention]) -> Span | None:
    """The mention or pronoun at a noun phrase's head; in a coordination, from the first member to the last."""
    token = doc[head]
    mention = _mention_at(token.idx, mentioned)
    if mention is None:
        if token.lower_ in PRONOUNS:
            return Span(token.idx, token.idx + len(token))
        # "stadens arbete": the one whose doing is spoken of
        for child in token.children:
            if child.dep_ == "nmod:poss" and child.i < token.i:
                owner = _mention_at(child.idx, mentioned)
                if owner is not None:
                    return owner.span
                if child.lower_ in PRONOUNS:
                    return Span(child.idx, child.idx + len(child))
        return None
    span = mention.span
    for child in token.children:
        if child.dep_ == "conj":
            other = _mention_at(child.idx, mentioned)
            if other is not None:
                span = Span(span.start, max(span.end, other.span.end))
    return span


def _told_of(doc: Doc, clause: Clause) -> int | None:
    """The subject of the clause that is the matter itself: in "Det är viktigt att vi håller ordning" *vi*."""
    if clause.subject is None or not doc[clause.subject].dep_.startswith("csubj"):
        return None
    return next((child.i for child in doc[clause.subject].children if child.dep_ == "nsubj"), None)


def agent(doc: Doc, line: Sequence[Clause], mentioned: Sequence[Mention]) -> Span | None:
    """The agent of a sentence: the subject of its first active clause that has one, or a passive's agent."""
    for clause in line:
        subject = None if clause.passive or clause.tense == "imperative" else clause.subject
        for head in (clause.agent, subject, _told_of(doc, clause)):
            found = None if head is None else _span_of(doc, head, mentioned)
            if found is not None:
                return found
    return None


def weighed_agent(doc: Doc, found: Span | None, mentioned: Sequence[Mention], encoded: Encoded) -> Span | None:
    """The agent among the mentions and pronouns: the one with the highest mean probability of its words, if it is
    sure enough; ``found``, which the tree names, has a lead.
    """
    spans = [mention.span for mention in mentioned]
    for token in doc:
        if token.lower_ in PRONOUNS and _mention_at(token.idx, mentioned) is None:
            spans.append(Span(token.idx, token.idx + len(token)))
    if found is not None and found not in spans:
        spans.append(found)
    if not spans:
        return None
    odds = np.exp(encoded.details[:, 0, :])
    inside = 1 - odds[:, 0] / odds.sum(axis=1)

    def worth(span: Span) -> float:
        words = [n for n, word in enumerate(encoded.words) if span.overlap(word)]
        return float(inside[words].mean() if words else 0) + _TREE * (span == found)

    best = max(spans, key=worth)
    return best if worth(best) > _LEAST else None
