"""What is drawn on a PDF page beside its words: lines, frames, coloured boxes."""

from __future__ import annotations

import ctypes

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from malbild.read.pdf.characters import Shown
from malbild.source import Box

_THIN = 3.0
_LONG = 12.0
_LEAST_PANEL, _MOST_OF_PAGE = 20.0, 0.6


def drawn(page: pdfium.PdfPage, shown: Shown) -> tuple[list[Box], list[Box]]:
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
