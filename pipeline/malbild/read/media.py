"""Which format a document is in and which reader reads it. A new format is one file and one line in ``READERS``."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath
from typing import NamedTuple, cast

from malbild.read.content import Content, UnreadableError


class Reader(NamedTuple):
    """Where a reader lives (``module:function`` from bytes to :class:`Content`), and its files' extensions."""

    target: str
    extensions: tuple[str, ...]


READERS: dict[str, Reader] = {
    "text/plain": Reader("malbild.read.text:read", (".txt", ".text")),
    "text/markdown": Reader("malbild.read.markdown:read", (".md", ".markdown")),
}

# What a file's first bytes say. Office files are ZIP archives: see _in_archive.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"\x7fELF", "application/x-executable"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
    (b"{\\rtf", "application/rtf"),
    (b"\x1f\x8b", "application/gzip"),
    (b"\xfd7zXZ\0", "application/x-xz"),
    (b"BZh", "application/x-bzip2"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
)
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ODT = "application/vnd.oasis.opendocument.text"
_CURES = {
    "application/pdf": "a PDF: convert it to text (pdftotext) first",
    _DOCX: "a Word document: save it as plain text (UTF-8) first",
    _ODT: "an OpenDocument text: save it as plain text (UTF-8) first",
    "application/msword": "an old Word document (.doc): save it as plain text (UTF-8) first",
    "application/rtf": "a Rich Text document: save it as plain text (UTF-8) first",
    "application/zip": "a ZIP archive: unpack it and give the files in it",
    "application/gzip": "a gzip archive: unpack it first",
    "application/x-xz": "an xz archive: unpack it first",
    "application/x-bzip2": "a bzip2 archive: unpack it first",
    "application/x-7z-compressed": "a 7z archive: unpack it first",
}


def media_type(data: bytes, name: str) -> str:
    """Return the media type of a document: what its first bytes say, then its name's extension, else plain text.

    >>> media_type(b"%PDF-1.7", "plan.txt"), media_type(b"# Plan", "plan.MD"), media_type(b"Plan", "plan.rst")
    ('application/pdf', 'text/markdown', 'text/plain')
    """
    if (sniffed := _sniff(data)) is not None:
        return sniffed
    extension = PurePath(name).suffix.lower()
    for kind, reader in READERS.items():
        # A file that is named .docx but holds no archive is the text it looks like.
        if kind.startswith("text/") and extension in reader.extensions:
            return kind
    return "text/plain"


def extensions() -> frozenset[str]:
    """Return the extensions of all formats that can be read, in lower case, with their dot."""
    return frozenset(extension for reader in READERS.values() for extension in reader.extensions)


def reader(kind: str) -> Callable[[bytes], Content]:
    """Return the reader of a media type.

    Raises:
        UnreadableError: if there is none.
    """
    if kind not in READERS:
        known = ", ".join(sorted(extensions()))
        cure = _CURES.get(kind, f"no text ({kind})")
        raise UnreadableError("binary", f"is {cure}; malbild reads {known}")
    module, _, name = READERS[kind].target.partition(":")
    return cast("Callable[[bytes], Content]", getattr(import_module(module), name))


def _sniff(data: bytes) -> str | None:
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return _in_archive(data) if kind == "application/zip" else kind
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if "text/html" in READERS and head.startswith((b"<!doctype html", b"<html")):
        return "text/html"
    return None


def _in_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names:
                return _DOCX
            if "mimetype" in names and archive.read("mimetype").strip() == _ODT.encode():
                return _ODT
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        pass
    return "application/zip"
