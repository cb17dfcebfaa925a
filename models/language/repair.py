"""Brings the derived Talbanken trees nearer to today's annotation of the official treebank.

The training trees were converted from the release of 2015. Each function below takes one systematic difference, found
by comparing label and head counts with the official development set, and undoes it in place. What is left alone is
either rare or random. Punctuation comes last, because it depends on all the rest (``punctuation.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from fixed import take_fixed_apart
from punctuation import attach_punctuation
from treebank import Sentence, Word, dependents, is_tree

PLACES = frozenset("här där ute inne hemma borta uppe nere framme tillbaka så klar kvar".split())  # noqa: SIM905
SPELT_OUT = {"t ex": "till_exempel", "bl a": "bland_annat", "s k": "så_kallad"}
MODAL = frozenset({"komma", "få"})
LEFT_OF_VERB = frozenset(
    "nsubj nsubj:pass nsubj:outer csubj aux mark cc advmod expl obl advcl discourse dislocated".split()  # noqa: SIM905
)


def repaired(sentence: Sentence) -> Sentence:
    """A copy of a derived Talbanken sentence with a modern tree."""
    repairs = (take_fixed_apart, raise_verbs, make_passives, make_copulas, tag_full_verbs, part_clauses)
    return _applied(sentence, repairs)


def harmonised(sentence: Sentence) -> Sentence:
    """A copy of a PUD sentence, annotated where PUD differs as Talbanken is: deponents, passives, punctuation."""
    return _applied(sentence, (make_passives,))


def _applied(sentence: Sentence, repairs: Iterable[Callable[[list[Word]], None]]) -> Sentence:
    """The repaired copy; a repair that would break the tree of this sentence is left out."""
    result = sentence.copy()
    for repair in (*repairs, mark_passive_subjects, spell_out):
        tried = result.copy()
        repair(tried.words)
        if is_tree(tried.words):
            result = tried
    tried = result.copy()
    attach_punctuation(tried)
    return tried if is_tree(tried.words) else result


def mark_passive_subjects(words: list[Word]) -> None:
    """Deponents (finnas, hoppas) have no voice; the subject of any other s-form is a passive subject."""
    for word in words:
        if word.upos == "VERB" and word.lemma.endswith("s") and "Voice=Pass" in word.feats:
            word.feats = "|".join(feat for feat in word.feats.split("|") if feat != "Voice=Pass")
    for word in words:
        kind, _, passive = word.deprel.partition(":")
        if kind in ("nsubj", "csubj") and passive in ("", "pass") and word.head >= 0:
            governor = words[word.head]
            if "Voice=Pass" in governor.feats:
                word.deprel = kind + ":pass"
            elif governor.upos == "VERB" and governor.lemma.endswith("s"):
                word.deprel = kind


def part_clauses(words: list[Word]) -> None:
    """Main clauses put side by side without a conjunction are ``parataxis``, not ``conj``."""
    for place, word in enumerate(words):
        if word.deprel != "conj" or "VerbForm=Fin" not in word.feats or "VerbForm=Fin" not in words[word.head].feats:
            continue
        series = [place, *(i for i in dependents(words, word.head) if words[i].deprel == "conj")]
        below = [words[i].deprel for member in series for i in dependents(words, member)]
        own = [words[i].deprel for i in dependents(words, place)]
        if "cc" not in below and "mark" not in own and any(deprel.startswith(("nsubj", "expl")) for deprel in own):
            word.deprel = "parataxis"


def spell_out(words: list[Word]) -> None:
    """Abbreviations written with spaces have the lemma of those written with points."""
    for word in words:
        word.lemma = SPELT_OUT.get(word.form.lower(), word.lemma)


def tag_full_verbs(words: list[Word]) -> None:
    """``vara`` that still heads a clause is a full verb, whatever its old tag."""
    for word in words:
        if word.lemma == "vara" and word.upos == "AUX" and word.deprel not in ("cop", "aux"):
            word.upos = "VERB"


def raise_verbs(words: list[Word]) -> None:
    """A verb hung as ``xcomp`` on a later verb governs it (behöver göra), is coordinated with it, or is auxiliary."""
    for place, word in enumerate(words):
        if word.upos != "VERB" or word.deprel != "xcomp" or word.head < place:
            continue
        lower = word.head
        if word.lemma in MODAL and words[lower].upos == "VERB":
            word.upos, word.deprel = "AUX", "aux"
            continue
        joined = [i for i in range(place + 1, lower) if words[i].deprel == "cc" and words[i].head in (place, lower)]
        word.head, word.deprel = words[lower].head, words[lower].deprel
        words[lower].head, words[lower].deprel = place, "conj" if joined else "xcomp"
        for i in dependents(words, lower):
            if i in joined or (i == lower - 1 and words[i].deprel == "mark"):
                continue
            if i < lower and words[i].deprel in LEFT_OF_VERB:
                words[i].head = place
        for i in joined:
            words[i].head = lower


def make_passives(words: list[Word]) -> None:
    """``bli`` + participle: the participle is the verb, ``bli`` its ``aux:pass``, the subject ``nsubj:pass``."""
    for place, word in enumerate(words):
        bli = word.head
        participle = word.xpos.startswith("PC|PRF") and word.deprel == "xcomp"
        if not participle or bli < 0 or words[bli].lemma != "bli" or word.form.lower().startswith("o"):
            continue
        word.head, word.deprel, word.upos = words[bli].head, words[bli].deprel, "VERB"
        words[bli].head, words[bli].deprel, words[bli].upos = place, "aux:pass", "AUX"
        feats = {feat.partition("=")[0]: feat for feat in word.feats.split("|") if feat}
        feats.pop("Degree", None)
        feats |= {"Tense": "Tense=Past", "VerbForm": "VerbForm=Part"}
        word.feats = "|".join(feats[name] for name in sorted(feats))
        for i in dependents(words, bli):
            words[i].head = place
        for i in dependents(words, place):
            if words[i].deprel in ("nsubj", "csubj"):
                words[i].deprel += ":pass"


def make_copulas(words: list[Word]) -> None:
    """``vara`` is a copula even before a phrase of place or state (är i rörelse) and in clefts (det är X som …)."""
    for place, word in enumerate(words):
        if word.lemma != "vara" or word.upos != "AUX" or word.deprel in ("cop", "aux"):
            continue
        below = dependents(words, place)
        if any(words[i].deprel in ("compound:prt", "cop") for i in below):
            continue
        predicate = _predicate(words, place, below)
        if predicate is None:
            continue
        cleft = words[predicate].deprel.startswith("nsubj")
        words[predicate].head, words[predicate].deprel = word.head, word.deprel
        word.head, word.deprel = predicate, "cop"
        for i in below:
            if i == predicate:
                continue
            words[i].head = predicate
            if cleft and words[i].deprel.startswith("nsubj") and words[i].form.lower() == "det":
                words[i].deprel = "expl"
        if cleft:
            for i in dependents(words, predicate):
                if words[i].deprel in ("acl:relcl", "ccomp", "advcl") and i > predicate:
                    words[i].deprel = "acl:cleft"


def _predicate(words: list[Word], verb: int, below: list[int]) -> int | None:
    """What ``vara`` links the subject to: a second subject, a phrase with a preposition, or an adverb after it."""
    subjects = [i for i in below if words[i].deprel.startswith("nsubj")]
    if len(subjects) > 1:
        return subjects[-1]
    after = [i for i in below if i > verb and i not in subjects]
    for i in after:
        if words[i].deprel == "obl" and any(words[j].deprel == "case" for j in dependents(words, i)):
            return i
    for i in after:
        if words[i].deprel == "advmod" and words[i].upos == "ADV" and words[i].form.lower() in PLACES:
            return i
    return None
