"""Measures the packed model as it will run, puts it into the repository and writes its ``manifest.json``.

    python models/stanza/measure.py --shared ../shared --work DIR [--out DIR] [--force]

Needs ``pack.py`` first. The manifest has no dates and no folders of this machine.
"""

from __future__ import annotations

import json
import shutil
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator

import stanza
from settings import NAME, SEED, VERSION, options, skip
from spacy.tokens import Doc

from malbild.annotate.sentence import lower_lemmas
from malbild.annotate.stanza_backend import StanzaAnnotator
from malbild.shipped import combined, digests

from evaluate import SOURCES  # isort: skip (models/language, found by way of settings)
from prepare import held_names  # isort: skip
from scores import tagging_scores, words_a_second  # isort: skip
from sources import development_sentences  # isort: skip

LARGEST = 25_000_000
"""Most bytes the model may have in the repository."""


class Gold:
    """The annotator on given tokens: as much of a spaCy pipeline as ``models/language/scores.py`` asks for."""

    def __init__(self, annotator: StanzaAnnotator) -> None:
        self._annotator = annotator
        self.vocab = annotator._tokenizer.vocab

    def pipe(self, docs: Iterable[Doc]) -> Iterator[Doc]:
        """The Docs annotated, in order."""
        parsed = self._annotator.annotate(list(docs))
        for doc in parsed:
            lower_lemmas(doc)
        return iter(parsed)


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
    scores["words_a_second"] = words_a_second(annotator, dev, times=1)
    on = (
        "UD_Swedish-Talbanken dev and its Universal NER names; names held back from training; gold tokens. "
        "Trees and lemmas kept their best state on dev, names theirs on the names held back"
    )
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
