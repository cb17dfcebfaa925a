"""A PDF to its content: pages, words, lines, blocks, text."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2 as pdfium

from malbild.read.building import meaningful
from malbild.read.content import Content, UnreadableError
from malbild.read.limits import LIMITS, Limits
from malbild.read.pdf import ocr
from malbild.read.pdf.contents import without_contents
from malbild.read.pdf.drafts import drafts, looks_of
from malbild.read.pdf.frame import without_frame
from malbild.read.pdf.headings import Bookmarks, mark_headings, squeezed
from malbild.read.pdf.lines import Segment, in_order, segments
from malbild.read.pdf.neighbours import settled
from malbild.read.pdf.tables import Unit, aligned, boxed, ruled
from malbild.read.pdf.text import Text, vocabulary
from malbild.read.pdf.words import PageWords, page_words
from malbild.source import Aside, Page, Problem

_NO_TEXT = "no text layer on {where}: OCR it first"


def read(data: bytes, limits: Limits = LIMITS) -> Content:
    """The text of a PDF, its blocks, pages and lines, and what was set aside.

    Raises:
        UnreadableError: if it is damaged, encrypted, has no page, or has no text on any.
    """
    pdf = _opened(data, limits)
    try:
        return _content(pdf, limits.ocr is not None)
    finally:
        pdf.close()


def _opened(data: bytes, limits: Limits) -> pdfium.PdfDocument:
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).casefold():
            raise UnreadableError("encrypted", "is a PDF that needs a password: save it without one first") from None
        raise UnreadableError("damaged", "is a damaged PDF: print it to a new PDF, or get it again") from None
    if not len(pdf):
        pdf.close()
        raise UnreadableError("damaged", "is a PDF without pages: get it again")
    if (count := len(pdf)) > limits.pages:
        pdf.close()
        raise UnreadableError("too_large", f"has {count} pages, more than max_pages={limits.pages}; raise it or split")
    return pdf


def _content(pdf: pdfium.PdfDocument, by_picture: bool) -> Content:
    pages: list[Page] = []
    words: list[PageWords] = []
    broken: list[int] = []
    for number in range(1, len(pdf) + 1):
        found = _words(pdf, number - 1)
        if found is None:
            broken.append(number)
            found = PageWords(0.0, 0.0)
        words.append(found)
        pages.append(Page(number, found.width, found.height, found.turns))
    problems: list[Problem] = []
    if by_picture and (read_by := _recognised(pdf, words, broken)):
        message = f"{_named(read_by)} had no text layer: tesseract read the picture, check its words"
        problems.append(Problem("read", "ocr", message))
    empty = [page.number for page, found in zip(pages, words, strict=True) if not found.words and page.width]
    if len(empty) + len(broken) == len(pages):
        if broken:
            raise UnreadableError("damaged", "is a PDF of which no page can be read: print it to a new PDF")
        raise UnreadableError("no_text", "has no text layer: OCR it first")
    if empty:
        problems.append(Problem("read", "no_text", _NO_TEXT.format(where=_named(empty))))
    if broken:
        problems.append(Problem("read", "damaged_page", f"{_named(broken)} cannot be read and is left out"))
    flows, asides = _flows(words)
    flat = [[one for one in flow if isinstance(one, Segment)] for flow in flows]
    looks = looks_of(flat)
    made = settled(drafts(flows, looks), looks)
    mark_headings(made, looks, _bookmarks(pdf))
    text = Text(vocabulary(made))
    for draft in made:
        text.add(draft)
    title = meaningful(pdf.get_metadata_value("Title") or "")
    blocks = tuple(text.blocks)
    return Content(
        text.whole(),
        title,
        blocks,
        tuple(pages),
        tuple(text.lines),
        tuple(asides),
        built=True,
        problems=tuple(problems),
    )


def _words(pdf: pdfium.PdfDocument, index: int) -> PageWords | None:
    """The words of a page; ``None`` if it is damaged."""
    try:
        page = pdf[index]
    except pdfium.PdfiumError:
        return None
    try:
        return page_words(page)
    except pdfium.PdfiumError:
        return None
    finally:
        page.close()


def _recognised(pdf: pdfium.PdfDocument, words: list[PageWords], broken: list[int]) -> list[int]:
    """Read the pages without words by their pictures; the numbers of those on which there were some.

    Raises:
        UnreadableError: if there is nothing to read them with.
    """
    empty = [n for n, page in enumerate(words, 1) if not page.words and n not in broken]
    if empty:
        ocr.check()
    found = []
    for number in empty:
        page = pdf[number - 1]
        seen = ocr.recognised(page)
        page.close()
        if seen.words:
            words[number - 1] = seen
            found.append(number)
    return found


def _flows(words: list[PageWords]) -> tuple[list[list[Segment | Unit]], list[Aside]]:
    """Every page in reading order, without what frames it; and what was set aside."""
    units: list[list[Unit]] = []
    lines: list[list[Segment]] = []
    for number, page in enumerate(words, 1):
        walls = [rule for rule in page.rules if rule.bottom - rule.top > rule.right - rule.left]
        tables, rest = ruled(page.words, page.rules, number)
        boxes, rest = boxed(rest, page.panels, number)
        units.append([*tables, *boxes])
        lines.append(segments(rest, number, walls))
    asides = [Aside("rotated", " ".join(p.rotated), (n,)) for n, p in enumerate(words, 1) if p.rotated]
    asides += [Aside("hidden", " ".join(p.hidden), (n,)) for n, p in enumerate(words, 1) if p.hidden]
    asides += without_frame(lines, [page.height for page in words], looks_of(lines).size)
    asides += without_contents(lines)
    flows: list[list[Segment | Unit]] = []
    for number, (page_lines, page_units) in enumerate(zip(lines, units, strict=True), 1):
        more, rest_ = aligned(page_lines, number)
        whole: list[Segment | Unit] = [*rest_, *page_units, *more]
        flow = in_order(whole)
        _narrow(flow)
        flows.append(flow)
    return flows, asides


def _narrow(flow: list[Segment | Unit]) -> None:
    """Let the column of a line that runs beside a box end at the box."""
    boxes = [one for one in flow if isinstance(one, Unit) and one.inner]
    for line in flow:
        if isinstance(line, Segment):
            high = 1.5 * line.size
            for box in boxes:
                beside = box.top - high < line.base < box.bottom + high
                if beside and line.right <= box.left < line.column[1]:
                    line.column = line.column[0], box.left


def _bookmarks(pdf: pdfium.PdfDocument) -> Bookmarks:
    found = {}
    for bookmark in _toc(pdf):
        destination = bookmark.get_dest()
        page = destination.get_index() if destination else None
        if page is not None and (words := squeezed(bookmark.get_title())):
            found[page + 1, words] = bookmark.level + 1
    return found


def _toc(pdf: pdfium.PdfDocument) -> Iterator[pdfium.PdfBookmark]:
    try:
        yield from pdf.get_toc(max_depth=9)
    except pdfium.PdfiumError:
        return


def _named(numbers: list[int]) -> str:
    """Page numbers in words.

    >>> _named([3, 4, 5, 9])
    'pages 3–5, 9'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    words = ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)
    return f"page{'s' if len(numbers) > 1 else ''} {words}"
