"""Files to Sources: identity, formats, and what is said when it cannot be done."""

import hashlib
import os
from pathlib import Path

import pytest

from malbild.read import Limits, ReadError, discover, read, read_bytes, read_text
from malbild.read.media import READERS, media_type, reader


def test_id_comes_from_the_bytes_and_not_from_the_name(tmp_path: Path) -> None:
    data = "Mål\r\n".encode("cp1252")
    (tmp_path / "a.txt").write_bytes(data)
    (tmp_path / "b.txt").write_bytes(data)
    one, other = read(tmp_path / "a.txt"), read(tmp_path / "b.txt")
    assert one.id == other.id == hashlib.sha256(data).hexdigest()[:12]
    assert one.sha256 == hashlib.sha256(data).hexdigest()
    assert one.name == str(tmp_path / "a.txt")


def test_id_of_a_string_is_that_of_its_utf8() -> None:
    assert read_text("Mål").id == read_bytes("Mål".encode(), "x.txt").id


def test_a_mark_inside_a_string_is_its_own() -> None:
    assert read_text("\ufeffMål").text == "\ufeffMål"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("plan.txt", b"Plan", "text/plain"),
        ("plan", b"Plan", "text/plain"),
        ("plan.rst", b"Plan", "text/plain"),
        ("plan.md", b"# Plan", "text/markdown"),
        ("PLAN.MARKDOWN", b"# Plan", "text/markdown"),
        ("plan.txt", b"%PDF-1.7", "application/pdf"),
        ("plan.md", b"PK\x03\x04", "application/zip"),
        ("plan.docx", b"ingen zip", "text/plain"),
    ],
)
def test_content_says_the_format_then_the_name(name: str, data: bytes, kind: str) -> None:
    assert media_type(data, name) == kind


@pytest.mark.parametrize("kind", sorted(READERS))
def test_every_line_of_the_table_leads_to_a_reader(kind: str) -> None:
    assert callable(reader(kind))


def _missing(folder: Path) -> Path:
    return folder / "saknas.txt"


def _folder(folder: Path) -> Path:
    return folder


def _empty(folder: Path) -> Path:
    (folder / "tom.txt").write_bytes(b"")
    return folder / "tom.txt"


def _blank(folder: Path) -> Path:
    (folder / "blank.txt").write_text("\ufeff \n\t\u00a0\n", "utf-8")
    return folder / "blank.txt"


def _big(folder: Path) -> Path:
    (folder / "stor.txt").write_text("x" * 101)
    return folder / "stor.txt"


@pytest.mark.parametrize(
    ("make", "code"),
    [(_missing, "missing"), (_folder, "directory"), (_empty, "empty"), (_blank, "empty"), (_big, "too_large")],
)
def test_what_cannot_be_read_says_so_in_one_line(make, code: str, tmp_path: Path) -> None:
    path = make(tmp_path)
    with pytest.raises(ReadError) as caught:
        read(path, Limits(bytes=100))
    assert (caught.value.path, caught.value.code) == (str(path), code)
    assert str(path) in caught.value.message
    assert "\n" not in caught.value.message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "hemlig.txt"
    path.write_text("Mål")
    path.chmod(0)
    with pytest.raises(ReadError) as caught:
        read(path)
    assert caught.value.code == "unreadable"


def test_a_name_that_the_system_refuses() -> None:
    with pytest.raises(ReadError) as caught:
        read("a\0b.txt")
    assert caught.value.code in ("unreadable", "missing")


def test_a_file_as_large_as_allowed_is_read(tmp_path: Path) -> None:
    (tmp_path / "lagom.txt").write_text("x" * 100)
    assert len(read(tmp_path / "lagom.txt", Limits(bytes=100)).text) == 100


def test_discover(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "bild.png", ".dold.txt", "sub/c.TXT", ".git/d.txt", "sub/e.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Mål")
    found = discover([tmp_path / "bild.png", tmp_path, tmp_path / "b.txt"])
    assert [path.relative_to(tmp_path).as_posix() for path in found] == ["bild.png", "a.md", "b.txt", "sub/c.TXT"]


def test_discover_names_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="saknas") as caught:
        discover([tmp_path, tmp_path / "saknas"])
    assert caught.value.code == "missing"
