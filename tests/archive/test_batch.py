"""Changes that are committed together."""

from __future__ import annotations

import sqlite3

import pytest
from stored_sentences import CUT, GROW, PARAMETERS, entry, listed

from malbild.archive import Archive


@pytest.fixture
def reader(archive: Archive) -> Archive:
    return Archive.open(archive.path, PARAMETERS)


def test_each_document_is_committed_by_itself(archive: Archive, reader: Archive) -> None:
    archive.add(listed("a"), [entry(GROW)])
    assert reader.counts().documents == 1


def test_a_batch_commits_every_so_many_and_the_rest_at_the_end(archive: Archive, reader: Archive) -> None:
    seen = []
    with archive.batch(changes=3):
        for number in range(7):
            archive.add(listed(str(number)), [entry(GROW, 1), entry(f"{CUT} {number}")])
            assert archive.counts().documents == number + 1
            assert archive.candidates([[1]]) == [[1]]
            seen.append(reader.counts().documents)
    assert seen == [0, 0, 3, 3, 3, 6, 6]
    assert reader.counts().documents == 7
    archive.remove("0")
    assert reader.counts().documents == 6


def test_a_batch_commits_after_so_many_seconds(archive: Archive, reader: Archive) -> None:
    with archive.batch(seconds=0):
        archive.add(listed("a"), [entry(GROW)])
        assert reader.counts().documents == 1


def test_a_document_that_fails_in_a_batch_fails_alone(archive: Archive, reader: Archive) -> None:
    with archive.batch():
        archive.add(listed("a"), [entry(GROW, 1)])
        with pytest.raises(UnicodeEncodeError):
            archive.add(listed("b"), [entry(CUT, 2), entry("\ud800")])
        archive.add(listed("c"), [entry(CUT, 3)])
    assert [document.id for document in reader.documents()] == ["a", "c"]
    assert reader.candidates([[1], [2], [3]]) == [[1], [], [2]]
    assert reader.faults() == []


def test_an_error_in_a_batch_loses_nothing_that_was_added(archive: Archive, reader: Archive) -> None:
    def fail() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), archive.batch():
        archive.add(listed("a"), [entry(GROW)])
        fail()
    assert reader.counts().documents == 1


def test_a_batch_that_is_closed_within_is_undone_since_its_last_commit(archive: Archive, reader: Archive) -> None:
    with pytest.raises(sqlite3.ProgrammingError), archive.batch(changes=2):
        for id in "abc":
            archive.add(listed(id), [entry(GROW)])
        archive.close()
    assert [document.id for document in reader.documents()] == ["a", "b"]


def test_there_is_no_batch_in_a_batch(archive: Archive) -> None:
    with archive.batch(), pytest.raises(RuntimeError), archive.batch():
        pass
