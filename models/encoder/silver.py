"""Choose the stretches of plain text that read most like strategies and their follow-ups, as the encoder reads them.

    .venv/bin/python models/encoder/silver.py [--shared DIR] [--work DIR] [--sentences 60000]

Reads the gold texts, ``SHARED/data/raw`` and ``WORK/pieces.model``; writes ``WORK/silver.jsonl``, a stretch a line, the
best first. What a stretch is worth is the mean probability of a goal or an outcome in its paragraphs, by words alone.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
from itertools import islice
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "extraction"))

from documents import FOLDERS, described
from gold import GoldDocument, GoldSentence, documents
from options import read_options
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from malbild.encode.pieces import Pieces
from malbild.flow import flat_sentences
from malbild.read import read_text
from malbild.segment import outline

LINES = 14
"""Paragraphs of a stretch; they stand beside each other in the source."""
MOST_CHARACTERS = 6000
NO_FOLD = -2


def labelled(shared: Path) -> Pipeline:
    """Tells sentences that are a goal or an outcome from others by their words."""
    sentences = [
        sentence
        for document in documents(shared, FOLDERS)
        for sentence in document.sentences
        if sentence.gold is not None
    ]
    model = make_pipeline(TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True), LogisticRegression(C=10))
    return model.fit([s.flat.text for s in sentences], [bool(s.gold["labels"]) for s in sentences])


def stretches(shared: Path) -> list[list[str]]:
    """The raw text in pieces of ``LINES`` paragraphs."""
    found = []
    for path in sorted((shared / "data" / "raw").glob("*.txt.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            while some := [line.strip() for line in islice(lines, LINES)]:
                found.append(some)
    return [some for some in found if sum(map(len, some)) <= MOST_CHARACTERS]


def as_document(number: int, text: str) -> GoldDocument:
    """A stretch as a document without gold."""
    source = read_text(text)
    plan = outline(source)
    flats = flat_sentences(source, plan)[1]
    pairs = zip(plan.sentences, flats, strict=True)
    sentences = [GoldSentence(flat, sentence.span, None) for sentence, flat in pairs]
    return GoldDocument(str(number), "silver", False, plan, sentences)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=60_000)
    args = read_options(parser)
    model = labelled(args.shared)
    found = stretches(args.shared)
    probable = iter(model.predict_proba([line for some in found for line in some])[:, 1].tolist())
    worth = np.array([np.mean(list(islice(probable, len(some)))) for some in found])
    pieces = Pieces(args.work / "pieces.model")
    count = 0
    target = args.work / "silver.jsonl"
    with target.open("w", encoding="utf-8") as out:
        for number in np.argsort(-worth, kind="stable").tolist():
            document = as_document(number, "\n\n".join(found[number]))
            out.write(json.dumps(described(document, NO_FOLD, pieces)) + "\n")
            count += len(document.sentences)
            if count >= args.sentences:
                break
    print(f"{count} sentences, the last stretch worth {worth[number]:.3f} (median {np.median(worth):.3f}) -> {target}")


if __name__ == "__main__":
    main()
