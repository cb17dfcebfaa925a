"""Readings packed and unpacked are the same to the last bit; other bytes are none."""

from __future__ import annotations

import json
import pickle
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from malbild.extraction import Reading, kept, read_sentences
from malbild.extraction.kept import packed, unpacked
from malbild.extraction.weights import COLUMNS
from malbild.findings import Deadline, Evidence, Mention, OutcomePart, Quantity, State
from malbild.flow import flat_sentences, load_models
from malbild.read import read
from malbild.segment import outline
from malbild.source import Span

PLACES = st.integers(0, 10**6)
SPANS = st.builds(Span, PLACES, PLACES)
WORDS = st.text() | st.sampled_from(["\ud83d lös", "Å", "\x00", "UNIT:stad"])
QUANTITIES = st.builds(Quantity, SPANS, st.none() | st.floats(allow_nan=False), WORDS)
READINGS = st.builds(
    Reading,
    scores=st.lists(st.floats(width=32), min_size=len(COLUMNS), max_size=len(COLUMNS)).map(
        lambda scores: np.array(scores, dtype=np.float32)
    ),
    profile=st.tuples(*[PLACES] * 10),
    words=PLACES,
    mentions=st.lists(st.builds(Mention, SPANS, st.sampled_from(["ORG", "GROUP"]), WORDS), max_size=3).map(tuple),
    agent=st.none() | SPANS,
    quantities=st.lists(QUANTITIES, max_size=3).map(tuple),
    deadline=st.none() | st.builds(Deadline, SPANS, st.none() | WORDS, st.none() | WORDS),
    cues=st.lists(st.builds(Evidence, WORDS, st.none() | SPANS, WORDS, st.none() | PLACES), max_size=3).map(tuple),
    as_goal=st.from_type(State),
    as_outcome=st.from_type(State),
    aspect=st.sampled_from(["done", "trend"]),
    parts=st.lists(
        st.builds(OutcomePart, SPANS, st.just("mixed"), st.lists(QUANTITIES, max_size=2).map(tuple)), max_size=2
    ).map(tuple),
    indicator=st.none() | SPANS,
)
A_PLACE_AND_A_FIGURE = "Sundsvalls kommun ska minska utsläppen med minst 40 procent jämfört med 2015 senast 2030."


def said(reading: Reading | None) -> str:
    """All that a reading says, types told apart."""
    assert reading is not None
    assert reading.scores.dtype == np.float32
    return reading.scores.tobytes().hex() + repr([getattr(reading, name) for name in Reading.__slots__[1:]])


@pytest.fixture(scope="module")
def real(corpus: list[Path]) -> list[Reading]:
    """The readings of the corpus, with an encoder and without."""
    models = load_models()
    assert models.encoder is not None
    found = []
    for file in corpus:
        source = read(file)
        plan = outline(source)
        texts = [flat.text for flat in flat_sentences(source, plan)[1]]
        docs = list(models.annotator.pipe([*texts, A_PLACE_AND_A_FIGURE]))
        found += read_sentences(docs, models.weights)
        found += read_sentences(docs[:-1], models.weights, models.encoder.read(texts, plan))
    return found


def test_real_readings_come_back(real: list[Reading]) -> None:
    assert len(real) > 200
    for reading in real:
        assert said(unpacked(packed(reading))) == said(reading)
        assert packed(reading) == packed(reading)
    assert any(quantity.baseline for reading in real for quantity in reading.quantities)


def test_real_readings_are_small(real: list[Reading]) -> None:
    assert sum(len(packed(reading)) for reading in real) < 200 * len(real)


@given(READINGS)
def test_any_reading_comes_back(reading: Reading) -> None:
    assert said(unpacked(packed(reading))) == said(reading)


@given(READINGS, st.data())
def test_damaged_bytes_are_no_other_reading(reading: Reading, data: st.DataObject) -> None:
    whole = packed(reading)
    at = data.draw(st.integers(0, len(whole) - 1))
    assert unpacked(whole[:at]) is None
    assert unpacked(whole + b"\0") is None
    found = unpacked(whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :])
    assert found is None or said(found) == said(reading)  # bits between the stream and its checksum say nothing


@pytest.mark.parametrize(
    "data", [b"", b"null", b"\x78\x9c", pickle.dumps(1), zlib.compress(b"[]")], ids=["", "JSON", "zlib", "pickle", "[]"]
)
def test_foreign_bytes_are_no_reading(data: bytes) -> None:
    assert unpacked(data) is None


def _streamed(rest: object) -> bytes:
    stream = zlib.compressobj(zdict=kept._USUAL)
    return stream.compress(bytes(4 * len(COLUMNS)) + json.dumps(rest).encode()) + stream.flush()


PLAIN: list[object] = [
    [1],
    4,
    [[[0, 4], "ORG", "ORG:x"]],
    None,
    [],
    None,
    [],
    *[["must", "past", True, False]] * 2,
    "done",
]
PLAIN += [[], None]


def test_what_is_streamed_so_is_a_reading() -> None:
    reading = unpacked(_streamed(PLAIN))
    assert reading is not None and reading.mentions[0] == Mention(Span(0, 4), "ORG", "ORG:x")


@pytest.mark.parametrize(
    ("field", "value"),
    [(0, "ab"), (0, [1.5]), (1, True), (1, None), (2, [[[0], "ORG", "x"]]), (2, [[[0, 4], "BAND", "x"]]), (2, [[]]),
     (3, "ab"), (7, ["must", "past", 1, False]), (9, ["done"]), (9, "undone"), (11, 7)],
)  # fmt: skip
def test_fields_of_another_type_make_no_reading(field: int, value: object) -> None:
    assert unpacked(_streamed([*PLAIN[:field], value, *PLAIN[field + 1 :]])) is None


@pytest.mark.parametrize("rest", [None, {}, PLAIN[:-1], [*PLAIN, None], [[[[]]]] * 12], ids=str)
def test_fields_too_few_or_too_many_make_no_reading(rest: object) -> None:
    assert unpacked(_streamed(rest)) is None


def test_a_deep_nest_is_no_reading() -> None:
    stream = zlib.compressobj(zdict=kept._USUAL)
    assert unpacked(stream.compress(bytes(4 * len(COLUMNS)) + b"[" * 100_000) + stream.flush()) is None
