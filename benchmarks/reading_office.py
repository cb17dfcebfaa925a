"""DOCX files of the reading set by python-docx, and what LibreOffice makes of them: ODT, and tagged PDF."""

from __future__ import annotations

import io
import os
import random
import re
import subprocess
import tempfile
import zipfile
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from reading_pdf import Log, Made
from reading_texts import CALL, Element

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MEASURE = 480
"""The width of the text in points."""
WHEN = datetime(2025, 1, 15, 8, 0, tzinfo=UTC)
DATE = 'w:author="Karin Ek" w:date="2025-01-15T08:00:00Z"'


@dataclass(frozen=True, slots=True)
class Draft:
    """How a text is written in Word.

    ``looks_only``: headings are bold paragraphs, lists are typed. ``automatic``: headings and captions are numbered by
    Word. ``contents``: a table of contents. ``scattered``: the text is cut into runs anywhere. ``merged``: equal cells
    one below the other are one, and there is a last row of one cell with these words. ``running``: header and footer.
    ``edits`` change what was written, by the first words of the element.
    """

    looks_only: bool = False
    automatic: bool = False
    contents: bool = False
    scattered: bool = False
    merged: str = ""
    running: tuple[str, str] | None = None
    edits: Mapping[str, Callable[[Paragraph, Log], None]] = field(default_factory=dict)


