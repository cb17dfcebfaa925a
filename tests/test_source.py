"""Spans and outlines: the algebra that everything else points with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from malbild.source import Outline, Section, Span

spans = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: Span(min(pair), max(pair)))


@given(spans, spans)
def test_overlap_counts_the_shared_positions(one: Span, other: Span) -> None:
    shared = set(range(*one)) & set(range(*other))
    assert one.overlap(other) == other.overlap(one) == len(shared)


@given(spans, spans)
def test_a_span_holds_what_it_overlaps_wholly(one: Span, other: Span) -> None:
    if len(other):
        assert one.holds(other) == (one.overlap(other) == len(other))


@given(spans, st.integers(0, 9))
def test_shift_moves_and_keeps_the_length(span: Span, by: int) -> None:
    moved = span.shift(by)
    assert (moved.start, len(moved)) == (span.start + by, len(span))


def test_quote_is_half_open() -> None:
    assert Span(0, 4).quote("mål och medel") == "mål "


@pytest.mark.parametrize(("section", "levels"), [(None, []), (0, [1]), (2, [3, 2, 1]), (3, [2, 1])])
def test_path_leads_out_of_a_section(section: int | None, levels: list[int]) -> None:
    nested = [(1, None), (2, 0), (3, 1), (2, 0)]
    parts = tuple(Section(Span(n, n + 1), None, level, Span(n, 9), parent) for n, (level, parent) in enumerate(nested))
    assert [parts[n].level for n in Outline(parts).section_indexes(section)] == levels
