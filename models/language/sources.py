"""The treebanks with their names, as every recipe reads them: to train on, and to measure on.

Needs neither spaCy nor torch.
"""

from __future__ import annotations

from pathlib import Path

from conventions import harmonise_feats, modernised
from repair import harmonised, repaired
from treebank import Sentence, add_names, read_conllu


def talbanken_and_pud(
    shared: Path, repair: bool, trees: Path | None = None, without: Path | None = None
) -> tuple[list[Sentence], list[Sentence]]:
    """Talbanken's training part and PUD; ``repair`` brings both to today's annotation.

    Args:
        shared: the folder that holds ``data/``.
        repair: whether to repair; Talbanken's part is left as it is where ``trees`` replaces it.
        trees: Talbanken's training part as a teacher corrected it.
        without: a file with the ids of sentences to leave out of PUD, one a line.
    """
    talbanken = list(read_conllu(trees or shared / "data/ud/sv_talbanken-recon-train.conllu"))
    add_names(talbanken, shared / "data/ner/sv_talbanken-ud-train.iob2")
    pud = pud_sentences(shared)
    if repair:
        talbanken = talbanken if trees else [modernised(repaired(sentence)) for sentence in talbanken]
        pud = [harmonised(sentence) for sentence in pud]
        harmonise_feats(pud, talbanken)
    unseen = frozenset(without.read_text(encoding="utf-8").split()) if without else frozenset()
    return talbanken, [sentence for sentence in pud if sentence.id not in unseen]


def pud_sentences(shared: Path) -> list[Sentence]:
    """All of PUD with its names, as published."""
    sentences = list(read_conllu(shared / "data/ud/sv_pud-ud-test.conllu"))
    add_names(sentences, shared / "data/ner/sv_pud-ud-test.iob2")
    return sentences


def development_sentences(shared: Path) -> list[Sentence]:
    """Talbanken's official development sentences with their names, untouched: to measure with, never to train on."""
    sentences = list(read_conllu(shared / "data/ud/sv_talbanken-ud-dev.conllu"))
    add_names(sentences, shared / "data/ner/sv_talbanken-ud-dev.iob2")
    return sentences
