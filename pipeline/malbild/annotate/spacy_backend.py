"""The spaCy back-end: the shipped Swedish pipeline, or any spaCy pipeline with the same layers."""

from __future__ import annotations

import contextlib
import hashlib
import warnings
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import use_ops

from malbild.annotate.backends import ModelNotFound
from malbild.annotate.sentence import one_sentence, small_letters, unsure_lemmas, words_only
from malbild.shipped import ModelInfo, NotShipped, manifest, shipped

DEFAULT = "sv_malbild_core"
CHUNK = 2048
"""Texts taken together: sorted by length, so that those of a batch are alike and none waits for a long one."""
BATCH = 128
"""Texts in one pass through the networks."""


class SpacyAnnotator:
    """Annotates with a spaCy pipeline; see ``Annotator.pipe`` for what it promises."""

    name = "spacy"

    def __init__(self, model: str | None = None) -> None:
        folder = find(model)
        with warnings.catch_warnings():
            # W094, W095: trained with another patch release of the same minor version of spaCy. The format is the same.
            warnings.filterwarnings("ignore", message=r"\[W09[45]\]")
            # numpy's own BLAS multiplies three times as fast as the one spaCy brings.
            with use_ops("numpy", use_blis=False):
                self._nlp: Language = spacy.load(folder)
        self.models: tuple[ModelInfo, ...] = (info(folder, self._nlp),)

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        """One ``Doc`` for each text, in order; reads ``CHUNK`` texts ahead."""
        stream = iter(texts)
        while chunk := list(islice(stream, CHUNK)):
            yield from self._chunk(chunk)

    def _chunk(self, texts: list[str]) -> list[Doc]:
        """The Docs of some texts, annotated in order of length, given back in order of the texts."""
        made = [self._nlp.make_doc(text) for text in texts]
        words = [words_only(doc) for doc in made]
        order = sorted(range(len(texts)), key=lambda i: len(words[i]))
        parsed = list(self._nlp.pipe((words[i] for i in order), batch_size=BATCH))
        self._lemmatize_again(parsed)
        done: list[Doc] = list(made)
        for i, doc in zip(order, parsed, strict=True):
            done[i] = one_sentence(made[i], doc)
        return done

    def _lemmatize_again(self, docs: list[Doc]) -> None:
        """Take the lemma of words that a capital hid from the lemmatizer from their small letters; in place."""
        unsure = [(doc, places) for doc in docs if (places := unsure_lemmas(doc))]
        small = self._nlp.pipe((small_letters(doc, places) for doc, places in unsure), batch_size=BATCH)
        for (doc, places), other in zip(unsure, small, strict=True):
            for place in places:
                doc[place].lemma_ = other[place].lemma_


def find(model: str | None) -> Path:
    """The folder of a model: given by path, by the name of a shipped one, or ``None`` for the default.

    Raises:
        ModelNotFound: if there is neither such a folder nor such a shipped model; says the cure in one line.
        NotShipped: if the default model is missing.
    """
    if model is None:
        return shipped(DEFAULT)
    places = [Path(model)]
    with contextlib.suppress(NotShipped):
        places.append(shipped(model))
    for folder in places:
        if (folder / "config.cfg").is_file():
            return folder
    raise ModelNotFound(
        f"no spaCy model {model!r}: give the folder of one (with config.cfg in it), or leave it out for {DEFAULT!r}"
    )


def info(folder: Path, nlp: Language) -> ModelInfo:
    """Name, version and digest, from the model's manifest, or from its own files where it has none."""
    if (folder / "manifest.json").is_file():
        return manifest(folder)
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    digest = hashlib.sha256("".join(lines).encode()).hexdigest()
    return ModelInfo(f"{nlp.meta['lang']}_{nlp.meta['name']}", nlp.meta["version"], digest)
