"""Train the extraction weights from the gold texts: mention tagger, sentence scores, scores in context.

    python models/extraction/train.py [--shared DIR] [--model PIPELINE] [--encoders DIR]

Documents are left out whole: mentions are cross-fitted over five folds of documents before the sentence scores see
them, these before the context scores do, and everything is judged the same way. What judges sentences in context is
trained twice: for the fast profile, and for the accurate one with the encoders' scores, which were cross-fitted over
the same folds (``models/encoder``). Writes
``models/sv_malbild_extraction/`` (weights.npz, manifest.json). Seeded: same gold and pipeline, same weights.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import time
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

sys.path.insert(0, str(Path(__file__).parent))

from encoded import encoded_by_others
from gold import FOLDS, SEED, documents, folds_of
from matrices import sentence_matrix, targets, token_matrix, token_tags

from malbild.annotate import load
from malbild.defaults import LEAST_CONFIDENCE
from malbild.extraction.context import ACCURATE_NAMES, NAMES, context_features
from malbild.extraction.decide import with_encoder
from malbild.extraction.features import fact_features, token_features
from malbild.extraction.mentions import TAGS, weighed
from malbild.extraction.read import examine, reading_of
from malbild.extraction.reading import Reading
from malbild.extraction.table import tabulate
from malbild.extraction.weights import COLUMNS, DIRECTIONS, KINDS, MENTION_BITS, SENTENCE_BITS, Judge, Weights

C_MENTION, C_LABEL, C_CHOICE, C_CONTEXT, C_ACCURATE = 0.3, 0.1, 0.15, 0.01, 0.0003
SURE = 10
"""How much less the surest features of the accurate profile are penalised than the rest."""
LEAST_DOCUMENTS = 2
HERE = Path(__file__).resolve().parents[2]
CROSS_FITTED = HERE / "build" / "extraction" / "cross-fitted.npz"
"""Scores of every sentence from models that have not seen its document, for the benchmarks."""
ARTEFACT = HERE / "models" / "sv_malbild_extraction"
CHOICES = ((2, KINDS), (2 + len(KINDS), DIRECTIONS))


def fit_mentions(x, y) -> LogisticRegression:
    return LogisticRegression(C=C_MENTION, max_iter=60, solver="lbfgs").fit(x, y)


def mention_scores(docs, parses, folds, say):
    """Tag scores of every sentence from a tagger that has not seen its document, and the tagger trained on all."""
    full = [d for d, doc in enumerate(docs) if doc.full]
    x = token_matrix([parse for d in full for parse in parses[d]])
    y = np.array([tag for d in full for n, parse in enumerate(parses[d]) for tag in token_tags(parse, docs[d], n)])
    kept = np.flatnonzero(np.bincount(x.indices, minlength=x.shape[1]) >= 2)
    x = x[:, kept]
    fold_of = np.array([folds[d] for d in full for parse in parses[d] for _ in parse])
    logits = np.full((len(y), len(TAGS)), -30.0, dtype=np.float32)
    for fold in range(FOLDS):
        model = fit_mentions(x[fold_of != fold], y[fold_of != fold])
        logits[np.ix_(fold_of == fold, model.classes_)] = model.decision_function(x[fold_of == fold])
    say(f"mention tags, cross-fitted token accuracy {np.mean(logits.argmax(1) == y):.4f}")
    scores = {}
    at = 0
    for d in full:
        for n, parse in enumerate(parses[d]):
            scores[d, n] = logits[at : at + len(parse)]
            at += len(parse)
    model = fit_mentions(x, y)
    for d, doc in enumerate(docs):
        lengths = [len(parse) for parse in parses[d]]
        if not doc.full and sum(lengths):
            parts = np.split(model.decision_function(token_matrix(parses[d])[:, kept]), np.cumsum(lengths)[:-1])
            scores |= {(d, n): part.astype(np.float32) for n, part in enumerate(parts)}
    table = np.zeros((2**MENTION_BITS, len(TAGS)), dtype=np.float32)
    table[np.ix_(kept, model.classes_)] = model.coef_.T
    intercept = np.full(len(TAGS), -30.0, dtype=np.float32)
    intercept[model.classes_] = model.intercept_
    return scores, (table, intercept)


def read_all(docs, parses, scores, encoded=None) -> tuple[list[list[Reading]], list[np.ndarray]]:
    """Readings of every document, without scores yet, and the feature values of every sentence."""
    values: list[np.ndarray] = []
    readings = []
    for d in range(len(docs)):
        table, slices = tabulate(parses[d])
        tokens = token_features(table)
        line = []
        for n, (doc, rows) in enumerate(zip(parses[d], slices, strict=True)):
            tags = scores.get((d, n), np.zeros((len(doc), len(TAGS)), np.float32))
            parsed = examine(doc, weighed(tags, doc, encoded and encoded[d][n]))
            values.append(np.concatenate([tokens[rows].ravel(), fact_features(parsed)]))
            line.append(reading_of(parsed, np.zeros(len(COLUMNS), dtype=np.float32)))
        readings.append(line)
    return readings, values


def one(x, y, c) -> tuple[np.ndarray, float]:
    """A yes-or-no logistic regression over those that are known (``y`` 0 or 1)."""
    model = LogisticRegression(C=c, solver="liblinear", random_state=SEED).fit(x[y >= 0], y[y >= 0])
    return model.coef_[0], model.intercept_[0]


def fit_sentences(x, y) -> tuple[np.ndarray, np.ndarray]:
    """Weights of all columns, each against the rest; kinds are learnt on goals only, directions on outcomes only."""
    fits = [one(x, y[:, column], C_LABEL if column < 2 else C_CHOICE) for column in range(len(COLUMNS))]
    return np.array([w for w, _ in fits], dtype=np.float32).T, np.array([b for _, b in fits], dtype=np.float32)


def fit_context(x, y, c=C_CONTEXT, sure=0) -> tuple[np.ndarray, np.ndarray]:
    """Weights of goals and outcomes over the numbers of the context, whose scales are folded in.

    The last ``sure`` columns, what models that know the sentence say, are hardly penalised. Kinds and directions keep
    the sentence's own scores: the context measured worse for them (accuracy .785 against .793 for kinds, .681 against
    .696 for directions).
    """
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-6
    spread[len(spread) - sure :] /= SURE
    scaled = (x - mean) / spread
    table = np.zeros((x.shape[1], len(COLUMNS)), dtype=np.float64)
    intercept = np.zeros(len(COLUMNS))
    for column in (0, 1):
        table[:, column], intercept[column] = one(scaled, y[:, column], c)
    table /= spread[:, None]
    intercept -= mean @ table
    for column in range(2, len(COLUMNS)):
        table[NAMES.index(f"own {COLUMNS[column]}"), column] = 1
    return table.astype(np.float32), intercept.astype(np.float32)


def fit_accurate(x, y) -> tuple[np.ndarray, np.ndarray]:
    """Weights over ``ACCURATE_NAMES``."""
    return fit_context(x, y, C_ACCURATE, len(ACCURATE_NAMES) - len(NAMES))


def with_scores(docs, readings, scores) -> np.ndarray:
    """The context features of every sentence, given the sentences' own scores."""
    found = []
    at = 0
    for doc, line in zip(docs, readings, strict=True):
        own = scores[at : at + len(line)]
        at += len(line)
        found.append(context_features(line, doc.plan, own))
    return np.concatenate(found)


