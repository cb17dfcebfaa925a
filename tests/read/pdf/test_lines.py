"""Words to lines, lines to reading order."""

from __future__ import annotations

import pytest
from typeset import line, paragraph

from malbild.read.pdf.lines import in_order, rows, segments
from malbild.source import Box

LEFT = [
    "Kommunen har under året byggt",
    "om tre skolor och öppnat två",
    "nya förskolor i centrum. Köerna",
    "har minskat.",
]
RIGHT = [
    "Målet är att alla barn ska få",
    "plats inom fyra månader. Det",
    "nås senast 2027 enligt planen",
    "för lokaler.",
]
# The municipality has rebuilt three schools … / The aim is that all children get a place within four months …


def test_two_columns_are_read_one_after_the_other_whatever_the_order_of_the_file() -> None:
    both = [*paragraph(RIGHT, 320, 100), *paragraph(LEFT, 60, 100)]
    assert [one.text for one in in_order(segments(both, 1))] == LEFT + RIGHT


def test_what_lies_across_the_columns_parts_them() -> None:
    across = "Skolor och förskolor: vad som har gjorts, vad som återstår och när det ska vara klart i hela kommunen"
    words = [
        *paragraph(LEFT, 60, 100), *paragraph(RIGHT, 320, 100), *line(across, 60, 170),
        *paragraph(LEFT, 60, 200), *paragraph(RIGHT, 320, 200),
    ]  # fmt: skip
    assert [one.text for one in in_order(segments(words, 1))] == [*LEFT, *RIGHT, across, *LEFT, *RIGHT]


def test_rows_of_figures_are_no_columns() -> None:
    words = [
        word
        for n, (name, value) in enumerate(
            [("Skolor", "12"), ("Förskolor", "31"), ("Lekplatser", "48"), ("Badhus", "2")]
        )
        for word in [*line(name, 60, 100 + 13 * n), *line(value, 300, 100 + 13 * n)]
    ]
    found = [one.text for one in in_order(segments(words, 1))]
    assert found == ["Skolor", "12", "Förskolor", "31", "Lekplatser", "48", "Badhus", "2"]


def test_a_wide_space_parts_a_line() -> None:
    found = segments([*line("Ansvarig nämnd", 60, 100), *line("Tidplan", 200, 100)], 1)
    assert [one.text for one in found] == ["Ansvarig nämnd", "Tidplan"]


def test_a_drawn_line_parts_words_that_stand_close() -> None:
    words = line("Ansvarig Tidplan", 60, 100)
    wall = Box(words[0].right + 2, 80, words[0].right + 3, 120)
    assert [one.text for one in segments(words, 1)] == ["Ansvarig Tidplan"]
    assert [one.text for one in segments(words, 1, [wall])] == ["Ansvarig", "Tidplan"]


def test_a_raised_mark_stays_with_its_word_and_is_known_as_one() -> None:
    (one,) = segments(line("Utsläppen har minskat.^3 Målet nås.", 60, 100), 1)
    assert one.text == "Utsläppen har minskat.3 Målet nås."
    assert [word.text for word in one.words if word.raised] == ["3"]


def test_a_line_that_the_file_has_in_pieces_is_one() -> None:
    words = line("Vi ska bygga fler bostäder", 60, 100)
    shuffled = [words[3], words[4], words[0], words[1], words[2]]
    assert [one.text for one in segments(shuffled, 1)] == ["Vi ska bygga fler bostäder"]


@pytest.mark.parametrize("shift", [0.0, 1.5, -1.5])
def test_words_a_little_off_the_baseline_are_on_the_line(shift: float) -> None:
    words = [*line("Andelen ökar", 60, 100), *line("till 40 procent", 130, 100 + shift)]
    assert len(rows(segments(words, 1))) == 1
