"""Who does it, on hand-built parses with the mentions given. Each has an English gloss."""

from __future__ import annotations

import numpy as np
import pytest
from parses import BY_THE_COMMITTEE, NO_AGENT, THE_CITYS_WORK, THREE_VERBS, TWO_BODIES, parse
from spacy.tokens import Doc

from malbild.encoded import Encoded
from malbild.extraction.agents import agent, weighed_agent
from malbild.extraction.grammar import clauses
from malbild.findings import Mention
from malbild.source import Span

# The council, the board and the mayor have built schools.
THREE_BODIES = """
Rådet råd NOUN 7 nsubj def
, , PUNCT 3 punct
styrelsen styrelse NOUN 1 conj def
och och CCONJ 5 cc
borgmästaren borgmästare NOUN 1 conj def
har ha AUX 7 aux pres
byggt bygga VERB 0 ROOT sup
skolor skola NOUN 7 obj
"""
WE = "Vi vi PRON 3 nsubj\nska skola AUX 3 aux pres\nväxa växa VERB 0 ROOT inf"
ONE = "Man man PRON 3 nsubj\nhar ha AUX 3 aux pres\nväxt växa VERB 0 ROOT sup"
OUR_WORK = "Vårt vi PRON 2 nmod:poss\narbete arbete NOUN 3 nsubj\nväxer växa VERB 0 ROOT pres"
EMISSIONS = "Utsläppen utsläpp NOUN 2 nsubj def\nminskar minska VERB 0 ROOT pres"
# The plan was adopted and the city builds.
PASSIVE_THEN_ACTIVE = """
Planen plan NOUN 2 nsubj:pass def
antogs anta VERB 0 ROOT past+pass
och och CCONJ 5 cc
staden stad NOUN 5 nsubj def
bygger bygga VERB 2 conj pres
"""
# The city is adopted (as an object of the passive it does nothing).
PASSIVE_SUBJECT = "Staden stad NOUN 2 nsubj:pass def\nstöds stödja VERB 0 ROOT pres+pass"
# It is important that we keep order.
IMPORTANT_THAT_WE = """
Det den PRON 3 expl
är vara AUX 3 cop pres
viktigt viktig ADJ 0 ROOT
att att SCONJ 6 mark
vi vi PRON 6 nsubj
håller hålla VERB 3 csubj pres
ordning ordning NOUN 6 obj
"""
# Assist the ministry! (a parser took the object for the subject)
ASSIST = "Bistå bistå VERB 0 ROOT imp\ndepartementet departement NOUN 1 nsubj def"
# The number of inhabitants grows.
NUMBER = "Antalet antal NOUN 3 nsubj def\ninvånare invånare NOUN 1 nmod\nväxer växa VERB 0 ROOT pres"

AGENTS = {
    "active subject": (THREE_VERBS, ["Helsingfors"], "Helsingfors"),
    "agent of a passive": (BY_THE_COMMITTEE, ["nämnden"], "nämnden"),
    "owner of the work": (THE_CITYS_WORK, ["Stadens", "regionen"], "Stadens"),
    "two as one span": (TWO_BODIES, ["Nämnden", "styrelsen"], "Nämnden och styrelsen"),
    "three as one span": (THREE_BODIES, ["Rådet", "styrelsen", "borgmästaren"], "Rådet, styrelsen och borgmästaren"),
    "a passive without agent": (NO_AGENT, [], None),
    "a passive's subject": (PASSIVE_SUBJECT, ["Staden"], None),
    "a later active clause": (PASSIVE_THEN_ACTIVE, ["staden"], "staden"),
    "we": (WE, [], "Vi"),
    "one": (ONE, [], "Man"),
    "our": (OUR_WORK, [], "Vårt"),
    "a thing": (EMISSIONS, [], None),
    "a thing counted by people": (NUMBER, ["invånare"], None),
    "subject of what is important": (IMPORTANT_THAT_WE, [], "vi"),
    "an imperative has none": (ASSIST, ["departementet"], None),
}


@pytest.mark.parametrize(("table", "named", "expected"), AGENTS.values(), ids=AGENTS)
def test_agent(table: str, named: list[str], expected: str | None) -> None:
    doc = parse(table)
    spans = [Span(doc.text.index(name), doc.text.index(name) + len(name)) for name in named]
    found = agent(
        doc, clauses(doc), [Mention(span, "UNIT", f"UNIT:{name}") for span, name in zip(spans, named, strict=True)]
    )
    assert (None if found is None else found.quote(doc.text)) == expected


def test_no_clauses_no_agent() -> None:
    assert agent(parse(WE), (), ()) is None


def encoded(doc: Doc, **sure: float) -> Encoded:
    """An encoder that takes the words given for the agent, with these log-odds, and is unsure of no other."""
    words = tuple(Span(token.idx, token.idx + len(token)) for token in doc)
    details = np.zeros((len(doc), 3, 3), dtype=np.float32)
    details[:, 0, 0] = 9
    for n, token in enumerate(doc):
        if token.text in sure:
            details[n, 0] = 0, sure[token.text], -9
    return Encoded(np.zeros(12, np.float32), words, np.zeros((len(doc), 9), np.float32), details)


def both(doc: Doc) -> list[Mention]:
    return [Mention(Span(t.idx, t.idx + len(t)), "UNIT", "") for t in doc if t.text in {"Planen", "staden"}]


@pytest.mark.parametrize(
    ("sure", "tree", "whom"),
    [
        ({}, "staden", None),
        ({"staden": 0.0}, "staden", "staden"),
        ({"Planen": 2.0}, "staden", "Planen"),
        ({"Planen": 2.0, "staden": 1.0}, "staden", "staden"),
        ({"Planen": 0.5}, None, None),
        ({"Planen": 3.0}, None, "Planen"),
        ({"bygger": 9.0}, None, None),
    ],
    ids=[
        "nobody is sure",
        "the tree and half",
        "sure of another",
        "the tree leads",
        "not sure enough",
        "sure",
        "no name",
    ],
)
def test_an_encoder_is_weighed_against_the_tree(sure: dict[str, float], tree: str | None, whom: str | None) -> None:
    doc = parse(PASSIVE_THEN_ACTIVE)
    (found,) = [Span(t.idx, t.idx + len(t)) for t in doc if t.text == tree] or [None]
    chosen = weighed_agent(doc, found, both(doc), encoded(doc, **sure))
    assert (chosen and chosen.quote(doc.text)) == whom


def test_a_pronoun_can_be_chosen() -> None:
    doc = parse(WE)
    assert weighed_agent(doc, None, [], encoded(doc, Vi=3.0)) == Span(0, 2)
    assert weighed_agent(parse(EMISSIONS), None, [], encoded(parse(EMISSIONS))) is None
