"""The spaCy back-end: the shipped Swedish pipeline, or any spaCy pipeline with the same layers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from malbild.annotate.labels import to_our_labels
from malbild.annotate.laid_back import annotated_texts
from malbild.annotate.pipelines import find, info, load
from malbild.shipped import ModelInfo

CHUNK = 2048
"""Texts taken together."""
BATCH = 128
"""Texts in one pass through the networks."""


class SpacyAnnotator:
    """Annotates with a spaCy pipeline; see ``Annotator.pipe`` for what it promises, ``pipelines`` for which may be."""

    name = "spacy"

    def __init__(self, model: str | None = None) -> None:
        folder = find(model)
        self._nlp = load(folder)
        self._foreign = model is not None  # the shipped one speaks our labels already
        self.models: tuple[ModelInfo, ...] = (info(folder, self._nlp),)

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        """One ``Doc`` for each text, in order; reads ``CHUNK`` texts ahead."""
        return annotated_texts(texts, CHUNK, self._nlp.make_doc, self._annotate)

    def _annotate(self, docs: list[Doc]) -> list[Doc]:
        """The words of sentences, annotated."""
        parsed = list(self._nlp.pipe(docs, batch_size=BATCH))
        for doc in parsed if self._foreign else ():
            to_our_labels(doc)
        return parsed
