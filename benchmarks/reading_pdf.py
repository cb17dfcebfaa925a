"""PDF files of the reading set by ReportLab: one text, many looks, and on which page each element came to stand."""

from __future__ import annotations

import io
import random
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal
from xml.sax.saxutils import escape

from reading_texts import CALL, Element
from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    FrameBreak,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Table,
    TableStyle,
)
from reportlab.platypus.tableofcontents import TableOfContents

FONTS = Path("/usr/share/fonts/truetype")
_FILES = {
    "Liberation Sans": ("liberation/LiberationSans-{}.ttf", "Regular", "Bold", "Italic"),
    "Liberation Serif": ("liberation/LiberationSerif-{}.ttf", "Regular", "Bold", "Italic"),
    "DejaVu Sans": ("dejavu/DejaVuSans{}.ttf", "", "-Bold", "-Oblique"),
}
_STANDARD = {
    "Helvetica": ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique"),
    "Times": ("Times-Roman", "Times-Bold", "Times-Italic"),
}
MARGIN = 64.0
NOTES = 78.0
"""Points kept free at the foot of a page for its footnotes."""
GUTTER = 20.0

Painter = Callable[[Canvas, "Log"], None]


@dataclass(slots=True)
class Log:
    """What was drawn where: element -> page, and what is on the pages beside the text.

    ``calls`` are the footnotes called on each page, ``chunks`` what the paragraphs of this page wrote to its stream,
    ``total`` the number of pages, known in the last pass.
    """

    pages: dict[int, int] = field(default_factory=dict)
    asides: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    calls: dict[int, list[str]] = field(default_factory=dict)
    floating: list[dict[str, Any]] = field(default_factory=list)
    optional: list[str] = field(default_factory=list)
    chunks: list[tuple[int, int]] = field(default_factory=list)
    total: int = 0

    def aside(self, kind: str, text: str, page: int) -> None:
        self.asides.setdefault((kind, text), []).append(page)

    def clear(self) -> None:
        """Forget a first pass."""
        for part in (self.pages, self.asides, self.calls, self.floating):
            part.clear()


@dataclass(frozen=True, slots=True)
class Look:
    """How a text is set. ``running`` paints what stands on every page beside the text.

    ``breaks`` are headings (their text) before which a page ends; ``turns`` those from which pages are of another kind:
    "wide" (one column), "landscape", or upright with ``/Rotate 90`` ("rotated"). ``scanned`` are pages of which only
    the picture is kept, ``ocr`` says that the text lies invisible over the pictures. ``raw`` sets word by word, without
    the character for a space, with soft hyphens at the ends of lines, letterspaced headings, and the pieces of a page
    in no order. ``repeat`` has a table's head again on the next page. ``torn`` are words with "|" where a line ends,
    behind a hyphen or a dash of their own.
    """

    family: str = "Helvetica"
    size: float = 10.0
    columns: int = 1
    banner: bool = False
    justified: bool = False
    hyphenated: bool = False
    contents: bool = False
    ruled: bool = True
    feet: bool = False
    running: Painter | None = None
    page: tuple[float, float] = A4
    right: float = MARGIN
    crop: float = 0.0
    spell: Callable[[str], str] = str
    breaks: tuple[str, ...] = ()
    turns: tuple[tuple[str, Literal["upright", "wide", "landscape", "rotated"]], ...] = ()
    scanned: tuple[int, ...] = ()
    ocr: bool = False
    raw: bool = False
    repeat: bool = False
    torn: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """A file, and what its truth has beside the elements of the text."""

    data: bytes
    log: Log


