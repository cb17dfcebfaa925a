"""Write the gold documents as the encoder reads them: pieces and what the annotators said of them, a line a document.

    .venv/bin/python models/encoder/documents.py [--shared DIR] [--work DIR]

Reads ``WORK/pieces.model``, writes ``WORK/documents.jsonl``.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "extraction"))

from gold import GoldDocument, GoldSentence, documents, folds_of
from options import read_options

from malbild.encode.pieces import Pieced, Pieces
from malbild.encode.windows import above_of
from malbild.source import Span

FOLDERS = ("train", "train-labels", "own")
DEV = -1
"""The fold of documents that no training sees."""


def inside(sentence: GoldSentence, pieced: Pieced, span: Span) -> list[int]:
    """The words of a sentence that a span of the document holds a part of."""
    at = sentence.span.start
    return [n for n, word in enumerate(pieced.words) if sentence.flat.back(word).shift(at).overlap(span)]


def described(document: GoldDocument, fold: int, pieces: Pieces) -> dict[str, object]:
    """A document as a line of the file."""
    sentences = []
    above = above_of(document.plan)
    for n, (sentence, place) in enumerate(zip(document.sentences, document.plan.sentences, strict=True)):
        pieced = pieces.cut(sentence.flat.text)
        said: dict[str, object] = {"kind": place.kind, "ids": pieced.ids, "first": pieced.first, "above": above[n]}
        gold = sentence.gold
        if gold is not None:
            said |= {"labels": gold["labels"], "goal_kind": gold["goal_kind"], "direction": gold["direction"]}
        if gold is not None and document.full:
            spans = [(span, kind) for span, kind in document.mentions if sentence.span.holds(span)]
            said["mentions"] = [[kind, inside(sentence, pieced, span)] for span, kind in spans]
            if gold["labels"]:
                details = {"actor": [gold["actor"]], "deadline": [gold["deadline"]], "quantity": gold["quantity"] or []}
                for name, found in details.items():
                    said[name] = [inside(sentence, pieced, Span(*span)) for span in found if span is not None]
        sentences.append(said)
    return {"slug": document.slug, "folder": document.folder, "fold": fold, "sentences": sentences}


def main() -> None:
    args = read_options(argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter))
    pieces = Pieces(args.work / "pieces.model")
    docs = list(documents(args.shared, FOLDERS))
    folds = [*folds_of(len(docs)).tolist()]
    dev = list(documents(args.shared, ("dev",)))
    with (args.work / "documents.jsonl").open("w", encoding="utf-8") as out:
        for document, fold in zip([*docs, *dev], [*folds, *([DEV] * len(dev))], strict=True):
            out.write(json.dumps(described(document, fold, pieces), ensure_ascii=False) + "\n")
    print(f"{len(docs)} documents to learn from, {len(dev)} to look at -> {args.work / 'documents.jsonl'}")


if __name__ == "__main__":
    main()
