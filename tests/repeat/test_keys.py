"""What counts as the same sentence, and what never does."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from malbild.flat import flatten
from malbild.repeat import exact_groups, sentence_form, sentence_key

# Sentences as they meet in reports, with the marks that folding is about far more often than in arbitrary text.
awkward = st.text(
    alphabet=st.one_of(st.sampled_from("aåÅßİſ -–—\u00ad\u2011\u2212\"”“»«'’‘*_.:;1 4\u00a0\u0301"), st.characters())
)


def key(text: str) -> str:
    return sentence_key(flatten(text).text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # The share rose to 40 per cent.
        pytest.param("Andelen ökade till 40 %.", "ANDELEN ÖKADE TILL 40 %.", id="case"),
        pytest.param("Andelen ökade – till 40 %.", "Andelen ökade - till 40 %.", id="en dash"),
        pytest.param("Andelen ökade — till 40 %.", "Andelen ökade \u2212 till 40 %.", id="em dash, minus"),
        pytest.param("C21\u2011nätverket växer.", "C21-nätverket växer.", id="hyphen that does not break"),
        pytest.param("”Andelen” ökade.", '"Andelen" ökade.', id="Swedish quotes"),
        pytest.param("»Andelen« ökade.", "„Andelen“ ökade.", id="guillemets"),
        pytest.param("FN’s mål nåddes.", "FN's mål nåddes.", id="apostrophe (the goal was reached)"),
        pytest.param("*Andelen ökade.*", "Andelen ökade.", id="emphasis"),
        pytest.param("**”Andelen ökade.”**", "Andelen ökade.", id="strong quote"),
        pytest.param("Andelen  ökade\n till 40 %.", "Andelen ökade till 40\u00a0%.", id="white space"),
        pytest.param("Stads-\nstyrelsen beslutade.", "Stadsstyrelsen beslutade.", id="broken word (city board)"),
        pytest.param("Håll\u00adbar tillväxt.", "Hållbar tillväxt.", id="soft hyphen (sustainable growth)"),
        pytest.param(unicodedata.normalize("NFD", "Målet är nått."), "Målet är nått.", id="decomposed"),
    ],
)
def test_the_same_words_have_the_same_key(one: str, other: str) -> None:
    assert one != other
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # The share rose to 40/41 per cent; did (not) rise; fell; in Espoo/Vanda; before/after; by hundreds/thousands.
        pytest.param("Andelen ökade till 40 %.", "Andelen ökade till 41 %.", id="number"),
        pytest.param("Andelen ökade till 4,0 %.", "Andelen ökade till 40 %.", id="decimal comma"),
        pytest.param("Andelen ökade till 40 %.", "Andelen ökade till 40 ‰.", id="unit"),
        pytest.param("Ökningen är 10²  km.", "Ökningen är 102 km.", id="exponent"),
        pytest.param("Andelen har ökat.", "Andelen har inte ökat.", id="negation"),
        pytest.param("Andelen ökade.", "Andelen minskade.", id="direction"),
        pytest.param("Köerna i Esbo växer.", "Köerna i Vanda växer.", id="name"),
        pytest.param("Målet nås 2030.", "Målet nås 2035.", id="year"),
        pytest.param("Målet nåddes.", "Malet naddes.", id="letters å ä ö (the goal, the moth)"),
        pytest.param("Staden stöder kommunen.", "Kommunen stöder staden.", id="order"),
        pytest.param("Fem mål.", "5 mål.", id="numeral and figure"),
        pytest.param("Målet nåddes.", "Målet nåddes?", id="question"),
    ],
)
def test_other_words_have_another_key(one: str, other: str) -> None:
    assert key(one) != key(other)


@given(awkward)
def test_a_form_keeps_every_offset(text: str) -> None:
    assert len(sentence_form(text)) == len(text)


@given(awkward)
def test_folding_twice_folds_no_further(text: str) -> None:
    assert sentence_key(sentence_key(text)) == sentence_key(text)


@given(awkward, awkward)
def test_sentences_of_equal_form_have_equal_keys(one: str, other: str) -> None:
    assert sentence_key(one) == sentence_key(sentence_form(one))
    if sentence_form(one) == sentence_form(other):
        assert sentence_key(one) == sentence_key(other)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_numbers_are_never_folded(one: int, other: int) -> None:
    # "We build N homes."
    assert (key(f"Vi bygger {one} bostäder.") == key(f"Vi bygger {other} bostäder.")) == (one == other)


@given(st.lists(st.one_of(st.sampled_from(["", "a", "b", "c"]), st.text(max_size=3)), max_size=40))
def test_groups_divide_the_positions(keys: list[str]) -> None:
    groups = exact_groups(keys)
    assert sorted(n for members in groups for n in members) == list(range(len(keys)))
    assert [members[0] for members in groups] == sorted(members[0] for members in groups)
    for members in groups:
        assert list(members) == sorted(members)
        assert len({keys[n] for n in members}) == 1
        assert len(members) == (keys.count(keys[members[0]]) if keys[members[0]] else 1)
