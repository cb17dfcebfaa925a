"""OpenDocument texts: notes, text boxes and tables."""

import pytest
from handmade_odt import BODY, COVERED, box, h, listed, note, odt, p, tbl, tc, tr
from outcome import Place, head, member, places, plain, told

from malbild.read.odt import read

SAID = plain("Staden ska minska utsläppen med hälften till 2030.")


def test_notes_stand_under_their_heading_and_break_neither_words_nor_lists() -> None:
    body = (
        h("Mål")
        + p(f"Vi ska{note('Enligt lagen.')} minska:{note('Källa: FN.', 'endnote')}")
        + listed(p(f"ut{note('Alla gaser.')}släpp"), name="Punkter").replace("<text:p", "<text:list-item><text:p", 1)
        + tbl(tr(tc(p(f"Kol{note('Från 2020.')}")), "Olja"))
        + h("Medel")
        + BODY
    ).replace("</text:p></text:list>", "</text:p></text:list-item></text:list>")
    assert told(read(odt(body))) == [
        head(1, "Mål", "1"),
        plain("Vi ska minska:"),
        member(1, "utsläpp"),
        ("cell", 0, None, "Kol"),
        ("cell", 0, None, "Olja"),
        ("footnote", 0, "1", "Enligt lagen."),
        ("footnote", 0, "2", "Alla gaser."),
        ("footnote", 0, "3", "Från 2020."),
        head(1, "Medel", "2"),
        SAID,
        ("footnote", 0, "1", "Källa: FN."),
    ]


def test_captions_and_text_boxes() -> None:
    counted = p('Figur <text:sequence text:name="Figur">2</text:sequence>. Utsläpp')
    body = p(f"Före{box(p('Hamnen i Umeå', 'Illustration') + counted + listed('kol', name='Tal'))} och efter") + BODY
    assert told(read(odt(body))) == [
        plain("Före och efter"),
        ("caption", 0, None, "Hamnen i Umeå"),
        ("caption", 0, None, "Figur 2. Utsläpp"),
        member(1, "kol", "1"),
        SAID,
    ]


def test_words_in_a_shape() -> None:
    shape = f"<draw:custom-shape>{p('I rutan')}</draw:custom-shape>"
    assert told(read(odt(shape + p(f"Före{shape}")))) == [plain("I rutan"), plain("Före"), plain("I rutan")]


HEAD = "<table:table-header-rows>{}</table:table-header-rows>"
TABLES = [
    pytest.param(
        tbl(HEAD.format(tr("Mål", "År")), tr("Kol", "2030")),
        {"Mål": (0, 0, 0, True, 1, 1), "År": (0, 0, 1, True, 1, 1), "Kol": (0, 1, 0, False, 1, 1)}
        | {"2030": (0, 1, 1, False, 1, 1)},
        id="a head that is marked (aim, year, coal)",
    ),
    pytest.param(
        tbl(tr(p("Mål", "Table_20_Heading"), p("År", "Table_20_Heading")), tr("Kol", "2030")),
        {"Mål": (0, 0, 0, True, 1, 1), "År": (0, 0, 1, True, 1, 1), "Kol": (0, 1, 0, False, 1, 1)}
        | {"2030": (0, 1, 1, False, 1, 1)},
        id="a head in bold",
    ),
    pytest.param(
        tbl(
            tr(tc("a", 'table:number-rows-spanned="2"'), tc("b", 'table:number-columns-spanned="2"'), COVERED),
            tr(COVERED, "c", "d"),
            tr(tc("<text:p/>", 'table:number-columns-repeated="2"'), "e"),
        ),
        {"a": (0, 0, 0, False, 2, 1), "b": (0, 0, 1, False, 1, 2), "c": (0, 1, 1, False, 1, 1)}
        | {"d": (0, 1, 2, False, 1, 1), "e": (0, 2, 2, False, 1, 1)},
        id="cells over rows and columns, and empty ones",
    ),
    pytest.param(
        tbl(tr(tc(p("a") + tbl(tr("b", "c")) + p("d")), "e")),
        {"a\nd": (0, 0, 0, False, 1, 1), "b": (1, 0, 0, False, 1, 1), "c": (1, 0, 1, False, 1, 1)}
        | {"e": (0, 0, 1, False, 1, 1)},
        id="a table in a cell comes after the cell",
    ),
    pytest.param(
        '<table:table><table:table-row table:number-rows-repeated="999999999"><table:table-cell'
        ' table:number-columns-repeated="999999999"/></table:table-row>' + tr("a", "b") + "</table:table>",
        {"a": (0, 1_000_000, 0, False, 1, 1), "b": (0, 1_000_000, 1, False, 1, 1)},
        id="more rows than any table has",
    ),
    pytest.param(
        tbl(
            '<table:table-row table:number-rows-repeated="3">' + tc("a") + tc("b") + "</table:table-row>", tr("c", "d")
        ),
        {"a": (0, 0, 0, False, 1, 1), "b": (0, 0, 1, False, 1, 1), "c": (0, 3, 0, False, 1, 1)}
        | {"d": (0, 3, 1, False, 1, 1)},
        id="a row that stands for three",
    ),
]


@pytest.mark.parametrize(("body", "expected"), TABLES)
def test_tables(body: str, expected: dict[str, Place]) -> None:
    content = read(odt(body))
    assert places(content) == expected
    assert all(block.kind == "cell" for block in content.blocks)
