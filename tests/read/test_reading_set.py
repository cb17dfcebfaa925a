"""Every reader against the committed set, which says what was put into each file: see corpus/reading/README.md."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from reading_scores import Floors, Reading, Scores, aligned, longest_increasing, words_of
from reading_scores import load_truth as truth_of

from malbild.read import ReadError, read
from malbild.read.media import READERS
from malbild.source import Source

READING = Path(__file__).parents[2] / "corpus" / "reading"
DAMAGED = READING / "damaged"
EXPECTED: dict[str, dict[str, str]] = json.loads((DAMAGED / "expected.json").read_text("utf-8"))
NAMES = sorted(path.name.removesuffix(".json") for path in (READING / "truth").glob("*.*.json"))
PDFS = [name for name in NAMES if name.endswith(".pdf")]
SECONDS = 10
TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".html": "text/html",
}


def needs_reader(kind: str | None) -> None:
    if kind and kind not in READERS:
        pytest.skip(f"no reader of {kind} yet")


@cache
def source_of(name: str) -> Source:
    return read(READING / name)


@cache
def scores_of(name: str) -> Scores:
    return Reading(truth_of(READING, name), source_of(name)).scores()


@contextmanager
def time_limit(seconds: int) -> Iterator[None]:
    """Raise TimeoutError when the time is up: between two steps of Python, so a library's own loop runs on."""

    def stop(*_: Any) -> None:
        raise TimeoutError(f"more than {seconds} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def test_the_set_is_whole():
    files = {path.name for path in READING.iterdir() if path.is_file()} - {"README.md"}
    assert files == set(NAMES)
    assert len(NAMES) >= 28
    assert {path.name for path in DAMAGED.iterdir()} - {"expected.json"} == set(EXPECTED)
    assert len(EXPECTED) >= 20


@pytest.mark.parametrize("name", NAMES)
def test_words_order_and_structure(name):
    needs_reader(TYPES.get(Path(name).suffix))
    scores = scores_of(name)
    floors = Floors()
    # What plain text means by its lines is not for a reader to say.
    structure = () if name.endswith(".txt") else ("headings", "whole", "cells")
    asked = ("recall", "precision", "order", "pages", *structure)
    low = {key: value for key in asked if (value := getattr(scores, key)) is not None and value < getattr(floors, key)}
    assert not low
    assert scores.leaked == ()


@pytest.mark.parametrize("name", PDFS)
def test_boxes_cover_their_words(name):
    needs_reader("application/pdf")
    pytest.importorskip("pypdfium2")
    from reading_boxes import covered

    right, sampled = covered((READING / name).read_bytes(), source_of(name))
    assert sampled > 100
    assert right >= Floors().boxes * sampled


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_damaged_file_gives_what_is_expected(name):
    expected = EXPECTED[name]
    needs_reader(expected.get("needs"))
    with time_limit(SECONDS):
        try:
            source = read(DAMAGED / name)
        except ReadError as error:
            assert expected["outcome"] == "error", error.message
            assert error.message.startswith(str(DAMAGED / name))
            return
    assert expected["outcome"] == ("partial" if source.problems else "ok"), source.problems
    assert expected.get("holds", "") in source.text
    assert "never" not in expected or expected["never"] not in source.text


# The measures themselves: what they are to notice.


def test_words_are_letters_and_digits():
    assert [word.form for word in words_of("Social- och hälsovården¹ [2], 2021–2025")] == [
        *("social", "och", "hälsovården", "2", "2021", "2025"),
    ]
    assert [word.form for word in words_of("e\ufb00ekt")] == ["e\ufb00ekt"]
    assert words_of("a\u030a ra")[0].form == "a\u030a"


def test_alignment_goes_on_beside_an_anchor():
    parts = [["mål", "och", "medel"], ["och", "tid"], ["mål"]]
    text = ["medel", "mål", "och", "medel", "1", "och", "tid", "mål"]
    assert aligned(parts, text) == [[1, 2, 3], [5, 6], [7]]


def test_order_is_the_longest_run_of_places():
    assert longest_increasing([1, 2, 9, 3, 4]) == 4
    assert longest_increasing([]) == 0


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".md")])
def test_truth_matches_itself(name):
    scores = scores_of(name)
    assert (scores.recall, scores.precision, scores.order, scores.headings) == (1, 1, 1, 1)


def test_measures_notice_what_is_wrong():
    truth = truth_of(READING, "klimatplan-sidhuvud.pdf")
    text = (READING / "klimatplan.txt").read_text("utf-8")
    first, second = text[: len(text) // 2], text[len(text) // 2 :]

    def scores(changed: str) -> Scores:
        return Reading(truth, Source("0" * 12, "-", changed, "text/plain", "0" * 64)).scores()

    whole = scores(text)
    assert (whole.recall, whole.precision, whole.order, whole.leaked) == (1, 1, 1, ())
    assert scores(first).recall < 0.6
    assert scores(text + first).precision < 0.75
    assert 0.4 < (scores(second + first).order or 0) < 0.7
    assert scores(text.replace("Planen har tre", "Hudiksvalls kommun\n\nSida 2 (3)\n\nPlanen har tre")).leaked == (
        *("Hudiksvalls kommun", "Sida 2 (3)"),
    )
    assert scores(text.replace("kommissionen", "kom-\nmissionen")).recall < 1
    assert {field.name for field in fields(Floors)} - {"boxes"} <= {field.name for field in fields(Scores)}
