"""ZIP archives of documents."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from malbild.read import Limits, ReadError, discover, read

PLAN = "Staden ska bli klimatneutral senast 2030."  # The city is to become climate neutral by 2030.


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "planer.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("2030/plan.txt", PLAN)
        out.writestr("uppföljning.md", f"# Uppföljning\n\n{PLAN}\n")
        out.writestr("bild.png", b"\x89PNG")
        out.writestr("__MACOSX/plan.txt", "x")
        out.writestr(".dold.txt", "x")
        out.writestr("../utanför.txt", PLAN)
        out.writestr("inre.zip", b"PK\x05\x06" + bytes(18))
        out.writestr("bomb.txt", "0" * 3_000_000)
    return path


def test_an_archive_stands_for_the_documents_in_it(archive: Path) -> None:
    names = [path.relative_to(archive).as_posix() for path in discover([archive])]
    assert names == ["../utanför.txt", "2030/plan.txt", "bomb.txt", "inre.zip", "uppföljning.md"]
    assert discover([archive.parent]) == discover([archive])


def test_a_document_in_an_archive_is_read_under_its_path(archive: Path) -> None:
    source = read(archive / "2030" / "plan.txt")
    assert (source.text, source.name) == (PLAN, str(archive / "2030/plan.txt"))
    assert read(archive / "uppföljning.md").media_type == "text/markdown"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param("../utanför.txt", "unsafe", id="a name that leads out"),
        pytest.param("inre.zip", "binary", id="an archive in it"),
        pytest.param("bomb.txt", "unsafe", id="packed too many times"),
        pytest.param("finns-inte.txt", "missing", id="not there"),
    ],
)
def test_what_cannot_be_read_says_why(archive: Path, name: str, code: str) -> None:
    with pytest.raises(ReadError) as error:
        read(archive / name)
    assert error.value.code == code
    assert str(archive / name) in error.value.message


def test_limits_can_be_raised(archive: Path) -> None:
    assert len(read(archive / "bomb.txt", Limits(ratio=10_000)).text) == 3_000_000


def test_a_damaged_archive_is_one_failed_document(tmp_path: Path) -> None:
    path = tmp_path / "trasig.zip"
    path.write_bytes(b"PK\x03\x04 och sedan inget")
    assert discover([path]) == [path]
    with pytest.raises(ReadError):
        read(path)
