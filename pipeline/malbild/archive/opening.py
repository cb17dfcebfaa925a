"""Opening the file of an archive: what it is, whether it fits, who may write."""

from __future__ import annotations

import os
import sqlite3
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from sqlite3 import Connection

from malbild.archive.errors import ArchiveError, told
from malbild.archive.layout import APPLICATION, FORMAT, TABLES

_PATIENCE = 5.0
"""Seconds to wait for SQLite's own short locks: while a log is read in after a crash, say."""
_CACHE = 32 << 10
"""KiB of pages that a connection keeps."""
_PAGE = 4096
_LOG = 64 << 20
"""Bytes of the log before it is moved into the database."""


def reader(path: Path, parameters: str) -> Connection:
    """A connection that cannot change the archive.

    Raises:
        ArchiveError: as :meth:`malbild.archive.Archive.open` does.
    """
    _must_be_file(path)
    with told(path), ExitStack() as undo:
        # A reader that is the last to close puts the log away, so that the archive is one file; it changes nothing.
        connection = undo.enter_context(closing(_connect(path, "ro&immutable=1" if _is_frozen(path) else "rw")))
        connection.execute("PRAGMA query_only = ON")
        _check(connection, path, parameters)
        undo.pop_all()
    return connection


def writer(path: Path, parameters: str, create: bool) -> tuple[Connection, Connection]:
    """A connection that can change the archive, and the lock that keeps others from it until it is closed.

    Raises:
        ArchiveError: as :meth:`malbild.archive.Archive.open` does.
    """
    if not create or path.is_dir():
        _must_be_file(path)
    elif not path.parent.is_dir():
        raise ArchiveError(path, "cannot be made: its folder is not there; make the folder first")
    with told(path), ExitStack() as undo:
        connection = undo.enter_context(closing(_connect(path, "rwc" if create else "rw")))
        # Before anything is written: this may be somebody else's file.
        if not (create and _is_blank(connection)):
            _check(connection, path, parameters)
        holder = undo.enter_context(closing(_lock(path)))
        if create and _is_blank(connection):
            _make(connection, parameters)
        _check(connection, path, parameters)
        _prepare(connection)
        undo.pop_all()
    return connection, holder


def settle(connection: Connection) -> None:
    """Move the log into the database, so that the file by itself is whole, as far as readers let it."""
    with suppress(sqlite3.OperationalError):  # what was committed is safe in the log as well
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _must_be_file(path: Path) -> None:
    if path.is_dir():
        raise ArchiveError(path, "is a folder: give the path of the archive's file")
    if not path.exists():
        raise ArchiveError(path, "is not there: check the path, or make the archive first")


def _is_frozen(path: Path) -> bool:
    """Whether there is no log, nor a place for one: on a read-only disk, or in a folder that is not ours to write."""
    log, shared = (path.with_name(f"{path.name}-{end}") for end in ("wal", "shm"))
    if shared.exists() or (log.exists() and log.stat().st_size):
        return False
    return not os.access(path.parent, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _connect(path: Path, mode: str) -> Connection:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, timeout=_PATIENCE, isolation_level=None, uri=True)
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def _lock(path: Path) -> Connection:
    """Become the one writer, by SQLite's own lock on an empty file: the same on every system, gone with the process."""
    with ExitStack() as undo:
        connection = sqlite3.connect(path.with_name(f"{path.name}-lock"), timeout=0, isolation_level=None)
        undo.enter_context(closing(connection))
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.execute("BEGIN EXCLUSIVE")
        undo.pop_all()
    return connection


def _is_blank(connection: Connection) -> bool:
    """Whether a database is a file just made, or one that was left at that."""
    return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None


def _make(connection: Connection, parameters: str) -> None:
    connection.execute(f"PRAGMA page_size = {_PAGE}")
    connection.execute("BEGIN IMMEDIATE")
    for statement in TABLES.split(";\n"):
        connection.execute(statement)
    connection.execute("INSERT INTO about VALUES ('parameters', ?)", (parameters,))
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {FORMAT}")
    connection.execute("COMMIT")


def _check(connection: Connection, path: Path, parameters: str) -> None:
    if _pragma(connection, "application_id") != APPLICATION:
        raise ArchiveError(path, "is no archive: check the path")
    if (found := _pragma(connection, "user_version")) != FORMAT:
        raise ArchiveError(path, f"is an archive of format {found}, and only {FORMAT} is known here: make it again")
    row = connection.execute("SELECT value FROM about WHERE name = 'parameters'").fetchone()
    if row != (parameters,):
        made = row[0] if row else ""
        raise ArchiveError(path, f"was made with {made!r}, and this is {parameters!r}: make it again")


def _prepare(connection: Connection) -> None:
    """Have changes go through the log, reach the disk before they count as committed, and overwrite what is removed."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG // _PAGE}")
    connection.execute(f"PRAGMA journal_size_limit = {_LOG}")
    connection.execute("PRAGMA secure_delete = ON")
    # Whether it can be written at all shows now, not with the first document.
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("ROLLBACK")


def _pragma(connection: Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
