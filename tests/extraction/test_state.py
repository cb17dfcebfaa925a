"""How findings are put, on hand-built parses. Each has an English gloss."""

from __future__ import annotations

import pytest
from parses import parse

from malbild.extraction.grammar import clauses
from malbild.extraction.quantities import find_quantities
from malbild.extraction.state import aspect, goal_state, is_hedged, outcome_state, parts

# Gloss: table; modality, tense, negated, hedged.
GOALS = {
    "the city shall grow": ("""
        Staden stad NOUN 3 nsubj def
        ska skola AUX 3 aux pres
        växa växa VERB 0 ROOT inf""", "shall", "present", False, False),
    "the city must not grow": ("""
        Staden stad NOUN 4 nsubj def
        måste måste AUX 4 aux pres
        inte inte PART 4 advmod
        växa växa VERB 0 ROOT inf""", "must", "present", True, False),
    "the city ought, where needed, to grow": ("""
        Staden stad NOUN 3 nsubj def
        bör böra AUX 3 aux pres
        växa växa VERB 0 ROOT inf
        vid vid ADP 5 case
        behov behov NOUN 3 obl ind""", "should", "present", False, True),
    "the city will grow": ("""
        Staden stad NOUN 4 nsubj def
        kommer komma AUX 4 aux pres
        att att PART 4 mark
        växa växa VERB 0 ROOT inf""", "will", "future", False, False),
    "the city plans parks": ("""
        Staden stad NOUN 2 nsubj def
        planerar planera VERB 0 ROOT pres
        parker park NOUN 2 obj ind""", "plans", "present", False, False),
    "the goal is peace": ("""
        Målet mål NOUN 3 nsubj def
        är vara AUX 3 cop pres
        fred fred NOUN 0 ROOT ind""", "wants", "present", False, False),
    "parks are necessary": ("""
        Parker park NOUN 3 nsubj ind
        är vara AUX 3 cop pres
        nödvändiga nödvändig ADJ 0 ROOT""", "must", "present", False, False),
    "the city strengthens schools": ("""
        Staden stad NOUN 2 nsubj def
        stärker stärka VERB 0 ROOT pres
        skolor skola NOUN 2 obj ind""", "present", "present", False, False),
    "more parks": ("""
        Fler mången ADJ 2 amod
        parker park NOUN 0 ROOT ind""", "present", "none", False, False),
}  # fmt: skip


@pytest.mark.parametrize(("table", "modality", "tense", "negated", "hedged"), GOALS.values(), ids=GOALS.keys())
def test_how_a_goal_is_put(table, modality, tense, negated, hedged):
    doc = parse(table)
    state = goal_state(doc, clauses(doc), is_hedged(doc.text))
    assert (state.modality, state.tense, state.negated, state.hedged) == (modality, tense, negated, hedged)


# Gloss: table; aspect.
OUTCOMES = {
    "the share has grown": ("""
        Andelen andel NOUN 3 nsubj def
        har ha AUX 3 aux pres
        ökat öka VERB 0 ROOT sup""", "trend"),
    "the city built parks": ("""
        Staden stad NOUN 2 nsubj def
        byggde bygga VERB 0 ROOT past
        parker park NOUN 2 obj ind""", "done"),
    "the work goes on": ("""
        Arbetet arbete NOUN 2 nsubj def
        pågår pågå VERB 0 ROOT pres""", "ongoing"),
    "the city is the best": ("""
        Staden stad NOUN 3 nsubj def
        är vara AUX 3 cop pres
        bäst god ADJ 0 ROOT""", "standing"),
}  # fmt: skip


@pytest.mark.parametrize(("table", "wanted"), OUTCOMES.values(), ids=OUTCOMES.keys())
def test_what_a_claim_tells_of(table, wanted):
    doc = parse(table)
    assert aspect(doc, clauses(doc)) == wanted


def test_a_claim_is_put_by_the_clause_that_looks_back():
    # The city is growing and the queue has shrunk.
    doc = parse("""
        Staden stad NOUN 2 nsubj def
        växer växa VERB 0 ROOT pres
        och och CCONJ 6 cc
        kön kö NOUN 6 nsubj def
        har ha AUX 6 aux pres
        minskat minska VERB 2 conj sup""")
    assert outcome_state(doc, clauses(doc), is_hedged(doc.text)).tense == "perfect"


# Helsinki has stayed at the same level in three comparisons, risen in two and fallen in five comparisons.
MIXED = """
    Helsingfors Helsingfors PROPN 3 nsubj
    har ha AUX 3 aux pres
    legat ligga VERB 0 ROOT sup
    kvar kvar ADV 3 compound:prt
    i i ADP 7 case
    tre tre NUM 7 nummod
    jämförelser jämförelse NOUN 3 obl ind
    , , PUNCT 9 punct
    stigit stiga VERB 3 conj sup
    i i ADP 11 case
    två två NUM 9 obl
    och och CCONJ 13 cc
    sjunkit sjunka VERB 3 conj sup
    i i ADP 16 case
    fem fem NUM 16 nummod
    jämförelser jämförelse NOUN 13 obl ind
    . . PUNCT 3 punct"""


def test_a_mixed_claim_has_a_part_for_each_of_its_verbs():
    doc = parse(MIXED)
    found = parts(doc, clauses(doc), find_quantities(doc.text))
    assert [(part.span.quote(doc.text), part.direction) for part in found] == [
        ("Helsingfors har legat kvar i tre jämförelser", "unchanged"),
        ("stigit i två", "improved"),
        ("sjunkit i fem jämförelser", "worsened"),
    ]
    quoted = [[quantity.span.quote(doc.text) for quantity in part.quantities] for part in found]
    assert quoted == [["tre jämförelser"], ["två"], ["fem jämförelser"]]


def test_less_of_what_is_unwanted_is_better_and_more_is_worse():
    # The emissions have fallen but the costs have risen.
    doc = parse("""
        Utsläppen utsläpp NOUN 3 nsubj def
        har ha AUX 3 aux pres
        minskat minska VERB 0 ROOT sup
        men men CCONJ 7 cc
        kostnaderna kostnad NOUN 7 nsubj def
        har ha AUX 7 aux pres
        ökat öka VERB 3 conj sup""")
    found = parts(doc, clauses(doc), ())
    assert [(part.span.quote(doc.text), part.direction) for part in found] == [
        ("Utsläppen har minskat", "improved"),
        ("kostnaderna har ökat", "worsened"),
    ]


def test_one_clause_has_no_parts():
    # The share has grown.
    doc = parse(OUTCOMES["the share has grown"][0])
    assert parts(doc, clauses(doc), ()) == ()
