"""The characters of a PDF page as pdfium gives them: what they are, where they stand as shown, how they are written.

A call of pdfium costs about a microsecond, and a page has thousands of characters: ask about as few as will do.
"""

from __future__ import annotations

import ctypes
import math
import re
from dataclasses import dataclass
from typing import cast

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from malbild.source import Box

_BOLD = re.compile(r"bold|black|heavy|semib|demi(?!t)|extrab", re.IGNORECASE)
_SLANTED = re.compile(r"italic|oblique|slanted|kursiv", re.IGNORECASE)
_BOLD_WEIGHT = 600
_INVISIBLE = 3
"""The text render mode of words that are not drawn."""
_TINY = 1.0


@dataclass(frozen=True, slots=True)
class Look:
    """How a text object is written. ``turn`` is its direction as shown, in radians; 0 is from left to right."""

    size: float
    turn: float
    bold: bool
    slanted: bool
    seen: bool


def _plain(function: object, result: type, *arguments: type) -> ctypes._CFunctionType:
    """The same C function with arguments that are quick to pass."""
    address = ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type]
    return ctypes.CFUNCTYPE(result, *arguments)(address)  # type: ignore[arg-type]


_P, _I = ctypes.c_void_p, ctypes.c_int
_object_of = _plain(raw.FPDFText_GetTextObject, _P, _P, _I)
_box_of = _plain(raw.FPDFText_GetLooseCharBox, _I, _P, _I, _P)
_origin_of = _plain(raw.FPDFText_GetCharOrigin, _I, _P, _I, _P, _P)
_unicode_of = _plain(raw.FPDFText_GetUnicode, ctypes.c_uint, _P, _I)


class Shown:
    """From a page's own space to what is shown: the crop box's corner away, turned, and from the top down."""

    def __init__(self, page: pdfium.PdfPage, extra: int = 0) -> None:
        self.turns = (page.get_rotation() // 90 + extra) % 4
        width, height = page.get_size()
        self.width, self.height = (height, width) if extra % 2 else (width, height)
        self.left, self.bottom, self.right, self.top = page.get_bbox()

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A place of the page's own space, as shown."""
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
        """A rectangle of the page's own space, as shown."""
        (x, y), (u, v) = self.point(left, bottom), self.point(right, top)
        return Box(min(x, u), min(y, v), max(x, u), max(y, v))

    def turn(self, a: float, b: float) -> float:
        """The direction of a line of text as shown, from the first two numbers of its matrix."""
        turned: float = math.atan2(b, a) - self.turns * math.pi / 2 + math.pi
        return turned % (2 * math.pi) - math.pi


class Characters:
    """The text page of a page, asked by the number of a character."""

    def __init__(self, page: pdfium.PdfPage, shown: Shown) -> None:
        self.kept = page.get_textpage()
        self.page = ctypes.cast(self.kept.raw, _P).value
        self.shown = shown
        self.looks: dict[int | None, Look] = {}
        self.fonts: dict[int | None, tuple[bool, bool]] = {}
        self.rect = raw.FS_RECTF()
        self.rect_at = ctypes.addressof(self.rect)
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.x_at, self.y_at = ctypes.addressof(self.x), ctypes.addressof(self.y)

    def text(self) -> str:
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
        """The place of a character, with the white space that belongs to it."""
        _box_of(self.page, n, self.rect_at)
        rect = self.rect
        return self.shown.box(rect.left, rect.bottom, rect.right, rect.top)

    def base(self, n: int) -> tuple[float, float]:
        """Where a character begins on its baseline."""
        _origin_of(self.page, n, self.x_at, self.y_at)
        return self.shown.point(self.x.value, self.y.value)

    def thing(self, n: int) -> int | None:
        """The address of the text object of which a character is a part; ``None`` if it was made up."""
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
