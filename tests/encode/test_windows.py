"""Windows over a document: every sentence judged once, in bounds, with what it stands under."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from malbild.encode.windows import ABOVE, CORE, LEFT, RIGHT, above_of, windows
from malbild.source import Outline, Section, Sentence, Span

LENGTHS = st.lists(st.integers(1, 201), max_size=60)


@given(LENGTHS, st.integers(1, CORE))
def test_every_sentence_is_judged_once_and_in_order(lengths: list[int], opening: int) -> None:
    found = list(windows(lengths, [[] for _ in lengths], opening))
    assert [n for window in found for n in window.core] == list(range(len(lengths)))
    for window in found:
        assert list(window.sentences) == sorted(set(window.sentences))
        assert set(window.core) <= set(window.sentences)


@given(LENGTHS)
def test_windows_keep_their_size(lengths: list[int]) -> None:
    above = [list(range(n - 1, -1, -1)) for n in range(len(lengths))]
    for window in windows(lengths, above):
        core = sum(lengths[n] for n in window.core)
        assert core <= CORE or len(window.core) == 1
        before = sum(lengths[n] for n in window.sentences if n < window.core.start)
        behind = sum(lengths[n] for n in window.sentences if n >= window.core.stop)
        assert before <= LEFT + ABOVE
        assert behind <= RIGHT


def test_a_heading_far_above_is_read_with_what_stands_under_it() -> None:
    lengths = [10, *[100] * 6]
    found = list(windows(lengths, [[], *[[0]] * 6]))
    assert [window.core for window in found] == [range(0, 3), range(3, 5), range(5, 7)]
    assert all(0 in window.sentences for window in found)
    assert found[1].sentences == (0, 3, 4)  # the sentence before is longer than what is read before


def test_a_heading_that_is_too_long_is_left_out() -> None:
    found = list(windows([ABOVE + 1, *[200] * 3], [[], [0], [0], [0]]))
    assert found[-1].sentences == (3,)


def test_above_are_the_lead_in_and_the_headings_from_the_innermost_out() -> None:
    plan = Outline(
        (Section(Span(0, 9), None, 1, Span(0, 50), None), Section(Span(10, 19), None, 2, Span(10, 50), 0)),
        (
            Sentence(Span(0, 9), "heading", 0, 0),
            Sentence(Span(10, 19), "heading", 1, 1),
            Sentence(Span(20, 29), "body", 2, 1),
            Sentence(Span(30, 39), "item", 3, 1, lead_in=2),
            Sentence(Span(40, 49), "item", 4, 1, lead_in=1),
        ),
    )
    assert above_of(plan) == [[], [0], [1, 0], [2, 1, 0], [1, 0]]
