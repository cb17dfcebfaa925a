"""Malbild: what Swedish strategy texts want, who is to do it, and what they claim has come of it.

>>> import malbild
>>> record = malbild.extract("Staden ska vara klimatneutral senast 2030.")
>>> record.goals[0].kind, record.goals[0].deadline.last
('target', '2030-12-31')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from pathlib import Path

    from malbild.record import Record
    from malbild.settings import Settings

__all__ = ["__version__", "extract", "extract_file"]


def extract(text: str, settings: Settings | None = None, *, name: str = "text") -> Record:
    """The record of a text.

    Args:
        text: plain text or Markdown.
        settings: how to extract; ``None`` for the defaults.
        name: what the record calls the document (``document.source``).
    """
    from malbild.flow import extract_source
    from malbild.read import read_text

    return extract_source(read_text(text, name), settings)


def extract_file(path: str | Path, settings: Settings | None = None) -> Record:
    """The record of a file: a PDF, DOCX, ODT, a page of the web, Markdown or text.

    Raises:
        malbild.read.ReadError: if no text is to be had from the file.
    """
    from malbild.flow import extract_source
    from malbild.read import Limits, read

    return extract_source(read(path, Limits(ocr=settings.ocr if settings else None)), settings)
