"""The rungs from cue words to an encoder, on the same folds: F1, speed, size.

    python benchmarks/ladder.py [--shared DIR]

Reads the cross-fitted scores that `models/extraction/train.py` has left in `build/extraction/`.
Columns: F1 of goals and of outcome claims over all documents and over the public ones, and their spread over the five
folds (standard deviation); sentences a second of one core beside the shared pipeline; megabytes on disk.
Prints a Markdown table with machine and date.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "models" / "extraction"))
sys.path.insert(0, str(Path(__file__).parent))

import numpy as np
import spacy
from gold import FOLDS, GoldDocument, documents
from machine import described
from sklearn.feature_extraction import FeatureHasher
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from spacy.pipeline import TextCategorizer
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import fix_random_seed, minibatch
from thinc.api import Adam, Model

from malbild.defaults import LEAST_CONFIDENCE
from malbild.encode import load_encoder
from malbild.extraction import Weights, load_weights, own_scores, read_sentences
from malbild.extraction.context import context_features
from malbild.extraction.features import Parsed, fact_names
from malbild.extraction.grammar import clauses
from malbild.extraction.quantities import find_quantities
from malbild.shipped import shipped

HERE = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("MALBILD_SHARED", HERE.parent / "shared"))
CROSS_FITTED = HERE / "build" / "extraction" / "cross-fitted.npz"
FOLDERS = ("train", "train-labels", "own")
LABELS = ("goal", "outcome")
LEAST = math.log(LEAST_CONFIDENCE / (1 - LEAST_CONFIDENCE))
"""The log-odds from which a sentence is one."""
TEXTCAT_EPOCHS, TEXTCAT_RATE = 10, 1e-3


@dataclass(frozen=True, slots=True)
class Rung:
    """``scores``: cross-fitted log-odds (sentences, 2); ``speed`` in sentences a second, ``size`` in megabytes."""

    name: str
    scores: np.ndarray
    speed: float | None
    size: float | None


def cross_fitted_scores() -> dict[str, np.ndarray]:
    """What `models/extraction/train.py` has kept; ends the run with a word on the cure where it has not run."""
    if not CROSS_FITTED.is_file():
        sys.exit(f"{CROSS_FITTED}: missing; make it with models/extraction/train.py")
    with np.load(CROSS_FITTED, allow_pickle=False) as stored:
        return {name: stored[name] for name in stored.files}


def row(rung: Rung, gold: np.ndarray, real: np.ndarray, fold: np.ndarray) -> str:
    """One line of the table."""
    cells = []
    for column in range(len(LABELS)):
        known = gold[:, column] >= 0

        def f1(some: np.ndarray, column: int = column, known: np.ndarray = known) -> float:
            some = some & known
            return f1_score(gold[some, column], rung.scores[some, column] > LEAST)

        folds = [f1(fold == n) for n in range(FOLDS)]
        cells.append(f"{f1(known):.3f} ± {np.std(folds):.3f} / {f1(real):.3f}")
    speed = "–" if rung.speed is None else f"{rung.speed:,.0f}"
    size = "–" if rung.size is None else f"{rung.size:.1f}"
    return f"| {rung.name} | {cells[0]} | {cells[1]} | {speed} | {size} |"


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of the faster of two runs."""
    took = []
    for _ in range(2):
        start = time.process_time()
        work()
        took.append(time.process_time() - start)
    return min(took)


def cross_fitted(x, gold: np.ndarray, fold: np.ndarray) -> np.ndarray:
    """Log-odds from logistic regressions that have not seen the fold."""
    made = np.zeros((len(gold), len(LABELS)))
    for column in range(len(LABELS)):
        for n in range(FOLDS):
            learn = (fold != n) & (gold[:, column] >= 0)
            model = LogisticRegression(C=0.3, max_iter=2000).fit(x[learn], gold[learn, column])
            made[fold == n, column] = model.decision_function(x[fold == n])
    return made


_LEXICAL = ("verb", "subject lemma", "subject verb", "cue verb subject lemma", "cue subject verb", "copula")


def grammar_facts(doc: Doc) -> list[str]:
    """What grammar, cues and patterns say of a sentence, but for words that stand in no list."""
    parsed = Parsed(doc, doc.text, clauses(doc), (), find_quantities(doc.text))
    names = [name.partition(":") for name in fact_names(parsed)]
    plain = [(fact, value) for fact, _, value in names if fact.removeprefix("first clause, ") not in _LEXICAL]
    return [f"{fact}:{value}" for fact, value in plain]


@spacy.registry.architectures("malbild.shared_tensor.v1")
def shared_tensor(width: int) -> Model:
    """The rows that the pipeline's own ``tok2vec`` has left in ``doc.tensor``, frozen."""
    return Model("shared_tensor", lambda _, docs, is_train: ([doc.tensor for doc in docs], list), dims={"nO": width})


