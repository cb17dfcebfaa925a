"""Word documents: headings, lists, captions, the words of a paragraph, and the title."""

import io

import docx
import pytest
from docx.shared import Pt
from handmade_word import BODY, LARGE, OFFICE, RELS, SAID, B, field, item, listed, p, r, tbl, tr, word
from outcome import Told, head, member, plain, set_aside, told

from malbild.read.docx import read

HEADINGS = [
    pytest.param(
        p("Mål", "Rubrik1") + p("Klimat", "Rubrik2") + p("Energi", "Rubrik2") + p("Medel", "Rubrik1"),
        [head(1, "Mål", "1"), head(2, "Klimat", "1.1"), head(2, "Energi", "1.2"), head(1, "Medel", "2")],
        id="styles with numbers (aims, climate, energy, means)",
    ),
    pytest.param(p("Del A", "Avdelning"), [head(2, "Del A", "1.1")], id="a style based on one with a number (part A)"),
    pytest.param(p("Läge", "Annan"), [head(2, "Läge")], id="a style named after a heading (state)"),
    pytest.param(p("Nu växer vi", "Citat") + BODY, [plain("Nu växer vi"), SAID], id="a quotation (now we grow)"),
    pytest.param(p("Förord", "Onumrerad"), [head(1, "Förord")], id="a style without its number (preface)"),
    pytest.param(p("Del", "Delrubrik"), [head(4, "Del")], id="an outline level in the style (part)"),
    pytest.param(
        p("Del", properties='<w:outlineLvl w:val="1"/>'),
        [head(2, "Del")],
        id="an outline level of its own",
    ),
    pytest.param(
        p("Viktigt", "Brodrubrik") + p("Viktigt är att växa.", "Brodrubrik"),
        [plain("Viktigt"), plain("Viktigt är att växa.")],
        id="an outline level of text (important is to grow)",
    ),
    pytest.param(p("Grön plan", "Rubrik"), [head(1, "Grön plan")], id="a title (green plan)"),
    pytest.param(p("Antagen 2024", "Underrubrik"), [plain("Antagen 2024")], id="a subtitle (adopted 2024)"),
    pytest.param(p("Mål", "Heading2"), [head(2, "Mål")], id="a style that is not there"),
    pytest.param(
        p("<w:r><w:t>Vår</w:t><w:br/><w:t>plan</w:t></w:r>", "Rubrik3"),
        [head(3, "Vår plan")],
        id="a heading of two lines (our plan)",
    ),
    pytest.param(
        p("Plan", "Rubrik3") + p(r("Mål", LARGE)) + BODY + p(r("Medel", B)) + BODY + p(r("Ansvar", B)) + BODY,
        [head(3, "Plan"), head(4, "Mål"), SAID, head(5, "Medel"), SAID, head(5, "Ansvar"), SAID],
        id="looks rank by size, below styles (aims, means, responsibility)",
    ),
    pytest.param(
        p("Plan", "Rubrik2") + BODY + p(r("Mål", '<w:sz w:val="60"/>')) + BODY,
        [head(2, "Plan", "1.1"), SAID, head(2, "Mål"), SAID],
        id="larger than any style: beside the highest",
    ),
    pytest.param(
        p(r("1 Mål", B)) + BODY + p(r("1.1 Klimat", B)) + BODY + p(r("2 Medel", B)) + BODY,
        [head(1, "1 Mål"), SAID, head(2, "1.1 Klimat"), SAID, head(1, "2 Medel"), SAID],
        id="numbers tell apart what looks alike",
    ),
    pytest.param(p(r("Mål", '<w:rStyle w:val="Stark"/>')) + BODY, [head(1, "Mål"), SAID], id="bold style"),
    pytest.param(
        BODY + p(r("Det här är viktigt.", B)) + BODY,
        [SAID, plain("Det här är viktigt."), SAID],
        id="a bold sentence is no heading (this is important)",
    ),
    pytest.param(
        BODY + p(r("Ansvarig:", B) + r(" nämnden")) + BODY,
        [SAID, plain("Ansvarig: nämnden"), SAID],
        id="part in bold (responsible: the board)",
    ),
    pytest.param(
        BODY + p(r("Umeå", B)) + p(r("Luleå", B)) + p(r("Piteå", B)) + BODY,
        [SAID, plain("Umeå"), plain("Luleå"), plain("Piteå"), SAID],
        id="many in a row are emphasis",
    ),
    pytest.param(BODY + p(r("Slut", B)), [SAID, plain("Slut")], id="nothing under it (end)"),
    pytest.param(
        p(r(BODY and "Allt är fetstilt i den här texten, varje ord.", B)) + p(r("Mål", B)) + p(r("Och så vidare.", B)),
        [plain("Allt är fetstilt i den här texten, varje ord."), plain("Mål"), plain("Och så vidare.")],
        id="all of the text is bold",
    ),
    pytest.param(
        BODY + p(r("Klimat", B), properties=listed(2, 0)) + BODY + p(r("Energi", B), properties=listed(2, 0)) + BODY,
        [SAID, head(1, "Klimat", "1"), SAID, head(1, "Energi", "2"), SAID],
        id="numbered, bold and alone: no list",
    ),
    pytest.param(
        BODY + p(r("Ett", B), properties=listed(3, 0)) + p(r("Två", B), properties=listed(3, 0)) + BODY,
        [SAID, member(1, "Ett"), member(1, "Två"), SAID],
        id="a list in bold",
    ),
]


