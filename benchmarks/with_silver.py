"""Whether a teacher's labels on plain text help the light rungs: linear models and spaCy's classifier, on one fold.

    python benchmarks/with_silver.py [--shared DIR] [--work build/encoder]

The teacher of the first fold has not seen its documents (`models/encoder/teach.py --to fold-0`). Its probabilities on
the sentences of `silver.jsonl` count as weights of both answers; a sentence of silver counts `WEIGHT` of one of gold.
Prints a Markdown table with machine and date: F1 on the fold's documents.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "models" / "encoder"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "models" / "extraction"))

import numpy as np
import scipy.sparse
import spacy
from gold import documents
from ladder import FOLDERS, LABELS, LEAST, cross_fitted_scores, textcat, textcat_scores
from machine import described
from matrices import sentence_matrix
from silver import as_document, stretches
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from train import read_all

from malbild.shipped import shipped

HERE = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("MALBILD_SHARED", HERE.parent / "shared"))
WEIGHT = 0.5
C = 0.1


def silver_documents(shared: Path, work: Path) -> tuple[list, np.ndarray]:
    """The stretches of silver as documents, and a teacher's probabilities of their sentences, shape (sentences, 2)."""
    with (work / "silver.jsonl").open(encoding="utf-8") as lines:
        numbers = [int(json.loads(line)["slug"]) for line in lines]
    found = stretches(shared)
    docs = [as_document(number, "\n\n".join(found[number])) for number in numbers]
    with np.load(work / "silver" / "fold-0.npz", allow_pickle=False) as stored:
        logits = np.concatenate([stored[f"silver/{number}/sentences"][:, :2].astype(np.float64) for number in numbers])
    return docs, 1 / (1 + np.exp(-logits))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--work", type=Path, default=HERE / "build" / "encoder")
    args = parser.parse_args()
    kept = cross_fitted_scores()
    gold, fold = kept["gold"][:, :2], kept["fold"]
    docs = list(documents(args.shared, FOLDERS))
    silver, chances = silver_documents(args.shared, args.work)
    nlp = spacy.load(shipped("sv_malbild_core"))

    def read(some: list) -> tuple[list, scipy.sparse.csr_matrix]:
        parses = [list(nlp.pipe([sentence.flat.text for sentence in doc.sentences])) for doc in some]
        return [doc for line in parses for doc in line], sentence_matrix(read_all(some, parses, {})[1])

    ours, x = read(docs)
    theirs, z = read(silver)
    learn, held = (fold != 0) & (gold.min(axis=1) >= 0), fold == 0
    print(described())
    print(f"\n{len(theirs)} sentences of silver, {learn.sum()} of gold, {held.sum()} held out\n")
    print("| | goals F1 | outcomes F1 |")
    print("| --- | --- | --- |")
    for name, share in (("gold", 0.0), ("gold and silver", WEIGHT)):
        scores = np.zeros((held.sum(), 2))
        for column in range(2):
            rows, answers, weights = [x[learn]], [gold[learn, column]], [np.ones(learn.sum())]
            if share:
                rows += [z, z]
                answers += [np.ones(len(theirs)), np.zeros(len(theirs))]
                weights += [share * chances[:, column], share * (1 - chances[:, column])]
            model = LogisticRegression(C=C, solver="liblinear", random_state=1)
            model.fit(scipy.sparse.vstack(rows), np.concatenate(answers), np.concatenate(weights))
            scores[:, column] = model.decision_function(x[held])
        print(row(f"b: linear, {name}", scores, gold[held]), flush=True)
    keep = [i for i in np.flatnonzero(learn) if len(ours[i])]
    for name, more in (
        ("gold", []),
        ("gold and silver", [(d, c) for d, c in zip(theirs, chances, strict=True) if len(d)]),
    ):
        pipe = textcat([*((ours[i], gold[i]) for i in keep), *more], ours[keep[0]].tensor.shape[1], 0)
        full = [n for n, i in enumerate(np.flatnonzero(held)) if len(ours[i])]
        scores = np.full((held.sum(), 2), -9.0)
        scores[full] = textcat_scores(pipe, [ours[np.flatnonzero(held)[n]] for n in full])
        print(row(f"c: textcat, {name}", scores, gold[held]), flush=True)


def row(name: str, scores: np.ndarray, gold: np.ndarray) -> str:
    """One line of the table."""
    known = gold >= 0
    f1 = [f1_score(gold[known[:, c], c], scores[known[:, c], c] > LEAST) for c in range(len(LABELS))]
    return f"| {name} | {f1[0]:.3f} | {f1[1]:.3f} |"


if __name__ == "__main__":
    main()
