"""Flat text and the way back from it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from malbild.flat import flatten
from malbild.source import Span

# Letters, marks and blanks that meet each other in odd ways far more often here than in arbitrary text.
awkward = st.text(
    alphabet=st.one_of(
        st.sampled_from("aåEe-\u2010 \t\n\r\u00a0\u00ad\u200b\ufeff\x00\u0301\u0327\u030ao."), st.characters()
    )
)


@pytest.mark.parametrize(
    ("text", "flat"),
    [
        pytest.param("Staden ska växa.", "Staden ska växa.", id="flat already"),
        pytest.param("Staden  ska\n\tväxa.", "Staden ska växa.", id="white space"),
        pytest.param("Staden\r\nska", "Staden ska", id="crlf"),
        pytest.param("10\u00a0procent", "10 procent", id="no-break space"),
        pytest.param("stads-\nstyrelsen", "stadsstyrelsen", id="broken word (city board)"),
        pytest.param("stads-\r\n  styrelsen", "stadsstyrelsen", id="broken word, crlf and indent"),
        pytest.param("social-\noch hälsovård", "social- och hälsovård", id="hanging word (social and health care)"),
        pytest.param("EU-\nKommissionen", "EU- Kommissionen", id="capital: not a broken word"),
        pytest.param("5-\nårsplan", "5- årsplan", id="after a digit: not a broken word"),
        pytest.param("håll\u00adbar", "hållbar", id="soft hyphen (sustainable)"),
        pytest.param("a \u00ad b", "a b", id="soft hyphen between spaces"),
        pytest.param("a\u200b \u200bb", "a b", id="zero width about a space"),
        pytest.param("a\u030alder", "ålder", id="decomposed (age)"),
        pytest.param("e\u200b\u0301", "é", id="something unseen before a mark"),
        pytest.param("må\x00l", "mål", id="NUL (goal)"),
        pytest.param("", "", id="empty"),
    ],
)
def test_flatten(text: str, flat: str) -> None:
    assert flatten(text).text == flat


def test_flat_text_is_not_copied() -> None:
    assert flatten("Staden ska växa.").starts is None


def test_back_leads_over_what_was_left_out() -> None:
    text = "Stads-\nstyrelsen  beslu\u00adtar om a\u030alder"
    flat = flatten(text)
    for word, original in [
        ("Stadsstyrelsen", "Stads-\nstyrelsen"),
        ("beslutar", "beslu\u00adtar"),
        ("ålder", "a\u030alder"),
        ("å", "a\u030a"),
    ]:
        at = flat.text.index(word)
        assert flat.back(Span(at, at + len(word))).quote(text) == original


@pytest.mark.parametrize("span", [Span(0, 0), Span(2, 1), Span(-1, 2), Span(0, 4)])
def test_back_refuses_what_is_no_span_of_the_text(span: Span) -> None:
    with pytest.raises(ValueError, match="no span"):
        flatten("mål").back(span)


@given(awkward)
def test_flattening_twice_changes_nothing(text: str) -> None:
    once = flatten(text).text
    assert flatten(once).text == once


@given(awkward)
def test_flat_text_holds_single_spaces_only(text: str) -> None:
    flat = flatten(text).text
    assert "  " not in flat
    assert not any(char.isspace() and char != " " for char in flat)


@given(awkward)
def test_back_leads_each_character_to_where_it_stood(text: str) -> None:
    flat = flatten(text)
    at = 0
    for index, char in enumerate(flat.text):
        start, end = flat.back(Span(index, index + 1))
        assert 0 <= start < end <= len(text)
        assert start >= at or flat.starts[index - 1] == start  # in order; parts of one composition share a place
        at = start
        quote = text[start:end]
        if char == " ":
            assert any(c.isspace() for c in quote)
        else:
            assert set(unicodedata.normalize("NFD", char)) <= set(unicodedata.normalize("NFD", quote))


@given(awkward)
def test_no_letter_is_lost(text: str) -> None:
    def letters(words: str) -> list[str]:
        return [char for char in unicodedata.normalize("NFD", words) if char.isalnum()]

    assert letters(flatten(text).text) == letters(text)