@pytest.mark.parametrize(("body", "expected"), HEADINGS)
def test_headings(body: str, expected: list[Told]) -> None:
    assert told(read(word(body))) == expected


LISTS = [
    pytest.param(
        item("gå") + item("fort", at=1) + item("cykla"),
        [member(1, "gå"), member(2, "fort"), member(1, "cykla")],
        id="bullets, nested (walk, fast, cycle)",
    ),
    pytest.param(
        p("gå", "Punktlista") + p("fort", "Punktlista2"),
        [member(1, "gå"), member(2, "fort")],
        id="list styles, one for each depth",
    ),
    pytest.param(
        item("a", 2) + item("b", 2, 1) + item("c", 2, 1) + item("d", 2, 2) + item("e", 2) + item("f", 2, 1),
        [
            member(1, "a", "1"),
            member(2, "b", "a"),
            member(2, "c", "b"),
            member(3, "d", "i"),
            member(1, "e", "2"),
            member(2, "f", "a"),
        ],
        id="numbers, letters and Roman numerals, started anew under each",
    ),
    pytest.param(
        item("a", 2) + item("b", 21) + item("c", 21) + item("d", 22),
        [member(1, "a", "1"), member(1, "b", "4"), member(1, "c", "5"), member(1, "d", "6")],
        id="another list of the same kind goes on, unless it says where to start",
    ),
    pytest.param(
        item("minska", 4) + item("kol", 4, 1) + item("öka", 4),
        [member(1, "Mål 1: minska", "1"), member(2, "Delmål 1.1 – kol", "1.1"), member(1, "Mål 2: öka", "2")],
        id="words in the number are words of the text (aim 1: reduce, part 1.1 coal, aim 2: increase)",
    ),
    pytest.param(
        item("a", 7) + item("b", 7, 1),
        [member(1, "a", "I"), member(2, "b", "1.1")],
        id="figures only, where the list says so",
    ),
    pytest.param(
        item("a", 8) + item("b", 8, 1) + item("c", 8) + item("d", 8, 1),
        [member(1, "a", "1"), member(2, "b", "1"), member(1, "c", "2"), member(2, "d", "2")],
        id="a level that never starts anew",
    ),
    pytest.param(item("a", 10), [member(1, "a", "1")], id="a list linked to a list style"),
    pytest.param(item("b", 2, 1), [member(2, "b", "a")], id="no level above"),
    pytest.param(item("fri", 5), [plain("fri")], id="a list that shows nothing (free)"),
    pytest.param(item("fri", 0), [plain("fri")], id="taken out of its list (free)"),
    pytest.param(item("a", 99), [member(1, "a")], id="a list that is not there"),
    pytest.param(item("a", 2, 12) + item("b", 2, -1), [member(9, "a"), member(1, "b", "1")], id="no such level"),
    pytest.param(p("hör till", "Liststycke"), [plain("hör till")], id="an indented paragraph (belongs to it)"),
    pytest.param(
        p("• gå", properties='<w:ind w:left="360"/>')
        + p("<w:r><w:t>–</w:t><w:tab/><w:t>fort</w:t></w:r>", properties='<w:ind w:left="720"/>')
        + p("• cykla", properties='<w:ind w:left="360"/>'),
        [member(1, "gå"), member(2, "fort"), member(1, "cykla")],
        id="typed bullets, nested by their indents",
    ),
    pytest.param(p("– Vi är glada, säger hon."), [plain("– Vi är glada, säger hon.")], id="speech (we are glad)"),
    pytest.param(p("<w:r><w:t>•</w:t><w:tab/></w:r>") + p("* * *") + BODY, [SAID], id="nothing but marks"),
]


