"""Is more annotation or a better model the lever: F1 against the number of documents learnt from.

    python benchmarks/learning_curve.py [--shared DIR]

The linear scores of a sentence by itself (words, grammar, cues), trained on a share of the documents outside a fold and
measured on the fold; the mean over five folds. Prints a Markdown table with machine and date. About ten minutes.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "models" / "extraction"))
sys.path.insert(0, str(Path(__file__).parent))

import numpy as np
from gold import FOLDS, documents, folds_of
from ladder import FOLDERS, LABELS, LEAST, SHARED
from machine import described
from matrices import sentence_matrix, targets
from sklearn.metrics import f1_score
from train import C_LABEL, kept_columns, mention_scores, one, read_all

from malbild.annotate import load

SHARES = (0.1, 0.2, 0.4, 0.7, 1.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED)
    args = parser.parse_args()
    docs = list(documents(args.shared, FOLDERS))
    annotator = load("spacy", None)
    parses = [list(annotator.pipe([sentence.flat.text for sentence in doc.sentences])) for doc in docs]
    folds = folds_of(len(docs))
    tags, _ = mention_scores(docs, parses, folds, lambda line: None)
    x = sentence_matrix(read_all(docs, parses, tags)[1])
    of = np.concatenate([[d] * len(doc.sentences) for d, doc in enumerate(docs)])
    real = np.concatenate([[doc.folder != "own"] * len(doc.sentences) for doc in docs])
    y = np.concatenate([targets(doc) for doc in docs])
    x = x[:, kept_columns(x, of)]
    print(described())
    print()
    print("| documents learnt from | sentences | goals: all / public | outcomes: all / public |")
    print("| --- | --- | --- | --- |")
    order = np.random.default_rng(2).permutation(len(docs))
    for share in SHARES:
        said = np.zeros((len(y), len(LABELS)))
        documents_used, sentences_used = [], []
        for fold in range(FOLDS):
            others = [d for d in order if folds[d] != fold]
            some = others[: round(share * len(others))]
            learn = np.isin(of, some)
            out = folds[of] == fold
            documents_used.append(len(some))
            sentences_used.append(int(learn.sum()))
            for column in range(len(LABELS)):
                weights, intercept = one(x[learn], y[learn, column], C_LABEL)
                said[out, column] = x[out] @ weights + intercept
        cells = []
        for column in range(len(LABELS)):
            known = y[:, column] >= 0
            whole, public = (f1_score(y[m, column], said[m, column] > LEAST) for m in (known, known & real))
            cells.append(f"{whole:.3f} / {public:.3f}")
        print(f"| {np.mean(documents_used):.0f} | {np.mean(sentences_used):.0f} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
