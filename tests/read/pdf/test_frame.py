"""What frames the pages: headers, footers, page numbers."""

from __future__ import annotations

from typeset import segment

from malbild.read.pdf.frame import without_frame
from malbild.read.pdf.lines import Segment

HEIGHT = 842.0


def page(n: int, *more: Segment) -> list[Segment]:
    body = [segment(f"Kommunen arbetar med mål {n} på rad {k} av sidan.", 60, 150 + 14 * k, n) for k in range(30)]
    return [*more, *body]


def test_what_stands_on_every_page_is_set_aside() -> None:
    pages = [page(n, segment("Strategi 2030", 60, 40, n), segment(f"Sida {n} (3)", 480, 810, n)) for n in (1, 2, 3)]
    asides = without_frame(pages, [HEIGHT] * 3, 10.0)
    assert {(a.kind, a.text, a.pages) for a in asides} == {
        ("header", "Strategi 2030", (1, 2, 3)),
        ("page_number", "Sida # (#)", (1, 2, 3)),
    }
    assert all(len(some) == 30 for some in pages)


def test_sides_may_change_and_the_first_page_may_have_none() -> None:
    pages = [page(n, *[segment("Helsingfors stad", 60 if n % 2 else 430, 40, n)] * (n > 1)) for n in range(1, 7)]
    (aside,) = without_frame(pages, [HEIGHT] * 6, 10.0)
    assert aside.pages == (2, 3, 4, 5, 6)


def test_a_number_that_counts_with_the_pages_is_no_difference() -> None:
    pages = [page(n, segment(f"Bilaga 4 till protokollet {n}", 60, 815, n)) for n in (1, 2, 3)]
    asides = without_frame(pages, [HEIGHT] * 3, 10.0)
    assert {a.kind for a in asides} == {"footer"}
    assert all(len(some) == 30 for some in pages)


def test_large_headings_that_count_with_the_pages_stay() -> None:
    pages = [page(n, segment(f"Mål {n}", 60, 60, n, size=18.0)) for n in (1, 2, 3)]
    assert without_frame(pages, [HEIGHT] * 3, 10.0) == []


def test_the_first_words_of_a_page_stay_when_no_other_page_has_them() -> None:
    pages = [page(n, segment(f"{['Inledning', 'Uppföljning', 'Bilagor'][n - 1]}", 60, 60, n)) for n in (1, 2, 3)]
    assert without_frame(pages, [HEIGHT] * 3, 10.0) == []
    assert pages[0][0].text == "Inledning"
