"""Trains the pipeline on gold and silver from ``config.cfg`` and puts it into ``finished``.

    python models/language/train.py --work DIR [--force]

Needs all the other steps of ``build.py`` first. The course is cut into lessons, each a part of the silver
with its share of the gold; what was learnt is kept after each, and a run that was broken off goes on with the next.
One core; linear algebra is held at one thread, so that the same data and seed give the same model.
"""

from __future__ import annotations

import argparse
import json
import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import random
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import spacy
import srsly
from options import ABBREVIATIONS, HERE, NAME, SEED, VERSION, add_options, skip
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.training.initialize import init_nlp
from spacy.util import load_config, registry
from thinc.api import Optimizer, use_ops
from tokens import read_abbreviations, set_tokenizer

from malbild.annotate.lexicon import NAME as LEXICON

FILES = {"train": "first.spacy", "dev": "dev.spacy", "vectors": "vectors"}
SHARDS = 5
"""Shards of silver in one lesson."""
SILVER_TIMES, GOLD_TIMES, LAST = 1, 6, 2
"""How often the course goes over the silver, how often meanwhile over the gold, and how often over the gold at last."""
BATCH = 900
"""Words of an update, about."""
RATE, WARM = 0.0015, 0.03
"""Highest learning rate, and the share of the course it takes to rise to it; then it falls to nothing."""
DROPOUT = 0.1


@dataclass(frozen=True, slots=True)
class Lesson:
    """Files of silver, and which part of the gold (the ``part``-th of ``parts``) goes with them."""

    silver: tuple[Path, ...]
    part: int
    parts: int


def course(silver: list[Path], seed: int) -> list[Lesson]:
    """The lessons in order: gold spread evenly over the silver, then gold alone."""
    rng, groups = random.Random(seed), []
    for _ in range(SILVER_TIMES):
        order = rng.sample(silver, len(silver))
        groups += [tuple(order[start : start + SHARDS]) for start in range(0, len(order), SHARDS)]
    parts = max(1, round(len(groups) / GOLD_TIMES))
    lessons = [Lesson(group, number % parts, parts) for number, group in enumerate(groups)]
    return lessons + [Lesson((), 0, 1)] * LAST


def docs_of(lesson: Lesson, gold: list[Doc], nlp: Language, seed: str) -> list[Doc]:
    """The sentences of a lesson, shuffled."""
    docs = gold[lesson.part :: lesson.parts]
    for path in lesson.silver:
        docs += list(DocBin().from_disk(path).get_docs(nlp.vocab))
    random.Random(seed).shuffle(docs)
    return docs


def batches(docs: Iterable[Doc]) -> Iterator[list[Doc]]:
    """Runs of sentences with about ``BATCH`` words together."""
    batch, words = [], 0
    for doc in docs:
        batch.append(doc)
        words += len(doc)
        if words >= BATCH:
            yield batch
            batch, words = [], 0
    if batch:
        yield batch


def example(nlp: Language, doc: Doc) -> Example:
    """The words of a gold sentence with nothing known of them, beside the sentence."""
    spaces = [bool(word.whitespace_) for word in doc]
    return Example(Doc(nlp.vocab, words=[word.text for word in doc], spaces=spaces), doc)


def labels(work: Path, silver: list[Path]) -> None:
    """Put the gold and some silver together: the file that the labels are read off."""
    merged = DocBin().from_disk(work / "train.spacy")
    for path in silver:
        merged.merge(DocBin().from_disk(path))
    merged.to_disk(work / "first.spacy")


class Known(dict[int, int]):
    """Label of every edit tree that has one; for any other spaCy would take the first label, here it is unknown."""

    def get(self, tree: int, default: int = -1) -> int:  # type: ignore[override]
        """The label of a tree, or spaCy's mark for unknown."""
        return super().get(tree, -1)


