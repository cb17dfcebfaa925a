"""Pages set in type by hand: words at places, as pdfium would give them."""

from __future__ import annotations

from malbild.read.pdf.lines import Segment
from malbild.read.pdf.words import Word

WIDE = 0.5
"""The width of a letter and of a space, in font sizes."""


def line(text: str, left: float, base: float, size: float = 10.0, bold: bool = False) -> list[Word]:
    """The words of a line that begins at ``left``, its baseline at ``base``; ``^1`` is a raised mark."""
    words = []
    x = left
    for part in text.split(" "):
        body, _, mark = part.partition("^")
        for piece, scale, rise in ((body, 1.0, 0.0), (mark, 0.6, 0.35 * size)):
            if piece:
                here, foot = size * scale, base - rise
                end = x + len(piece) * WIDE * here
                words.append(Word(piece, x, foot - 0.75 * here, end, foot + 0.22 * here, foot, here, bold))
                words[-1].tight = scale < 1
                x = end
        x += WIDE * size
    return words


def paragraph(lines: list[str], left: float, base: float, size: float = 10.0, leading: float = 13.0) -> list[Word]:
    """Lines under one another."""
    return [word for n, text in enumerate(lines) for word in line(text, left, base + n * leading, size)]


def segment(text: str, left: float, base: float, page: int = 1, size: float = 10.0, bold: bool = False) -> Segment:
    """A line as one segment in a column as wide as itself."""
    words = line(text, left, base, size, bold)
    return Segment(words, page, (words[0].left, words[-1].right))
