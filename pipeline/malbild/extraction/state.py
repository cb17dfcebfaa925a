"""How a finding is put: modality, tense, negation, hedging; of outcome claims the aspect, and the parts of mixed ones.

Read off the clauses of the main line and a few word lists. It decides nothing: what is a goal or an outcome claim is
decided by ``malbild.extraction.decide``; this says how it is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from spacy.tokens import Doc, Token

from malbild.extraction.grammar import Clause
from malbild.extraction.lexicon import cue_classes, entries
from malbild.findings import Aspect, Direction, Modality, OutcomePart, Quantity, State
from malbild.source import Span

MODALITIES: tuple[Modality, ...] = ("must", "shall", "should", "will", "wants", "plans")
"""Those that a word gives; the rest is ``present``."""
_TRENDS = ("raise", "lower", "steady")
_GOING = frozenset({"pågå", "fortsätta", "fortgå", "fortlöpa", "arbeta"})
_PERFECTS = frozenset({"perfect", "pluperfect", "past", "supine"})
_TOLD = (*_TRENDS, "deliver", "fail")
"""Cues of predicates that give a clause its direction."""


@cache
def _modal_words() -> dict[str, Modality]:
    return {lemma: modality for modality in MODALITIES for lemma in entries("modality", modality)}


@cache
def _hedges() -> re.Pattern[str]:
    words = sorted(entries("modality", "hedge"), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b")


def is_hedged(text: str) -> bool:
    """Whether a word of a sentence takes back a little of what it says."""
    return _hedges().search(text.lower()) is not None


def goal_state(doc: Doc, line: Sequence[Clause], hedged: bool) -> State:
    """How a goal is put: by its first clause that commits to something, else by its first."""
    clause = next((clause for clause in line if _modality(doc, clause) != "present"), line[0] if line else None)
    return _state(doc, clause, hedged)


def outcome_state(doc: Doc, line: Sequence[Clause], hedged: bool) -> State:
    """How an outcome claim is put: by its first clause that looks back, else by its first."""
    return _state(doc, _looking_back(line), hedged)


def _looking_back(line: Sequence[Clause]) -> Clause | None:
    return next((clause for clause in line if clause.tense in _PERFECTS), line[0] if line else None)


def _state(doc: Doc, clause: Clause | None, hedged: bool) -> State:
    if clause is None:
        return State("present", "none", False, hedged)
    return State(_modality(doc, clause), clause.tense, clause.negated, hedged)


def _modality(doc: Doc, clause: Clause) -> Modality:
    """By the modal, else the future, else the predicate ("vill", "är nödvändigt"), else the subject ("målet är")."""
    words = _modal_words()
    if clause.modal is not None and (by_modal := words.get(clause.modal)) is not None:
        return by_modal
    if clause.tense == "future":
        return "will"
    head = doc[clause.predicate]
    nouns = [] if clause.subject is None else [doc[clause.subject]]
    for word in (head, *nouns):
        if (found := words.get(word.lemma_)) is not None and (word is head or clause.copula):
            return found
    return "present"


def aspect(doc: Doc, line: Sequence[Clause]) -> Aspect:
    """What an outcome claim tells of: a thing done, work going on, a trend, a standing."""
    clause = _looking_back(line)
    if clause is None:
        return "done"
    head = doc[clause.predicate]
    cues = cue_classes().get(head.lemma_, ())
    if head.lemma_ in _GOING and clause.tense == "present":
        return "ongoing"
    if any(cue in cues for cue in _TRENDS):
        return "trend"
    if clause.copula or (clause.tense == "present" and not clause.passive):
        return "standing"
    return "done"


def parts(doc: Doc, line: Sequence[Clause], quantities: Sequence[Quantity]) -> tuple[OutcomePart, ...]:
    """The clauses of a mixed claim, each with its words, its direction and its own quantities; none if it has but one.

    A clause's words go from its subject, or where that stands in an earlier clause from its verb group, to the next.
    """
    told = [(clause, found) for clause in line if (found := _direction(doc, clause)) is not None]
    if len(told) < 2:
        return ()
    starts = [_first_word(doc, clause) for clause, _ in told]
    order = sorted(range(len(told)), key=lambda n: starts[n])
    made = []
    for here, following in zip(order, [*order[1:], None], strict=True):
        stop = len(doc) if following is None else starts[following]
        words = [token for token in doc[starts[here] : stop] if not token.is_space]
        while len(words) > 1 and (words[-1].is_punct or words[-1].dep_ == "cc"):
            words.pop()
        span = Span(words[0].idx, words[-1].idx + len(words[-1]))
        own = tuple(quantity for quantity in quantities if span.holds(quantity.span))
        made.append(OutcomePart(span, told[here][1], own))
    return tuple(made)


def _first_word(doc: Doc, clause: Clause) -> int:
    """The first word of a clause's verb group, of its subject if that is its own and stands before."""
    head = doc[clause.predicate]
    group = [head.i, *(child.i for child in head.children if child.dep_ in ("aux", "aux:pass", "cop", "advmod"))]
    group = [place for place in group if clause.finite is None or clause.inherited or place >= clause.finite]
    subject = clause.subject
    if subject is not None and not clause.inherited and clause.finite is not None and subject < clause.finite:
        group.append(int(next(iter(doc[subject].subtree)).i))
    first: int = min(group)
    before = doc[first - 1] if first else None
    return first - 1 if before is not None and before.lower_ in ("inte", "ej", "aldrig") else first


def _direction(doc: Doc, clause: Clause) -> Direction | None:
    """The direction of one clause by its predicate's cue; more of what is unwanted is worse."""
    head = doc[clause.predicate]
    classes = cue_classes()
    cue = next((cue for cue in classes.get(head.lemma_, ()) if cue in _TOLD), None)
    if cue is None:
        return None
    if cue == "steady" or (clause.negated and cue in ("raise", "lower")):
        return "unchanged"
    if cue in ("deliver", "fail"):
        return "not_achieved" if cue == "fail" or clause.negated else "achieved"
    subject = None if clause.subject is None else doc[clause.subject]
    good = (cue == "raise") != _unwanted(subject)
    return "improved" if good or head.lemma_ in entries("modality", "better") else "worsened"


def _unwanted(subject: Token | None) -> bool:
    """Whether less of the subject is better: "utsläppen", "andelen arbetslösa", "antalet olyckor"."""
    if subject is None:
        return False
    classes = cue_classes()
    near = [subject, *(child for child in subject.children if child.dep_ in ("nmod", "appos", "obl"))]
    return any("unwanted" in classes.get(word.lemma_, ()) for word in near)
