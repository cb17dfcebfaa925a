#!/usr/bin/env python3
"""Sentence ends inside a paragraph: our rules against a trained spaCy ``senter``.

    senter.py --shared ../shared

The senter learns from Talbanken's training part and PUD, put together as paragraphs of two to eight sentences, and is
measured with the rules on Talbanken dev (joined) and on the gold texts, where both are given the same blocks.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable
from pathlib import Path

import spacy
from segmentation import conllu, f1, folder
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import use_ops

from malbild.read import read_text
from malbild.segment import outline
from malbild.segment.blocks import infer

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "models/language"))

from tokens import read_abbreviations, set_tokenizer  # noqa: E402
from train import example  # noqa: E402
from treebank import Sentence, read_conllu  # noqa: E402

EPOCHS, BATCH = 12, 32


def paragraphs(nlp: Language, sentences: list[Sentence], rng: random.Random) -> list[Doc]:
    """Neighbouring sentences as one text each."""
    made, place = [], 0
    while place < len(sentences):
        group = sentences[place : place + rng.randint(2, 8)]
        place += len(group)
        words = [word for sentence in group for word in sentence.words]
        starts = [number == 0 for sentence in group for number in range(len(sentence.words))]
        spaces = [
            word.space or number + 1 == len(sentence.words)
            for sentence in group
            for number, word in enumerate(sentence.words)
        ]
        made.append(Doc(nlp.vocab, words=[word.form for word in words], spaces=spaces, sent_starts=starts))
    return made


def train(shared: Path) -> Language:
    """A senter over the tokenizer we ship."""
    nlp, rng = spacy.blank("sv"), random.Random(1)
    set_tokenizer(nlp, read_abbreviations(HERE.parent / "pipeline/malbild/sv/abbreviations.txt"))
    nlp.add_pipe("senter")
    data = shared / "data/ud"
    files = (data / "sv_talbanken-recon-train.conllu", data / "sv_pud-ud-test.conllu")
    sentences = [sentence for path in files for sentence in read_conllu(path)]
    optimizer = nlp.initialize(lambda: [example(nlp, doc) for doc in paragraphs(nlp, sentences, rng)][:100])
    for epoch in range(EPOCHS):
        docs = paragraphs(nlp, sentences, rng)
        rng.shuffle(docs)
        optimizer.learn_rate = 0.001 * (1 - epoch / EPOCHS)
        for start in range(0, len(docs), BATCH):
            nlp.update([example(nlp, doc) for doc in docs[start : start + BATCH]], sgd=optimizer, drop=0.1)
    return nlp


def ends_by_rules(text: str) -> set[int]:
    return {sentence.span.end for sentence in outline(read_text(text)).sentences}


def ends_by(nlp: Language) -> Callable[[str], set[int]]:
    """Sentence ends in the blocks of a text."""

    def ends(text: str) -> set[int]:
        found = set()
        for block in infer(text):
            quote = text[block.span.start : block.span.end]
            for sentence in nlp(quote).sents:
                bare = quote[: sentence.end_char].rstrip()
                found.add(block.span.start + len(bare))
        return found

    return ends


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    shared = parser.parse_args().shared
    with use_ops("numpy", use_blis=False):
        nlp = train(shared)
        sets = {name: list(folder(shared / "gold" / name)) for name in ("dev", "train", "own")}
        sets["Talbanken dev"] = list(conllu(shared / "data/ud/sv_talbanken-ud-dev.conllu"))
        print("| F1 of sentence ends | rules | senter |\n| --- | --- | --- |")
        for name, documents in sets.items():
            gold = {(slug, end) for slug, _, spans in documents for _, end in spans}
            scores = []
            for ends in (ends_by_rules, ends_by(nlp)):
                scores.append(f1(gold, {(slug, end) for slug, text, _ in documents for end in ends(text)}))
            print(f"| {name} | {scores[0]:.3f} | {scores[1]:.3f} |", flush=True)


if __name__ == "__main__":
    main()
