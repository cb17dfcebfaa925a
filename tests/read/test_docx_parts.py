"""Word documents: what is set aside, notes, text boxes and tables."""

import pytest
from handmade_word import (
    BODY,
    LARGE,
    SAID,
    B,
    box,
    control,
    drawn,
    field,
    item,
    listed,
    note,
    p,
    r,
    ref,
    tbl,
    tc,
    tr,
    word,
)
from outcome import Place, head, member, places, plain, set_aside, told

from malbild.read.docx import read

ASIDE = [
    pytest.param(
        p(r("Vi ska ") + f"<w:del><w:r><w:delText>inte </w:delText></w:r></w:del>{r('växa.')}")
        + p(f"<w:moveFrom>{r('Flyttat.')}</w:moveFrom>")
        + BODY,
        ["Vi ska växa.", SAID[3]],
        [("deleted", "inte\nFlyttat.")],
        id="deleted and moved (we shall [not] grow)",
    ),
    pytest.param(
        p(r("Vi ska"), properties="<w:rPr><w:del/></w:rPr>") + p(r(" växa.")),
        ["Vi ska växa."],
        [],
        id="a deleted end of paragraph joins two",
    ),
    pytest.param(
        tbl(tr("Kvar", "Mål"), tr("Bort", "Nej", properties="<w:del/>"), tr("Också", "Ja")),
        ["Kvar", "Mål", "Också", "Ja"],
        [("deleted", "Bort\nNej")],
        id="a deleted row (left, gone, also)",
    ),
    pytest.param(
        p(r("Synligt ") + r("dolt", "<w:vanish/>") + r("mål") + r("gömt", '<w:rStyle w:val="Dold"/>')),
        ["Synligt mål"],
        [("hidden", "doltgömt")],
        id="hidden (visible aim)",
    ),
    pytest.param(
        control(p("Skriv här"), "<w:showingPlcHdr/>") + BODY,
        [SAID[3]],
        [("hidden", "Skriv här")],
        id="a prompt (write here)",
    ),
    pytest.param(
        p("Innehåll", "Rubrik3")
        + p(
            field("TOC \\o", r("1 Mål") + "<w:r><w:tab/></w:r>" + field("PAGEREF", r("3"))).removesuffix(
                '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
            )
        )
        + p(r("2 Medel 5"))
        + p('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        + BODY,
        [SAID[3]],
        [("contents", "Innehåll\n1 Mål 3\n2 Medel 5")],
        id="a field of contents over several paragraphs, and its heading",
    ),
    pytest.param(
        control(
            p("Innehåll", "Innehllsfrteckningsrubrik") + p("1 Mål 3"),
            '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>',
        )
        + BODY,
        [SAID[3]],
        [("contents", "Innehåll\n1 Mål 3")],
        id="a control of contents",
    ),
    pytest.param(
        p("Mål 3", "Innehll1") + p("Medel 5", "Innehll1") + BODY,
        [SAID[3]],
        [("contents", "Mål 3\nMedel 5")],
        id="styles of contents",
    ),
]


@pytest.mark.parametrize(("body", "expected", "asides"), ASIDE)
def test_words_set_aside(body: str, expected: list[str], asides: list[tuple[str, str]]) -> None:
    content = read(word(body))
    assert [words for _, _, _, words in told(content)] == expected
    assert set_aside(content) == asides


def test_what_stands_beside_the_text() -> None:
    content = read(
        word(
            BODY,
            header=p("Umeå kommun"),
            footer=p(r("Sida ") + field("PAGE", r("1"))),
            comments=f'<w:comment w:id="0">{p("Är det rätt?")}</w:comment><w:comment w:id="1">{p("Ja.")}</w:comment>',
        )
    )
    assert told(content) == [SAID]
    assert set_aside(content) == [
        ("header", "Umeå kommun"),
        ("footer", "Sida 1"),
        ("comment", "Är det rätt?"),
        ("comment", "Ja."),
    ]


def test_notes_stand_under_their_heading_and_break_neither_words_nor_lists() -> None:
    body = (
        p("Mål", "Rubrik3")
        + p(r("Vi ska") + ref(2) + r(" minska:") + ref(1, "endnote"))
        + p(r("ut") + ref(3) + r("släpp"), "", listed(3, 0))
        + tbl(tr(tc(p(r("Kol") + ref(4))), "Olja"))
        + p("Medel", "Rubrik3")
        + BODY
    )
    marks = '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>nej</w:t></w:r></w:p></w:footnote>'
    notes = (
        marks + note(2, "Enligt lagen.") + note(3, "Alla gaser.") + note(4, "Från 2020.") + note(9, "Ingen ser mig.")
    )
    content = read(word(body, footnotes=notes, endnotes=note(1, "Källa: FN.", "endnote")))
    assert told(content) == [
        head(3, "Mål"),
        plain("Vi ska minska:"),
        member(1, "utsläpp"),
        ("cell", 0, None, "Kol"),
        ("cell", 0, None, "Olja"),
        ("footnote", 0, "1", "Enligt lagen."),
        ("footnote", 0, "2", "Alla gaser."),
        ("footnote", 0, "3", "Från 2020."),
        head(3, "Medel"),
        SAID,
        ("footnote", 0, "1", "Källa: FN."),
    ]


def test_a_note_that_refers_to_itself_ends() -> None:
    inner = f'<w:footnote w:id="2">{p(r("Se ovan") + ref(2))}</w:footnote>'
    assert told(read(word(p(r("Mål") + ref(2)), footnotes=inner)))[1:] == [("footnote", 0, "1", "Se ovan")]


def test_text_boxes_are_read_once_and_after_their_paragraph() -> None:
    body = (
        p(r("Före") + box(p("Faktaruta", "Rubrik3") + p(r("i rutan", LARGE)) + tbl(tr("a", "b"))) + r(" och efter"))
        + BODY
    )
    assert told(read(word(body))) == [
        plain("Före och efter"),
        head(3, "Faktaruta"),
        plain("i rutan"),
        ("cell", 0, None, "a"),
        ("cell", 0, None, "b"),
        SAID,
    ]


def test_a_text_box_for_old_programs_only() -> None:
    old = f"<v:shape><v:textbox><w:txbxContent>{p('I rutan')}</w:txbxContent></v:textbox></v:shape>"
    assert told(read(word(p(r("Före") + f"<w:r><w:pict>{old}</w:pict></w:r>")))) == [plain("Före"), plain("I rutan")]


def test_the_words_of_a_diagram() -> None:
    points = "".join(
        f"<dgm:pt><dgm:t><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>"
        for text in ("Mål", "Medel")
    )
    body = p(drawn('<dgm:relIds r:dm="rdiagramData"/>'))
    content = read(word(body, diagramData=f"<dgm:ptLst>{points}</dgm:ptLst>"))
    assert told(content) == [plain("Mål"), plain("Medel")]


SPAN2 = '<w:gridSpan w:val="2"/>'
TABLES = [
    pytest.param(
        tbl(tr("Mål", "År", properties="<w:tblHeader/>"), tr("Kol", "2030")),
        {"Mål": (0, 0, 0, True, 1, 1), "År": (0, 0, 1, True, 1, 1), "Kol": (0, 1, 0, False, 1, 1)}
        | {"2030": (0, 1, 1, False, 1, 1)},
        id="a head that is marked (aim, year, coal)",
    ),
    pytest.param(
        tbl(tr(p(r("Mål", B)), p(r("År", B))), tr("Kol", p(r("2030", B)))),
        {"Mål": (0, 0, 0, True, 1, 1), "År": (0, 0, 1, True, 1, 1), "Kol": (0, 1, 0, False, 1, 1)}
        | {"2030": (0, 1, 1, False, 1, 1)},
        id="a head in bold",
    ),
    pytest.param(
        tbl(tr("a", "b"), tr("c", "d"), properties='<w:tblStyle w:val="Ljus"/><w:tblLook w:val="04A0"/>'),
        {
            "a": (0, 0, 0, True, 1, 1),
            "b": (0, 0, 1, True, 1, 1),
            "c": (0, 1, 0, False, 1, 1),
            "d": (0, 1, 1, False, 1, 1),
        },
        id="a head by the table's style",
    ),
    pytest.param(
        tbl(tr("a", "b"), tr("c", "d"), properties='<w:tblStyle w:val="Rutnat"/><w:tblLook w:val="04A0"/>'),
        {"a": (0, 0, 0, False, 1, 1), "b": (0, 0, 1, False, 1, 1), "c": (0, 1, 0, False, 1, 1)}
        | {"d": (0, 1, 1, False, 1, 1)},
        id="a style that sets no row apart",
    ),
    pytest.param(
        tbl(
            tr(tc("a", '<w:vMerge w:val="restart"/>'), tc("b", SPAN2)),
            tr(tc("<w:p/>", "<w:vMerge/>"), "c", "d"),
            tr("e", "<w:tc><w:p/></w:tc>", "f", properties='<w:gridBefore w:val="1"/>'),
        ),
        {"a": (0, 0, 0, False, 2, 1), "b": (0, 0, 1, False, 1, 2), "c": (0, 1, 1, False, 1, 1)}
        | {"d": (0, 1, 2, False, 1, 1), "e": (0, 2, 1, False, 1, 1), "f": (0, 2, 3, False, 1, 1)},
        id="cells over rows and columns, and a row that begins late",
    ),
    pytest.param(
        tbl(tr(tc(p("a") + tbl(tr("b", "c")) + p("d")), "e")),
        {"a\nd": (0, 0, 0, False, 1, 1), "b": (1, 0, 0, False, 1, 1), "c": (1, 0, 1, False, 1, 1)}
        | {"e": (0, 0, 1, False, 1, 1)},
        id="a table in a cell comes after the cell",
    ),
    pytest.param(
        control(tbl(control(tr("a", "b")))),
        {"a": (0, 0, 0, False, 1, 1), "b": (0, 0, 1, False, 1, 1)},
        id="rows in controls",
    ),
    pytest.param(
        tbl(tr("ensam")) + tbl(tr("a", "b")),
        {"ensam": (0, 0, 0, False, 1, 1), "a": (1, 0, 0, False, 1, 1), "b": (1, 0, 1, False, 1, 1)},
        id="a cell alone",
    ),
    pytest.param(
        tbl(tr(tc(p("a") + item("b", 2)), tc(item("c", 2)))),
        {"a\nb": (0, 0, 0, False, 1, 1), "c": (0, 0, 1, False, 1, 1)},
        id="lists in cells",
    ),
]


@pytest.mark.parametrize(("body", "expected"), TABLES)
def test_tables(body: str, expected: dict[str, Place]) -> None:
    content = read(word(body))
    assert places(content) == expected
    assert all(block.kind == "cell" for block in content.blocks)


def test_a_table_that_frames_paragraphs_is_none() -> None:
    body = tbl(tr("<w:tc><w:p/></w:tc>", tc(p("Fakta", "Rubrik3") + BODY + item("Umeå"))))
    assert told(read(word(body))) == [head(3, "Fakta"), SAID, member(1, "Umeå")]
