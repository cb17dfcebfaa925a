"""Mentions from tag scores: lawful sequences, spans, what mentions of one actor have in common."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from parses import parse

from malbild.encoded import TAGS, TYPES, Encoded
from malbild.extraction.mentions import actor_key, best_sequence, mentions, spans_of, weighed
from malbild.source import Span

Scores = npt.NDArray[np.float32]
VALUES = st.floats(-20, 20, width=32)


def scores(most: int) -> st.SearchStrategy[Scores]:
    return st.integers(0, most).flatmap(lambda n: arrays(np.float32, (n, len(TAGS)), elements=VALUES))


def lawful(path: tuple[int, ...] | list[int]) -> bool:
    tags = ["O", *(TAGS[tag] for tag in path)]
    return all(not t.startswith("I-") or before in {t, "B" + t[1:]} for before, t in pairwise(tags))


PATHS = {n: [path for path in product(range(len(TAGS)), repeat=n) if lawful(path)] for n in range(4)}


def worth(table: Scores, path: tuple[int, ...] | list[int]) -> float:
    return float(sum(table[n, tag] for n, tag in enumerate(path)))


@given(scores(30))
def test_a_sequence_is_lawful(table: Scores) -> None:
    path = best_sequence(table)
    assert len(path) == len(table)
    assert lawful(path)


@given(scores(3))
def test_a_sequence_is_the_best_of_all(table: Scores) -> None:
    best = max(worth(table, path) for path in PATHS[len(table)])
    assert worth(table, best_sequence(table)) == pytest.approx(best, abs=1e-3)


@given(scores(30))
def test_spans_are_apart_in_order_and_of_one_type(table: Scores) -> None:
    path = best_sequence(table)
    spans = spans_of(path)
    assert sum(last - first + 1 for first, last, _ in spans) == sum(tag != 0 for tag in path)
    assert all(last < first for (_, last, _), (first, _, _) in pairwise(spans))
    assert all({TAGS[tag][2:] for tag in path[first : last + 1]} == {kind} for first, last, kind in spans)


def test_two_mentions_may_touch() -> None:
    path = [TAGS.index(tag) for tag in ("B-ORG", "B-ORG", "I-ORG", "O", "B-UNIT")]
    assert spans_of(path) == [(0, 0, "ORG"), (1, 2, "ORG"), (4, 4, "UNIT")]


# Region Skåne's residents thank the committee.
REGION = """
Region region PROPN 3 nmod:poss
Skånes Skåne PROPN 1 flat:name gen
invånare invånare NOUN 4 nsubj ind
tackar tacka VERB 0 ROOT pres
nämnden nämnd NOUN 4 obj def
i i ADP 7 case
staden stad NOUN 5 nmod def
"""
EU = "EU:s EU PROPN 2 nmod:poss gen\nmål mål NOUN 0 ROOT"
HELSINKI = "Helsingfors Helsingfors PROPN 2 nsubj\nväxer växa VERB 0 ROOT pres"


def test_keys() -> None:
    region = parse(REGION)
    assert actor_key(region, 0, 1, "ORG") == "ORG:region skåne"  # a name without its genitive
    assert actor_key(region, 2, 2, "GROUP") == "GROUP:invånare"
    assert actor_key(region, 4, 4, "UNIT") == "UNIT:nämnd"  # a common noun by its lemma
    assert actor_key(parse(EU), 0, 0, "ORG") == "ORG:eu"
    assert actor_key(parse(HELSINKI), 0, 0, "ORG") == "ORG:helsingfors"  # no genitive, so the s stays


def tagged(*tags: str) -> Scores:
    table = np.zeros((len(tags), len(TAGS)), dtype=np.float32)
    table[np.arange(len(tags)), [TAGS.index(tag) for tag in tags]] = 5
    return table


def test_mentions_quote_their_words() -> None:
    doc = parse(REGION)
    found = mentions(doc, tagged("B-ORG", "I-ORG", "B-GROUP", "O", "B-UNIT", "O", "O"))
    assert [(m.span.quote(doc.text), m.type) for m in found] == [
        ("Region Skånes", "ORG"), ("invånare", "GROUP"), ("nämnden", "UNIT"),
    ]  # fmt: skip
    assert found[0].span == Span(0, 13)


def test_a_mention_does_not_end_in_a_preposition() -> None:
    doc = parse(REGION)
    (found,) = mentions(doc, tagged("O", "O", "O", "O", "B-UNIT", "I-UNIT", "O"))
    assert (found.span.quote(doc.text), found.key) == ("nämnden", "UNIT:nämnd")


def test_a_tag_for_every_type() -> None:
    assert len(TAGS) == 1 + 2 * len(TYPES)


def test_an_encoder_that_has_read_a_word_tips_the_scale() -> None:
    doc = parse(REGION)
    unsure = np.zeros((len(doc), len(TAGS)), dtype=np.float32)
    unsure[:, 0] = 2
    assert mentions(doc, weighed(unsure, doc)) == ()
    tags = np.zeros((2, len(TAGS)), dtype=np.float32)
    tags[0, TAGS.index("B-ORG")] = tags[1, TAGS.index("I-ORG")] = 9
    words = (Span(0, 6), Span(7, 13))
    encoded = Encoded(np.zeros(12, np.float32), words, tags, np.zeros((2, 3, 3), np.float32))
    (found,) = mentions(doc, weighed(unsure, doc, encoded))
    assert found.span.quote(doc.text) == "Region Skånes"


def test_words_that_an_encoder_has_not_read_keep_their_scores() -> None:
    doc = parse(REGION)
    table = np.random.default_rng(1).standard_normal((len(doc), len(TAGS))).astype(np.float32)
    none = Encoded(np.zeros(12, np.float32), (), np.zeros((0, 9), np.float32), np.zeros((0, 3, 3), np.float32))
    np.testing.assert_array_equal(weighed(table, doc, none), weighed(table, doc))
