"""Measures the packed model as it will run, puts it into the repository and writes its ``manifest.json``.

    python models/stanza/measure.py --shared ../shared --work DIR [--out DIR] [--force]

Needs ``pack.py`` first. The manifest has no dates and no folders of this machine.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from argparse import Namespace
from collections.abc import Iterable, Iterator
from itertools import islice

import stanza
from settings import NAME, SEED, VERSION, options, skip
from spacy.tokens import Doc

from malbild.annotate import from_stanza
from malbild.annotate.sentence import lower_lemmas
from malbild.annotate.stanza_backend import StanzaAnnotator

from evaluate import SOURCES, combined, digests  # isort: skip (models/language, found by way of settings)
from prepare import development_sentences, held_names  # isort: skip
from scores import tagging_scores  # isort: skip
from treebank import Sentence  # isort: skip

LARGEST = 25_000_000
"""Most bytes the model may have in the repository."""


class Gold:
    """The annotator on given tokens: as much of a spaCy pipeline as ``models/language/scores.py`` asks for."""

    def __init__(self, annotator: StanzaAnnotator) -> None:
        self._annotator = annotator
        self.vocab = annotator._tokenizer.vocab

    def pipe(self, docs: Iterable[Doc]) -> Iterator[Doc]:
        """The Docs annotated, in order."""
        docs = list(docs)
        given = [list(from_stanza.pieces(doc)) for doc in docs]
        found = iter(self._annotator._annotate([piece for doc in given for piece in doc], self._annotator._layers))
        parsed = [
            from_stanza.annotated(doc, islice(found, len(pieces))) for doc, pieces in zip(docs, given, strict=True)
        ]
        self._annotator._lemmatize_again(parsed)
        for doc in parsed:
            lower_lemmas(doc)
        return iter(parsed)


def words_a_second(annotator: StanzaAnnotator, sentences: list[Sentence]) -> int:
    """Speed on raw text, tokenizer included, one thread."""
    texts = [sentence.text for sentence in sentences]
    words = sum(len(sentence.words) for sentence in sentences)
    fastest = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        for _doc in annotator.pipe(texts):
            pass
        fastest = min(fastest, time.perf_counter() - start)
    return round(words / fastest)


def main(args: Namespace) -> None:
    """Measure, write the manifest, move into place."""
    if skip(args, args.out / "manifest.json"):
        return
    made = args.work / NAME  # moved into place when whole, so that no one loads half a model
    shutil.rmtree(made, ignore_errors=True)
    shutil.copytree(args.work / "packed", made)
    files = digests(made)
    size = sum((made / path).stat().st_size for path in files)
    if size > LARGEST or any(path.endswith((".pt", ".pkl")) for path in files):
        sys.exit(f"{made}: {size} bytes, at most {LARGEST}, no pickles")
    facts = {
        "name": NAME,
        "what": "Stanza models for Swedish: UPOS, FEATS, lemmas, UD trees, names (PER, ORG, LOC)",
        "version": VERSION,
        "sha256": combined(files),
        "licence": "CC BY-SA 4.0",
        "trained_from": SOURCES,
        "scores": {},
        "recipe": "python models/stanza/build.py",
        "seed": SEED,
        "stanza": stanza.__version__,
        "bytes": size,
        "files": files,
    }
    write(made, facts)
    annotator = StanzaAnnotator(str(made))
    dev = development_sentences(args.shared)
    scores: dict[str, float] = tagging_scores(Gold(annotator), dev)
    for source, sentences in held_names(args.shared).items():
        scores[f"ner_f_{source}_held_back"] = tagging_scores(Gold(annotator), sentences)["ner_f"]
    scores["words_a_second"] = words_a_second(annotator, dev)
    on = "UD_Swedish-Talbanken dev and its Universal NER names; names held back from training; gold tokens"
    facts["scores"] = {"on": on, **scores}
    write(made, facts)
    shutil.rmtree(args.out, ignore_errors=True)
    shutil.move(made, args.out)
    print(json.dumps(scores, indent=2))


def write(folder, facts: dict[str, object]) -> None:
    """The manifest."""
    text = json.dumps(facts, ensure_ascii=False, indent=2) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(options(__doc__))