def cross_fit(fit, x, y, fold_of, on=None) -> np.ndarray:
    """Predictions for each fold, on ``x`` or ``on``, from weights fitted on ``x`` of the others."""
    on = x if on is None else on
    predicted = np.zeros(y.shape, dtype=np.float32)
    for fold in range(FOLDS):
        out = fold_of == fold
        table, intercept = fit(x[~out], y[~out])
        predicted[out] = on[out] @ table + intercept
    return predicted


def fit_judge(fit, z, y, fold_of, real) -> tuple[Judge, np.ndarray]:
    """What judges sentences from the numbers of their context, and its cross-fitted predictions.

    Calibrated on public documents (``real``): those written for the project are easier.
    """
    predicted = cross_fit(fit, z, y, fold_of)
    scale = [one(predicted[real, column, None], y[real, column], 1e6) for column in (0, 1)]
    table, intercept = fit(z, y)
    return Judge(table, intercept, np.array([[w[0], b] for w, b in scale], dtype=np.float32)), predicted


def measures(y, predicted) -> dict[str, float]:
    """F1 of goals and outcomes, the calibration error of what is found, accuracy and macro F1 of kinds and directions
    on the gold ones. ``predicted`` are log-odds.
    """
    found = {}
    for column in (0, 1):
        known = y[:, column] >= 0
        chance = 1 / (1 + np.exp(-predicted[known, column]))
        found[f"{COLUMNS[column]} F1"] = f1_score(y[known, column], chance >= LEAST_CONFIDENCE)
        found[f"{COLUMNS[column]} ECE"] = calibration_error(chance, y[known, column])
    for name, (first, names) in zip(("kind", "direction"), CHOICES, strict=True):
        part = slice(first, first + len(names))
        known = y[:, first] >= 0
        gold, said = y[known, part].argmax(1), predicted[known, part].argmax(1)
        found |= {f"{name} accuracy": np.mean(gold == said), f"{name} macro F1": f1_score(gold, said, average="macro")}
    return {name: round(float(value), 4) for name, value in found.items()}


def calibration_error(chance, true) -> float:
    """Expected calibration error of what is found: ten bins of probability, weighed by their size."""
    taken = chance >= LEAST_CONFIDENCE
    bins = np.minimum((chance[taken] * 10).astype(int), 9)
    gaps = [abs(chance[taken][bins == n].sum() - true[taken][bins == n].sum()) for n in range(10)]
    return sum(gaps) / max(1, taken.sum())


