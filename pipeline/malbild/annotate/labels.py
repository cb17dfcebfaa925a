"""The labels of other spaCy pipelines in our words: names PER, ORG and LOC, UPOS, relations of UD 2.

Swedish pipelines of spaCy name what SUC 3.0 names (PRS, EVN, …), many others what OntoNotes names (PERSON, GPE, …).
Relations are taken as they are or not at all: those of another scheme cannot be mapped word by word.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Span

NAMES = {
    "PER": "PER", "PRS": "PER", "PERSON": "PER",
    "ORG": "ORG", "ORGANIZATION": "ORG", "GPE_ORG": "ORG", "INST": "ORG",
    "LOC": "LOC", "LOCATION": "LOC", "PLACE": "LOC", "GPE": "LOC", "GPE_LOC": "LOC", "FAC": "LOC",
}  # fmt: skip
"""Name labels to ours; what is not here (events, measures, objects, times, works, MISC) is no name to us."""
KEPT = frozenset(NAMES.values())

PARTS = frozenset(
    ["ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ",
     "SYM", "VERB", "X"]
)  # fmt: skip
"""The parts of speech of UD; spaCy's SPACE is for white space alone."""
OLD_PARTS = {"CONJ": "CCONJ"}

RELATIONS = frozenset(
    ["acl", "advcl", "advmod", "amod", "appos", "aux", "case", "cc", "ccomp", "clf", "compound", "conj", "cop", "csubj",
     "dep", "det", "discourse", "dislocated", "expl", "fixed", "flat", "goeswith", "iobj", "list", "mark", "nmod",
     "nsubj", "nummod", "obj", "obl", "orphan", "parataxis", "punct", "reparandum", "ROOT", "vocative", "xcomp"]
)  # fmt: skip
"""The relations of UD 2, with spaCy's name for the root."""
CORE = frozenset({"nsubj", "obj", "obl", "case"})
"""Relations that every parser for UD 2 knows all of, and none for UD 1, ClearNLP or TIGER does."""


def universal(relation: str) -> str:
    """A relation without its subtype: ``nsubj`` of ``nsubj:pass``."""
    return relation.partition(":")[0]


def foreign_relations(relations: Iterable[str]) -> list[str]:
    """The relations that are not UD, if they belong to another scheme; a parser for UD 2 may have some of its own."""
    known = {universal(relation) for relation in relations}
    return [] if known >= CORE else sorted(known - RELATIONS - {"root", "subtok", ""})


def to_our_labels(doc: Doc) -> None:
    """Give words that have no or no known part of speech, relation or lemma one; map the labels of names. In place.

    Args:
        doc: the annotated words of a sentence, white space left out.
    """
    for token in doc:
        if token.pos_ not in PARTS:
            token.pos_ = OLD_PARTS.get(token.pos_, "X")
        relation = token.dep_
        if token.head.i == token.i:
            if relation != "ROOT":
                token.dep_ = "ROOT"
        elif relation == "ROOT" or universal(relation) not in RELATIONS:
            token.dep_ = "dep"
        if not token.lemma_:
            token.lemma_ = token.text
    found = doc.ents
    if any(name.label_ not in KEPT for name in found):
        known = [(name, NAMES[name.label_]) for name in found if name.label_ in NAMES]
        doc.set_ents([Span(doc, name.start, name.end, label=label) for name, label in known], default="outside")
