"""What goes wrong with an archive, told in one line that names the file and the cure."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LOCKED = "is being written by another process: wait until it is done"
_CLOSED = "cannot be opened: see to it that you may read the file and write in its folder"
_DAMAGED = "is damaged: put a whole copy in its place, or make it again"
_CURES = {
    "SQLITE_BUSY": _LOCKED,
    "SQLITE_LOCKED": _LOCKED,
    "SQLITE_CANTOPEN": _CLOSED,
    "SQLITE_PERM": _CLOSED,
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_NOTADB": "is no archive: check the path",
    "SQLITE_READONLY": "cannot be written: see to it that you may write the file and its folder, or copy it elsewhere",
    "SQLITE_FULL": "the disk is full: make room and go on; what was added before is kept",
    "SQLITE_IOERR": "cannot be read or written: see whether its disk is full, broken or gone",
}


class ArchiveError(Exception):
    """An archive that cannot be opened, read or written; the message is one line that names the file and the cure."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = f"{path}: {message}"


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite raises about a file into an :class:`ArchiveError`; what it raises about its use passes."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except sqlite3.DatabaseError as error:
        # An error without a code is of Python's own: text that is no UTF-8.
        code = getattr(error, "sqlite_errorname", "SQLITE_CORRUPT")
        cure = next((cure for name, cure in _CURES.items() if code.startswith(name)), None)
        if cure is None:
            raise
        raise ArchiveError(path, cure) from error
