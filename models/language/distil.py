"""Makes word vectors of what the teacher sees, with rows for parts of words, so that no compound is unknown.

    python models/language/distil.py --work DIR --silver DIR [--force]

The teacher's view of a word, averaged over all its places in the silver text, is brought to ``WIDTH`` numbers (PCA).
Then rows for hashed character n-grams are fitted so that the mean of a word's rows comes near its vector: ridge
regression by conjugate gradients, words weighted by the root of their count. The table is spaCy's "floret" kind.

M2V: S. Tulkens and T. van Dongen, "Model2Vec: fast state-of-the-art static embeddings" (2024); here words are averaged
in context, not seen alone. floret: A. Boyd and V. Warmerdam, "floret: lightweight, robust word vectors" (2022).
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import spacy
from options import SEED, add_options, skip
from scipy.sparse import csr_matrix
from spacy.vectors import Vectors

WIDTH, ROWS = 112, 40_000
SHORTEST, LONGEST = 4, 5
"""Letters of an n-gram, the marks of beginning and end counted; the whole word is one too."""
RIDGE, ROUNDS = 0.1, 40
HELD = 20
"""One word in so many is held back to measure the fit on (those seen three times at least)."""


def averages(silver: Sequence[Path]) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Forms, how often each comes, and its mean view (forms, views) over all shards."""
    places: dict[str, int] = {}
    counts = np.zeros(0)
    sums = np.zeros((0, 0), np.float32)
    for path in silver:
        with np.load(path, allow_pickle=False) as shard:
            forms, number, means = shard["forms"], shard["counts"], shard["means"].astype(np.float32)
        rows = np.array([places.setdefault(str(form), len(places)) for form in forms])
        if len(places) > len(sums):
            grown = np.zeros((2 * len(places), means.shape[1]), np.float32)
            grown[: len(sums), : sums.shape[1]] = sums
            sums, counts = grown, np.concatenate([counts, np.zeros(len(grown) - len(counts))])
        sums[rows] += means * number[:, None]
        counts[rows] += number
    known = len(places)
    return list(places), counts[:known], sums[:known] / counts[:known, None]


def components(views: np.ndarray, counts: np.ndarray, width: int) -> np.ndarray:
    """The principal components, words weighted by the root of their count, scaled to a mean length of one."""
    weights = np.sqrt(counts) / np.sqrt(counts).sum()
    centred = views - weights @ views
    _, vectors = np.linalg.eigh((centred * weights[:, None]).T @ centred)
    reduced = centred @ vectors[:, ::-1][:, :width]
    return np.asarray(reduced / np.sqrt((reduced**2).sum(1)).mean(), np.float32)


def parts(table: Vectors, forms: Iterable[str]) -> csr_matrix:
    """The share each row of the table has in each form's vector."""
    data, columns, ends = [], [], [0]
    for form in forms:
        rows = [h % table.shape[0] for gram in table._get_ngrams(form) for h in table._get_ngram_hashes(gram)]
        data += [1 / len(rows)] * len(rows)
        columns += rows
        ends.append(len(columns))
    return csr_matrix((data, columns, ends), shape=(len(ends) - 1, table.shape[0]), dtype=np.float32)


def fitted(shares: csr_matrix, wanted: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The rows that come nearest to the wanted vectors: conjugate gradients on the normal equations."""
    weighted = csr_matrix(shares.multiply(weights[:, None]))
    back = weighted.T.tocsr()
    rows = np.zeros((shares.shape[1], wanted.shape[1]), np.float32)
    rest = back @ wanted
    way, size = rest.copy(), (rest**2).sum(0)
    for _ in range(ROUNDS):
        image = back @ (shares @ way) + RIDGE * way
        step = size / np.maximum((way * image).sum(0), 1e-12)
        rows += step * way
        rest -= step * image
        size, before = (rest**2).sum(0), size
        way = rest + size / np.maximum(before, 1e-12) * way
    return rows


def explained(shares: csr_matrix, rows: np.ndarray, wanted: np.ndarray) -> float:
    """The share of the vectors' variance that the rows give back."""
    return float(1 - ((shares @ rows - wanted) ** 2).sum() / (wanted**2).sum())


def main() -> None:
    """Read the options, average, reduce, fit, write a bare pipeline that holds the vectors."""
    parser = add_options(argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter))
    parser.add_argument("--rows", type=int, default=ROWS)
    args = parser.parse_args()
    out = args.work / "vectors"
    if skip(args, out / "meta.json"):
        return
    forms, counts, views = averages(sorted(args.silver.glob("*.npz")))
    vectors = components(views, counts, WIDTH)
    nlp = spacy.blank("sv")
    settings = {"mode": "floret", "minn": SHORTEST, "maxn": LONGEST, "hash_count": 1, "attr": "LOWER"}
    table = Vectors(strings=nlp.vocab.strings, data=np.zeros((args.rows, WIDTH), np.float32), **settings)
    shares, weights = parts(table, forms), np.sqrt(counts).astype(np.float32)
    held = np.random.default_rng(SEED).permutation(len(forms))[: len(forms) // HELD]
    held = held[counts[held] >= 3]
    trained = weights.copy()
    trained[held] = 0
    tried = fitted(shares, vectors, trained)
    print(f"variance explained: {explained(shares[held], tried, vectors[held]):.3f} on {len(held)} words held back")
    rows = fitted(shares, vectors, weights)
    often = counts >= 10
    print(f"and {explained(shares[often], rows, vectors[often]):.3f} on {often.sum()} frequent words, all trained on")
    nlp.vocab.vectors = Vectors(strings=nlp.vocab.strings, data=rows, **settings)
    nlp.to_disk(out)
    print(f"vectors: {len(forms)} forms, {args.rows} rows, {WIDTH} wide")


if __name__ == "__main__":
    main()