def textcat(learn: Sequence[tuple[Doc, np.ndarray]], width: int, seed: int) -> TextCategorizer:
    """spaCy's classifier with parametric attention over the shared vectors, trained on Docs with goal and outcome."""
    blank = spacy.blank("sv")
    vectors = {"@architectures": "malbild.shared_tensor.v1", "width": width}
    model = {"@architectures": "spacy.TextCatParametricAttention.v1", "exclusive_classes": False, "nO": None}
    pipe = blank.add_pipe("textcat_multilabel", config={"model": {**model, "tok2vec": vectors}})
    examples = []
    for doc, labels in learn:
        gold = Doc(doc.vocab, words=[token.text for token in doc])
        gold.tensor = doc.tensor
        gold.cats = dict(zip(LABELS, map(float, labels), strict=True))
        examples.append(Example(doc, gold))
    fix_random_seed(seed)
    pipe.initialize(lambda: examples[:500], nlp=blank)
    optimizer, rng = Adam(TEXTCAT_RATE), random.Random(seed)
    for _ in range(TEXTCAT_EPOCHS):
        rng.shuffle(examples)
        for some in minibatch(examples, 64):
            pipe.update(some, sgd=optimizer, drop=0.2)
    return pipe


def textcat_scores(pipe: TextCategorizer, docs: Sequence[Doc]) -> np.ndarray:
    """Log-odds, shape (Docs, 2)."""
    chances = np.concatenate([pipe.predict(some) for some in minibatch(docs, 256)])
    chances = np.clip(chances[:, [pipe.labels.index(label) for label in LABELS]], 1e-6, 1 - 1e-6)
    return np.log(chances / (1 - chances))


def textcat_cross_fitted(docs: Sequence[Doc], gold: np.ndarray, fold: np.ndarray) -> tuple[np.ndarray, float]:
    """Log-odds from classifiers that have not seen the fold, and sentences a second."""
    made = np.full((len(docs), len(LABELS)), -9.0)
    spent = 0.0
    kept = np.array([len(doc) > 0 for doc in docs])
    for n in range(FOLDS):
        learn = kept & (fold != n) & (gold[:, :2].min(axis=1) >= 0)
        held = np.flatnonzero(kept & (fold == n))
        pipe = textcat([(docs[i], gold[i, :2]) for i in np.flatnonzero(learn)], docs[held[0]].tensor.shape[1], n)
        start = time.process_time()
        made[held] = textcat_scores(pipe, [docs[i] for i in held])
        spent += time.process_time() - start
    return made, len(docs) / spent


def speeds(
    docs: Sequence[GoldDocument], parses: Sequence[Sequence[Doc]], weights: Weights
) -> tuple[float, float, float]:
    """Sentences a second of the linear scores, of what judges them in context, and of the encoder."""
    some, lines = docs[:60], parses[:60]
    count = sum(map(len, lines))
    readings = [list(read_sentences(line, weights)) for line in lines]
    linear = seconds(lambda: [list(read_sentences(line, weights)) for line in lines])
    context = seconds(
        lambda: [
            weights.fast.scores(context_features(line, doc.plan, own_scores(line)))
            for doc, line in zip(some, readings, strict=True)
        ]
    )
    encoder = load_encoder()[0]
    texts = [[sentence.flat.text for sentence in doc.sentences] for doc in some]
    encoded = seconds(lambda: [encoder.read(text, doc.plan) for doc, text in zip(some, texts, strict=True)])
    return count / linear, count / (linear + context), count / encoded


def megabytes(name: str) -> float:
    """The size of a shipped model."""
    return sum(path.stat().st_size for path in shipped(name).rglob("*") if path.is_file()) / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED)
    args = parser.parse_args()
    kept = cross_fitted_scores()
    gold, fold = kept["gold"], kept["fold"]
    docs = list(documents(args.shared, FOLDERS))
    if [f"{doc.folder}/{doc.slug}" for doc in docs] != kept["slugs"].tolist() or sum(
        len(doc.sentences) for doc in docs
    ) != len(gold):
        sys.exit(f"{CROSS_FITTED}: of other gold texts; make it again with models/extraction/train.py")
    real = np.concatenate([[doc.folder != "own"] * len(doc.sentences) for doc in docs])
    nlp = spacy.load(shipped("sv_malbild_core"))
    parses = [list(nlp.pipe([sentence.flat.text for sentence in doc.sentences])) for doc in docs]
    weights = load_weights()[0]
    linear, context, encoder = speeds(docs, parses, weights)
    hasher = FeatureHasher(2**18, input_type="string", alternate_sign=False)
    facts = [grammar_facts(doc) for line in parses for doc in line]
    small = megabytes("sv_malbild_extraction")
    large = megabytes("sv_malbild_encoder")
    grammar = cross_fitted(hasher.transform(facts), gold, fold)
    rungs = [Rung("a: grammar, cue lexicons and patterns", grammar, None, None)]
    rungs.append(Rung("b: words, grammar and cues, linear", kept["linear"], linear, small))
    rungs.append(Rung("b in context: the fast profile", kept["fast"], context, small))
    vectors, speed = textcat_cross_fitted([doc for line in parses for doc in line], gold, fold)
    rungs.append(Rung("c: spaCy textcat on the shared tok2vec, frozen", vectors, speed, 0.1))
    rungs.append(Rung("d: the encoder by itself, nine layers", kept["encoder"], encoder, large))
    both = 1 / (1 / encoder + 1 / context)
    rungs.append(Rung("b and d in context: the accurate profile", kept["accurate"], both, small + large))
    print(described())
    print()
    print("| | goals: all ± spread / public | outcomes: all ± spread / public | sentences/s | MB |")
    print("| --- | --- | --- | --- | --- |")
    for rung in rungs:
        print(row(rung, gold, real, fold))


if __name__ == "__main__":
    main()
