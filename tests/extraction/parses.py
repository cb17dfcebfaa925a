"""Hand-built Swedish parses: a ``Doc`` from a table, one line a token.

A line is ``form lemma UPOS head deprel features``: the head counts lines from 1, 0 is the root; features are short
names of ``FEATURES`` joined by "+", or nothing. No model takes part, so that grammar is tested on right trees.
"""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

VOCAB = spacy.blank("sv").vocab
FEATURES = {
    "pres": "Mood=Ind|Tense=Pres|VerbForm=Fin",
    "past": "Mood=Ind|Tense=Past|VerbForm=Fin",
    "imp": "Mood=Imp|VerbForm=Fin",
    "inf": "VerbForm=Inf",
    "sup": "VerbForm=Sup",
    "part": "Tense=Past|VerbForm=Part",
    "pass": "Voice=Pass",
    "def": "Definite=Def",
    "ind": "Definite=Ind",
    "gen": "Case=Gen",
}
_NO_SPACE_BEFORE = frozenset({".", ",", "?", "!", ":", ")"})


def parse(table: str) -> Doc:
    """The Doc of a table.

    >>> doc = parse("Staden stad NOUN 2 nsubj def\\nväxer växa VERB 0 ROOT pres\\n. . PUNCT 2 punct")
    >>> doc.text, [token.head.text for token in doc]
    ('Staden växer.', ['växer', 'växer', 'växer'])
    """
    rows = [line.split() for line in table.strip().splitlines()]
    words = [row[0] for row in rows]
    after = [*words[1:], "."]
    return Doc(
        VOCAB,
        words=words,
        spaces=[word != "(" and then not in _NO_SPACE_BEFORE for word, then in zip(words, after, strict=True)],
        lemmas=[row[1] for row in rows],
        pos=[row[2] for row in rows],
        heads=[n if row[3] == "0" else int(row[3]) - 1 for n, row in enumerate(rows)],
        deps=[row[4] for row in rows],
        morphs=["|".join(FEATURES[name] for name in row[5].split("+")) if len(row) > 5 else "" for row in rows],
    )


def at(doc: Doc, form: str) -> int:
    """The position of the only token with that form."""
    (position,) = [token.i for token in doc if token.text == form]
    return position


# Helsinki strengthens its advocacy, promotes health and works well.
THREE_VERBS = """
Helsingfors Helsingfors PROPN 2 nsubj
stärker stärka VERB 0 ROOT pres
sin sig PRON 4 nmod:poss
bevakning bevakning NOUN 2 obj
, , PUNCT 6 punct
främjar främja VERB 2 conj pres
hälsa hälsa NOUN 6 obj
och och CCONJ 9 cc
fungerar fungera VERB 2 conj pres
väl väl ADV 9 advmod
. . PUNCT 2 punct
"""

# The plan was adopted by the committee.
BY_THE_COMMITTEE = """
Planen plan NOUN 2 nsubj:pass def
antogs anta VERB 0 ROOT past+pass
av av ADP 4 case
nämnden nämnd NOUN 2 obl:agent def
. . PUNCT 2 punct
"""

# The city's work has strengthened the region.
THE_CITYS_WORK = """
Stadens stad NOUN 2 nmod:poss def+gen
arbete arbete NOUN 4 nsubj ind
har ha AUX 4 aux pres
stärkt stärka VERB 0 ROOT sup
regionen region NOUN 4 obj def
"""

# The committee and the board shall build schools.
TWO_BODIES = """
Nämnden nämnd NOUN 5 nsubj def
och och CCONJ 3 cc
styrelsen styrelse NOUN 1 conj def
ska skola AUX 5 aux pres
bygga bygga VERB 0 ROOT inf
skolor skola NOUN 5 obj ind
"""

# A model has been produced.
NO_AGENT = """
En en DET 2 det ind
modell modell NOUN 4 nsubj:pass ind
har ha AUX 4 aux pres
tagits ta VERB 0 ROOT sup+pass
fram fram ADV 4 compound:prt
"""
