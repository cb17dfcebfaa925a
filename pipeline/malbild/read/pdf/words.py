"""The words of a PDF page and where they stand, out of pdfium's text page; and the page's rules (drawn lines).

pdfium is asked about the first and the last character of a word only: a call costs about a microsecond, and a page has
thousands of characters. Places are in points from the top left corner of the page as it is shown.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium

from malbild.read.pdf.characters import Characters, Look, Shown
from malbild.read.pdf.drawn import drawn
from malbild.source import Box

HYPHEN = "\u2010"
"""A hyphen at the end of a line, as it stands in a :class:`Word`."""
_HYPHENS = str.maketrans({"\x02": HYPHEN, "\ufffe": HYPHEN, "\xad": HYPHEN})
_LIGATURES = str.maketrans({"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"})
_ACCENTS = re.compile("[\u00a8\u02da]([aoAO])|([aoAO])[\u00a8\u02da]")
_DROPPED = re.compile("[\u200b\ufeff\x00-\x01\x03-\x08]")
_WORD = re.compile(r"[^\s\x00]+")
_ASCENT, _DESCENT = 0.75, 0.22
"""How far letters reach from the baseline, as shares of the size, where nothing says better."""
_SKEW = math.radians(10)


@dataclass(slots=True)
class Word:
    """A run of characters without white space. ``base`` is its baseline; ``size`` that of its font.

    ``last`` is the left edge of its last character. ``raised``: a small mark above the baseline; ``tight``: no white
    space stands between it and the word before.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float
    bold: bool
    slanted: bool = False
    last: float | None = None
    raised: bool = False
    tight: bool = False


@dataclass(slots=True)
class PageWords:
    """One page: its words in the file's order, those that run another way or cannot be seen, and what is drawn.

    ``rules`` are lines and the edges of frames, ``panels`` coloured or framed rectangles. A page whose words mostly run
    up or down is turned until they stand upright: ``turns`` quarters clockwise. All places are on the page so turned.
    """

    width: float
    height: float
    turns: int = 0
    words: list[Word] = field(default_factory=list)
    rotated: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    panels: list[Box] = field(default_factory=list)


def page_words(page: pdfium.PdfPage) -> PageWords:
    """The words of a page, and what is drawn on it."""
    found, turns = _upright(page, 0)
    return found if not turns else _upright(page, turns)[0]


def _upright(page: pdfium.PdfPage, extra: int) -> tuple[PageWords, int]:
    """A page turned by ``extra`` quarters, and by how many more it is to be turned until most words stand upright."""
    shown = Shown(page, extra)
    text = Characters(page, shown)
    characters = text.text()
    found = PageWords(shown.width, shown.height, extra)
    found.rules, found.panels = drawn(page, shown)
    unseen: list[Word] = []
    turned: Counter[int] = Counter()
    end = -1
    for span in (match.span() for match in _WORD.finditer(characters)):
        for first, last in _parts(text, *span):
            look = text.look(text.thing(first), first)
            word = _word(text, characters, first, last, look, tight=first == end)
            end = last + 1
            if word is None:
                continue
            if abs(look.turn) > _SKEW:
                found.rotated.append(word.text)
                turned[round(look.turn / (math.pi / 2)) % 4] += 1
            elif not look.seen or not (-5 < word.left < shown.width and -5 < word.base < shown.height + 5):
                unseen.append(word)
            else:
                found.words.append(word)
    if found.words or not unseen:
        found.hidden = [word.text for word in unseen]
    else:
        # A page that was scanned: its words are not drawn, they lie over the picture.
        found.words = unseen
    most, count = turned.most_common(1)[0] if turned else (0, 0)
    return found, most if count > len(found.words) else 0


def _parts(text: Characters, first: int, end: int) -> Iterator[tuple[int, int]]:
    """A run of characters in parts of one size on one line; most are one part."""
    last = end - 1
    if first == last:
        yield first, last
        return
    a, b = text.thing(first), text.thing(last)
    if a == b:
        yield first, last
        return
    start, before, base = first, text.look(a, first), text.base(first)[1]
    for n in range(first + 1, end):
        look = text.look(text.thing(n), n)
        if look is before:
            continue
        here = text.base(n)[1]
        if abs(look.size - before.size) > 0.15 * before.size or abs(here - base) > 0.2 * before.size:
            yield start, n - 1
            start = n
        before, base = look, here
    yield start, last


def _word(text: Characters, characters: str, first: int, last: int, look: Look, tight: bool) -> Word | None:
    box, end = text.box(first), text.box(last)
    base = text.base(first)[1]
    words = written(characters[first : last + 1])
    if not words:
        return None
    top = min(box.top, end.top, base - _ASCENT * look.size)
    bottom = max(box.bottom, end.bottom, base + _DESCENT * look.size)
    left, right = min(box.left, end.left), max(box.right, end.right)
    return Word(words, left, top, right, bottom, base, look.size, look.bold, look.slanted, end.left, tight=tight)


def written(characters: str) -> str:
    """The characters of a word as Swedish writes them: composed, ligatures taken apart, code units put together.

    >>> written("fo\u0308rsta"), written("o\ufb03ciell"), written("\u00a8ar")
    ('första', 'officiell', 'är')
    """
    if characters.isascii() and characters.isprintable():
        return characters
    if any("\ud800" <= c <= "\udfff" for c in characters):
        characters = characters.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    characters = _DROPPED.sub("", characters.translate(_HYPHENS).translate(_LIGATURES))
    if "\u00a8" in characters or "\u02da" in characters:
        characters = _ACCENTS.sub(_composed, characters)
    return unicodedata.normalize("NFC", characters)


def _composed(found: re.Match[str]) -> str:
    letter = found[1] or found[2]
    return letter + ("\u030a" if "\u02da" in found[0] else "\u0308")