@pytest.mark.parametrize(("body", "expected"), LISTS)
def test_lists(body: str, expected: list[Told]) -> None:
    assert told(read(word(body))) == expected


def test_headings_of_a_broken_order_are_numbered_all_the_same() -> None:
    body = p("Utan kapitel", "Rubrik2") + p("Kapitel", "Rubrik1") + p("Del", "Rubrik2")
    assert [block.number for block in read(word(body)).blocks] == ["1.1", "1", "1.1"]


INLINE = [
    pytest.param(r("kli") + r("mat", B) + r("mål"), "klimatmål", id="runs break no word"),
    pytest.param(r("Ma\u030al fo\u0308r A\u030akra"), "Mål för Åkra", id="letters are composed"),
    pytest.param(r("a") + r("\u030a"), "å", id="letters are composed over runs"),
    pytest.param(r("ut\u00adsläpp") + "<w:r><w:softHyphen/></w:r>" + r("en"), "utsläppen", id="soft hyphens go"),
    pytest.param(r("EU") + "<w:r><w:noBreakHyphen/></w:r>" + r("mål"), "EU-mål", id="hyphens that do not break stay"),
    pytest.param(r("10\u00a0000  kronor \n om  året"), "10\u00a0000 kronor om året", id="spaces"),
    pytest.param("<w:r><w:t>2030</w:t><w:tab/><w:t>Mål</w:t></w:r>", "2030 Mål", id="tab"),
    pytest.param(
        "<w:r><w:t>Mål</w:t><w:br/><w:t>och</w:t><w:cr/><w:t>medel</w:t></w:r>", "Mål\noch\nmedel", id="lines"
    ),
    pytest.param('<w:r><w:br w:type="page"/><w:t>Mål</w:t></w:r>', "Mål", id="page break before"),
    pytest.param("<w:r><w:t>kli</w:t><w:lastRenderedPageBreak/><w:t>mat</w:t></w:r>", "klimat", id="page break within"),
    pytest.param(r("Se ") + f'<w:hyperlink r:id="r9">{r("målen")}</w:hyperlink>', "Se målen", id="link (see the aims)"),
    pytest.param(
        f'<w:smartTag w:element="x"><w:smartTag>{r("Umeå")}</w:smartTag></w:smartTag>', "Umeå", id="smart tags"
    ),
    pytest.param(f"<w:sdt><w:sdtPr/><w:sdtContent>{r('År')}</w:sdtContent></w:sdt>{r('et')}", "Året", id="control"),
    pytest.param(f"<w:customXml>{r('Mål')}</w:customXml>", "Mål", id="custom XML"),
    pytest.param(r("sid ") + field("PAGEREF _Toc1", r("12")), "sid 12", id="field (page 12)"),
    pytest.param(f'<w:fldSimple w:instr="DATE">{r("2024")}</w:fldSimple>', "2024", id="simple field"),
    pytest.param(field(f"IF {field('PAGE', r('3'))} = 3", r("tre")), "tre", id="field in an instruction"),
    pytest.param(
        r("Slut") + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("et"), "Slutet", id="field without end"
    ),
    pytest.param(f"<w:ins>{r('Nya ')}</w:ins>{r('mål')}", "Nya mål", id="inserted (new aims)"),
    pytest.param(f"<w:moveTo>{r('Mål')}</w:moveTo>", "Mål", id="moved here"),
    pytest.param('<w:r><w:sym w:font="Symbol" w:char="00B5"/></w:r>' + r("g"), "\u00b5g", id="symbol (microgram)"),
    pytest.param('<w:r><w:sym w:char="D800"/><w:sym w:char="x"/></w:r>' + r("g"), "g", id="symbols that are none"),
    pytest.param("<m:oMath><m:r><m:t>CO2 = 0</m:t></m:r></m:oMath>", "CO2 = 0", id="formula"),
    pytest.param(f"<w:ruby><w:rt>{r('x')}</w:rt><w:rubyBase>{r('Mål')}</w:rubyBase></w:ruby>", "Mål", id="ruby"),
    pytest.param(r("å", "<w:vanish w:val='0'/>"), "å", id="hidden switched off"),
]


