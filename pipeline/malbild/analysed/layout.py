"""Analyses as an archive keeps them: bytes by keys.

By the key of a sentence stand its readings, each after its mark. By the digest of a passage stand the encoder's labels
of its sentences, each with the mark of its reading there; a reading is mostly the same in all passages, and then kept
once. Passages hold numbers only: what is said of a sentence in words stands by its key, and goes when it goes.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterable

import numpy as np

from malbild.encoded import Logits
from malbild.extraction.weights import COLUMNS

Marked = dict[bytes, bytes]
"""Packed readings by their marks."""

_MOST = 64
"""Readings that are kept of one key: a sentence is not read in more ways, unless it is nothing but marks."""
_MARK = 8
_HEAD = struct.Struct(f"<{_MARK}sI")
"""Before a reading: its mark and its length."""
_LABELS = np.dtype("<f4")
_ROW = _LABELS.itemsize * len(COLUMNS) + _MARK
"""Bytes of a sentence in a passage: its labels, and the mark of its reading or zeros. A checksum follows the last."""


def mark_of(text: str, data: bytes = b"") -> bytes:
    """The mark of a reading: a digest of the text alone, if that decides it, or of the packed reading as well."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass") + b"\0" + data, digest_size=_MARK).digest()


def of_readings(marked: Marked) -> bytes:
    """The readings of a key: the last ``_MOST``."""
    last = list(marked.items())[-_MOST:]
    return b"".join(_HEAD.pack(mark, len(data)) + data for mark, data in last)


def readings_in(data: bytes) -> Marked:
    """What ``of_readings`` was given; of other bytes anything, which ``unpacked`` then refuses."""
    found: Marked = {}
    at = 0
    while at + _HEAD.size <= len(data):
        mark, length = _HEAD.unpack_from(data, at)
        found[mark] = data[at + _HEAD.size : (at := at + _HEAD.size + length)]
    return found


def of_rows(rows: Iterable[tuple[Logits, bytes | None]]) -> bytes:
    """The labels of a passage's sentences, with the marks of those readings that there are."""
    data = b"".join(np.asarray(labels, _LABELS).tobytes() + (mark or bytes(_MARK)) for labels, mark in rows)
    return data + zlib.crc32(data).to_bytes(4)


def rows_in(data: bytes, core: range) -> dict[int, tuple[Logits, bytes]]:
    """The rows that ``of_rows`` was given, by the sentences of the core; none, if they are of another or damaged."""
    rows = data[:-4]
    if len(rows) != _ROW * len(core) or zlib.crc32(rows).to_bytes(4) != data[-4:]:
        return {}
    each = [rows[at : at + _ROW] for at in range(0, len(rows), _ROW)]
    return {
        n: (np.frombuffer(row[:-_MARK], _LABELS).astype(np.float32), row[-_MARK:])
        for n, row in zip(core, each, strict=True)
    }
