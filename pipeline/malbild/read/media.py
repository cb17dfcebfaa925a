"""Which format a document is in and which reader reads it. A new format is one file and one line in ``READERS``."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath
from typing import NamedTuple, cast

from malbild.read.content import Content, UnreadableError
from malbild.read.limits import Limits
from malbild.read.package import BROKEN, is_locked


class Reader(NamedTuple):
    """Where a reader lives (``module:function`` from bytes to :class:`Content`), and its files' extensions."""

    target: str
    extensions: tuple[str, ...]


_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ODT = "application/vnd.oasis.opendocument.text"
READERS: dict[str, Reader] = {
    "text/plain": Reader("malbild.read.text:read", (".txt", ".text")),
    "text/markdown": Reader("malbild.read.markdown:read", (".md", ".markdown")),
    "text/html": Reader("malbild.read.html:read", (".html", ".htm", ".xhtml")),
    "application/pdf": Reader("malbild.read.pdf:read", (".pdf",)),
    _DOCX: Reader("malbild.read.docx:read", (".docx", ".docm", ".dotx", ".dotm")),
    _ODT: Reader("malbild.read.odt:read", (".odt", ".ott")),
}

_LOCKED = "application/x-office-encrypted"
_HEAD = 1024
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html)", re.DOTALL)
_WORD_PART = re.compile(r"word/document\d*\.xml", re.IGNORECASE)
_MOST_NAMED = 100

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
_CURES = {
    "application/msword": "an old Word document (.doc): save it as .docx first",
    "application/rtf": "a Rich Text document: save it as .docx first",
    "application/zip": "a ZIP archive that is no document: name it .zip, or unpack it and give the files in it",
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
    extension = PurePath(name).suffix.lower()
    sniffed = _sniff(data)
    if sniffed == "application/zip":
        # Cut short, a package does not say what it is; its name may.
        packages = (kind for kind in (_DOCX, _ODT) if extension in READERS[kind].extensions)
        return next(packages, sniffed)
    if sniffed is not None:
        return sniffed
    if extension == ".pdf" and b"%PDF-" in data[:_HEAD]:
        return "application/pdf"  # Some programs write a line before it.
    for kind, reader in READERS.items():
        # A file that is named .docx but holds no archive is the text it looks like.
        if kind.startswith("text/") and extension in reader.extensions:
            return kind
    return "text/plain"


def extensions() -> frozenset[str]:
    """Return the extensions of all formats that can be read, in lower case, with their dot."""
    return frozenset(extension for reader in READERS.values() for extension in reader.extensions)


def reader(kind: str) -> Callable[[bytes, Limits], Content]:
    """Return the reader of a media type.

    Raises:
        UnreadableError: if there is none.
    """
    if kind not in READERS:
        if kind == _LOCKED:
            raise UnreadableError("encrypted", "is protected by a password: open it and save it without one")
        known = ", ".join(sorted(extensions()))
        cure = _CURES.get(kind, f"no text ({kind})")
        raise UnreadableError("binary", f"is {cure}; malbild reads {known}")
    module, _, name = READERS[kind].target.partition(":")
    return cast("Callable[[bytes, Limits], Content]", getattr(import_module(module), name))


def _sniff(data: bytes) -> str | None:
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            if kind == "application/zip":
                return _in_archive(data)
            return _LOCKED if kind == "application/msword" and is_locked(data) else kind
    return "text/html" if _HTML.match(data[:_HEAD].lower()) else None


def _in_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if any(_WORD_PART.fullmatch(name) for name in names):
                return _DOCX
            if "mimetype" in names:
                with archive.open("mimetype") as member:
                    if member.read(_MOST_NAMED).strip().decode("latin-1") in (_ODT, f"{_ODT}-template"):
                        return _ODT
    except BROKEN:
        pass
    return "application/zip"
