"""Bytes to a Source: decoding, and one reader a format. What the text means is not decided here."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

from malbild.read.archive import archive_of, member
from malbild.read.content import ReadError, UnreadableError
from malbild.read.decode import without_surrogates
from malbild.read.files import discover
from malbild.read.limits import LIMITS, Limits
from malbild.read.media import media_type, reader
from malbild.source import Problem, Source

__all__ = ["LIMITS", "Limits", "ReadError", "discover", "read", "read_bytes", "read_text"]


def read(path: Path | str, limits: Limits = LIMITS) -> Source:
    """Read the file at ``path``; a document in a ZIP archive has the archive's path before its name.

    Raises:
        ReadError: if there is no text to be had from it; see its ``code`` and ``message``.
    """
    path = Path(path)
    name = str(path)
    try:
        if path.is_dir():
            raise ReadError(name, "directory", "is a folder; give the files in it, or let discover() find them")
        size = path.stat().st_size
        if size > limits.bytes:
            message = f"has {size} bytes, more than max_bytes={limits.bytes}; raise it or split"
            raise ReadError(name, "too_large", message)
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return read_bytes(_in_archive(path, limits), name, limits)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(name, "unreadable", f"cannot be opened ({reason}); check its permissions") from error
    return read_bytes(data, name, limits)


def _in_archive(path: Path, limits: Limits) -> bytes:
    inside = archive_of(path)
    if inside is None:
        raise ReadError(str(path), "missing", "no such file; check the path")
    try:
        return member(*inside, limits)
    except UnreadableError as error:
        raise ReadError(str(path), error.code, error.message) from error


def read_bytes(data: bytes, name: str, limits: Limits = LIMITS) -> Source:
    """Read a document that is already in memory; ``name`` is where it came from, its extension says its format.

    Raises:
        ReadError: if there is no text to be had from it.
    """
    if len(data) > limits.bytes:
        raise ReadError(name, "too_large", f"has more than max_bytes={limits.bytes} bytes; raise it or split")
    return _source(data, name, hashlib.sha256(data).hexdigest(), limits=limits)


def read_text(text: str, name: str = "-") -> Source:
    """Read a document that is a string already. ``Source.text`` is ``text``, but for lone surrogates.

    Raises:
        ReadError: if it holds nothing but white space.
    """
    clean, problems = without_surrogates(text)
    data = clean.encode("utf-8")
    # The mark says that this is UTF-8 text whatever it looks like, and guards a U+FEFF that is the text's own.
    kind = media_type(b"", name) if media_type(b"", name).startswith("text/") else "text/plain"
    return _source(codecs.BOM_UTF8 + data, name, hashlib.sha256(data).hexdigest(), problems, kind)


def _source(
    data: bytes,
    name: str,
    sha256: str,
    problems: tuple[Problem, ...] = (),
    kind: str | None = None,
    limits: Limits = LIMITS,
) -> Source:
    try:
        kind = kind or media_type(data, name)
        content = reader(kind)(data, limits)
        if not content.text.strip("\ufeff\u200b\0 \t\r\n") or content.text.isspace():
            raise UnreadableError("empty", "holds no text; nothing to read")
    except UnreadableError as error:
        raise ReadError(name, error.code, error.message) from error
    return Source(
        id=sha256[:12],
        name=name,
        text=content.text,
        media_type=kind,
        sha256=sha256,
        title=content.title,
        blocks=content.blocks,
        pages=content.pages,
        lines=content.lines,
        asides=content.asides,
        built=content.built,
        problems=problems + content.problems,
    )
