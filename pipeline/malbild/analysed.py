"""What an archive keeps of the analysis of sentences, for documents in which they stand again.

By the key of a sentence, which is that of the archive's own sentences, stand its readings, each with a mark. By a text
alone, a reading is marked with a digest of that text. Where an encoder has a say, a reading depends on what stands around
the sentence as well: then the digest of a passage leads to the encoder's labels of its sentences and to the marks of
their readings, which are mostly the same in all passages. Passages hold numbers only, so what an archive says of a
sentence in words goes with the sentence.

A record is the same, byte for byte, as without: a reading is taken for the same text, in the same passage, made by the
same models and code, and nothing else.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np

from malbild.archive import Archive, ArchiveError
from malbild.encoded import TAGS, Encoded, Logits
from malbild.extraction import Reading
from malbild.extraction.kept import packed, unpacked
from malbild.extraction.weights import COLUMNS
from malbild.repeat import sentence_key

if TYPE_CHECKING:
    from malbild.encode import Passage

_MOST = 64
"""Readings that are kept of one key: a sentence is not read in more ways, unless it is nothing but marks."""
_MARK = 8
_HEAD = struct.Struct(f"<{_MARK}sI")
"""Before a reading: its mark and its length."""
_LABELS = np.dtype("<f4")
_ROW = _LABELS.itemsize * len(COLUMNS) + _MARK
"""Bytes of a sentence in a passage: its labels, and the mark of its reading or zeros. A checksum follows the last."""
_NO_TAGS = np.zeros((0, len(TAGS)), dtype=np.float32)
_NO_DETAILS = np.zeros((0, 3, 3), dtype=np.float32)

Marked = dict[bytes, bytes]
"""Packed readings by their marks."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The sentences of a document as they stand (``whole``) and as they are analysed (``texts``).

    ``first`` are the places where distinct ones first stand: these are read. ``passages`` are what the encoder reads;
    ``None`` without one.
    """

    whole: Sequence[str]
    texts: Sequence[str]
    first: Sequence[int]
    passages: Sequence[Passage] | None


@dataclass(slots=True)
class Known:
    """What is known already of a document's sentences, by their places: readings, and what an encoder says of them.

    A passage is known as a whole or not at all. Of what an encoder says, only the labels are kept. ``marks`` are those
    of the readings, ``kept`` all readings by the keys of the sentences.
    """

    readings: dict[int, Reading] = field(default_factory=dict)
    encoded: dict[int, Encoded] = field(default_factory=dict)
    marks: dict[int, bytes] = field(default_factory=dict)
    kept: dict[str, Marked] = field(default_factory=dict)


class Analyses:
    """The analyses that an archive keeps for one set of models, looked up and kept a document at a time.

    What goes wrong with the archive meanwhile is told once, and costs the analyses, not the record.
    """

    def __init__(self, archive: Archive, fingerprint: str, tell: Callable[[str], None], writes: bool = True) -> None:
        self._archive: Archive | None = archive
        self._fingerprint = fingerprint
        self._tell = tell
        self._writes = writes

    @classmethod
    @contextmanager
    def at(cls, path: str | Path, fingerprint: str, tell: Callable[[str], None]) -> Iterator[Self]:
        """Those of an archive, which is made if it is not there. One that can only be read is only read, and that told.

        Raises:
            ArchiveError: if there is no archive to be had.
        """
        from malbild.repeat.signatures import parameters

        made_with = parameters()
        try:
            archive, told = Archive.open(path, made_with, write=True, create=True), None
        except ArchiveError as error:
            try:
                archive, told = Archive.open(path, made_with), error
            except ArchiveError:
                raise error from None
        with archive:
            if told is not None:
                tell(f"{told} (until then what it has is used, and nothing new is kept)")
            yield cls(archive, fingerprint, tell, writes=told is None)

    def known(self, asked: Asked) -> Known:
        """What the archive has of a document."""
        keys = {n: sentence_key(asked.whole[n]) for n in asked.first}
        digests = [passage.digest for passage in asked.passages or ()]
        found = self._found([*keys.values(), *digests])
        known = Known(kept={key: _readings_in(found.get(key, b"")) for key in keys.values()})
        if asked.passages is None:
            known.marks.update((n, _mark(asked.texts[n])) for n in keys)
        for passage, digest in zip(asked.passages or (), digests, strict=True):
            for n, (labels, mark) in _rows_in(found.get(digest, b""), passage.core).items():
                known.encoded[n] = Encoded(labels, (), _NO_TAGS, _NO_DETAILS)
                known.marks[n] = mark
        for n, key in keys.items():
            reading = unpacked(known.kept[key].get(known.marks.get(n, b""), b""))
            if reading is not None:
                known.readings[n] = reading
        for passage in asked.passages or ():
            if any(n in keys and n not in known.readings for n in passage.core):
                for n in passage.core:
                    known.encoded.pop(n, None)
        return known

    def keep(self, asked: Asked, known: Known, readings: Mapping[int, Reading], encoded: Mapping[int, Encoded]) -> None:
        """Keep what was found out of a document beyond what was known of it.

        Args:
            asked: the document.
            known: what ``known`` has said of it.
            readings: of all of ``asked.first``.
            encoded: of all sentences, where there is an encoder.
        """
        if self._archive is None or not self._writes:
            return
        made: dict[str, bytes] = {}
        for n in asked.first:
            if n not in known.readings:
                key, data = sentence_key(asked.whole[n]), packed(readings[n])
                if asked.passages is not None:
                    known.marks[n] = _mark(asked.texts[n], data)
                known.kept[key][known.marks[n]] = data
                made[key] = _of_readings(known.kept[key])
        for passage in asked.passages or ():
            if passage.core.start not in known.encoded:
                made[passage.digest] = _of_rows((encoded[n].labels, known.marks.get(n)) for n in passage.core)
        try:
            if made:
                self._archive.keep_analyses(made, self._fingerprint)
        except ArchiveError as error:
            self._writes = False
            self._tell(f"{error} (nothing more is kept)")

    def _found(self, keys: Sequence[str]) -> dict[str, bytes]:
        try:
            return {} if self._archive is None else self._archive.analysed(keys, self._fingerprint)
        except ArchiveError as error:
            self._archive = None
            self._tell(f"{error} (going on without it)")
            return {}


def _mark(text: str, data: bytes = b"") -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass") + b"\0" + data, digest_size=_MARK).digest()


def _of_readings(marked: Marked) -> bytes:
    last = list(marked.items())[-_MOST:]
    return b"".join(_HEAD.pack(mark, len(data)) + data for mark, data in last)


def _readings_in(data: bytes) -> Marked:
    """What ``_of_readings`` was given; of other bytes anything, which ``unpacked`` then refuses."""
    found: Marked = {}
    at = 0
    while at + _HEAD.size <= len(data):
        mark, length = _HEAD.unpack_from(data, at)
        found[mark] = data[at + _HEAD.size : (at := at + _HEAD.size + length)]
    return found


def _of_rows(rows: Iterable[tuple[Logits, bytes | None]]) -> bytes:
    data = b"".join(np.asarray(labels, _LABELS).tobytes() + (mark or bytes(_MARK)) for labels, mark in rows)
    return data + zlib.crc32(data).to_bytes(4)


def _rows_in(data: bytes, core: range) -> dict[int, tuple[Logits, bytes]]:
    """The rows that ``_of_rows`` was given, for the sentences of a core; none if there are others, or bytes are damaged."""
    rows = data[:-4]
    if len(rows) != _ROW * len(core) or zlib.crc32(rows).to_bytes(4) != data[-4:]:
        return {}
    each = [rows[at : at + _ROW] for at in range(0, len(rows), _ROW)]
    return {
        n: (np.frombuffer(row[:-_MARK], _LABELS).astype(np.float32), row[-_MARK:])
        for n, row in zip(core, each, strict=True)
    }
