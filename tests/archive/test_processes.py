"""Archives that several processes have open, and processes that end without a word."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from stored_sentences import CUT, GROW, PARAMETERS, entry, listed

from malbild.archive import Archive, ArchiveError, Counts

WRITER = """
import os, sys
from pathlib import Path
from stored_sentences import *
with Archive.open(Path(sys.argv[1]), PARAMETERS, write=True) as archive, archive.batch():
    archive.remove("a")
    for number in range(50):
        archive.add(listed(str(number)), [entry(f"{CUT} {number} {n}", n) for n in range(100)])
    print("added", flush=True)
    if not sys.stdin.readline():
        os._exit(9)
print("done", flush=True)
"""

READER = """
import os, sys
from pathlib import Path
from stored_sentences import *
os.seteuid(65534)
with Archive.open(Path(sys.argv[1]), PARAMETERS) as archive:
    print(archive.counts().documents, flush=True)
"""


@contextmanager
def process(program: str, path: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", program, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent,
    ) as child:
        yield child


def said(child: subprocess.Popen[str]) -> str:
    assert child.stdout
    return child.stdout.readline().strip()


def test_readers_see_what_is_committed_while_a_writer_works(archive: Archive) -> None:
    archive.add(listed("a"), [entry(GROW, 1)])
    archive.close()
    with process(WRITER, archive.path) as child, Archive.open(archive.path, PARAMETERS) as reader:
        assert said(child) == "added"
        assert reader.counts() == Counts(1, 1, 1)
        assert reader.exact([GROW.casefold()]) == {GROW.casefold(): 1}
        with Archive.open(archive.path, PARAMETERS) as late:
            assert [document.id for document in late.documents()] == ["a"]
        with pytest.raises(ArchiveError, match="is being written by another process"):
            Archive.open(archive.path, PARAMETERS, write=True)
        child.communicate("\n")
        assert reader.counts() == Counts(50, 5000, 5000)
        assert reader.exact([GROW.casefold()]) == {}
        assert len(reader.candidates([[7]])[0]) == 50


def test_a_writer_that_ends_without_a_word_leaves_what_was_committed(archive: Archive) -> None:
    archive.add(listed("a"), [entry(GROW, 1)])
    archive.close()
    with process(WRITER, archive.path) as child:
        assert said(child) == "added"
        child.communicate()
        assert child.returncode == 9
    with Archive.open(archive.path, PARAMETERS, write=True) as again:
        assert list(again.documents()) == [listed("a")]
        assert again.faults() == []
        again.add(listed("b"), [entry(CUT)])
        assert again.counts().documents == 2


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can be somebody else")
def test_a_reader_without_rights_sees_what_is_committed_while_a_writer_works() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder) / "arkiv"
        with Archive.open(path, PARAMETERS, create=True) as archive:
            for id in "abc":
                archive.add(listed(id), [entry(GROW, 1)])
            with process(READER, path) as child:
                assert said(child) == "3"
        with process(READER, path) as child:
            assert said(child) == "3"


def test_killed_writers_lose_and_damage_nothing(checkout: Path) -> None:
    script = checkout / "benchmarks" / "index_kill.py"
    done = subprocess.run(
        [sys.executable, str(script), "--kills", "3", "--sentences", "30"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "| each change its own commit | 3 |" in done.stdout
