"""What encoders that have not seen a gold document say of its sentences (``models/encoder/train.py --fold N``)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from gold import FOLDS, GoldDocument

from malbild.encode.pieces import Pieces
from malbild.encoded import Encoded


def encoded_by_others(docs: Sequence[GoldDocument], folds: Sequence[int], work: Path) -> list[list[Encoded]]:
    """For every document its sentences, from the encoder trained without the document's fold.

    Raises:
        FileNotFoundError: if an encoder's scores are missing; the message says how to make them.
    """
    pieces = Pieces(work / "pieces.model")
    stored = {}
    for fold in range(FOLDS):
        path = work / f"fold-{fold}" / "scores.npz"
        if not path.is_file():
            raise FileNotFoundError(f"{path}: missing; make it with models/encoder/train.py --fold {fold}")
        with np.load(path, allow_pickle=False) as scores:
            stored[fold] = {name: scores[name] for name in scores.files}
    found = []
    for document, fold in zip(docs, folds, strict=True):
        labels, tags, details = (
            stored[fold][f"{document.folder}/{document.slug}/{part}"] for part in ("sentences", "tags", "details")
        )
        line = []
        at = 0
        for sentence, own in zip(document.sentences, labels, strict=True):
            words = pieces.cut(sentence.flat.text).words
            here = slice(at, at := at + len(words))
            line.append(Encoded(own, words, tags[here], details[here].reshape(-1, 3, 3)))
        found.append(line)
    return found
