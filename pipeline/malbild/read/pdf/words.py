"""The words of a PDF page and where they stand, out of pdfium's text page; and the page's rules (drawn lines).

pdfium is asked about the first and the last character of a word only: a call costs about a microsecond, and a page has
thousands of characters. Places are in points from the top left corner of the page as it is shown.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from malbild.source import Box

HYPHEN = "\u2010"
"""A hyphen at the end of a line, as it stands in a :class:`Word`."""
_HYPHENS = str.maketrans({"\x02": HYPHEN, "\ufffe": HYPHEN, "\xad": HYPHEN})
_LIGATURES = str.maketrans({"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"})
_ACCENTS = re.compile("[\u00a8\u02da]([aoAO])|([aoAO])[\u00a8\u02da]")
_DROPPED = re.compile("[\u200b\ufeff\x00-\x01\x03-\x08]")
_WORD = re.compile(r"[^\s\x00]+")
_BOLD = re.compile(r"bold|black|heavy|semib|demi(?!t)|extrab", re.IGNORECASE)
_SLANTED = re.compile(r"italic|oblique|slanted|kursiv", re.IGNORECASE)
_BOLD_WEIGHT = 600
_INVISIBLE = 3
"""The text render mode of words that are not drawn."""
_TINY = 1.0
_ASCENT, _DESCENT = 0.75, 0.22
"""How far letters reach from the baseline, as shares of the size, where nothing says better."""
_SKEW = math.radians(10)
_THIN = 3.0
_LONG = 12.0
_LEAST_PANEL, _MOST_OF_PAGE = 20.0, 0.6


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


@dataclass(frozen=True, slots=True)
class Look:
    """How a text object is written. ``turn`` is its direction as shown, in radians; 0 is from left to right."""

    size: float
    turn: float
    bold: bool
    slanted: bool
    seen: bool


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


def _plain(function: object, result: type, *arguments: type) -> ctypes._CFunctionType:
    """The same C function with arguments that are quick to pass."""
    address = ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type]
    return ctypes.CFUNCTYPE(result, *arguments)(address)  # type: ignore[arg-type]


_P, _I = ctypes.c_void_p, ctypes.c_int
_object_of = _plain(raw.FPDFText_GetTextObject, _P, _P, _I)
_box_of = _plain(raw.FPDFText_GetLooseCharBox, _I, _P, _I, _P)
_origin_of = _plain(raw.FPDFText_GetCharOrigin, _I, _P, _I, _P, _P)
_unicode_of = _plain(raw.FPDFText_GetUnicode, ctypes.c_uint, _P, _I)


class _Shown:
    """From a page's own space to what is shown: the crop box's corner away, turned, and from the top down."""

    def __init__(self, page: pdfium.PdfPage, extra: int = 0) -> None:
        self.turns = (page.get_rotation() // 90 + extra) % 4
        width, height = page.get_size()
        self.width, self.height = (height, width) if extra % 2 else (width, height)
        self.left, self.bottom, self.right, self.top = page.get_bbox()

    def point(self, x: float, y: float) -> tuple[float, float]:
        match self.turns:
            case 0:
                return x - self.left, self.top - y
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case _:
                return self.top - y, self.right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        (x, y), (u, v) = self.point(left, bottom), self.point(right, top)
        return Box(min(x, u), min(y, v), max(x, u), max(y, v))

    def turn(self, a: float, b: float) -> float:
        turned: float = math.atan2(b, a) - self.turns * math.pi / 2 + math.pi
        return turned % (2 * math.pi) - math.pi


class _Text:
    """pdfium's text page, asked by character."""

    def __init__(self, page: pdfium.PdfPage, shown: _Shown) -> None:
        self.kept = page.get_textpage()
        self.page = ctypes.cast(self.kept.raw, _P).value
        self.shown = shown
        self.looks: dict[int | None, Look] = {}
        self.fonts: dict[int | None, tuple[bool, bool]] = {}
        self.rect = raw.FS_RECTF()
        self.rect_at = ctypes.addressof(self.rect)
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.x_at, self.y_at = ctypes.addressof(self.x), ctypes.addressof(self.y)

    def characters(self) -> str:
        """One code unit for every character of the text page."""
        count = raw.FPDFText_CountChars(self.kept.raw)
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = raw.FPDFText_GetText(self.kept.raw, 0, count, buffer) - 1
        if written == count:
            return "".join(map(chr, buffer[:count]))
        return "".join(chr(code if (code := _unicode_of(self.page, n)) < 0x10000 else 0xFFFD) for n in range(count))

    def box(self, n: int) -> Box:
        _box_of(self.page, n, self.rect_at)
        rect = self.rect
        return self.shown.box(rect.left, rect.bottom, rect.right, rect.top)

    def base(self, n: int) -> tuple[float, float]:
        _origin_of(self.page, n, self.x_at, self.y_at)
        return self.shown.point(self.x.value, self.y.value)

    def thing(self, n: int) -> int | None:
        return cast("int | None", _object_of(self.page, n))

    def look(self, address: int | None, n: int) -> Look:
        """How the text object at ``address`` is written, of which character ``n`` is one."""
        known = self.looks.get(address)
        if known is None:
            known = self.looks[address] = self._look(address, n)
        return known

    def _look(self, address: int | None, n: int) -> Look:
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self.kept.raw, n, matrix)
        turn = self.shown.turn(matrix.a, matrix.b)
        size = raw.FPDFText_GetFontSize(self.kept.raw, n) * math.hypot(matrix.c, matrix.d)
        if address is None:
            return Look(size, turn, False, False, True)
        thing = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
        alpha = ctypes.c_uint(255)
        other = ctypes.c_uint()
        raw.FPDFPageObj_GetFillColor(thing, other, other, other, alpha)
        seen = raw.FPDFTextObj_GetTextRenderMode(thing) != _INVISIBLE and alpha.value > 0 and size >= _TINY
        return Look(size, turn, *self._font(raw.FPDFTextObj_GetFont(thing)), seen)

    def _font(self, font: object) -> tuple[bool, bool]:
        """Whether a font is bold, and whether it is slanted."""
        address = ctypes.cast(font, _P).value  # type: ignore[arg-type]
        known = self.fonts.get(address)
        if known is None:
            name = ctypes.create_string_buffer(128)
            raw.FPDFFont_GetBaseFontName(font, name, 128)
            said = name.value.decode("latin-1")
            bold = _BOLD.search(said) is not None or raw.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT
            known = self.fonts[address] = bold, _SLANTED.search(said) is not None
        return known


