"""What cannot be opened or written says so in one line, which names the file and the cure."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from stored_sentences import CUT, GROW, PARAMETERS, entry, listed

from malbild.archive import Archive, ArchiveError


@pytest.fixture
def made(path: Path) -> Path:
    """An archive that is closed."""
    with Archive.open(path, PARAMETERS, create=True) as archive:
        archive.add(listed("a"), [entry(f"{GROW} {number}", number) for number in range(2000)])
    return path


def refused(path: Path, words: str, **how: bool) -> None:
    with pytest.raises(ArchiveError, match=words) as error:
        Archive.open(path, PARAMETERS, **how)
    assert error.value.message.startswith(f"{path}: ")
    assert ": " in error.value.message.removeprefix(f"{path}: ")
    assert "\n" not in error.value.message


def pragma(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA {statement}")


@contextmanager
def without_rights() -> Iterator[None]:
    """Where the tests are run by root, whom no rights bind, somebody else for a while."""
    if not hasattr(os, "geteuid"):
        pytest.skip("rights are another matter here")
    me = os.geteuid()
    if me == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(me)


@pytest.fixture
def bound(made: Path) -> Iterator[Path]:
    """An archive that all may read and nobody may write, in a folder of the same kind."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / made.name
        path.write_bytes(made.read_bytes())
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        yield path
        Path(folder).chmod(0o755)


@pytest.mark.parametrize("how", [{}, {"write": True}, {"create": True}], ids=["read", "write", "create"])
@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"Staden ska ", "no archive", id="text"),
        pytest.param(b"%PDF-1.7\n" + bytes(9000), "no archive", id="another format"),
        pytest.param(b"SQLite format 3\0" + bytes(9000), "no archive", id="only the beginning"),
    ],
)
def test_other_files_are_no_archives(path: Path, data: bytes, words: str, how: dict[str, bool]) -> None:
    path.write_bytes(data)
    refused(path, words, **how)
    assert path.read_bytes() == data
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("how", [{}, {"write": True}, {"create": True}], ids=["read", "write", "create"])
def test_other_databases_are_no_archives(path: Path, how: dict[str, bool]) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE about (name, value)")
    refused(path, "is no archive: check the path", **how)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_file_that_is_not_there(path: Path) -> None:
    refused(path, "is not there: check the path")
    refused(path, "is not there: check the path", write=True)
    refused(path / "arkiv", "its folder is not there", create=True)
    assert not path.exists()


@pytest.mark.parametrize("how", [{}, {"write": True}, {"create": True}], ids=["read", "write", "create"])
def test_a_folder(tmp_path: Path, how: dict[str, bool]) -> None:
    refused(tmp_path, "is a folder", **how)


def test_an_archive_that_was_only_begun_is_made(path: Path) -> None:
    path.touch()
    refused(path, "is no archive")
    refused(path, "is no archive", write=True)
    pragma(path, "journal_mode = WAL")
    with Archive.open(path, PARAMETERS, create=True) as archive:
        assert archive.counts().documents == 0


@pytest.mark.parametrize("how", [{}, {"write": True}, {"create": True}], ids=["read", "write", "create"])
def test_other_parameters_and_formats(made: Path, how: dict[str, bool]) -> None:
    with pytest.raises(ArchiveError, match="was made with 'parameters 1', and this is 'parameters 2': make it again"):
        Archive.open(made, "parameters 2", **how)
    pragma(made, "user_version = 2")
    refused(made, "is an archive of format 2, and only 1 is known here: make it again", **how)


def test_a_second_writer(made: Path) -> None:
    with Archive.open(made, PARAMETERS, write=True) as archive:
        refused(made, "is being written by another process: wait", write=True)
        refused(made, "is being written by another process: wait", create=True)
        archive.add(listed("b"), [entry(CUT)])
    with Archive.open(made, PARAMETERS, write=True) as archive:
        assert archive.counts().documents == 2


def test_a_writer_of_another_kind(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("malbild.archive.opening._PATIENCE", 0.1)
    with closing(sqlite3.connect(made, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused(made, "is being written by another process: wait", write=True)
        other.execute("ROLLBACK")
        with Archive.open(made, PARAMETERS, write=True) as archive:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(ArchiveError, match="is being written by another process: wait"):
                archive.add(listed("b"), [])
            other.execute("ROLLBACK")
            archive.add(listed("b"), [])


def shortened(data: bytes) -> bytes:
    return data[: len(data) // 2 + 100]


def overwritten(data: bytes) -> bytes:
    return data[:8192] + bytes(reversed(data[8192:]))


@pytest.mark.parametrize("damage", [shortened, overwritten])
def test_damage_is_told(made: Path, damage: Callable[[bytes], bytes]) -> None:
    made.write_bytes(damage(made.read_bytes()))
    with (
        pytest.raises(ArchiveError, match="is damaged: put a whole copy in its place, or make it again"),
        Archive.open(made, PARAMETERS, write=True) as archive,
    ):
        archive.places(archive.exact([f"{GROW.casefold()} {number}" for number in range(2000)]).values())
        archive.add(listed("a"), [])


def test_faults_are_named(made: Path) -> None:
    with closing(sqlite3.connect(made)) as connection:
        connection.execute("DELETE FROM posting WHERE signature = 7")
        connection.execute("DELETE FROM place WHERE sentence = 9")
        connection.execute("DELETE FROM sentence WHERE number = 11")
        connection.commit()
    with Archive.open(made, PARAMETERS) as archive:
        assert archive.faults() == [
            "a row of place without its sentence",
            "a row of posting without its sentence",
            "sentences that stand nowhere: 1",
        ]


def test_text_that_is_no_utf8_is_damage(made: Path) -> None:
    with closing(sqlite3.connect(made)) as connection:
        connection.execute("UPDATE sentence SET text = CAST(x'ff' AS TEXT) WHERE number = 1")
        connection.commit()
    with Archive.open(made, PARAMETERS) as archive, pytest.raises(ArchiveError, match="is damaged"):
        archive.stored([1])


def test_a_full_disk(made: Path) -> None:
    with Archive.open(made, PARAMETERS, write=True) as archive:
        before = archive.counts()
        archive._connection.execute("PRAGMA max_page_count = 1")
        with pytest.raises(ArchiveError, match="the disk is full: make room and go on"):
            archive.add(listed("b"), [entry(f"{CUT} {number}", number) for number in range(5000)])
        with pytest.raises(ArchiveError, match="the disk is full"), archive.batch():
            archive.add(listed("b"), [entry(f"{CUT} {number}", number) for number in range(5000)])
        archive._connection.execute("PRAGMA max_page_count = 1000000")
        assert archive.counts() == before
        archive.add(listed("b"), [entry(CUT, 3)])
        assert archive.faults() == []


def test_an_archive_in_a_folder_that_cannot_be_written_can_be_read(bound: Path) -> None:
    with without_rights():
        with Archive.open(bound, PARAMETERS) as archive:
            assert archive.counts().sentences == 2000
            assert archive.candidates([[7]]) == [[8]]
        refused(bound, "write", write=True)
        refused(bound.with_name("new"), "cannot be opened: see to it that", create=True)


def test_an_archive_that_cannot_be_read(bound: Path) -> None:
    bound.chmod(0o000)
    with without_rights():
        refused(bound, "cannot be opened: see to it that you may read the file")


def test_a_log_in_a_folder_that_cannot_be_written_is_not_passed_over(bound: Path) -> None:
    bound.with_name(f"{bound.name}-wal").write_bytes(bytes(5000))
    with without_rights():
        refused(bound, "cannot be opened: see to it that you may read the file and write in its folder")
