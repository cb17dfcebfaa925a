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
    from malbild.source import Source

__all__ = ["__version__", "extract", "extract_file"]


def extract(
    text: str, settings: Settings | None = None, *, name: str = "text", archive: str | Path | None = None
) -> Record:
    """The record of a text.

    Args:
        text: plain text or Markdown.
        settings: how to extract; ``None`` for the defaults.
        name: what the record calls the document (``document.source``).
        archive: a file that keeps the analysis of every sentence, made if it is not there: what it has is not analysed
            again, and the record is the same.

    Raises:
        malbild.archive.ArchiveError: if ``archive`` cannot be used.
    """
    from malbild.read import read_text

    return _extracted(read_text(text, name), settings, archive)


def extract_file(path: str | Path, settings: Settings | None = None, *, archive: str | Path | None = None) -> Record:
    """The record of a file: a PDF, DOCX, ODT, a page of the web, Markdown or text.

    Args:
        path: the file.
        settings: how to extract; ``None`` for the defaults.
        archive: as for ``extract``.

    Raises:
        malbild.read.ReadError: if no text is to be had from the file.
        malbild.archive.ArchiveError: if ``archive`` cannot be used.
    """
    from malbild.read import Limits, read

    return _extracted(read(path, Limits(ocr=settings.ocr if settings else None)), settings, archive)


def _extracted(source: Source, settings: Settings | None, archive: str | Path | None) -> Record:
    from malbild.flow import analyses_in, extract_source
    from malbild.settings import Settings

    if archive is None:
        return extract_source(source, settings)
    settings = settings or Settings()
    with analyses_in(archive, settings) as analyses:
        return extract_source(source, settings, analyses=analyses)
