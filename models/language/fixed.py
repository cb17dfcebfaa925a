"""Multiword expressions: which stay ``fixed``, and what the others become."""

from __future__ import annotations

from collections import defaultdict

from treebank import Word

KEPT_FIXED = frozenset(
    [
        "därför att", "rent av", "till och med", "vare sig", "i och med", "i och för sig", "sent omsider", "som helst",
        "så att säga", "så småningom", "så gott som", "då och då", "fram och tillbaka", "i stort sett", "hur som helst",
        "när som helst", "var som helst", "huvud taget", "helt enkelt", "en och samma",
        "för sedan", "icke desto mindre", "före detta",
    ]
)  # fmt: skip
"""Multiword expressions that stay ``fixed``; the modern annotation takes most others apart."""

CLAUSE_MARK = frozenset({"att", "om", "som"})
EXTERNAL = {"mark": "SCONJ", "advmod": "ADV", "case": "ADP", "cc": "CCONJ", "amod": "ADJ"}
"""The feature ``ExtPos`` of an expression's first word, by its relation."""


def take_fixed_apart(words: list[Word]) -> None:
    """Replace ``fixed`` by the ordinary relations: så att, även om, bland annat, den här, när det gäller, mer än."""
    groups: dict[int, list[int]] = defaultdict(list)
    for place, word in enumerate(words):
        if word.deprel == "fixed":
            groups[word.head].append(place)
    for first, rest in groups.items():
        forms = [words[place].form.lower() for place in [first, *rest]]
        governor = words[first].head
        if " ".join(forms) in KEPT_FIXED:
            _set_external(words[first])
            continue
        if governor < 0:
            continue
        head, last = words[first], words[rest[-1]]
        if forms[-1] in ("här", "där") and len(rest) == 1:
            last.head, last.deprel = governor, "advmod"
        elif len(rest) == 2 and forms[1:] in (["det", "gäller"], ["det", "gällde"]):
            _clause_of_gälla(words, first, rest)
        elif forms[-1] in CLAUSE_MARK and len(rest) == 1:
            last.head, last.deprel = governor, "mark"
            head.deprel = "mark" if head.upos == "ADP" else "advmod"
        elif forms[-1] == "än" and len(rest) == 1:
            last.head, last.deprel = governor, "case" if words[governor].upos in ("NOUN", "NUM", "PROPN") else "mark"
        elif head.upos == "ADP" and head.deprel in ("advmod", "obl") and last.upos in ("PRON", "ADJ", "NOUN"):
            last.head, last.deprel = governor, "obl"
            head.head, head.deprel = rest[-1], "case"
            for place in rest[:-1]:
                words[place].head, words[place].deprel = rest[-1], "det" if words[place].upos == "DET" else "amod"


def _clause_of_gälla(words: list[Word], first: int, rest: list[int]) -> None:
    """``när det gäller X``: an adverbial clause whose object is X, no preposition of three words."""
    thing, verb = words[first].head, rest[1]
    words[verb].head, words[verb].deprel = words[thing].head, "advcl"
    if words[thing].head < 0:
        words[verb].deprel = "root"
    words[thing].head, words[thing].deprel = verb, "obj"
    words[first].head, words[first].deprel = verb, "mark"
    words[rest[0]].head, words[rest[0]].deprel = verb, "nsubj"


def _set_external(word: Word) -> None:
    """Mark the first word of an expression with the part of speech the whole has."""
    external = EXTERNAL.get(word.deprel)
    if external and "ExtPos" not in word.feats:
        feats = [feat for feat in word.feats.split("|") if feat]
        word.feats = "|".join(sorted([*feats, f"ExtPos={external}"]))
