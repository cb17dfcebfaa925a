"""Lines to blocks, and blocks that go on in the next column or on the next page."""

from __future__ import annotations

import pytest
from typeset import line, segment

from malbild.read.pdf.drafts import Draft, Looks, drafts
from malbild.read.pdf.headings import mark_headings, squeezed
from malbild.read.pdf.lines import Segment, segments
from malbild.read.pdf.neighbours import settled

LOOKS = Looks(10.0, 1.3)
COLUMN = (60.0, 360.0)


def column(*texts: str, page: int = 1, base: float = 100.0, left: float = 60.0) -> list[Segment]:
    """Lines of one column that is 300 points wide: 60 letters."""
    made = [segment(text, left, base + 13 * n, page) for n, text in enumerate(texts)]
    for one in made:
        one.column = COLUMN
    return made


def blocks(pages: list[list[Segment]]) -> list[Draft]:
    return settled(drafts(pages, LOOKS), LOOKS)


def said(made: list[Draft]) -> list[tuple[str, str]]:
    return [(draft.kind, draft.text) for draft in made]


FULL = "Staden ska under perioden stärka samarbetet med föreningarna"  # The city shall strengthen cooperation …


def test_a_short_last_line_with_a_stop_ends_a_paragraph() -> None:
    found = blocks([column(FULL, "och de boende.", "Andelen som deltar ska öka till 40 procent senast år 2030.")])
    assert [draft.text for draft in found] == [
        f"{FULL} och de boende.",
        "Andelen som deltar ska öka till 40 procent senast år 2030.",
    ]


def test_a_wide_gap_ends_a_paragraph() -> None:
    found = blocks([[*column(FULL, FULL), *column(FULL, base=150)]])
    assert [len(draft.lines) for draft in found] == [2, 1]


def test_a_paragraph_goes_on_over_the_page_and_a_footnote_follows_it() -> None:
    note = segment("1 Uppgiften avser 2023.", 60, 700, size=8.0)
    note.words[0].raised = True
    pages = [
        [*column(FULL, FULL), note],
        column("och de boende i hela kommunen, så att alla kan vara med och", "bestämma.", page=2),
    ]
    found = blocks(pages)
    assert said(found) == [
        ("paragraph", f"{FULL} {FULL} och de boende i hela kommunen, så att alla kan vara med och bestämma."),
        ("footnote", "1 Uppgiften avser 2023."),
    ]


def test_a_new_sentence_on_the_next_page_is_a_paragraph_of_its_own() -> None:
    pages = [column(FULL, "och de boende."), column("Det gäller alla.", page=2)]
    assert len(blocks(pages)) == 2


def test_items_hang_behind_their_markers() -> None:
    lines = [
        *segments(line("• öka andelen förnybar energi i stadens egna lokaler och i", 60, 100), 1),
        *segments(line("stadens bostäder", 70, 113), 1),
        *segments(line("• bygga fler bostäder", 60, 126), 1),
        *segments(line("Arbetet leds av staden.", 60, 139), 1),
    ]
    for one in lines:
        one.column = COLUMN
    found = blocks([lines])
    assert said(found) == [
        ("item", "öka andelen förnybar energi i stadens egna lokaler och i stadens bostäder"),
        ("item", "bygga fler bostäder"),
        ("paragraph", "Arbetet leds av staden."),
    ]


@pytest.mark.parametrize("mark", "•▻▶∙✓–*·o§\uf0b7\uf06e")
def test_markers_of_all_kinds(mark: str) -> None:
    lines = segments([*line(f"{mark} bygga", 60, 100), *line(f"{mark} öka", 60, 113)], 1)
    assert said(blocks([lines])) == [("item", "bygga"), ("item", "öka")]


def test_a_dash_before_lines_that_do_not_hang_is_speech() -> None:
    lines = [
        *segments(line("– Vi är mycket glada över att så många unga har fått arbete", 60, 100), 1),
        *segments(line("i kommunen, säger hon.", 60, 113), 1),
    ]
    for one in lines:
        one.column = COLUMN
    (draft,) = blocks([lines])
    assert draft.kind == "paragraph"
    assert draft.text.startswith("– Vi är")


def heading_page() -> list[Draft]:
    title, chapter = segment("Strategi för Ekvik", 60, 60, size=20.0), segment("2 Våra mål", 60, 100, size=14.0)
    part, run_in = segment("2.1 Trygghet", 60, 140, size=12.0), segment("Ansvar", 60, 200, bold=True)
    return blocks(
        [
            [
                title,
                chapter,
                *column(FULL, base=120),
                part,
                *column(FULL, "med alla.", base=160),
                run_in,
                *column(FULL, base=213),
            ]
        ],
    )


def test_headings_by_size_number_and_weight() -> None:
    found = heading_page()
    mark_headings(found, LOOKS, {})
    heads = [(draft.text, draft.level, draft.number) for draft in found if draft.kind == "heading"]
    assert heads == [
        ("Strategi för Ekvik", 1, None),
        ("2 Våra mål", 2, "2"),
        ("2.1 Trygghet", 3, "2.1"),
        ("Ansvar", 4, None),
    ]


def test_bookmarks_say_what_is_a_heading() -> None:
    (draft,) = blocks([column("Våra mål")])
    mark_headings([draft], LOOKS, {(1, squeezed("Våra  mål")): 2})
    assert (draft.kind, draft.level) == ("heading", 2)


def test_captions_are_no_headings() -> None:
    found = blocks([[segment("Figur 2. Andelen unga i arbete", 60, 100, bold=True), *column(FULL, base=130)]])
    mark_headings(found, LOOKS, {})
    assert [draft.kind for draft in found] == ["caption", "paragraph"]
