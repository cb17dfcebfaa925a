"""A window's sentences laid out: what stands where."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from malbild.encode.layout import lay_out

MARK = 2
SENTENCES = st.lists(
    st.lists(st.integers(3, 900), max_size=9).flatmap(
        lambda ids: st.tuples(
            st.just(ids),
            st.sets(st.integers(0, len(ids) - 1)).map(sorted) if ids else st.just([]),
            st.integers(0, 5),
        )
    ),
    max_size=6,
)


@given(SENTENCES)
def test_every_piece_and_word_is_where_the_layout_says(sentences: list[tuple[list[int], list[int], int]]) -> None:
    made = lay_out(sentences, MARK)
    assert len(made.marks) == len(made.lengths) == len(sentences)
    assert len(made.ids) == len(made.kinds) == sum(made.lengths)
    words = iter(made.first)
    for (ids, first, kind), start, length in zip(sentences, made.marks, made.lengths, strict=True):
        assert made.ids[start : start + length] == [MARK, *ids]
        assert made.kinds[start : start + length] == [kind] * length
        assert [made.ids[next(words)] for _ in first] == [ids[place] for place in first]
    assert next(words, None) is None