def write(weights: Weights, scores: dict[str, object], pipeline: str) -> None:
    """The artefact: the weights and their manifest."""
    ARTEFACT.mkdir(exist_ok=True)
    weights.save(ARTEFACT / "weights.npz")
    facts = {
        "name": ARTEFACT.name,
        "version": "0.1.0",
        "what": "Linear weights: actor mentions, goals with kind, outcome claims with direction, alone and in context",
        "sha256": hashlib.sha256((ARTEFACT / "weights.npz").read_bytes()).hexdigest(),
        "trained_from": [
            {
                "source": "gold texts train, train-labels: annotated Swedish public documents",
                "licence": "public documents",
            },
            {"source": "gold texts own: annotated texts written for this project", "licence": "MIT"},
            {"source": f"features from the pipeline {pipeline}", "licence": "see its manifest"},
        ],
        "licence": "MIT",
        "recipe": "python models/extraction/train.py",
        "seed": SEED,
        "scores": scores,
    }
    (ARTEFACT / "manifest.json").write_text(json.dumps(facts, indent=2, ensure_ascii=False) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("MALBILD_SHARED", HERE.parent / "shared")))
    parser.add_argument("--encoders", type=Path, default=HERE / "build" / "encoder", help="folder of models/encoder")
    parser.add_argument("--model", help="another spaCy pipeline than the one that ships")
    args = parser.parse_args()
    start = time.monotonic()

    def say(line: str) -> None:
        print(f"[{time.monotonic() - start:6.0f} s] {line}", flush=True)

    docs = list(documents(args.shared, ("train", "train-labels", "own")))
    annotator = load("spacy", args.model)
    parses = [list(annotator.pipe([s.flat.text for s in doc.sentences])) for doc in docs]
    say(f"{len(docs)} documents, {sum(map(len, parses))} sentences parsed")
    folds = folds_of(len(docs))
    fold_of = np.concatenate([[folds[d]] * len(doc.sentences) for d, doc in enumerate(docs)])
    group = np.concatenate([[d] * len(doc.sentences) for d, doc in enumerate(docs)])
    real = np.concatenate([[doc.folder != "own"] * len(doc.sentences) for doc in docs])
    y = np.concatenate([targets(doc) for doc in docs])

    tags, (mention, mention_intercept) = mention_scores(docs, parses, folds, say)
    readings, values = read_all(docs, parses, tags)
    x = sentence_matrix(values)
    kept = kept_columns(x, group)
    x = x[:, kept]
    say(f"{x.shape[1]} sentence features, {x.nnz / x.shape[0]:.0f} a sentence")
    alone = cross_fit(fit_sentences, x, y, fold_of)
    say(f"by itself: {measures(y, alone)}")
    fast_z = with_scores(docs, readings, alone)
    fast, fast_predicted = fit_judge(fit_context, fast_z, y, fold_of, real)

    encoded = encoded_by_others(docs, folds, args.encoders)
    readings, values = read_all(docs, parses, tags, encoded)
    labels = np.concatenate([np.stack([one.labels for one in line]) for line in encoded])
    own = cross_fit(fit_sentences, x, y, fold_of, sentence_matrix(values)[:, kept])
    without = cross_fit(fit_context, fast_z, y, fold_of, with_scores(docs, readings, own))
    z = with_encoder(with_scores(docs, readings, (own + labels) / 2), without, labels)
    accurate, accurate_predicted = fit_judge(fit_accurate, z, y, fold_of, real)

    scores, judged = {}, {"linear": alone, "encoder": labels}
    for profile, judge, predicted in (("fast", fast, fast_predicted), ("accurate", accurate, accurate_predicted)):
        judged[profile] = predicted.copy()
        judged[profile][:, :2] = predicted[:, :2] * judge.scale[:, 0] + judge.scale[:, 1]
        for name, some in (("all", slice(None)), ("public", real)):
            scores[f"{profile}, {name}, cross-validated"] = measures(y[some], judged[profile][some])
        say(f"{profile}: {scores}")
    CROSS_FITTED.parent.mkdir(parents=True, exist_ok=True)
    slugs = [f"{doc.folder}/{doc.slug}" for doc in docs]
    np.savez_compressed(CROSS_FITTED, allow_pickle=False, slugs=slugs, document=group, fold=fold_of, gold=y, **judged)
    columns, sentence_intercept = fit_sentences(x, y)
    sentence = np.zeros((2**SENTENCE_BITS, len(COLUMNS)), dtype=np.float32)
    sentence[kept] = columns
    info = annotator.models[0]
    write(
        Weights(mention, mention_intercept, sentence, sentence_intercept, fast, accurate),
        scores,
        f"{info.name} {info.version} ({info.sha256[:12]})",
    )
    say(f"wrote {ARTEFACT.name}: {(ARTEFACT / 'weights.npz').stat().st_size / 1e6:.1f} MB")


def kept_columns(x, group) -> np.ndarray:
    """Features that at least ``LEAST_DOCUMENTS`` documents show: their columns, ascending."""
    seen = np.zeros(x.shape[1], dtype=np.int32)
    for g in np.unique(group):
        seen[np.unique(x[group == g].indices)] += 1
    return np.flatnonzero(seen >= LEAST_DOCUMENTS)


if __name__ == "__main__":
    main()
