"""Whether the boxes that a reader gives cover their words, by PDFium's own character boxes."""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import pypdfium2
import pypdfium2.raw as pdfium
from reading_scores import words_of

from malbild.source import Box, Source

COVERED = 0.9
"""The share of the area of a word's characters that its box must hold."""
LARGEST = 2.0
"""How much larger than the word's own loose box (font height) the box may be."""
SHORTEST = 4
_SCALE = 100  # PageToDevice counts in whole units


@dataclass(frozen=True, slots=True)
class Printed:
    """A word as PDFium sees it: the boxes of its characters as drawn, and the one of its font's height."""

    form: str
    tight: tuple[Box, ...]
    loose: Box


def covered(data: bytes, source: Source) -> tuple[int, int]:
    """How many of the sampled words have a box that covers them, and how many were sampled.

    Sampled is every word of at least four letters that stands once on its page, for PDFium and for the reader, and on
    one line.
    """
    right = total = 0
    words = [word for word in words_of(source.text) if len(word.form) >= SHORTEST]
    lines = [source.lines_of(word.span) for word in words]
    document = pypdfium2.PdfDocument(data)
    try:
        for number in range(1, len(document) + 1):
            printed = _once(_printed(document[number - 1]))
            here = Counter(word.form for word, on in zip(words, lines, strict=True) if on and on[0].page == number)
            for word, on in zip(words, lines, strict=True):
                if len(on) != 1 or on[0].page != number or here[word.form] > 1 or word.form not in printed:
                    continue
                total += 1
                right += _covers(on[0].box(word.span), printed[word.form])
    finally:
        document.close()
    return right, total


def _covers(box: Box, word: Printed) -> bool:
    area = sum(map(_area, word.tight))
    held = sum(_area(_common(box, tight)) for tight in word.tight)
    return held >= COVERED * area and _area(box) <= LARGEST * _area(word.loose)


def _area(box: Box) -> float:
    return max(0.0, box.right - box.left) * max(0.0, box.bottom - box.top)


def _common(one: Box, other: Box) -> Box:
    return Box(
        max(one.left, other.left),
        max(one.top, other.top),
        min(one.right, other.right),
        min(one.bottom, other.bottom),
    )


def _once(words: Iterator[Printed]) -> dict[str, Printed]:
    found = list(words)
    counts = Counter(word.form for word in found)
    return {word.form: word for word in found if counts[word.form] == 1}


def _printed(page: pypdfium2.PdfPage) -> Iterator[Printed]:
    """The words of a page. A word ends where PDFium puts a character that is no letter or digit, or breaks the line."""
    text = page.get_textpage()
    chars: list[tuple[str, Box, Box]] = []
    for n in range(pdfium.FPDFText_CountChars(text)):
        char = chr(pdfium.FPDFText_GetUnicode(text, n))
        if unicodedata.category(char)[0] not in "LM" and unicodedata.category(char) != "Nd":
            chars.append(("", _NOWHERE, _NOWHERE))
            continue
        chars.append((char, _shown(page, _tight(text, n)), _shown(page, _loose(text, n))))
    for inside, group in groupby(chars, key=lambda char: bool(char[0])):
        if inside:
            letters, tight, loose = zip(*group, strict=True)
            form = unicodedata.normalize("NFKC", "".join(letters)).casefold()
            yield Printed(form, tuple(tight), _around(loose))
    text.close()


_NOWHERE = Box(0, 0, 0, 0)


def _around(boxes: tuple[Box, ...]) -> Box:
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def _tight(text: pypdfium2.PdfTextPage, n: int) -> tuple[float, float, float, float]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text, n, left, right, bottom, top)
    return left.value, bottom.value, right.value, top.value


def _loose(text: pypdfium2.PdfTextPage, n: int) -> tuple[float, float, float, float]:
    rectangle = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text, n, rectangle)
    return rectangle.left, rectangle.bottom, rectangle.right, rectangle.top


def _shown(page: pypdfium2.PdfPage, corners: tuple[float, float, float, float]) -> Box:
    """A rectangle of the page's own space as it is shown: turned, cropped, counted from the top left corner."""
    width, height = page.get_size()
    points = []
    for x, y in (corners[:2], corners[2:]):
        right, down = ctypes.c_int(), ctypes.c_int()
        size = round(width * _SCALE), round(height * _SCALE)
        pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, right, down)
        points.append((right.value / _SCALE, down.value / _SCALE))
    (x0, y0), (x1, y1) = points
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
