"""From gold documents and their parses to matrices: tokens with mention tags, sentences with labels."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from gold import GoldDocument
from scipy.sparse import csr_matrix
from spacy.tokens import Doc

from malbild.extraction.hashing import rows
from malbild.extraction.mentions import TAGS, token_values
from malbild.extraction.table import tabulate
from malbild.extraction.weights import COLUMNS, DIRECTIONS, KINDS, MENTION_BITS, SENTENCE_BITS
from malbild.source import Span


def count_matrix(lines: Sequence[np.ndarray], bits: int) -> csr_matrix:
    """Feature values, a line each, as counts over the rows of the weight table."""
    indptr = np.concatenate([[0], np.cumsum([len(line) for line in lines])])
    indices = rows(np.concatenate(lines), bits)
    made = csr_matrix((np.ones(len(indices), dtype=np.float32), indices, indptr), shape=(len(lines), 2**bits))
    made.sum_duplicates()
    return made


def token_tags(doc: Doc, document: GoldDocument, n: int) -> list[int]:
    """The gold mention tags of a sentence's tokens."""
    sentence = document.sentences[n]
    tags = [0] * len(doc)
    for span, kind in document.mentions:
        if not sentence.span.holds(span):
            continue
        inside = [
            token.i
            for token in doc
            if len(token) and not token.is_space
            and sentence.flat.back(Span(token.idx, token.idx + len(token))).shift(sentence.span.start).overlap(span)
        ]  # fmt: skip
        for position, i in enumerate(inside):
            tags[i] = TAGS.index(f"{'I' if position else 'B'}-{kind}")
    return tags


def token_matrix(docs: Sequence[Doc]) -> csr_matrix:
    """Features of all tokens of some Docs."""
    table, slices = tabulate(docs)
    return count_matrix(token_values(table)[np.concatenate([np.arange(s.start, s.stop) for s in slices])], MENTION_BITS)


def targets(document: GoldDocument) -> np.ndarray:
    """Gold columns of a document's sentences: 1, 0, or -1 where nothing is known."""
    made = np.full((len(document.sentences), len(COLUMNS)), -1, dtype=np.int8)
    for n, sentence in enumerate(document.sentences):
        if sentence.gold is None:
            continue
        labels = sentence.gold["labels"]
        made[n, 0], made[n, 1] = "goal" in labels, "outcome" in labels
        if "goal" in labels:
            made[n, 2 : 2 + len(KINDS)] = [kind == sentence.gold["goal_kind"] for kind in KINDS]
        if "outcome" in labels:
            made[n, 2 + len(KINDS) :] = [d == sentence.gold["direction"] for d in DIRECTIONS]
    return made


def sentence_matrix(lines: Sequence[np.ndarray]) -> csr_matrix:
    """Features of all sentences from their values."""
    return count_matrix(lines, SENTENCE_BITS)
