"""Pieces and the encoder that ships, on text written for this project."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from malbild.encode import Encoder, load_encoder
from malbild.encode.encoder import inputs
from malbild.encode.pieces import LONGEST, Pieced
from malbild.flow import flat_sentences
from malbild.read import read_text
from malbild.segment import outline
from malbild.source import Outline, Sentence, Span

TEXT = """1. Mål

Staden ska halvera matsvinnet i skolköken senast 2028.

Kön till förskolan har kortats från nio till fyra månader.

Biblioteket ligger vid torget.
"""


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()[0]


@given(st.text(max_size=200))
@settings(max_examples=200)
def test_words_are_spans_in_order_with_a_piece_each(text: str) -> None:
    pieced = load_encoder()[0].pieces.cut(text)
    assert len(pieced.words) == len(pieced.first)
    assert len(pieced.ids) <= LONGEST
    at = 0
    for word, place in zip(pieced.words, pieced.first, strict=True):
        assert at <= word.start < word.end <= len(text)
        assert 0 <= place < len(pieced.ids)
        at = word.end
    assert list(pieced.first) == sorted(set(pieced.first))


def test_a_ligature_gives_the_pieces_of_its_letters(encoder: Encoder) -> None:
    assert encoder.pieces.cut("ﬁnans").ids == encoder.pieces.cut("finans").ids


def test_a_long_sentence_is_read_from_its_start(encoder: Encoder) -> None:
    pieced = encoder.pieces.cut("mål " * 500)
    assert len(pieced.ids) == LONGEST
    assert pieced.words[-1].end < 2000


def test_goals_claims_and_neither(encoder: Encoder) -> None:
    source = read_text(TEXT)
    plan = outline(source)
    flats = flat_sentences(source, plan)[1]
    texts = [flat.text for flat in flats]
    goal, claim, neither = encoder.read(texts, plan)[1:]
    assert goal.labels[0] > 2 > -2 > goal.labels[1]
    assert claim.labels[1] > 2 > -2 > claim.labels[0]
    assert neither.labels[0] < 0 and neither.labels[1] < 0
    city = goal.tags[0]
    assert texts[1][slice(*goal.words[0])] == "Staden"
    assert int(city.argmax()) == 3  # begins a UNIT
    assert goal.tags.shape == (len(goal.words), 9) and goal.details.shape == (len(goal.words), 3, 3)


def test_no_sentence_and_a_sentence_without_words(encoder: Encoder) -> None:
    assert encoder.read([], Outline()) == []
    (found,) = encoder.read([" "], Outline((), (Sentence(Span(0, 1), "body", 0),)))
    assert found.words == () and np.isfinite(found.labels).all()


def test_many_sentences_keep_their_order(encoder: Encoder) -> None:
    texts = [f"Staden ska bygga {n} skolor." for n in range(60)]
    plan = Outline((), tuple(Sentence(Span(n * 40, n * 40 + 30), "item", n) for n in range(60)))
    found = encoder.read(texts, plan)
    assert len(found) == 60
    for text, one in zip(texts, found, strict=True):
        assert [word.quote(text) for word in one.words] == [*text.removesuffix(".").split(), "."]
        assert one.labels[0] > 0


def test_inputs_average_over_each_sentence() -> None:
    made = inputs([(Pieced((7, 8), (Span(0, 1),), (0,)), 3), (Pieced((9,), (), ()), 0)], mark=1)
    assert made["ids"].tolist() == [1, 7, 8, 1, 9]
    assert made["kinds"].tolist() == [3, 3, 3, 0, 0]
    assert made["mark"].tolist() == [0, 3]
    assert made["first"].tolist() == [1]
    np.testing.assert_allclose(made["mean"], [[1 / 3, 1 / 3, 1 / 3, 0, 0], [0, 0, 0, 0.5, 0.5]])


def test_a_folder_without_its_files_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"encoder\.onnx: missing"):
        Encoder(tmp_path)
