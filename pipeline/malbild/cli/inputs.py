"""What the commands over many documents take in: documents, folders, ZIPs, and records of earlier runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from malbild.cli.messages import complain, misuse

if TYPE_CHECKING:
    from malbild.across import Document, Said
    from malbild.archive import Archive

_RECORDS = frozenset({".json", ".jsonl"})


def names_of(paths: list[Path], failures: list[str]) -> list[Path]:
    """The files to read, each once: documents, and files of records; what cannot be found is complained of."""
    from malbild.read import ReadError, discover

    names: dict[Path, None] = {}
    for path in dict.fromkeys(paths):
        try:
            found = discover([path])
            if path.is_dir() and not found:
                found = sorted(file for file in path.rglob("*") if file.suffix in _RECORDS and file.is_file())
            if not found:
                raise ReadError(str(path), "empty", "a folder without documents or records; give one that has some")
        except ReadError as error:
            failures.append(str(path))
            complain(str(error))
        else:
            names.update(dict.fromkeys(found))
    return list(names)


def documents_in(path: Path, failures: list[str]) -> Iterator[tuple[Document, list[Said]]]:
    """The document that a file is, or those that its records tell of; what cannot be read is complained of."""
    from malbild.across import said_in, said_in_record
    from malbild.evaluate import GoldError, read_records
    from malbild.read import ReadError, read

    try:
        if path.suffix in _RECORDS:
            for record in read_records(path):
                yield said_in_record(record)
        else:
            yield said_in(read(path))
    except (ReadError, GoldError) as error:
        failures.append(str(path))
        complain(str(error))


@contextmanager
def archive_at(path: Path, write: bool = False, create: bool = False) -> Iterator[Archive]:
    """An archive, open; one that cannot be used ends the run with a word on why."""
    from malbild.archive import Archive, ArchiveError
    from malbild.repeat.signatures import parameters

    try:
        with Archive.open(path, parameters(), write=write, create=create) as archive:
            yield archive
    except ArchiveError as error:
        misuse(str(error))