@pytest.mark.parametrize(("inner", "expected"), INLINE)
def test_words_of_a_paragraph(inner: str, expected: str) -> None:
    content = read(word(p(inner)))
    assert (told(content), content.asides) == ([plain(expected)], ())


def test_captions() -> None:
    body = p("Bild från hamnen", "Beskrivning") + p(r("Figur ") + field("SEQ Figur", r("2")) + r(". Utsläpp")) + BODY
    body += p(r("Mål ") + field("SEQ Mål", r("3")) + r(". Växa"))
    assert [block[0] for block in told(read(word(body)))] == ["caption", "caption", "paragraph", "paragraph"]


def test_the_text_of_a_document_is_laid_out_for_readers() -> None:
    body = p("Mål", "Rubrik3") + BODY + tbl(tr("a", "b"), tr("c", "d")) + BODY
    content = read(word(body))
    assert content.text == f"Mål\n\n{SAID[3]}\n\na | b\nc | d\n\n{SAID[3]}"
    assert content.built


def core(title: str) -> dict[str, bytes | None]:
    rels = (
        f'{RELS}<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/><Relationship Id="r2"'
        ' Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"'
        ' Target="docProps/core.xml"/></Relationships>'
    )
    properties = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>'
    )
    return {"_rels/.rels": rels.encode(), "docProps/core.xml": properties.encode()}


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("Strategi för\n en grön stad", "Strategi för en grön stad"),
        ("Microsoft Word - Plan 2.docx", "Plan 2030"),
        ("plan_slutversion.docx", "Plan 2030"),
        ("C:\\planer\\plan", "Plan 2030"),
        ("Dokument1", "Plan 2030"),
        ("[Rubrik]", "Plan 2030"),
        ("Titel", "Plan 2030"),
        ("2024-05-01", "Plan 2030"),
        ("  ", "Plan 2030"),
        ("Mål 2030", "Mål 2030"),
    ],
)
def test_title(stated: str, expected: str) -> None:
    body = p("Förord", "Rubrik3") + p("Plan 2030", "Rubrik") + BODY
    assert read(word(body, swap=core(stated))).title == expected


def test_title_without_properties() -> None:
    assert read(word(BODY + p("Förord", "Rubrik3"))).title == "Förord"
    assert read(word(BODY)).title is None


def made_by_python_docx() -> bytes:
    """A document as a program writes it, with headings, a list, a table, a header and a comment."""
    document = docx.Document()
    document.core_properties.title = "Strategi för äldreomsorgen"  # strategy for the care of the elderly
    document.sections[0].header.paragraphs[0].text = "Luleå kommun"
    document.add_heading("Äldreomsorg 2030", 0)
    document.add_heading("Mål", 1)
    run = document.add_paragraph("Kommunen ska bygga tre boenden.").runs[0]  # the municipality is to build three homes
    document.add_comment(run, "När?", "A")
    document.add_paragraph("Nämnden ska:")
    document.add_paragraph("anställa fler", "List Bullet")
    document.add_paragraph("utbilda alla", "List Bullet 2")
    large = document.add_paragraph().add_run("Ekonomi")
    large.font.size = Pt(20)
    document.add_paragraph("Budgeten ökar med tio procent.")
    table = document.add_table(2, 2, "Light Grid Accent 1")
    for cell, text in zip(table._cells, ("Mått", "2024", "Platser", "1\u00a0200"), strict=True):
        cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_document_made_by_python_docx() -> None:
    content = read(made_by_python_docx())
    assert told(content) == [
        head(1, "Äldreomsorg 2030"),
        head(1, "Mål"),
        plain("Kommunen ska bygga tre boenden."),
        plain("Nämnden ska:"),
        member(1, "anställa fler"),
        member(2, "utbilda alla"),
        head(1, "Ekonomi"),
        plain("Budgeten ökar med tio procent."),
        ("cell", 0, None, "Mått"),
        ("cell", 0, None, "2024"),
        ("cell", 0, None, "Platser"),
        ("cell", 0, None, "1\u00a0200"),
    ]
    assert [block.cell.head for block in content.blocks if block.cell] == [True, True, False, False]
    assert content.title == "Strategi för äldreomsorgen"
    assert set_aside(content) == [("header", "Luleå kommun"), ("comment", "När?")]
