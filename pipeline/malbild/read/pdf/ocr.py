"""Pages without a text layer, read by Tesseract where it is installed, with its Swedish model."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from statistics import median

import pypdfium2 as pdfium

from malbild.read.content import UnreadableError
from malbild.read.pdf.words import PageWords, Word

_DPI = 300
_POINTS = 72 / _DPI
_SECONDS = 120
_LEAST_SURE = 30.0
"""Words of which Tesseract is less sure, of 100, are taken for specks."""
_SAME = 0.2
"""How much the height of lines differs that are written in one size: not all have letters that reach up and down."""
_CURE = "install tesseract with its Swedish model (Debian: tesseract-ocr tesseract-ocr-swe), or leave --ocr out"


def check() -> None:
    """See that Tesseract is there and knows Swedish.

    Raises:
        UnreadableError: if not.
    """
    program = shutil.which("tesseract")
    if program is None:
        raise UnreadableError("unsupported", f"needs OCR, and tesseract is not installed: {_CURE}")
    _check_swedish(program)


@cache  # a refusal is not kept
def _check_swedish(program: str) -> None:
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=_SECONDS, check=False)
    if "swe" not in listed.stdout.split():
        raise UnreadableError("unsupported", f"needs OCR, and tesseract knows no Swedish: {_CURE}")


def recognised(page: pdfium.PdfPage) -> PageWords:
    """The words in the picture of a page, none if Tesseract finds none or takes too long."""
    width, height = page.get_size()
    found = PageWords(width, height)
    bitmap = page.render(scale=_DPI / 72, grayscale=True)
    picture = b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + _packed(bitmap)
    command = ["tesseract", "-", "-", "-l", "swe", "--dpi", str(_DPI), "tsv"]
    try:
        said = subprocess.run(command, input=picture, capture_output=True, timeout=_SECONDS, check=True).stdout
    except (subprocess.SubprocessError, OSError):
        return found
    foot = size = 0.0
    for row in said.decode("utf-8", "replace").splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) != 12:
            continue
        level, left, top, wide, high = (int(cells[n]) for n in (0, 6, 7, 8, 9))
        if level == 4:
            foot, size = (top + 0.78 * high) * _POINTS, 0.85 * high * _POINTS
        elif level == 5 and float(cells[10]) >= _LEAST_SURE and (text := cells[11].strip()):
            first, last = left * _POINTS, (left + wide) * _POINTS
            found.words.append(Word(text, first, top * _POINTS, last, (top + high) * _POINTS, foot, size, False))
    usual = median([word.size for word in found.words] or [0.0])
    for word in found.words:
        if abs(word.size - usual) < _SAME * usual:
            word.size = usual
    return found


def _packed(bitmap: pdfium.PdfBitmap) -> bytes:
    """The rows of a grey picture, without what fills them up."""
    rows = memoryview(bitmap.buffer)
    return b"".join(bytes(rows[n * bitmap.stride : n * bitmap.stride + bitmap.width]) for n in range(bitmap.height))
