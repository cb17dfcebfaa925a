"""What an archive keeps of the analysis of sentences, as a run uses it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np

from malbild.analysed.layout import Marked, mark_of, of_readings, of_rows, readings_in, rows_in
from malbild.archive import Archive, ArchiveError
from malbild.encoded import TAGS, Encoded
from malbild.extraction import Reading
from malbild.extraction.kept import packed, unpacked
from malbild.repeat import sentence_key

if TYPE_CHECKING:
    from malbild.encode import Passage

_NO_TAGS = np.zeros((0, len(TAGS)), dtype=np.float32)
_NO_DETAILS = np.zeros((0, 3, 3), dtype=np.float32)


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

        signatures = parameters()
        try:
            archive, told = Archive.open(path, signatures, write=True, create=True), None
        except ArchiveError as error:
            try:
                archive, told = Archive.open(path, signatures), error
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
        known = Known(kept={key: readings_in(found.get(key, b"")) for key in keys.values()})
        if asked.passages is None:
            known.marks.update((n, mark_of(asked.texts[n])) for n in keys)
        for passage, digest in zip(asked.passages or (), digests, strict=True):
            for n, (labels, mark) in rows_in(found.get(digest, b""), passage.core).items():
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
                    known.marks[n] = mark_of(asked.texts[n], data)
                known.kept[key][known.marks[n]] = data
                made[key] = of_readings(known.kept[key])
        for passage in asked.passages or ():
            if passage.core.start not in known.encoded:
                made[passage.digest] = of_rows((encoded[n].labels, known.marks.get(n)) for n in passage.core)
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
