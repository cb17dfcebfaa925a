"""Turns the teacher's annotation into spaCy training files: ``silver/000.spacy`` and on, one a shard.

    python models/language/silver.py --shared ../shared --work DIR --silver DIR [--force]

Sentences the teacher is least sure of are left out. Names on the lists of public bodies are ORG whatever it says.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import spacy
from options import read_options, skip
from prepare import save
from public_bodies import Bodies, name_bodies, read_bodies
from treebank import Sentence, Word, facts_of, is_tree, read_conllu

UNSURE = 0.70
"""Mean probability of a sentence's arcs and relations below which it is left out."""


def read_silver(path: Path) -> Iterator[tuple[Sentence, float]]:
    """The sentences of an annotated shard with how likely the teacher holds the tree, as a mean over the words."""
    for sentence in read_conllu(path):
        facts = [facts_of(word) for word in sentence.words]
        sentence.names = [known.get("Name", "O") for known in facts]
        likely = [math.prod(map(float, known["P"].split(",")[:2])) for known in facts]
        yield sentence, sum(likely) / len(likely)


def join_numbers(words: list[Word]) -> None:
    """Groups of a number written with spaces ("5 000") hang on the first as ``flat``, in place.

    The teacher has seen such numbers as one word only.
    """
    first = None
    for place, (word, after) in enumerate(pairwise(words)):
        if (
            first is None
            and word.form.isdigit()
            and len(word.form) <= 3
            and (not place or words[place - 1].form != "-")
        ):
            first = place
        if first is None:
            continue
        if not (word.space and after.form.isdigit() and len(after.form) == 3):
            first = None
            continue
        _hang(words, place + 1, first)


def _hang(words: list[Word], group: int, first: int) -> None:
    """Make one word a ``flat`` below an earlier one, which takes over its place and its dependents."""
    tried = [(word.head, word.deprel) for word in words]
    above = group
    while above >= 0 and above != first:
        above = words[above].head
    if above != first:
        words[first].head, words[first].deprel = words[group].head, words[group].deprel
    for place, word in enumerate(words):
        if word.head == group and place != first:
            word.head = first
    words[group].head, words[group].deprel = first, "flat"
    words[group].upos, words[group].feats, words[group].lemma = "NUM", words[first].feats, words[group].form
    words[first].upos = "NUM"
    if not is_tree(words):
        for word, (head, deprel) in zip(words, tried, strict=True):
            word.head, word.deprel = head, deprel


def kept(path: Path, bodies: Bodies) -> Iterator[Sentence]:
    """The sentences of a shard that are trained from."""
    for sentence, likely in read_silver(path):
        if likely < UNSURE:
            continue
        join_numbers(sentence.words)
        name_bodies(sentence, bodies)
        yield sentence


def main() -> None:
    """Read the options, write the files."""
    args = read_options(__doc__)
    folder = args.work / "silver"
    folder.mkdir(parents=True, exist_ok=True)
    bodies, vocab = read_bodies(args.shared), spacy.blank("sv").vocab
    for path in sorted(args.silver.glob("*.conllu")):
        target = folder / f"{path.stem}.spacy"
        if not skip(args, target):
            save(target, vocab, kept(path, bodies))


if __name__ == "__main__":
    main()
