"""ZIP archives of documents: a document in one has the archive's path and its own name, as in a folder.

Nothing is written to disk. An archive in an archive is not opened.
"""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath

from malbild.read.content import UnreadableError
from malbild.read.limits import LIMITS, Limits
from malbild.read.package import BROKEN, Package, leads_out, one_line

SUFFIX = ".zip"


def is_archive(path: Path) -> bool:
    """Whether a path is that of an archive, by its name."""
    return path.suffix.lower() == SUFFIX and path.is_file()


def archive_of(path: Path) -> tuple[Path, str] | None:
    """The archive that a document's path leads into, and its name there; ``None`` for any other path."""
    for parent in path.parents:
        if is_archive(parent):
            return parent, path.relative_to(parent).as_posix()
    return None


def members(archive: Path, limits: Limits = LIMITS) -> list[str]:
    """The names of the files in an archive, sorted; those that begin with a dot are left out, as in a folder.

    Raises:
        UnreadableError: if it is damaged, or has more members than are allowed.
    """
    with _opened(archive, limits) as opened:
        names = {info.filename for info in opened.infolist() if not info.is_dir()}
    return sorted(name for name in names if not any(_hidden(part) for part in PurePosixPath(name).parts))


def _hidden(part: str) -> bool:
    return (part.startswith(".") and part.strip(".") != "") or part == "__MACOSX"


def member(archive: Path, name: str, limits: Limits = LIMITS) -> bytes:
    """The bytes of one document in an archive.

    Raises:
        UnreadableError: if it is not there, damaged, encrypted, larger than is allowed, or its name leads out.
    """
    with _opened(archive, limits) as opened:
        info = next((info for info in opened.infolist() if info.filename == name), None)
        if info is None:
            raise UnreadableError("missing", "is not in the archive; check the name")
        if leads_out(name):
            raise UnreadableError("unsafe", "has a name that leads out of its archive: unpack it by hand")
        if info.flag_bits & 1:
            raise UnreadableError("encrypted", "is protected by a password: unpack it first")
        return Package(opened, limits).read(name)


def _opened(archive: Path, limits: Limits) -> zipfile.ZipFile:
    try:
        opened = zipfile.ZipFile(archive)
    except BROKEN as error:
        raise UnreadableError("damaged", f"is a damaged ZIP archive ({one_line(error)}): get it again") from error
    if len(opened.infolist()) > limits.members:
        opened.close()
        message = f"holds more than {limits.members} files; unpack it and give the folder"
        raise UnreadableError("too_large", message)
    return opened
