"""What a target's quantities measure, read from hand-built trees. Each has an English gloss."""

from __future__ import annotations

import pytest
from parses import parse

from malbild.extraction.indicator import indicator
from malbild.extraction.quantities import find_quantities
from malbild.findings import Mention
from malbild.source import Span

# The share of young people in work shall rise to 80 per cent.
SHARE = """
Andelen andel NOUN 6 nsubj def
unga ung ADJ 1 nmod
i i ADP 4 case
arbete arbete NOUN 2 nmod
ska skola AUX 6 aux pres
öka öka VERB 0 ROOT inf
till till ADP 9 case
80 80 NUM 9 nummod
procent procent NOUN 6 obl
"""
# The city reduces emissions by 40 per cent.
OBJECT = """
Staden stad NOUN 2 nsubj def
minskar minska VERB 0 ROOT pres
utsläppen utsläpp NOUN 2 obj def
med med ADP 6 case
40 40 NUM 6 nummod
procent procent NOUN 2 obl
"""
# The same, the quantity hung on the object.
BELOW_THE_OBJECT = OBJECT.replace("procent procent NOUN 2 obl", "procent procent NOUN 3 nmod")
# The goal is that food waste falls by a third.
GOAL_IS = """
Målet mål NOUN 5 nsubj def
är vara AUX 5 cop pres
att att SCONJ 5 mark
matsvinnet matsvinn NOUN 5 nsubj def
minskar minska VERB 0 ROOT pres
med med ADP 8 case
en en DET 8 det
tredjedel tredjedel NOUN 5 obl
"""
# Sick leave has fallen and shall sink to twelve days.
SHARED_SUBJECT = """
Sjukfrånvaron sjukfrånvaro NOUN 3 nsubj def
har ha AUX 3 aux pres
minskat minska VERB 0 ROOT sup
och och CCONJ 6 cc
ska skola AUX 6 aux pres
sjunka sjunka VERB 3 conj inf
till till ADP 9 case
tolv tolv NUM 9 nummod
dagar dag NOUN 6 obl
"""
# 30 per cent of the pupils shall take part.
OF_THE_PUPILS = """
30 30 NUM 2 nummod
procent procent NOUN 6 nsubj
av av ADP 4 case
eleverna elev NOUN 2 nmod def
ska skola AUX 6 aux pres
delta delta VERB 0 ROOT inf
"""
# The municipality builds 1 000 new homes.
COUNTED = """
Kommunen kommun NOUN 2 nsubj def
bygger bygga VERB 0 ROOT pres
500 500 NUM 5 nummod
nya ny ADJ 5 amod
bostäder bostad NOUN 2 obj
"""
# The municipality answers within three days.
A_TIME = """
Kommunen kommun NOUN 2 nsubj def
svarar svara VERB 0 ROOT pres
inom inom ADP 5 case
tre tre NUM 5 nummod
dagar dag NOUN 2 obl
"""
# The number of pupils shall grow.
NO_QUANTITY = "Antalet antal NOUN 3 nsubj def\nska skola AUX 3 aux pres\nväxa växa VERB 0 ROOT inf"

CASES = {
    "a share that shall rise": (SHARE, "Andelen unga i arbete"),
    "the object of a change": (OBJECT, "utsläppen"),
    "the quantity hung on it": (BELOW_THE_OBJECT, "utsläppen"),
    "behind 'the goal is that'": (GOAL_IS, "matsvinnet"),
    "a subject of two verbs": (SHARED_SUBJECT, "Sjukfrånvaron"),
    "a share of somebody": (OF_THE_PUPILS, "eleverna"),
    "what is counted": (COUNTED, "nya bostäder"),
    "a time is no indicator": (A_TIME, None),
    "no quantity": (NO_QUANTITY, None),
}


@pytest.mark.parametrize(("table", "measured"), CASES.values(), ids=CASES)
def test_indicator(table: str, measured: str | None) -> None:
    doc = parse(table)
    found = indicator(doc, find_quantities(doc.text), ())
    assert (None if found is None else found.quote(doc.text)) == measured


def test_who_acts_is_not_measured() -> None:
    doc = parse(SHARE)
    group = Mention(Span(0, 12), "GROUP", "GROUP:andelen unga")  # a group can grow
    assert indicator(doc, find_quantities(doc.text), (group,)) is not None
    body = Mention(Span(0, 12), "ORG", "ORG:andelen unga")
    assert indicator(doc, find_quantities(doc.text), (body,)) is None
