"""Turns the treebanks and name lists into spaCy training files: ``train.spacy`` and ``dev.spacy``.

    python models/language/prepare.py --shared ../shared --work DIR [--trees FILE] [--no-repair] [--no-augment]

Needs ``world_names.py`` first. One sentence is one ``Doc``, as at run time. Layers a source lacks are left unset, so
that spaCy masks them.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable
from pathlib import Path

import spacy
from augment import Names, augmented, renamed
from conventions import UNKNOWN
from options import SEED, add_options, skip
from sources import development_sentences, pud_sentences, talbanken_and_pud
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab
from treebank import Sentence, hold_names, read_name_list, read_public_names, split_numbers

PUD_HELD = 10
"""First of PUD's sentences whose names are held back: those that the teacher has not seen either."""
NAMELESS = 6
"""One sentence in so many is kept of those in the name list that hold no name: they cost time and teach little."""


def to_doc(vocab: Vocab, sentence: Sentence) -> Doc:
    """A gold ``Doc``; unknown names are missing values, and so are tags and trees of bare name lists."""
    words = [word.form for word in sentence.words]
    spaces = [word.space for word in sentence.words]
    ents = None if sentence.names is None else ["" if tag == "?" else tag for tag in sentence.names]
    if not sentence.parsed:
        return Doc(vocab, words=words, spaces=spaces, ents=ents)
    known = [word.feats != UNKNOWN for word in sentence.words]
    doc = Doc(
        vocab,
        words=words,
        spaces=spaces,
        pos=[word.upos if sure else "" for word, sure in zip(sentence.words, known, strict=True)],
        morphs=[word.feats if sure else "" for word, sure in zip(sentence.words, known, strict=True)],
        lemmas=[word.lemma for word in sentence.words],
        heads=[place if word.head < 0 else word.head for place, word in enumerate(sentence.words)],
        deps=["ROOT" if word.head < 0 else word.deprel for word in sentence.words],
        ents=ents,
    )
    for token, sure in zip(doc, known, strict=True):
        if not sure:
            token.set_morph(None)
    return doc


def save(path: Path, vocab: Vocab, sentences: Iterable[Sentence]) -> None:
    """Write the sentences as one ``DocBin``."""
    docs = [to_doc(vocab, sentence) for sentence in sentences]
    DocBin(docs=docs, store_user_data=False).to_disk(path)
    print(f"{path.name}: {len(docs)} sentences, {sum(map(len, docs))} tokens")


def training_sentences(
    shared: Path,
    *,
    repair: bool,
    augment: bool,
    seed: int,
    names: Names,
    trees: Path | None = None,
    without: Path | None = None,
) -> list[Sentence]:
    """Everything trained from, shuffled.

    Args:
        shared: the folder of the training data.
        repair: whether to bring the trees to today's annotation.
        augment: whether to add headings, list items and other names.
        seed: of the draws.
        names: of the world, by kind, to draw from; those of public bodies are added.
        trees: Talbanken's training part as the teacher corrected it.
        without: a file of ids of sentences to leave out of PUD.
    """
    data = shared / "data"
    talbanken, pud = talbanken_and_pud(shared, repair, trees, without)
    hold_names(pud, PUD_HELD)
    sentences = talbanken + pud
    for sentence in sentences:
        split_numbers(sentence)
    rng = random.Random(seed)
    names = merged(names, read_public_names(data / "lex"))
    if augment:
        sentences = sentences + augmented(sentences, rng)
    listed = list(read_name_list(data / "ner/klintan-train.txt"))
    hold_names(listed)
    listed = [sentence for sentence in listed if sentence.names is not None]
    sentences += [s for place, s in enumerate(listed) if place % NAMELESS == 0 or s.names != ["O"] * len(s.words)]
    if augment:
        sentences += renamed(talbanken + pud, names, rng, 2) + renamed(listed, names, rng)
    rng.shuffle(sentences)
    return sentences


def merged(some: Names, more: Names) -> Names:
    """The names of both, by kind."""
    return {kind: [*some.get(kind, ()), *more.get(kind, ())] for kind in {**some, **more}}


def held_names(shared: Path) -> dict[str, list[Sentence]]:
    """The sentences whose names are held back from training, by source."""
    listed = list(read_name_list(shared / "data/ner/klintan-train.txt"))
    return {"pud": hold_names(pud_sentences(shared), PUD_HELD), "klintan": hold_names(listed)}


def main() -> None:
    """Read the options, write the two files."""
    parser = add_options(argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter))
    parser.add_argument("--no-repair", action="store_true", help="keep the derived trees as they are (to measure)")
    parser.add_argument("--no-augment", action="store_true", help="add no headings, list items or capitals")
    args = parser.parse_args()
    train, dev = args.work / "train.spacy", args.work / "dev.spacy"
    if skip(args, train, dev):
        return
    args.work.mkdir(parents=True, exist_ok=True)
    vocab = spacy.blank("sv").vocab
    save(dev, vocab, development_sentences(args.shared))
    names = json.loads((args.work / "names.json").read_text(encoding="utf-8"))
    repair, augment = not args.no_repair, not args.no_augment
    sentences = training_sentences(
        args.shared, repair=repair, augment=augment, seed=SEED, names=names, trees=args.trees, without=args.without
    )
    save(train, vocab, sentences)


if __name__ == "__main__":
    main()
