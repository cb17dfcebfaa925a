r"""Bytes to text: byte order marks, UTF-8, and cp1252 where that fails. Nothing is normalised.

The text is kept as it was decoded, with its ``\r\n`` and its NUL characters; a byte order mark is not part of it.
"""

from __future__ import annotations

import codecs

from malbild.read.content import UnreadableError
from malbild.source import Problem

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Control characters that text files do hold: backspace, tab, line and page ends, escape.
_CONTROLS = bytes(set(range(0x20)) - set(b"\b\t\n\v\f\r\x1b"))
_SAMPLE = 65_536


def decode(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    r"""Return the text of ``data``, and what had to be guessed or replaced.

    >>> decode(b"\xef\xbb\xbfm\xc3\xa5l")
    ('mål', ())
    >>> text, problems = decode("mål".encode("cp1252"))
    >>> text, problems[0].code
    ('mål', 'encoding')

    Raises:
        UnreadableError: if the bytes are no text.
    """
    text, problems = _decode(data)
    if nuls := text.count("\0"):
        problems.append(Problem("read", "nul", f"{nuls} NUL characters stand in the text; they are kept"))
    return text, tuple(problems)


def _decode(data: bytes) -> tuple[str, list[Problem]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _replacing(data[len(mark) :], encoding)
    if _is_binary(data):
        raise UnreadableError("binary", "holds binary data, not text; save it as text in UTF-8")
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    damaged, problems = _replacing(data, "utf-8")
    # A few broken bytes in what is plainly UTF-8 (a cut file, say) do not make the rest cp1252.
    beyond_ascii = len(damaged) - len(damaged.encode("ascii", "ignore"))
    if 2 * damaged.count("\ufffd") < beyond_ascii:
        return damaged, problems
    text, problems = _replacing(data, "cp1252")
    guess = Problem("read", "encoding", "not valid UTF-8: read as cp1252 (Windows Western European)")
    return text, [guess, *problems]


def _replacing(data: bytes, encoding: str) -> tuple[str, list[Problem]]:
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    message = f"bytes that are not valid {encoding} were replaced by U+FFFD"
    return text, [Problem("read", "encoding", message)]


def _is_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls > max(8, len(sample) // 20)


def without_surrogates(text: str) -> tuple[str, tuple[Problem, ...]]:
    """``text`` with each lone surrogate replaced by U+FFFD, so that it can be written as JSON in UTF-8."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        clean = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
        message = "lone surrogates in the text were replaced one to one by U+FFFD"
        return clean, (Problem("read", "surrogate", message),)
    return text, ()
