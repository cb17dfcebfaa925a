"""A sentence is read the same whichever sentences stand in its batch."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_weights import some_weights
from parses import BY_THE_COMMITTEE, NO_AGENT, THE_CITYS_WORK, THREE_VERBS, TWO_BODIES, VOCAB, parse
from spacy.tokens import Doc

from malbild.extraction import read
from malbild.extraction.features import token_features
from malbild.extraction.mentions import token_values
from malbild.extraction.read import read_sentences
from malbild.extraction.reading import Reading
from malbild.extraction.table import WIDTH, tabulate

ONE_WORD = "Mål mål NOUN 0 ROOT"
DOCS = [
    *map(parse, (THREE_VERBS, BY_THE_COMMITTEE, ONE_WORD, THE_CITYS_WORK, TWO_BODIES, NO_AGENT)),
    Doc(VOCAB),
    Doc(VOCAB, words=["\n"], pos=["SPACE"], heads=[0], deps=["ROOT"]),
]
WEIGHTS = some_weights()
ALONE = [next(read_sentences([doc], WEIGHTS)) for doc in DOCS]

orders = st.lists(st.integers(0, len(DOCS) - 1), max_size=12)


def same(one: Reading, other: Reading) -> bool:
    facts = [name for name in Reading.__slots__ if name != "scores"]
    return np.array_equal(one.scores, other.scores) and all(getattr(one, f) == getattr(other, f) for f in facts)


@given(orders)
def test_values_do_not_depend_on_the_batch(order: list[int]) -> None:
    table, slices = tabulate([DOCS[n] for n in order])
    for values in (token_values, token_features):
        together = values(table)
        for n, rows in zip(order, slices, strict=True):
            alone, (own,) = tabulate([DOCS[n]])
            np.testing.assert_array_equal(together[rows], values(alone)[own])


@given(orders)
def test_readings_do_not_depend_on_the_batch(order: list[int]) -> None:
    found = list(read_sentences([DOCS[n] for n in order], WEIGHTS))
    assert len(found) == len(order)
    assert all(same(reading, ALONE[n]) for n, reading in zip(order, found, strict=True))


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_readings_do_not_depend_on_the_size_of_batches(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "BATCH", size)
    assert all(map(same, read_sentences(iter(DOCS), WEIGHTS), ALONE))


def test_heads_point_into_their_own_sentence() -> None:
    table, slices = tabulate(DOCS)
    for doc, rows in zip(DOCS, slices, strict=True):
        assert [int(head) - rows.start for head in table.head[rows]] == [token.head.i for token in doc]


def test_sentences_are_two_rows_apart() -> None:
    table, slices = tabulate(DOCS)
    edges = [0, *(edge for rows in slices for edge in (rows.start, rows.stop)), len(table.head)]
    assert [after - before for before, after in zip(edges[::2], edges[1::2], strict=True)] == [WIDTH] * (len(DOCS) + 1)


def test_a_reading_quotes_its_sentence() -> None:
    for doc, reading in zip(DOCS, ALONE, strict=True):
        assert reading.words == len(doc)
        assert all(cue.span is not None and cue.span.quote(doc.text) == cue.cue for cue in reading.cues)
        assert all(0 <= m.span.start < m.span.end <= len(doc.text) for m in reading.mentions)