class Marked(Paragraph):
    """A paragraph that tells on which page it begins."""

    element: int = -1
    log: Log
    unseen: tuple[int, ...] = ()
    whole: frozenset[str] | None = None
    """The words of its text, where it is set raw."""

    def split(self, width: float, height: float) -> list[Marked]:
        parts = super().split(width, height)
        for part in parts:
            part.element, part.log, part.unseen, part.whole = self.element, self.log, self.unseen, self.whole
        return parts

    def drawOn(self, canvas: Canvas, x: float, y: float, _sW: float = 0) -> None:  # noqa: N802, N803
        start = len(canvas._code)
        super().drawOn(canvas, x, y, _sW)
        if self.whole is not None and self.style.name != "cell":
            self.log.chunks.append((start, len(canvas._code)))

    def draw(self) -> None:
        page = self.canv.getPageNumber()
        self.log.pages.setdefault(self.element, page)
        if page in self.unseen:
            return
        if self.whole is None or self.blPara.kind:
            super().draw()
        else:
            self.draw_raw(self.whole)

    def draw_raw(self, whole: frozenset[str]) -> None:
        style, at = self.style, self.height - self.style.fontSize
        space = pdfmetrics.stringWidth(" ", style.fontName, style.fontSize)
        apart = 1.6 if style.name.startswith("heading") else 0.0
        self.canv.setFillColor(style.textColor)
        for _, words in self.blPara.lines:
            left = style.leftIndent
            for n, word in enumerate(words):
                if n == len(words) - 1 and word.endswith("-") and word not in whole:
                    word = word[:-1] + "\xad"
                text = self.canv.beginText(left, at)
                text.setFont(style.fontName, style.fontSize)
                text.setCharSpace(apart)
                text.textOut(word)
                self.canv.drawText(text)
                left += pdfmetrics.stringWidth(word, style.fontName, style.fontSize) + space + apart * (len(word) + 1)
            at -= style.leading
        if self.bulletText:
            self.canv.setFont(style.fontName, style.fontSize)
            self.canv.drawString(style.bulletIndent, self.height - style.fontSize, self.bulletText)


class Bars(Flowable):
    """A chart without words. ``unseen`` are pages that show a picture instead."""

    def __init__(self, width: float, unseen: tuple[int, ...] = ()) -> None:
        super().__init__()
        self.width, self.height, self.unseen = width, 88.0, unseen

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height + 8

    def draw(self) -> None:
        if self.canv.getPageNumber() in self.unseen:
            return
        step = self.width / 9
        self.canv.setFillColor(colors.Color(0.36, 0.52, 0.6))
        for n, height in enumerate((78, 74, 75, 66, 61, 52, 50, 41, 36)):
            self.canv.rect(n * step, 6, step * 0.7, height, stroke=0, fill=1)
        self.canv.setStrokeColor(colors.grey)
        self.canv.line(0, 6, self.width, 6)


def fonts(family: str) -> tuple[str, str, str]:
    """The names of a family's regular, bold and italic faces, registered."""
    if family in _STANDARD:
        return _STANDARD[family]
    pattern, *faces = _FILES[family]
    names = tuple(f"{family.replace(' ', '')}{face}" for face in ("", "-Bold", "-Italic"))
    for name, face in zip(names, faces, strict=True):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(FONTS / pattern.format(face))))
    pdfmetrics.registerFontFamily(names[0], names[0], names[1], names[2], names[1])
    return names[0], names[1], names[2]


def decomposed(text: str) -> str:
    """Letters and their marks apart; "fi", "fl" and "ffi" as one glyph."""
    for plain, ligature in (("ffi", "\ufb03"), ("fi", "\ufb01"), ("fl", "\ufb02")):
        text = text.replace(plain, ligature)
    return unicodedata.normalize("NFD", text)


