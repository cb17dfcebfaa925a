"""A morphologizer that heeds the tree: what a word is among tags, its relation often knows better.

"har" as ``aux`` is an auxiliary and as the root a verb; "som" as ``mark`` is a conjunction and as ``nsubj`` a pronoun.
The network's tags know little of the tree. So the component stands behind the parser, takes the probabilities of the
parts of speech (summed over their features) and weighs them with how often the treebanks have the word under its
relation as each. Then the likeliest label of the part of speech gives the features.

spaCy finds it by entry point (``malbild_morphologizer``) wherever malbild is installed; it is trained as spaCy's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.parts_of_speech import NAMES as POS_NAMES
from spacy.pipeline.morphologizer import DEFAULT_MORPH_MODEL, Morphologizer
from spacy.tokens import Doc
from spacy.vocab import Vocab

NAME = "malbild_morphologizer"
ANY = ""
"""Stands for every form: what words under a relation are."""
LEAST = 1e-3
"""A share that any part of speech has under any relation."""

Seen = Mapping[str, Mapping[str, Mapping[str, int]]]
"""Relation, form (in small letters, or ``ANY``), UPOS: how often it came so."""


@Language.factory(  # type: ignore[untyped-decorator]
    NAME,
    assigns=["token.morph", "token.pos"],
    requires=["token.dep"],
    default_config={
        "model": DEFAULT_MORPH_MODEL,
        "overwrite": True,
        "extend": False,
        "label_smoothing": 0.0,
        "scorer": {"@scorers": "spacy.morphologizer_scorer.v1"},
    },
)
def create(
    nlp: Language,
    name: str,
    model: Any,
    overwrite: bool,
    extend: bool,
    label_smoothing: float,
    scorer: Callable[..., Any],
) -> TreeMorphologizer:
    """The component, untrained or before spaCy reads it."""
    options = {"overwrite": overwrite, "extend": extend, "label_smoothing": label_smoothing, "scorer": scorer}
    return TreeMorphologizer(nlp.vocab, model, name, **options)


class TreeMorphologizer(Morphologizer):  # type: ignore[misc]
    """spaCy's morphologizer, which decides by the tree where it has one."""

    def __init__(self, vocab: Vocab, model: Any, name: str = NAME, **options: Any) -> None:
        super().__init__(vocab, model, name, **options)
        self.cfg["seen"] = {}
        self._weigher: Weigher | None = None

    def look_at(self, seen: Seen) -> None:
        """Take counts of the treebanks; they are kept with the labels."""
        self.cfg["seen"] = {relation: dict(forms) for relation, forms in seen.items()}
        self._weigher = None

    def from_disk(self, *args: Any, **options: Any) -> TreeMorphologizer:
        """Read labels, weights and counts."""
        super().from_disk(*args, **options)
        self._weigher = None
        return self

    def from_bytes(self, *args: Any, **options: Any) -> TreeMorphologizer:
        """Read labels, weights and counts."""
        super().from_bytes(*args, **options)
        self._weigher = None
        return self

    def predict(self, docs: list[Doc]) -> list[np.ndarray]:
        """The number of each token's label."""
        if not any(len(doc) for doc in docs):
            return [np.zeros(0, np.int64) for _ in docs]
        if self._weigher is None:
            pos = [POS_NAMES[self.cfg["labels_pos"][label]] for label in self.labels]
            self._weigher = Weigher(pos, self.cfg["seen"], self.vocab.strings.add)
        scores = np.concatenate([np.asarray(rows) for rows in self.model.predict(docs)])
        places = [(token.lower, token.dep) for doc in docs for token in doc]
        chosen = self._weigher.choose(scores, places)
        return np.split(chosen, np.cumsum([len(doc) for doc in docs])[:-1])


class Weigher:
    """Chooses labels by the network's scores and the counts of forms under relations."""

    def __init__(self, pos: list[str], seen: Seen, number: Callable[[str], int]) -> None:
        """Take the part of speech of each label, the counts, and what numbers strings as tokens have them."""
        parts = sorted(set(pos))
        column = {part: place for place, part in enumerate(parts)}
        self.belongs = np.array([[part == own for part in parts] for own in pos], np.float32)
        self.barred = np.where(self.belongs.T > 0, 0, -np.inf).astype(np.float32)
        rows: list[np.ndarray] = [np.zeros(len(parts), np.float32)]
        self.pairs: dict[tuple[int, int], int] = {}
        self.relations: dict[int, int] = {}
        for relation, forms in seen.items():
            counts = {form: _row(found, column) for form, found in forms.items()}
            every = counts.pop(ANY, rows[0])
            every = every / max(1.0, float(every.sum()))
            dep = number(relation)
            self.relations[dep] = len(rows)
            rows.append(every)
            for form, own in counts.items():
                self.pairs[number(form), dep] = len(rows)
                rows.append(own + every)
        self.counts = np.array(rows)

    def choose(self, scores: np.ndarray, places: list[tuple[int, int]]) -> np.ndarray:
        """Labels (words,) for scores (words, labels) and the form and relation of each word, as numbers.

        A part of speech has the product of its probability and its share under the relation, the share smoothed by
        the probability as one sighting.
        """
        odds = np.exp(scores - scores.max(1, keepdims=True))
        likely = odds @ self.belongs
        likely /= likely.sum(1, keepdims=True)
        rows = [self.pairs.get(place) or self.relations.get(place[1], 0) for place in places]
        counts = self.counts[rows]
        shares = (counts + likely) / (counts.sum(1, keepdims=True) + 1)
        part = (likely * (shares + LEAST)).argmax(1)
        chosen: np.ndarray = (scores + self.barred[part]).argmax(1)
        return chosen


def _row(found: Mapping[str, int], column: Mapping[str, int]) -> np.ndarray:
    """Counts by part of speech as a row; parts of speech without a label are left out."""
    row = np.zeros(len(column), np.float32)
    for part, count in found.items():
        if part in column:
            row[column[part]] = count
    return row
