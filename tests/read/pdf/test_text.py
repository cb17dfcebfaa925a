"""Lines put together to text: what a hyphen at the end of a line means, and where every letter stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typeset import line, segment

from malbild.read.pdf.drafts import Draft
from malbild.read.pdf.lines import segments
from malbild.read.pdf.text import Text, glue, vocabulary
from malbild.read.pdf.words import HYPHEN


@pytest.mark.parametrize(
    ("before", "after", "known", "whole"),
    [
        pytest.param("stads-", "styrelsen", "", "stadsstyrelsen", id="a word broken"),
        pytest.param("social-", "och", "", "social- och", id="a shared last member"),
        pytest.param("mark-", "eller", "", "mark- eller", id="or"),
        pytest.param("EU-", "kommissionen", "", "EU-kommissionen", id="an abbreviation"),
        pytest.param("C21-", "nätverket", "", "C21-nätverket", id="a name that ends in a figure"),
        pytest.param("Sverige-", "Finland", "", "Sverige-Finland", id="two names"),
        pytest.param("2021-", "2025", "", "2021-2025", id="years"),
        pytest.param("2021–", "2025", "", "2021–2025", id="years with a dash"),
        pytest.param("kultur/", "fritid", "", "kultur/fritid", id="a stroke"),
        pytest.param("e-", "tjänsterna", "e-tjänsterna", "e-tjänsterna", id="written with a hyphen elsewhere"),
        pytest.param("e-", "tjänsterna", "e-tjänsterna etjänsterna", "etjänsterna", id="written both ways"),
        pytest.param("målen", "–", "", "målen –", id="a dash apart"),
        pytest.param("mål", "och", "", "mål och", id="words"),
        pytest.param("stads" + HYPHEN, "styrelsen", "", "stadsstyrelsen", id="as pdfium marks it"),
        pytest.param("social" + HYPHEN, "och", "", "social- och", id="as pdfium marks it, kept"),
    ],
)
def test_the_end_of_a_line(before: str, after: str, known: str, whole: str) -> None:
    first, between = glue(before, after, frozenset(known.split()))
    assert first + between + after == whole


def _text(*lines: str) -> Text:
    draft = Draft("paragraph", [segment(words, 60, 100 + 13 * n) for n, words in enumerate(lines)])
    made = Text(vocabulary([draft]))
    made.add(draft)
    return made


def test_every_letter_is_where_it_stands_on_the_page() -> None:
    made = _text("Nämnden ger stads-", "styrelsen i uppdrag att", "utreda frågan.")
    text = made.whole()
    assert text == "Nämnden ger stadsstyrelsen i uppdrag att utreda frågan."
    at = text.index("stadsstyrelsen")
    first, second = made.lines[0], made.lines[1]
    assert (first.span.end, second.span.start) == (at + len("stads"), at + len("stads"))
    # Five points a letter: "stads" begins behind "Nämnden ger ".
    assert first.edges[at] == pytest.approx(60 + 12 * 5)
    assert second.edges[0] == pytest.approx(60)


def test_a_raised_figure_is_written_as_a_mark() -> None:
    (one,) = segments(line("Utsläppen har minskat.^3 Målet nås.", 60, 100), 1)
    made = Text(frozenset())
    made.add(Draft("paragraph", [one]))
    assert made.whole() == "Utsläppen har minskat.[3] Målet nås."
    assert len(made.lines[0].edges) == len(made.lines[0].span) + 1


WORDS = st.text("abåäö-–/.,1", min_size=1, max_size=7)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=5), min_size=1, max_size=6))
def test_lines_cover_the_text_in_order(lines: list[list[str]]) -> None:
    made = _text(*(" ".join(words) for words in lines))
    text = made.whole()
    at = 0
    for one in made.lines:
        assert not text[at : one.span.start].strip()
        assert len(one.edges) == len(one.span) + 1
        assert list(one.edges) == sorted(one.edges)
        at = one.span.end
    assert at == len(text)
    assert text.split("\n\n") == [block.span.quote(text) for block in made.blocks]