class _Setter:
    """One text set in one look."""

    def __init__(self, elements: Sequence[Element], look: Look) -> None:
        self.elements, self.look = elements, look
        self.log = Log()
        self.notes = {element.number: n for n, element in enumerate(elements) if element.kind == "footnote"}
        self.regular, self.bold, self.italic = fonts(look.family)
        width = look.page[0] - MARGIN - look.right
        self.measure = (width - GUTTER * (look.columns - 1)) / look.columns
        lying = look.page[1] - 2 * MARGIN
        self.measures = {"upright": self.measure, "wide": width, "landscape": lying, "rotated": lying}

    def style(self, name: str, **changes: Any) -> ParagraphStyle:
        size = changes.pop("size", self.look.size)
        running = name in ("paragraph", "item", "quote")
        given: dict[str, Any] = {
            "fontName": self.regular,
            "fontSize": size,
            "leading": size * 1.32,
            "spaceAfter": size * 0.55,
            "alignment": TA_JUSTIFY if self.look.justified and running else TA_LEFT,
            "bulletFontName": self.regular,
            "bulletFontSize": size,
            "splitLongWords": 0,
            "allowWidows": 0,
            "allowOrphans": 0,
        }
        if self.look.hyphenated and running:
            given |= {"hyphenationLang": "sv", "embeddedHyphenation": 1, "hyphenationMinWordLength": 7}
        return ParagraphStyle(name, **(given | changes))

    def paragraph(self, n: int, style: ParagraphStyle, bullet: str | None = None) -> Marked:
        """The element as a flowable."""
        element = self.elements[n]
        text = element.numbered if element.kind == "heading" else element.drawn
        made = Marked(self.markup(text), style, bulletText=bullet)
        made.element, made.log = n, self.log
        made.unseen = () if self.look.ocr else self.look.scanned
        if self.look.raw:
            made.whole = frozenset(text.split())
        return made

    def markup(self, text: str) -> str:
        """ReportLab's markup of a text, the calls of footnotes raised and remembered as they are drawn."""
        size, rise = self.look.size * 0.62, self.look.size * 0.36
        text = escape(self.look.spell(text))
        for words in self.look.torn:
            text = text.replace(words.replace("|", ""), words.replace("|", "<br/>"))
        called = '<onDraw name="called" label="{0}"/>' if self.look.feet else ""
        raised = f'<super size="{size:.1f}" rise="{rise:.1f}">{{0}}</super>' + called
        return CALL.sub(lambda found: raised.format(found[1]), text)

    def story(self) -> list[Flowable]:
        look, size = self.look, self.look.size
        made: list[Flowable] = []
        turns = dict(look.turns)
        measure = self.measure
        tables: dict[int, list[int]] = {}
        notes: list[Flowable] = []
        for n, element in enumerate(self.elements):
            if element.kind == "heading":
                if turn := turns.get(element.text):
                    made += [NextPageTemplate(turn), PageBreak()]
                    measure = self.measures[turn]
                elif element.text in look.breaks:
                    made.append(PageBreak())
                made += self.heading(n)
            elif element.kind == "item":
                indent = 14.0 * element.level
                bullet = f"{element.number}." if element.number else ("•" if element.level == 1 else "–")
                style = self.style("item", leftIndent=indent, bulletIndent=indent - 12, spaceAfter=size * 0.25)
                made.append(self.paragraph(n, style, look.spell(bullet)))
            elif element.kind == "cell":
                assert element.table is not None
                if element.table not in tables:
                    tables[element.table] = []
                    made.append(_Place(element.table, measure))
                tables[element.table].append(n)
            elif element.kind == "caption":
                if element.text.startswith("Figur"):
                    made.append(Bars(self.measure, look.scanned))
                above = not element.text.startswith("Figur") and not look.repeat
                style = self.style("caption", fontName=self.italic, size=size - 1.2, keepWithNext=above)
                made.append(self.paragraph(n, style))
            elif element.kind == "footnote":
                notes.append(self.paragraph(n, self.style("note", size=size - 2), f"{element.number}"))
            elif element.quote:
                style = self.style("quote", fontName=self.italic, leftIndent=22, rightIndent=22)
                made.append(self.paragraph(n, style))
            else:
                made.append(self.paragraph(n, self.style("paragraph")))
        made = [self.table(tables[part.table], part.measure) if isinstance(part, _Place) else part for part in made]
        if notes and not look.feet:
            for note in notes:
                assert isinstance(note, Marked)
                note.style = self.style("note", size=size - 2, leftIndent=12)
            made += notes
        if look.banner:
            end = next(
                n for n, part in enumerate(made) if isinstance(part, Marked) and self.elements[part.element].level == 2
            )
            made.insert(end, FrameBreak())
        return made

    def heading(self, n: int) -> list[Flowable]:
        element, size = self.elements[n], self.look.size
        scale = {1: 2.1, 2: 1.5, 3: 1.2, 4: 1.0}[element.level]
        style = self.style(
            f"heading {element.level}",
            size=size * scale,
            fontName=self.bold if element.level < 4 else self.italic,
            spaceBefore=size * (0.3 if element.level == 1 else 1.1),
            spaceAfter=size * (1.0 if element.level == 1 else 0.4),
            keepWithNext=1,
            textColor=colors.Color(0.05, 0.25, 0.35) if element.level < 3 else colors.black,
        )
        made: list[Flowable] = [self.paragraph(n, style)]
        if self.look.contents and element.level == 1:
            made += [*self.subtitle(n), PageBreak()]
        return made

    def subtitle(self, n: int) -> list[Flowable]:
        """The table of contents."""
        self.log.optional.append("Innehåll")
        contents = TableOfContents(dotsMinLevel=0)
        contents.levelStyles = [
            self.style(
                f"contents {depth}",
                leftIndent=14 * depth,
                spaceAfter=3,
                fontName=self.bold if depth == 0 else self.regular,
            )
            for depth in range(3)
        ]
        head = Paragraph("Innehåll", self.style("contents", size=self.look.size * 1.5, fontName=self.bold))
        return [head, contents]

    def table(self, cells: Sequence[int], measure: float) -> Flowable:
        look, size = self.look, self.look.size - 1.6
        columns = 1 + max(self.elements[n].column or 0 for n in cells)
        rows = 1 + max(self.elements[n].row or 0 for n in cells)
        grid: list[list[Any]] = [[""] * columns for _ in range(rows)]
        longest, words = [6] * columns, [0.0] * columns
        for n in cells:
            element = self.elements[n]
            assert element.row is not None and element.column is not None
            style = self.style(
                "cell", size=size, spaceAfter=0, fontName=self.bold if element.row == 0 else self.regular
            )
            grid[element.row][element.column] = self.paragraph(n, style)
            longest[element.column] = max(longest[element.column], min(60, len(element.text)))
            for word in element.text.split():
                wide = pdfmetrics.stringWidth(word, style.fontName, size) + 11
                words[element.column] = max(words[element.column], wide)
        # No word is wider than its column; what is left goes where the text is longest.
        spare = max(0.0, measure - sum(words))
        widths = [word + spare * length / sum(longest) for word, length in zip(words, longest, strict=True)]
        lines = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 4)]
        if look.ruled:
            lines += [
                ("GRID", (0, 0), (-1, -1), 0.5, colors.grey),
                ("BACKGROUND", (0, 0), (-1, 0), colors.Color(0.87, 0.92, 0.94)),
            ]
        if look.repeat:
            self.log.optional += [self.elements[n].text for n in cells if self.elements[n].row == 0]
        style = TableStyle(lines)
        return Table(grid, widths, style=style, hAlign="LEFT", spaceAfter=look.size, repeatRows=int(look.repeat))


