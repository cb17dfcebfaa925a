"""Tables: what stands between drawn lines, and rows of short words in columns."""

from __future__ import annotations

from typeset import line

from malbild.read.pdf.drafts import Looks, drafts
from malbild.read.pdf.lines import segments
from malbild.read.pdf.tables import aligned, ruled
from malbild.source import Box

XS, YS = [60.0, 180.0, 300.0, 420.0], [100.0, 120.0, 160.0, 180.0]


def grid(without: tuple[Box, ...] = ()) -> list[Box]:
    rules = [Box(x, YS[n], x + 0.5, YS[n + 1]) for x in XS for n in range(3)]
    rules += [Box(XS[n], y, XS[n + 1], y + 0.5) for y in YS for n in range(3)]
    return [rule for rule in rules if rule not in without]


WORDS = [
    *line("Åtgärd", 64, 113), *line("Ansvarig", 184, 113), *line("Tidplan", 304, 113),
    *line("Byta ut fordon", 64, 133), *line("som går på diesel", 64, 146), *line("Tekniska nämnden", 184, 133),
    *line("Senast 2027", 304, 133), *line("Plantera träd", 64, 173), *line("Parkbolaget", 184, 173),
]  # fmt: skip


def test_words_between_drawn_lines_are_cells() -> None:
    (table,), rest = ruled([*line("Före tabellen", 60, 80), *WORDS], grid(), 1)
    assert [word.text for word in rest] == ["Före", "tabellen"]
    assert [(c.row, c.column, " ".join(one.text for one in c.lines)) for c in table.cells] == [
        (0, 0, "Åtgärd"), (0, 1, "Ansvarig"), (0, 2, "Tidplan"),
        (1, 0, "Byta ut fordon som går på diesel"), (1, 1, "Tekniska nämnden"), (1, 2, "Senast 2027"),
        (2, 0, "Plantera träd"), (2, 1, "Parkbolaget"), (2, 2, ""),
    ]  # fmt: skip


def test_cells_without_a_line_between_them_are_one() -> None:
    missing = (Box(XS[1], YS[2], XS[1] + 0.5, YS[3]),)
    (table,), _ = ruled(WORDS, grid(missing), 1)
    assert [(c.row, c.column, c.columns) for c in table.cells if c.row == 2] == [(2, 0, 2), (2, 2, 1)]


def test_a_frame_around_text_is_no_table() -> None:
    frame = [Box(60, 100, 420, 100.5), Box(60, 180, 420, 180.5), Box(60, 100, 60.5, 180), Box(420, 100, 420.5, 180)]
    assert ruled(WORDS, frame, 1) == ([], WORDS)


def test_rows_of_short_words_in_columns_are_a_table() -> None:
    rows = [
        ("Indikator", "2020", "2024"),
        ("Förnybart", "40 %", "55 %"),
        ("Trygghet", "61", "70"),
        ("Besök", "12 300", "21 000"),
    ]
    words = [
        word
        for n, row in enumerate(rows)
        for k, cell in enumerate(row)
        for word in line(cell, 60 + 120 * k, 100 + 18 * n)
    ]
    (table,), rest = aligned(segments(words, 1), 1)
    assert not rest
    assert [c.lines[0].text for c in table.cells if c.column == 2] == ["2024", "55 %", "70", "21 000"]
    found = drafts([[table]], Looks(10.0, 1.3))
    assert [d.cell.head for d in found if d.cell is not None and d.cell.column == 0] == [True, False, False, False]


def test_a_table_goes_on_over_the_page_and_its_head_comes_once() -> None:
    first, _ = ruled(WORDS, grid(), 1)
    second, _ = ruled(WORDS, grid(), 2)
    found = [d.cell for d in drafts([first, second], Looks(10.0, 1.3)) if d.cell is not None]
    assert {cell.table for cell in found} == {0}
    assert max(cell.row for cell in found) == 4
    assert [cell.row for cell in found if cell.head] == [0, 0, 0]
