"""What is asked of Tesseract before it reads: once, if it can."""

from __future__ import annotations

from pathlib import Path

import pytest

from malbild.read.content import UnreadableError
from malbild.read.pdf import ocr


def installed(folder: Path, *languages: str) -> Path:
    """A program called tesseract that lists languages, and a line in a file for each time that it was asked."""
    asked, program = folder / "asked", folder / "tesseract"
    program.write_text(f"#!/bin/sh\necho >> {asked}\necho {' '.join(languages)}\n")
    program.chmod(0o755)
    return asked


def test_tesseract_is_asked_once_if_it_knows_swedish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = installed(tmp_path, "eng", "swe")
    monkeypatch.setenv("PATH", str(tmp_path))
    for _ in range(3):
        ocr.check()
    assert asked.read_text() == "\n"


def test_a_model_installed_meanwhile_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(tmp_path, "eng")
    monkeypatch.setenv("PATH", str(tmp_path))
    for _ in range(2):
        with pytest.raises(UnreadableError, match="knows no Swedish"):
            ocr.check()
    installed(tmp_path, "eng", "swe")
    ocr.check()


def test_without_tesseract_the_cure_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableError, match="tesseract-ocr-swe"):
        ocr.check()