class _Place(Flowable):
    """Where a table will stand."""

    def __init__(self, table: int, measure: float) -> None:
        super().__init__()
        self.table, self.measure = table, measure


class _Document(BaseDocTemplate):
    """Pages with what runs beside the text, footnotes at their feet, and headings told to the table of contents."""

    def __init__(self, setter: _Setter, stream: io.BytesIO, pictures: dict[int, bytes]) -> None:
        look = setter.look
        super().__init__(stream, pagesize=look.page, invariant=1, title=setter.elements[0].text, lang="sv")
        self.setter, self.pictures = setter, pictures
        self.addPageTemplates(self.templates())

    def templates(self) -> list[PageTemplate]:
        look = self.setter.look
        width, height = look.page
        foot = MARGIN + (NOTES if look.feet else 0)

        def columns(top: float) -> list[Frame]:
            step = self.setter.measure + GUTTER
            return [
                Frame(MARGIN + n * step, foot, self.setter.measure, top - foot, 0, 0, 0, 0) for n in range(look.columns)
            ]

        banner = [Frame(MARGIN, height - MARGIN - 96, width - MARGIN - look.right, 96, 0, 0, 0, 0)]
        made = []
        if look.banner:
            made.append(
                PageTemplate("first", [*banner, *columns(height - MARGIN - 104)], autoNextPageTemplate="upright")
            )
        made.append(PageTemplate("upright", columns(height - MARGIN)))
        wide = Frame(MARGIN, foot, width - MARGIN - look.right, height - MARGIN - foot, 0, 0, 0, 0)
        made.append(PageTemplate("wide", [wide]))
        lying = Frame(MARGIN, MARGIN, height - 2 * MARGIN, width - 2 * MARGIN, 0, 0, 0, 0)
        made.append(PageTemplate("landscape", [lying], pagesize=landscape(look.page)))
        made.append(PageTemplate("rotated", [lying], onPage=_turned, pagesize=landscape(look.page)))
        made[-1].rotation = 90
        for template in made:
            template.beforeDrawPage = self.before
            template.afterDrawPage = self.after
        return made

    def beforeDocument(self) -> None:  # noqa: N802
        self.setter.log.clear()

    def called(self, canvas: Canvas, _: str, label: str) -> None:
        self.setter.log.calls.setdefault(canvas.getPageNumber(), []).append(label)

    def before(self, canvas: Canvas, _: Any) -> None:
        look, page = self.setter.look, canvas.getPageNumber()
        canvas.setNamedCB("called", self.called)
        if page in self.pictures:
            canvas.drawImage(ImageReader(io.BytesIO(self.pictures[page])), 0, 0, *look.page)
            if look.ocr:
                canvas._code.append("3 Tr")
        if look.crop:
            inset = look.crop
            canvas.setCropBox((inset, inset * 1.5, look.page[0] - inset, look.page[1] - inset))
        if look.running and (page not in look.scanned or look.ocr):
            look.running(canvas, self.setter.log)

    def after(self, canvas: Canvas, _: Any) -> None:
        setter = self.setter
        if chunks := setter.log.chunks:
            pieces = [canvas._code[start:end] for start, end in chunks]
            random.Random(len(pieces)).shuffle(pieces)
            kept = [line for piece in pieces for line in piece]
            for start, end in reversed(chunks):
                del canvas._code[start:end]
            canvas._code[chunks[0][0] : chunks[0][0]] = kept
            chunks.clear()
        labels = setter.log.calls.get(canvas.getPageNumber(), [])
        if not setter.look.feet or not labels:
            return
        width = setter.look.page[0] - MARGIN - setter.look.right
        size = setter.look.size * 0.78
        style = setter.style("note", size=size, spaceAfter=0, leftIndent=9, firstLineIndent=-9)
        at = MARGIN + NOTES - 12
        canvas.setStrokeColor(colors.black)
        canvas.setLineWidth(0.5)
        canvas.line(MARGIN, at + 4, MARGIN + 140, at + 4)
        for label in labels:
            n = setter.notes[label]
            mark = f'<super size="{size * 0.62:.1f}" rise="{size * 0.36:.1f}">{label}</super> '
            note = Marked(mark + setter.markup(setter.elements[n].drawn), style)
            note.element, note.log = n, setter.log
            _, height = note.wrapOn(canvas, width, NOTES)
            at -= height
            assert at > MARGIN - 14, "the footnotes of a page need more room than NOTES"
            note.drawOn(canvas, MARGIN, at)

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802
        if not self.setter.look.contents or not isinstance(flowable, Marked):
            return
        element = self.setter.elements[flowable.element]
        if element.kind == "heading" and 2 <= element.level <= 4:
            self.notify("TOCEntry", (element.level - 2, self.setter.markup(element.numbered), self.page))
            self.setter.log.aside("contents", f"{element.numbered} {self.page}", 1)