class Training:
    """A pipeline, its optimizer and the lessons done, kept in a folder after each."""

    def __init__(self, folder: Path, config: Path, paths: dict[str, str]) -> None:
        self.folder, self.done, self.words = folder, 0, 0
        loaded = load_config(config, overrides={**paths, "system.seed": SEED})
        self.optimizer: Optimizer = registry.resolve({"it": loaded.interpolate()["training"]["optimizer"]})["it"]
        if (folder / "state.json").exists():
            self.nlp = spacy.load(folder / "model")
            self._resume()
        else:
            self.nlp = init_nlp(loaded)
        lemmatizer = self.nlp.get_pipe("trainable_lemmatizer")
        # Not kept on disk by spaCy: without it a resumed training would take every tree for the first.
        lemmatizer.tree2label = Known({tree: label for label, tree in enumerate(lemmatizer.labels)})

    def learn(self, docs: list[Doc], rate: Callable[[int], float]) -> dict[str, float]:
        """Go once over some sentences; gives the losses a thousand words."""
        losses: dict[str, float] = {}
        began = self.words
        for batch in batches(docs):
            self.optimizer.learn_rate = rate(self.words)
            examples = [example(self.nlp, doc) for doc in batch]
            self.nlp.update(examples, drop=DROPOUT, sgd=self.optimizer, losses=losses)
            self.words += sum(map(len, batch))
        self.done += 1
        return {name: round(1000 * float(loss) / (self.words - began), 1) for name, loss in losses.items()}

    def _weights(self) -> Iterator[tuple[str, tuple[int, str]]]:
        """A lasting name for every key of the optimizer: pipe, place of the node, parameter."""
        for name, pipe in self.nlp.pipeline:
            for place, node in enumerate(pipe.model.walk()):
                for parameter in node.param_names:
                    yield f"{name}/{place}/{parameter}", (node.id, parameter)

    def keep(self) -> None:
        """Write the state, whole or not at all."""
        partly = self.folder.with_suffix(".part")
        shutil.rmtree(partly, ignore_errors=True)
        partly.mkdir()
        self.nlp.to_disk(partly / "model")
        arrays, updates = {}, {}
        for name, key in self._weights():
            if key in self.optimizer.mom1:
                arrays[f"1/{name}"], arrays[f"2/{name}"] = self.optimizer.mom1[key], self.optimizer.mom2[key]
                arrays[f"a/{name}"], updates[name] = self.optimizer.averages[key], self.optimizer.nr_update[key]
        np.savez(partly / "optimizer.npz", **arrays)
        state = {"done": self.done, "words": self.words, "updates": updates}
        (partly / "state.json").write_text(json.dumps(state), encoding="utf-8")
        shutil.rmtree(self.folder, ignore_errors=True)
        partly.rename(self.folder)

    def _resume(self) -> None:
        """Take the state up again."""
        state = json.loads((self.folder / "state.json").read_text(encoding="utf-8"))
        self.done, self.words = state["done"], state["words"]
        keys = dict(self._weights())
        with np.load(self.folder / "optimizer.npz", allow_pickle=False) as arrays:
            for name, updates in state["updates"].items():
                key = keys[name]
                self.optimizer.mom1[key], self.optimizer.mom2[key] = arrays[f"1/{name}"], arrays[f"2/{name}"]
                self.optimizer.averages[key], self.optimizer.nr_update[key] = arrays[f"a/{name}"], updates


def finish(nlp: Language, work: Path) -> Path:
    """Give a trained pipeline its counts, its lexicon, its tokenizer and its facts, and write it to ``finished``."""
    nlp.get_pipe("morphologizer").look_at(srsly.read_json(work / "seen.json"))
    nlp.add_pipe(LEXICON).fill(srsly.read_json(work / "lemmas.json"))
    set_tokenizer(nlp, read_abbreviations(ABBREVIATIONS))
    # The folders of this machine are nobody's business at run time; the data format is that of the minor version.
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])
    nlp.meta.update(name=NAME.removeprefix("sv_"), version=VERSION, license="CC BY-SA 4.0", performance={})
    nlp.meta.update(description="Swedish: tags, lemmas, trees and names, one sentence a text", author="Malbild")
    nlp.meta["spacy_version"] = ">=3.8.0,<3.9.0"
    finished = work / "finished"
    shutil.rmtree(finished, ignore_errors=True)
    nlp.to_disk(finished)
    srsly.write_json(finished / "vocab/strings.json", needed_strings(nlp))
    return finished


def needed_strings(nlp: Language) -> list[str]:
    """The strings a pipeline speaks in; those of the texts it was trained on are left out of its vocabulary.

    Edit trees are kept on disk with the numbers of their strings, labels and features with the strings themselves.
    """
    trees = srsly.msgpack_loads(nlp.get_pipe("trainable_lemmatizer").trees.to_bytes())["trees"]
    numbers = {value for tree in trees for key, value in tree.items() if key in ("orig", "subst")}
    return sorted(nlp.vocab.strings[number] for number in numbers if number)


def main() -> None:
    """Read the options, train, finish."""
    parser = add_options(argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter))
    parser.add_argument("--config", type=Path, default=HERE / "config.cfg", help="another shape (to measure)")
    parser.add_argument("--shards", type=int, help="no more than so many shards of silver (to measure)")
    args = parser.parse_args()
    finished = args.work / "finished"
    if skip(args, finished / "meta.json"):
        return
    silver = sorted((args.work / "silver").glob("*.spacy"))[: args.shards]
    paths = {f"paths.{key}": str(args.work / name) for key, name in FILES.items()}
    # numpy's own BLAS multiplies three times as fast as the one spaCy brings.
    with use_ops("numpy", use_blis=False):
        labels(args.work, silver[:SHARDS])
        training = Training(args.work / "training", args.config, paths)
        gold = list(DocBin().from_disk(args.work / "train.spacy").get_docs(training.nlp.vocab))
        lessons = course(silver, SEED)
        total = sum(map(len, gold)) * (GOLD_TIMES + LAST) + 20_000 * SILVER_TIMES * len(silver)

        def rate(words: int) -> float:
            done = words / total
            return RATE * min(1.0, (done + 1e-3) / WARM, max(0.0, (1 - done) / (1 - WARM)))

        for number, lesson in enumerate(lessons[training.done :], training.done):
            start, before = time.perf_counter(), training.words
            losses = training.learn(docs_of(lesson, gold, training.nlp, f"{SEED} {number}"), rate)
            speed = (training.words - before) / (time.perf_counter() - start)
            training.keep()
            print(
                f"lesson {number + 1} of {len(lessons)}, {training.words} words, {speed:.0f} words/s",
                losses,
                flush=True,
            )
        with training.nlp.use_params(training.optimizer.averages):
            print("finished:", finish(training.nlp, args.work))


if __name__ == "__main__":
    main()