def page_words(page: pdfium.PdfPage) -> PageWords:
    """The words of a page, and what is drawn on it."""
    found, turns = _upright(page, 0)
    return found if not turns else _upright(page, turns)[0]


def _upright(page: pdfium.PdfPage, extra: int) -> tuple[PageWords, int]:
    """A page turned by ``extra`` quarters, and by how many more it is to be turned until most words stand upright."""
    shown = _Shown(page, extra)
    text = _Text(page, shown)
    characters = text.characters()
    found = PageWords(shown.width, shown.height, extra)
    found.rules, found.panels = _drawn(page, shown)
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


def _parts(text: _Text, first: int, end: int) -> Iterator[tuple[int, int]]:
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


def _word(text: _Text, characters: str, first: int, last: int, look: Look, tight: bool) -> Word | None:
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


def _drawn(page: pdfium.PdfPage, shown: _Shown) -> tuple[list[Box], list[Box]]:
    """The drawn lines of a page, the edges of frames among them; and its rectangles."""
    rules: list[Box] = []
    panels: list[Box] = []
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for n in range(raw.FPDFPage_CountObjects(page.raw)):
        thing = raw.FPDFPage_GetObject(page.raw, n)
        if raw.FPDFPageObj_GetType(thing) != raw.FPDF_PAGEOBJ_PATH:
            continue
        if not raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
            continue
        box = shown.box(left.value, bottom.value, right.value, top.value)
        wide, high = box.right - box.left, box.bottom - box.top
        if min(wide, high) <= _THIN:
            if max(wide, high) >= _LONG:
                rules.append(box)
            continue
        if _stroked(thing):
            rules += (
                Box(box.left, box.top, box.right, box.top), Box(box.left, box.bottom, box.right, box.bottom),
                Box(box.left, box.top, box.left, box.bottom), Box(box.right, box.top, box.right, box.bottom),
            )  # fmt: skip
        if min(wide, high) > _LEAST_PANEL and wide * high < _MOST_OF_PAGE * shown.width * shown.height:
            panels.append(box)
    return rules, panels


def _stroked(thing: object) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(thing, fill, stroke)
    return bool(stroke.value)