def _turned(canvas: Canvas, _: Any) -> None:
    """A page whose words run up the sheet, and that is shown turned so that they run to the right.

    ReportLab has the size of such a page as it is shown.
    """
    canvas.translate(canvas._pagesize[1], 0)
    canvas.rotate(90)


def build(elements: Sequence[Element], look: Look) -> Made:
    """The PDF of a text in a look."""
    pictures: dict[int, bytes] = {}
    if look.scanned:
        plain = build(elements, replace(look, scanned=(), ocr=False))
        pictures = {page: picture(plain.data, page) for page in look.scanned if page <= plain.log.total}
        # The rules of tables are in the pictures.
        look = replace(look, ruled=False)
    total = 0
    while True:
        setter = _Setter(elements, look)
        setter.log.total = total
        stream = io.BytesIO()
        document = _Document(setter, stream, pictures)
        document.multiBuild(setter.story())
        if document.page == total:
            return Made(stream.getvalue(), setter.log)
        total = document.page


def picture(data: bytes, page: int, dpi: int = 90) -> bytes:
    """A page as a grey PNG picture of few shades, as a scanner that saves space makes it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    image = document[page - 1].render(scale=dpi / 72, grayscale=True).to_pil().quantize(8)
    stream = io.BytesIO()
    image.save(stream, "PNG", optimize=True)
    document.close()
    return stream.getvalue()


__all__ = ["CondPageBreak", "Log", "Look", "Made", "build", "decomposed", "fonts", "picture"]
