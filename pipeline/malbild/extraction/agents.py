"""Who does it: the agent of a sentence's main clause, as the span of a mention or of a pronoun."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from malbild.extraction.grammar import Clause
from malbild.findings import Mention
from malbild.source import Span

PRONOUNS = frozenset({"vi", "man", "jag", "vår", "vårt", "våra", "de", "ni"})


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
