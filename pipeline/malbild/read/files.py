"""Which files are meant by the paths that a user gives."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path, PurePath

from malbild.read.archive import SUFFIX, archive_of, is_archive, members
from malbild.read.content import ReadError, UnreadableError
from malbild.read.media import extensions


def discover(paths: Iterable[Path | str]) -> list[Path]:
    """Return the files that ``paths`` stand for, each once, in the order given.

    A file is taken whatever its name. A folder stands for the files in it and below, sorted by path, whose extension
    is one that can be read; names that begin with a dot are left out. A ZIP archive stands for the files in it in the
    same way: their paths begin with its own.

    Raises:
        ReadError: if a path does not exist.
    """
    known = extensions()
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        if path.is_dir():
            found.update(dict.fromkeys(one for file in _within(path, known) for one in _unpacked(file, known)))
        elif path.exists():
            found.update(dict.fromkeys(_unpacked(path, known)))
        elif archive_of(path) is not None:
            found[path] = None
        else:
            raise ReadError(str(path), "missing", "no such file or folder; check the path")
    return list(found)


def _within(folder: Path, known: frozenset[str]) -> list[Path]:
    files = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [Path(parent) / name for name in names if not name.startswith(".")]
    return sorted(path for path in files if path.suffix.lower() in known or is_archive(path))


def _unpacked(path: Path, known: frozenset[str]) -> list[Path]:
    """The documents in an archive, or the file itself; a damaged archive is left to the reader to complain of."""
    if not is_archive(path):
        return [path]
    try:
        names = members(path)
    except UnreadableError:
        return [path]
    return [path / name for name in names if PurePath(name).suffix.lower() in known | {SUFFIX}]
