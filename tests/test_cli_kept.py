"""``malbild extract --archive``, run as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from malbild.archive import Archive
from malbild.repeat.signatures import parameters

MALBILD = Path(sys.executable).with_name("malbild")
# The city shall be climate neutral by 2030.
GOAL = "Staden ska vara klimatneutral senast 2030.\n"


def extract(*args: str | Path, stdin: bytes = b"") -> tuple[int, bytes, list[str]]:
    """Exit code, standard output, lines of standard error."""
    done = subprocess.run(
        [MALBILD, "extract", *map(os.fspath, args)], capture_output=True, input=stdin, check=False, timeout=120
    )
    return done.returncode, done.stdout, done.stderr.decode("utf-8").splitlines()


@pytest.mark.parametrize("profile", ["fast", "accurate"])
def test_the_same_bytes_cold_and_warm(profile: str, corpus: list[Path], tmp_path: Path) -> None:
    archive = tmp_path / "kept"
    plain = extract(*corpus, "--profile", profile)
    assert plain[0] == 0 and plain[1].count(b"\n") == len(corpus)
    for _ in range(2):
        assert extract(*corpus, "--profile", profile, "--archive", archive) == plain
    assert sorted(os.listdir(tmp_path)) == ["kept", "kept-lock"]


def test_standard_input(tmp_path: Path) -> None:
    args = ("-", "--profile", "fast")
    plain = extract(*args, stdin=GOAL.encode())
    assert extract(*args, "--archive", tmp_path / "kept", stdin=GOAL.encode()) == plain
    assert extract(*args, "--archive", tmp_path / "kept", stdin=GOAL.encode()) == plain


def test_an_archive_with_a_writer_is_read_and_that_said_once(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(GOAL, "utf-8")
    with Archive.open(tmp_path / "kept", parameters(), write=True, create=True):
        code, out, err = extract(tmp_path / "a.txt", tmp_path / "b.txt", "--archive", tmp_path / "kept")
    assert (code, out.count(b"\n"), len(err)) == (0, 2, 1)
    assert err[0].startswith(f"malbild: {tmp_path / 'kept'}: is being written by another process")


@pytest.mark.parametrize(
    ("name", "why"), [("text", "is no archive"), ("folder", "is a folder"), ("away/kept", "its folder is not there")]
)
def test_what_is_no_archive_ends_the_run(name: str, why: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "text").write_text(GOAL, "utf-8")
    code, out, err = extract(tmp_path / "text", "--archive", tmp_path / name, "-o", tmp_path / "out")
    assert (code, out, len(err)) == (2, b"", 1)
    assert why in err[0]
    assert not (tmp_path / "out").exists()


def test_an_output_over_the_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOAL, "utf-8")
    args = (tmp_path / "a.txt", "--profile", "fast", "--archive", tmp_path / "kept")
    assert extract(*args)[0] == 0
    before = (tmp_path / "kept").read_bytes()
    code, _, err = extract(*args, "-o", tmp_path / "kept")
    assert (code, len(err)) == (2, 1) and "is the archive" in err[0]
    assert (tmp_path / "kept").read_bytes() == before
