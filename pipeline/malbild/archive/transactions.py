"""When changes are committed, and what becomes of those that fail."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Connection


class Transactions:
    """The transactions of one connection: a change each, or in a batch so many changes or seconds."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._most: tuple[int, float] | None = None
        self._count = 0
        self._since = 0.0

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Have all that is read within come from one state."""
        if self._connection.in_transaction:
            yield
            return
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._undo()

    @contextmanager
    def batch(self, changes: int, seconds: float) -> Iterator[None]:
        """Commit together the changes within, and at the end what is left of them, error or not."""
        if self._most:
            raise RuntimeError("a batch within a batch")
        self._most = (changes, seconds)
        try:
            yield
        finally:
            self._most = None
            self._commit()

    @contextmanager
    def change(self) -> Iterator[None]:
        """Make a change whole, or not at all."""
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN IMMEDIATE")
            self._count, self._since = 0, time.monotonic()
        if self._most:
            self._connection.execute("SAVEPOINT change")
        try:
            yield
        except BaseException:
            if not self._most:
                self._undo()
            elif self._connection.in_transaction:  # else SQLite has undone all of it: the disk is full, or broken
                self._connection.execute("ROLLBACK TO change")
                self._connection.execute("RELEASE change")
            raise
        if self._most:
            self._connection.execute("RELEASE change")
        self._count += 1
        if not self._most or self._count >= self._most[0] or time.monotonic() - self._since >= self._most[1]:
            self._commit()

    def _undo(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _commit(self) -> None:
        if self._connection.in_transaction:
            try:
                self._connection.execute("COMMIT")
            finally:
                self._undo()
