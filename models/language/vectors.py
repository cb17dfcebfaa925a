"""Makes word vectors from plain Swedish public-sector text: counts, positive PMI, a truncated SVD.

    python models/language/vectors.py --shared ../shared --work DIR [--force]

A word is described by which frequent words stand one and two places before and after it (each place counted apart,
which keeps grammar as well as topic). O. Levy, Y. Goldberg and I. Dagan, "Improving distributional similarity with
lessons learned from word embeddings", TACL 3 (2015): context distribution smoothing 0.75, singular values to the half.
"""

from __future__ import annotations

import argparse
import lzma
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import spacy
from options import SEED, add_options, skip
from scipy.sparse import csr_matrix
from sklearn.utils.extmath import randomized_svd
from spacy.vectors import Vectors

WORD = re.compile(r"[^\W_]+(?:[-:.][^\W_]+)*-?|[^\w\s]")
WORDS, CONTEXTS, WIDTH = 18_000, 3_000, 64
PLACES = (-2, -1, 1, 2)
MANY = 1_000_000
"""Words counted at a time."""


def stream(path: Path) -> Iterator[list[str]]:
    """Runs of about ``MANY`` words in small letters, paragraphs parted by ``PLACES`` empty strings."""
    part: list[str] = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            part += WORD.findall(line.lower())
            part += ["", ""]
            if len(part) > MANY:
                yield part
                part = []
    yield part


def counts(path: Path, words: dict[str, int]) -> csr_matrix:
    """How often each word has each context word at each place: ``WORDS`` rows, ``CONTEXTS`` columns a place."""
    total = csr_matrix((WORDS, CONTEXTS * len(PLACES)), dtype=np.float32)
    for part in stream(path):
        ids = np.array([words.get(word, -1) for word in part], dtype=np.int64)
        rows, columns = [], []
        for number, place in enumerate(PLACES):
            here, there = (ids[:-place], ids[place:]) if place > 0 else (ids[-place:], ids[:place])
            known = (here >= 0) & (there >= 0) & (there < CONTEXTS)
            rows.append(here[known])
            columns.append(there[known] + number * CONTEXTS)
        row, column = np.concatenate(rows), np.concatenate(columns)
        ones = np.ones(len(row), dtype=np.float32)
        total = total + csr_matrix((ones, (row, column)), shape=total.shape)
    return total


def positive_pmi(table: csr_matrix) -> csr_matrix:
    """Positive pointwise mutual information, contexts smoothed by a power of 0.75."""
    rows = np.asarray(table.sum(axis=1)).ravel()
    columns = np.asarray(table.sum(axis=0)).ravel() ** 0.75
    place = table.tocoo()
    expected = rows[place.row] * columns[place.col] / columns.sum()
    value = np.log(np.maximum(place.data / np.maximum(expected, 1e-9), 1.0))
    return csr_matrix((value.astype(np.float32), (place.row, place.col)), shape=table.shape)


def main() -> None:
    """Read the options, count, factorise, write a bare pipeline that holds the vectors."""
    args = add_options(argparse.ArgumentParser(description=__doc__)).parse_args()
    out = args.work / "vectors"
    if skip(args, out / "meta.json"):
        return
    path = args.shared / "data/raw/sv-public.txt.xz"
    frequency: Counter[str] = Counter()
    for part in stream(path):
        frequency.update(part)
    del frequency[""]
    ordered = sorted(frequency, key=lambda word: (-frequency[word], word))[:WORDS]
    table = positive_pmi(counts(path, {word: number for number, word in enumerate(ordered)}))
    left, strength, _ = randomized_svd(table, WIDTH, n_iter=4, random_state=SEED)
    data = (left * np.sqrt(strength)).astype(np.float32)
    data /= np.maximum(np.linalg.norm(data, axis=1, keepdims=True), 1e-6)
    nlp = spacy.blank("sv")
    nlp.vocab.vectors = Vectors(strings=nlp.vocab.strings, data=data, keys=ordered, attr="LOWER")
    args.work.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(out)
    print(f"vectors: {len(ordered)} words of {sum(frequency.values())}, {WIDTH} wide")


if __name__ == "__main__":
    main()
