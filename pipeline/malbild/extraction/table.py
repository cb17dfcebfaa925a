"""Docs as columns of numbers: what every feature template of this room looks at, many sentences at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from spacy.attrs import DEP, ENT_TYPE, HEAD, LEMMA, LOWER, MORPH, POS, SHAPE, SUFFIX
from spacy.tokens import Doc

from malbild.extraction.hashing import Rows, Values, code
from malbild.extraction.lexicon import NAMES, cue_classes, names

_COLUMNS = [LOWER, LEMMA, POS, DEP, MORPH, SHAPE, ENT_TYPE, SUFFIX, HEAD]
WIDTH = 2
"""Rows of ``boundary`` before, between and after sentences: how far a template may look beyond its token."""
_WORDS_KEPT = 200_000


@dataclass(frozen=True, slots=True)
class Table:
    """Columns over tokens, all hashed values but ``head``, which holds positions in the table."""

    lower: Values
    lemma: Values
    pos: Values
    dep: Values
    morph: Values
    shape: Values
    ent: Values
    suffix3: Values
    suffix5: Values
    names: Values
    head: Rows


@cache
def _name_marks() -> dict[str, int]:
    """The name lists a word stands in, as bits."""
    marks: dict[str, int] = {}
    for bit, name in enumerate(NAMES):
        for word in names(name):
            marks[word] = marks.get(word, 0) | 1 << bit
    return marks


@cache
def cue_codes() -> dict[str, tuple[np.uint64, ...]]:
    """Cue classes of a lemma as numbers."""
    return {lemma: tuple(code("cue", cue) for cue in cues) for lemma, cues in cue_classes().items()}


def _word(text: str, lemma: str) -> tuple[int, int]:
    """A word's last five letters and the name lists it stands in, as numbers."""
    marks = _name_marks()
    seen = marks.get(text, 0) | marks.get(lemma, 0)
    if not seen and text.endswith("s"):
        seen = marks.get(text[:-1].removesuffix(":"), 0)
    return int(code("suffix5", text[-5:].lower())), int(code("names", str(seen))) if seen else 0


_words: dict[tuple[str, str], tuple[int, int]] = {}
"""What ``_word`` said, as words come again; emptied when it has grown large."""


def tabulate(docs: Sequence[Doc]) -> tuple[Table, list[slice]]:
    """One table for all tokens of some Docs, with rows of a boundary value around each, and where each stands in it."""
    if len(_words) > _WORDS_KEPT:
        _words.clear()
    slices = []
    at = WIDTH
    for doc in docs:
        slices.append(slice(at, at + len(doc)))
        at += len(doc) + WIDTH
    columns = np.full((at, len(_COLUMNS) + 2), code("boundary"), dtype=np.uint64)
    head = np.arange(at, dtype=np.int64)
    for doc, rows in zip(docs, slices, strict=True):
        if not len(doc):
            continue
        columns[rows, : len(_COLUMNS)] = doc.to_array(_COLUMNS)
        head[rows] += columns[rows, len(_COLUMNS) - 1].astype(np.int64)
        keys = [(token.text, token.lemma_) for token in doc]
        for key in keys:
            if key not in _words:
                _words[key] = _word(*key)
        columns[rows, len(_COLUMNS) :] = [_words[key] for key in keys]
    lower, lemma, pos, dep, morph, shape, ent, suffix3, _, suffix5, names = columns.T
    return Table(lower, lemma, pos, dep, morph, shape, ent, suffix3, suffix5, names, head), slices
