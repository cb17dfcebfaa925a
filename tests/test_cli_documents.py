"""Documents of every format on the command line, as a user gives them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

MALBILD = str(Path(sys.executable).with_name("malbild"))
READING = Path(__file__).parents[1] / "corpus" / "reading"


def extract(*args: str | Path) -> tuple[int, list[dict], list[str]]:
    """The exit code, the records and the lines on standard error of a run in the fast profile."""
    command = [MALBILD, "extract", "--profile", "fast", "--format", "jsonl", *map(os.fspath, args)]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    records = [json.loads(line) for line in done.stdout.decode("utf-8").split("\n") if line]
    return done.returncode, records, done.stderr.decode("utf-8").splitlines()


def test_three_formats_give_three_records_a_person_can_follow_back() -> None:
    names = ["klimatplan-spalter.pdf", "klimatplan.docx", "klimatplan-webb.html"]
    code, records, errors = extract(*(READING / name for name in names))
    assert (code, errors) == (0, [])
    assert [Path(record["document"]["source"]).name for record in records] == names
    for record in records:
        text = record["document"]["text"]
        assert len(record["goals"]) > 20
        assert all(text[goal["start"] : goal["end"]] == goal["text"] for goal in record["goals"])
    assert {goal["page"] for goal in records[0]["goals"]} == {1, 2, 3, 4}


def test_the_text_may_lie_beside_the_record(tmp_path: Path) -> None:
    code, (record,), _ = extract(READING / "klimatplan.odt", "--text-out", tmp_path / "texter")
    assert code == 0
    assert record["document"]["text"] is None
    text = Path(record["document"]["text_file"]).read_bytes().decode("utf-8")
    assert len(text) == record["document"]["characters"]
    assert all(text[goal["start"] : goal["end"]] == goal["text"] for goal in record["goals"])


def test_a_folder_and_an_archive_of_mixed_documents_lose_nothing_for_one_that_fails(tmp_path: Path) -> None:
    folder = tmp_path / "planer"
    folder.mkdir()
    for name in ("klimatplan.odt", "kulturmiljo.md"):
        shutil.copy(READING / name, folder)
    shutil.copy(READING / "damaged" / "losenord.pdf", folder)
    with zipfile.ZipFile(tmp_path / "arkiv.zip", "w") as archive:
        archive.write(READING / "valfardsplan-enkel.html", "sidor/plan.html")
        archive.write(READING / "damaged" / "avkapad.docx", "avkapad.docx")
    code, records, errors = extract(tmp_path)
    assert code == 1
    names = [os.path.relpath(record["document"]["source"], tmp_path) for record in records]
    assert sorted(names) == ["arkiv.zip/sidor/plan.html", "planer/klimatplan.odt", "planer/kulturmiljo.md"]
    assert len(errors) == 2
    assert "avkapad.docx" in errors[0]
    assert "losenord.pdf" in errors[1]
    assert "password" in errors[1]


@pytest.mark.parametrize(
    ("option", "name", "said"),
    [
        (["--max-pages", "2"], "klimatplan-spalter.pdf", "max_pages=2"),
        (["--max-unpacked", "1000"], "klimatplan.docx", "unpacks to more bytes"),
        (["--max-bytes", "1000"], "klimatplan.odt", "max_bytes=1000"),
    ],
)
def test_limits_are_said_with_the_way_to_raise_them(option: list[str], name: str, said: str) -> None:
    code, records, (line,) = extract(READING / name, *option)
    assert (code, records) == (1, [])
    assert said in line


def test_pages_without_words_are_named_and_the_rest_is_read() -> None:
    code, (record,), _ = extract(READING / "aldreplan-bilder.pdf")
    assert code == 0
    assert [(p["code"], "OCR" in p["message"]) for p in record["problems"]] == [("no_text", True)]
    assert record["goals"]


@pytest.mark.skipif(shutil.which("tesseract") is not None, reason="tesseract is installed here")
def test_ocr_without_its_program_says_what_to_install() -> None:
    code, records, (line,) = extract(READING / "aldreplan-bilder.pdf", "--ocr", "tesseract")
    assert (code, records) == (1, [])
    assert "tesseract-ocr-swe" in line


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_pages_that_are_pictures_are_read_by_tesseract() -> None:
    code, (record,), _ = extract(READING / "aldreplan-bilder.pdf", "--ocr", "tesseract")
    assert code == 0
    assert [problem["code"] for problem in record["problems"]] == ["ocr"]
    pages = {finding["page"] for finding in record["goals"] + record["outcomes"]}
    assert pages == {1, 2, 3, 4, 5}
