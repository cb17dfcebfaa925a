"""Which files are meant by the paths that a user gives."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from malbild.read.content import ReadError
from malbild.read.media import extensions


def discover(paths: Iterable[Path | str]) -> list[Path]:
    """Return the files that ``paths`` stand for, each once, in the order given.

    A file is taken whatever its name. A folder stands for the files in it and below, sorted by path, whose extension
    is one that can be read; names that begin with a dot are left out.

    Raises:
        ReadError: if a path does not exist.
    """
    known = extensions()
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        if path.is_dir():
            found.update(dict.fromkeys(_within(path, known)))
        elif path.exists():
            found[path] = None
        else:
            raise ReadError(str(path), "missing", "no such file or folder; check the path")
    return list(found)


def _within(folder: Path, known: frozenset[str]) -> list[Path]:
    files = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [Path(parent) / name for name in names if not name.startswith(".")]
    return sorted(path for path in files if path.suffix.lower() in known)