class _Writer:
    """One text, one draft."""

    def __init__(self, elements: Sequence[Element], draft: Draft) -> None:
        self.elements, self.draft = elements, draft
        self.log = Log()
        self.without: list[int] = []
        self.document = docx.Document()
        self.chance = random.Random(7)
        self.notes = {element.number: element for element in elements if element.kind == "footnote"}

    def write(self) -> bytes:
        self.set_page()
        if self.draft.automatic:
            self.number_headings()
        if self.notes:
            self.add_notes()
        tables: dict[int, list[int]] = {}
        for n, element in enumerate(self.elements):
            if element.kind == "cell":
                assert element.table is not None
                tables.setdefault(element.table, []).append(n)
        for n, element in enumerate(self.elements):
            if element.kind == "cell":
                if n == tables[element.table or 0][0]:
                    self.table(tables[element.table or 0])
            elif element.kind != "footnote":
                paragraph = self.paragraph(element)
                for start, edit in self.draft.edits.items():
                    if element.text.startswith(start):
                        edit(paragraph, self.log)
                if element.level == 1 and element.kind == "heading" and self.draft.contents:
                    self.contents()
        if self.draft.running:
            self.run_along(*self.draft.running)
        core = self.document.core_properties
        core.title, core.author, core.language = self.elements[0].text, "Kansliet", "sv-SE"
        core.created = core.modified = WHEN
        stream = io.BytesIO()
        self.document.save(stream)
        return rezipped(stream.getvalue())

    def set_page(self) -> None:
        """A4, and Arial throughout, for which LibreOffice has a font of the same widths."""
        section = self.document.sections[0]
        section.page_width, section.page_height = Pt(595), Pt(842)
        section.left_margin = section.right_margin = Pt((595 - MEASURE) / 2)
        for style in self.document.styles:
            fonts = style.element.find(f".//{qn('w:rFonts')}")
            if fonts is not None or style.name == "Normal":
                for key in list(fonts.attrib if fonts is not None else ()):
                    del fonts.attrib[key]
                style.font.name = "Arial"
        self.document.styles["Normal"].font.size = Pt(10)

    def paragraph(self, element: Element) -> Paragraph:
        draft = self.draft
        if element.kind == "heading":
            if draft.looks_only:
                return self.by_look(element)
            style = "Title" if element.level == 1 else f"Heading {element.level - 1}"
            text = element.text if draft.automatic else element.numbered
            return self.document.add_paragraph(text, style)
        if element.kind == "caption" and draft.automatic:
            return self.counted_caption(element)
        if element.kind == "item" and draft.looks_only:
            mark = f"{element.number}." if element.number else "•" if element.level == 1 else "–"
            paragraph = self.document.add_paragraph(f"{mark}\t")
            paragraph.paragraph_format.left_indent = Pt(18 * element.level)
            paragraph.paragraph_format.first_line_indent = Pt(-14)
        elif element.kind == "item":
            name = "List Number" if element.number else "List Bullet" if element.level == 1 else "List Bullet 2"
            paragraph = self.document.add_paragraph(style=name)
        else:
            style = "Caption" if element.kind == "caption" else "Quote" if element.quote else "Normal"
            paragraph = self.document.add_paragraph(style=None if draft.looks_only else style)
        self.fill(paragraph, element.drawn)
        if draft.looks_only and (element.quote or element.kind == "caption"):
            for run in paragraph.runs:
                run.italic = True
        return paragraph

    def by_look(self, element: Element) -> Paragraph:
        """A heading that is one by its look alone."""
        paragraph = self.document.add_paragraph()
        run = paragraph.add_run(element.numbered)
        run.bold = element.level < 4
        run.italic = element.level == 4
        run.font.size = Pt({1: 22, 2: 16, 3: 13, 4: 11}[element.level])
        paragraph.paragraph_format.space_before = Pt(12)
        return paragraph

    def fill(self, paragraph: Paragraph, drawn: str) -> None:
        """The words, the calls of footnotes among them, in as many runs as the draft has it."""
        for n, piece in enumerate(CALL.split(drawn)):
            if n % 2:
                run = paragraph.add_run()
                run.font.superscript = True
                run._r.append(parse_xml(f'<w:footnoteReference {W} w:id="{piece}"/>'))
            elif piece and self.draft.scattered:
                self.scatter(paragraph, piece)
            elif piece:
                paragraph.add_run(piece)

    def scatter(self, paragraph: Paragraph, text: str) -> None:
        while text:
            cut = self.chance.randint(3, 70)
            run = paragraph.add_run(text[:cut])
            run.bold = True if self.chance.random() < 0.08 else None
            text = text[cut:]

    def counted_caption(self, element: Element) -> Paragraph:
        """A caption whose number is a field."""
        word, number, rest = element.text.split(" ", 2)
        paragraph = self.document.add_paragraph(f"{word} ", "Caption")
        paragraph._p.extend(_field(f" SEQ {word} \\* ARABIC ", number.rstrip(".")))
        paragraph.add_run(f". {rest}")
        return paragraph

    def table(self, cells: Sequence[int]) -> None:
        rows = 1 + max(self.elements[n].row or 0 for n in cells)
        columns = 1 + max(self.elements[n].column or 0 for n in cells)
        table = self.document.add_table(rows, columns, "Table Grid")
        table.autofit = False
        for column, width in enumerate(_widths([self.elements[n] for n in cells], columns)):
            table.columns[column].width = Pt(width)
            for cell in table.columns[column].cells:
                cell.width = Pt(width)
        for n in cells:
            element = self.elements[n]
            assert element.row is not None and element.column is not None
            cell = table.cell(element.row, element.column)
            self.fill(cell.paragraphs[0], element.drawn)
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(8)
                run.bold = True if element.row == 0 else None
        for row in table.rows:
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {W}/>"))
        table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {W}/>"))
        if self.draft.merged and columns == 5 and any(self.elements[n].text == "Åtgärd" for n in cells):
            self.merge(table, cells, rows)
        self.document.add_paragraph()

    def merge(self, table: Any, cells: Sequence[int], rows: int) -> None:
        """Equal goals become one cell, and a last row that runs over all columns is added."""
        at = {(self.elements[n].row, self.elements[n].column): n for n in cells}
        for row in range(2, rows):
            if self.elements[at[row, 0]].text == self.elements[at[row - 1, 0]].text:
                self.without.append(at[row, 0])
                for paragraph in table.cell(row, 0).paragraphs[0].runs:
                    paragraph.text = ""
                table.cell(row - 1, 0).merge(table.cell(row, 0))
        last = table.add_row().cells
        last[0].merge(last[-1])
        table.cell(rows, 0).paragraphs[0].add_run(self.draft.merged)
        number = self.elements[cells[0]].table
        extra = {"kind": "cell", "text": self.draft.merged, "table": number, "row": rows, "column": 0, "page": 0}
        self.log.floating.append(extra)

    def contents(self) -> None:
        """Word's own table of contents, its entries as Word left them when the file was last saved."""
        paragraphs = []
        for n, element in enumerate(self.elements):
            if element.kind == "heading" and 2 <= element.level <= 3:
                page = 2 + len(paragraphs) // 4
                text = f"{element.number}\t{element.text}" if element.number else element.text
                self.log.asides["contents", f"{element.numbered} {page}"] = []
                tabbed = "</w:t><w:tab/><w:t>".join(map(escape, text.split("\t")))
                paragraphs.append(
                    f'<w:p><w:pPr><w:pStyle w:val="TOC{element.level - 1}"/><w:tabs><w:tab w:val="left" w:pos="500"/>'
                    '<w:tab w:val="right" w:leader="dot" w:pos="8600"/></w:tabs></w:pPr>{start}'
                    f'<w:hyperlink w:anchor="_Toc{n:08}"><w:r><w:t>{tabbed}</w:t></w:r><w:r><w:tab/></w:r>'
                    + _field_text(f" PAGEREF _Toc{n:08} \\h ", str(page))
                    + "</w:hyperlink></w:p>"
                )
        begin = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h '
            '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        entries = "".join(text.replace("{start}", begin if n == 0 else "") for n, text in enumerate(paragraphs))
        self.log.optional.append("Innehåll")
        block = (
            f'<w:sdt {W}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
            '</w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:pPr><w:pStyle w:val="TOCHeading"/></w:pPr>'
            f"<w:r><w:t>Innehåll</w:t></w:r></w:p>{entries}"
            '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:sdtContent></w:sdt>'
        )
        self.document.element.body.insert(len(self.document.element.body) - 1, parse_xml(block))
        styles = self.document.styles.element
        for name, identity in (("toc 1", "TOC1"), ("toc 2", "TOC2")):
            styles.append(
                parse_xml(
                    f'<w:style {W} w:type="paragraph" w:styleId="{identity}"><w:name w:val="{name}"/>'
                    '<w:basedOn w:val="Normal"/></w:style>'
                )
            )

    def number_headings(self) -> None:
        """A list of several levels that the heading styles hang on."""
        numbering = self.document.part.numbering_part.element
        levels = "".join(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading{n + 1}"/>'
            f'<w:lvlText w:val="{".".join(f"%{m + 1}" for m in range(n + 1))}"/><w:lvlJc w:val="left"/></w:lvl>'
            for n in range(3)
        )
        kind = f'<w:abstractNum {W} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        numbering.insert(0, parse_xml(kind))
        numbering.append(parse_xml(f'<w:num {W} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
        for n in range(3):
            properties = self.document.styles[f"Heading {n + 1}"].element.get_or_add_pPr()
            level = f'<w:ilvl w:val="{n}"/>' if n else ""
            properties.append(parse_xml(f'<w:numPr {W}>{level}<w:numId w:val="90"/></w:numPr>'))

    def add_notes(self) -> None:
        marks = (
            '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
            '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
            "</w:footnote>"
        )
        notes = "".join(
            f'<w:footnote w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/>'
            f'</w:r><w:r><w:t xml:space="preserve"> {escape(element.text)}</w:t></w:r></w:p></w:footnote>'
            for number, element in self.notes.items()
        )
        blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {W}>{marks}{notes}</w:footnotes>'
        part = Part(
            PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob.encode(), self.document.part.package
        )
        self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    def run_along(self, header: str, footer: str) -> None:
        """A header, and a footer with the number of the page."""
        section = self.document.sections[0]
        section.header.paragraphs[0].text = header
        paragraph = section.footer.paragraphs[0]
        paragraph.text = f"{footer} – sida "
        paragraph._p.extend(_field(" PAGE ", "2"))
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self.log.asides["header", header] = []
        self.log.asides["footer", footer] = []


def _widths(cells: Sequence[Element], columns: int) -> list[float]:
    """Points for each column, so that no word is wider than its own."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    words, lengths = [0.0] * columns, [6] * columns
    for cell in cells:
        assert cell.column is not None
        widest = max(stringWidth(word, "Helvetica-Bold", 8) for word in cell.text.split())
        words[cell.column] = max(words[cell.column], widest + 14)
        lengths[cell.column] = max(lengths[cell.column], min(60, len(cell.text)))
    spare = MEASURE - sum(words)
    return [word + spare * length / sum(lengths) for word, length in zip(words, lengths, strict=True)]


def _field_text(code: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>{result}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _field(code: str, result: str) -> list[Any]:
    return list(parse_xml(f"<w:p {W}>{_field_text(code, result)}</w:p>"))


# Edits: what a draft on its way through an office holds beside its words.


def deleted(words: str, after: str) -> Callable[[Paragraph, Log], None]:
    """Words that somebody has struck, with changes tracked."""

    def edit(paragraph: Paragraph, log: Log) -> None:
        run = _run_after(paragraph, after)
        struck = f'<w:del {W} w:id="901" {DATE}><w:r><w:delText xml:space="preserve"> {words}</w:delText></w:r></w:del>'
        run._r.addnext(parse_xml(struck))
        log.asides["deleted", words] = []

    return edit


def struck_out(words: str) -> Callable[[Paragraph, Log], None]:
    """A whole paragraph that somebody has struck, before this one."""

    def edit(paragraph: Paragraph, log: Log) -> None:
        struck = (
            f'<w:p {W}><w:pPr><w:rPr><w:del w:id="902" {DATE}/></w:rPr></w:pPr>'
            f'<w:del w:id="903" {DATE}><w:r><w:delText>{words}</w:delText></w:r></w:del></w:p>'
        )
        paragraph._p.addprevious(parse_xml(struck))
        log.asides["deleted", words] = []

    return edit


def inserted(words: str) -> Callable[[Paragraph, Log], None]:
    """Words of the paragraph that somebody has put in, with changes tracked."""

    def edit(paragraph: Paragraph, _: Log) -> None:
        run = _run_after(paragraph, words)
        text = run.text
        run.text = text[: -len(words)]
        new = f'<w:ins {W} w:id="904" {DATE}><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:ins>'
        run._r.addnext(parse_xml(new))

    return edit


def hidden(words: str, after: str) -> Callable[[Paragraph, Log], None]:
    """Words formatted as hidden."""

    def edit(paragraph: Paragraph, log: Log) -> None:
        run = _run_after(paragraph, after)
        unseen = f'<w:r {W}><w:rPr><w:vanish/></w:rPr><w:t xml:space="preserve"> {words}</w:t></w:r>'
        run._r.addnext(parse_xml(unseen))
        log.asides["hidden", words] = []

    return edit


def comment(words: str) -> Callable[[Paragraph, Log], None]:
    """What somebody has remarked on the paragraph."""

    def edit(paragraph: Paragraph, log: Log) -> None:
        made = paragraph.part.document.add_comment(paragraph.runs, words, "Karin Ek", "KE")
        made._comment_elm.set(qn("w:date"), "2025-01-15T08:00:00Z")
        log.asides["comment", words] = []

    return edit


def text_box(words: str) -> Callable[[Paragraph, Log], None]:
    """A box anchored in the paragraph, as Word writes it: once as a drawing, once for programs that know no better."""

    def edit(paragraph: Paragraph, log: Log) -> None:
        inner = f"<w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent>"
        box = f"""<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><mc:AlternateContent>
<mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="114300" distR="114300" simplePos="0"
 relativeHeight="251659264" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="column"><wp:posOffset>3600000</wp:posOffset></wp:positionH>
<wp:positionV relativeFrom="paragraph"><wp:posOffset>100000</wp:posOffset></wp:positionV>
<wp:extent cx="1800000" cy="900000"/><wp:wrapSquare wrapText="bothSides"/><wp:docPr id="77" name="Textruta 1"/>
<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1800000" cy="900000"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx>{inner}</wps:txbx><wps:bodyPr/></wps:wsp>
</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>
<v:shape style="position:absolute;width:142pt;height:71pt"><v:textbox>{inner}</v:textbox></v:shape></w:pict>
</mc:Fallback></mc:AlternateContent></w:r>"""
        paragraph._p.append(parse_xml(box.replace("\n<", "<")))
        log.floating.append({"kind": "paragraph", "text": words, "page": 0})

    return edit


def both(*edits: Callable[[Paragraph, Log], None]) -> Callable[[Paragraph, Log], None]:
    def edit(paragraph: Paragraph, log: Log) -> None:
        for one in edits:
            one(paragraph, log)

    return edit


def _run_after(paragraph: Paragraph, words: str) -> Run:
    """The run that ends with these words: the paragraph's run that holds them is cut in two."""
    for run in paragraph.runs:
        if words in run.text:
            head, _, tail = run.text.partition(words)
            if tail:
                rest = deepcopy(run._r)
                run._r.addnext(rest)
                Run(rest, paragraph).text = tail
            run.text = head + words
            return run
    raise ValueError(f"no run holds {words!r}")


def write(elements: Sequence[Element], draft: Draft) -> tuple[Made, list[int]]:
    """The DOCX of a text, and which of its elements are not in it."""
    writer = _Writer(elements, draft)
    return Made(writer.write(), writer.log), writer.without


def rezipped(data: bytes, change: Callable[[str, bytes], bytes] = lambda _, member: member) -> bytes:
    """The same archive with one date for all its members, each changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for member in old.infolist():
            entry = zipfile.ZipInfo(member.filename, (2025, 1, 15, 8, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if member.filename == "mimetype" else zipfile.ZIP_DEFLATED
            new.writestr(entry, change(member.filename, old.read(member)), compresslevel=9)
    return stream.getvalue()


def converted(data: bytes, old: str, new: str) -> bytes:
    """What LibreOffice makes of a document; ``old`` and ``new`` are the formats' extensions."""
    filters = {"odt": "odt", "pdf": 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"text.{old}"
        path.write_bytes(data)
        command = ["soffice", "-env:UserInstallation=file:///tmp/lo", "--headless", "--convert-to", filters[new]]
        environment = os.environ | {"SOURCE_DATE_EPOCH": str(int(WHEN.timestamp()))}
        run = [*command, "--outdir", folder, str(path)]
        subprocess.run(run, check=True, capture_output=True, timeout=180, env=environment)
        made = path.with_suffix(f".{new}").read_bytes()
    return rezipped(made, settled) if new == "odt" else undated(made)


def settled(name: str, data: bytes) -> bytes:
    """A member of an ODT with its lists and changes numbered in order, where LibreOffice names them by chance."""
    if name == "content.xml":
        drawn = dict.fromkeys(re.findall(rb'xml:id="((?:list|ct)\d+)"', data))
        data = re.sub(rb"(__Annotation__\d+_)\d+", rb"\g<1>0", data)
        for n, identity in enumerate(drawn):
            data = re.sub(rb'"%s"' % identity, b'"id%d"' % n, data)
    if name == "settings.xml":
        data = re.sub(rb'(config:name="Rsid(?:Root)?" config:type="int">)\d+', rb"\g<1>0", data)
    return data


def undated(data: bytes) -> bytes:
    """A PDF with a fixed date and a fixed identity."""
    data = re.sub(rb"D:\d{14}Z'", b"D:20250115080000Z'", data)
    return re.sub(rb"(ID \[ <|>\n<|DocChecksum /)[0-9A-F]{32}", rb"\g<1>" + b"0" * 32, data)


def pages_in(data: bytes, elements: Sequence[Element], without: Sequence[int] = ()) -> dict[int, int]:
    """On which page of a PDF each element begins, found by its letters: for PDFs that others set."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    pages = [_letters(page.get_textpage().get_text_range()) for page in document]
    document.close()
    text = "".join(pages)
    ends = list(accumulate(map(len, pages)))
    found: dict[int, int] = {}
    # From the end, so that what the table of contents says is not taken for the heading.
    before = len(text)
    for n in reversed(range(len(elements))):
        element = elements[n]
        if n in without or not (start := _letters(element.text)[:24]):
            continue
        last = len(text) if element.kind == "footnote" else before
        at = text.rfind(start, 0, last)
        if at < 0:
            raise ValueError(f"nowhere in the PDF: {element.text!r}")
        if element.kind != "footnote":
            before = at
        found[n] = bisect_right(ends, at) + 1
    return found


def _letters(text: str) -> str:
    return re.sub(r"[^\w]|_", "", text)
