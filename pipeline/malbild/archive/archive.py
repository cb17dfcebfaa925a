"""The archive: sentences of many documents on disk, to find again those of a new one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection
from types import TracebackType
from typing import Self

from malbild.archive import analyses, changing, looking, opening, soundness
from malbild.archive.contents import Counts, Entry, Listed, Place, Stored
from malbild.archive.errors import told
from malbild.archive.transactions import Transactions


class Archive:
    """An archive, open. Make one with :meth:`open`; it is closed at the end of a ``with``.

    One writer and any number of readers, in any processes, have it open at a time. Each answer is of what was committed
    when it was asked for; in a :meth:`snapshot` all answers are of one state. An open archive belongs to its thread.

    Every method raises :class:`ArchiveError` if the file cannot be read or, to change it, written. A change that fails
    changes nothing.
    """

    def __init__(self, path: Path, connection: Connection, holder: Connection | None = None) -> None:
        self.path = path
        self._connection = connection
        self._holder = holder
        self._transactions = Transactions(connection)

    @classmethod
    def open(cls, path: str | Path, parameters: str, *, write: bool = False, create: bool = False) -> Self:
        """Open an archive.

        Args:
            path: its file.
            parameters: what keys, signatures and bits depend on; an archive that was made with others is refused.
            write: whether to change it.
            create: make it if it is not there, and write.

        Raises:
            ArchiveError: if it is not there, is no archive, is of another format, was made with other parameters, is
                damaged, has a writer already, or may not be read or written.
        """
        path = Path(path)
        if not write and not create:
            return cls(path, opening.reader(path, parameters))
        return cls(path, *opening.writer(path, parameters, create))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the archive, if it is open. It is one file then, unless another process has it open."""
        holder, self._holder = self._holder, None
        try:
            with told(self.path):
                if holder:
                    opening.settle(self._connection)
                self._connection.close()
        finally:
            if holder:
                holder.close()

    def add(self, document: Listed, entries: Iterable[Entry]) -> None:
        """Put a document in, in place of the one of its id.

        Once this has returned outside a :meth:`batch`, the document outlives a kill of the process at any moment, and a
        power cut if the disk keeps what it says it has written.
        """
        entries = list(entries)
        with self._change():
            changing.add(self._connection, document, entries)

    def remove(self, id: str) -> bool:
        """Take a document out, and the sentences, postings and analyses of no other. Return whether it was there."""
        with self._change():
            return changing.remove(self._connection, id)

    @contextmanager
    def batch(self, changes: int = 100, seconds: float = 10.0) -> Iterator[None]:
        """Commit changes together: every so many, or when the first is so many seconds old, and the rest at the end.

        Many documents are added faster so. If the process is killed, those since the last commit are lost, each as a
        whole; an error loses none that was added before it, unless the disk is full or broken.
        """
        with told(self.path), self._transactions.batch(changes, seconds):
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Have all answers within be of one state, whatever is written meanwhile. The log grows as long as it lasts."""
        with told(self.path), self._transactions.snapshot():
            yield

    def documents(self) -> Iterator[Listed]:
        """The documents, in the order in which they were first added."""
        with told(self.path):
            yield from looking.documents(self._connection)

    def document(self, id: str) -> Listed | None:
        """The document of this id."""
        with told(self.path):
            return looking.document(self._connection, id)

    def counts(self) -> Counts:
        """How much there is. Takes time in proportion: some tens of milliseconds a million sentences."""
        with self.snapshot():
            return looking.counts(self._connection)

    def exact(self, keys: Iterable[str]) -> dict[str, int]:
        """The numbers of the sentences of these keys, of those that are here."""
        with self.snapshot():
            return looking.exact(self._connection, keys)

    def candidates(self, signatures: Sequence[Sequence[int]], most: int | None = None) -> list[list[int]]:
        """For each sentence asked about by its signatures, the numbers of those that share one; ascending, each once.

        Args:
            signatures: those of each sentence, unsigned, 64 bits.
            most: pass over signatures that more sentences than this have; ``None``: over none.
        """
        with self.snapshot():
            return looking.candidates(self._connection, signatures, most)

    def stored(self, numbers: Iterable[int]) -> dict[int, Stored]:
        """The sentences of these numbers, of those that are here. A number is never used for another sentence."""
        with self.snapshot():
            return looking.stored(self._connection, numbers)

    def places(self, numbers: Iterable[int]) -> dict[int, list[tuple[str, Place]]]:
        """Where the sentences of these numbers stand: ids of documents, in the order of adding, and places in them."""
        with self.snapshot():
            return looking.places(self._connection, numbers)

    def analysed(self, keys: Iterable[str], fingerprint: str) -> dict[str, bytes]:
        """The analyses that are kept of the sentences of these keys, made with these settings and models."""
        with self.snapshot():
            return analyses.analysed(self._connection, keys, fingerprint)

    def keep_analyses(self, made: Mapping[str, bytes], fingerprint: str) -> None:
        """Keep analyses by the keys of their sentences, which need not be here yet."""
        with self._change():
            analyses.keep(self._connection, made, fingerprint)

    def forget_analyses(self, except_fingerprint: str) -> int:
        """Drop the analyses that were made with other settings and models. Return how many they were."""
        with self._change():
            return analyses.forget(self._connection, except_fingerprint)

    def faults(self) -> list[str]:
        """What is wrong with the archive, a line each; none if it is sound. Reads the whole of it."""
        with self.snapshot():
            return soundness.faults(self._connection)

    @contextmanager
    def _change(self) -> Iterator[None]:
        with told(self.path), self._transactions.change():
            yield
