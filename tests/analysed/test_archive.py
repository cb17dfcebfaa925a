"""What happens to analyses when models, settings or the archive change, break or are held by somebody else."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
from runs import ACCURATE, BUILT, CUT, FAST, PROFILES, asked, run

import malbild
from malbild.across import said_in
from malbild.across.against import entries, listed
from malbild.analysed import made_with
from malbild.analysed.layout import of_readings, of_rows, readings_in, rows_in
from malbild.archive import Archive, ArchiveError
from malbild.extraction.weights import COLUMNS
from malbild.read import read_text
from malbild.record import ModelRef
from malbild.repeat.signatures import parameters
from malbild.settings import Settings

by_profile = pytest.mark.parametrize("settings", PROFILES, ids=lambda settings: settings.profile)


def test_profiles_do_not_see_each_others_analyses(tmp_path: Path) -> None:
    for settings in PROFILES:
        assert run(tmp_path / "a", settings, CUT).annotated == [CUT]
    for settings in PROFILES:
        assert run(tmp_path / "a", settings, CUT).annotated == []


@by_profile
def test_another_model_makes_them_anew_and_the_old_ones_stay(settings: Settings, tmp_path: Path) -> None:
    assert run(tmp_path / "a", settings, CUT).annotated == [CUT]
    assert run(tmp_path / "a", settings, CUT, sha256="f" * 64).annotated == [CUT]
    assert run(tmp_path / "a", settings, CUT, release="2").annotated == [CUT]
    assert run(tmp_path / "a", settings, CUT, sha256="f" * 64).annotated == []
    assert run(tmp_path / "a", settings, CUT).annotated == []


def test_what_analyses_are_made_with(monkeypatch: pytest.MonkeyPatch) -> None:
    ref = ModelRef(name="m", version="1", sha256="a" * 64)
    plain = made_with("1", Settings(), [ref])
    same = Settings(keep_repeats=True, min_confidence=0.9, ocr="tesseract")
    assert made_with("1", same, [ref]) == plain == made_with("1", Settings(), [ref])
    others = [
        made_with("2", Settings(), [ref]),
        made_with("1", Settings(profile="fast"), [ref]),
        made_with("1", Settings(model="m"), [ref]),
        *(made_with("1", Settings(), [ref.model_copy(update={of: "2"})]) for of in ("name", "version", "sha256")),
        made_with("1", Settings(), [ref, ref]),
    ]
    monkeypatch.setattr("malbild.analysed.fingerprint._code", lambda: "other lists of words")
    others.append(made_with("1", Settings(), [ref]))
    assert len({plain, *others}) == 1 + len(others)


@by_profile
@pytest.mark.parametrize(
    "damage",
    [lambda _: b"", lambda data: data[:-1], lambda data: data[: len(data) // 2], lambda data: data + b"\0",
     lambda data: data[:-7] + bytes([data[-7] ^ 4]) + data[-6:], lambda data: data[::-1], lambda _: pickle.dumps([1]),
     lambda data: bytes(len(data)), lambda data: b"\xff" * len(data)],
    ids=["empty", "cut", "half", "longer", "flipped", "reversed", "foreign", "zeros", "ones"],
)  # fmt: skip
def test_damaged_analyses_are_made_anew(settings: Settings, damage: Callable[[bytes], bytes], tmp_path: Path) -> None:
    text = f"# Mål\n\n{CUT} {BUILT}"
    whole = run(tmp_path / "a", settings, text)
    for number, value in asked(tmp_path / "a", "SELECT number, value FROM analysis"):
        asked(tmp_path / "a", "UPDATE analysis SET value = ? WHERE number = ?", damage(value), number)
    again = run(tmp_path / "a", settings, text)
    assert (again.records, again.told) == (whole.records, [])
    healed = run(tmp_path / "a", settings, text)
    assert (healed.records, healed.annotated, healed.judged) == (whole.records, [], 0)


def test_one_lost_reading_has_its_passage_read_again(tmp_path: Path) -> None:
    text = f"{CUT} {BUILT}"
    whole = run(tmp_path / "a", ACCURATE, text)
    asked(tmp_path / "a", "DELETE FROM analysis WHERE number = 2")
    again = run(tmp_path / "a", ACCURATE, text)
    assert (again.records, again.annotated, again.judged) == (whole.records, [BUILT], 1)
    assert run(tmp_path / "a", ACCURATE, text).annotated == []


def test_an_archive_with_a_writer_is_read(tmp_path: Path) -> None:
    run(tmp_path / "a", FAST, CUT)
    with Archive.open(tmp_path / "a", parameters(), write=True):
        for _ in range(2):
            done = run(tmp_path / "a", FAST, f"{CUT} {BUILT}", BUILT)
            assert done.annotated == [BUILT, BUILT]
            (told,) = done.told
            assert "being written by another process" in told and "\n" not in told
    with Archive.open(tmp_path / "b", parameters(), write=True, create=True):
        assert run(tmp_path / "b", FAST, CUT).annotated == [CUT]
    with pytest.warns(UserWarning, match="being written"), Archive.open(tmp_path / "a", parameters(), write=True):
        malbild.extract(CUT, FAST, archive=tmp_path / "a")


@pytest.mark.parametrize("method", ["analysed", "keep_analyses"])
def test_an_archive_that_breaks_costs_analyses_only(
    method: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(self: Archive, *_: object) -> None:
        raise ArchiveError(self.path, "the disk is full: make room")

    def breaks() -> None:
        monkeypatch.setattr(Archive, method, broken)

    texts = [CUT, BUILT, f"{CUT} {BUILT}"]
    done = run(tmp_path / "a", FAST, *texts, between=breaks)
    assert done.records == run(None, FAST, *texts).records
    assert len(done.told) == 1 and "the disk is full" in done.told[0]
    assert done.annotated == ([CUT, BUILT, CUT, BUILT] if method == "analysed" else [CUT, BUILT, BUILT])


def test_a_file_that_is_no_archive_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(CUT, "utf-8")
    with pytest.raises(ArchiveError, match="is no archive"):
        malbild.extract(CUT, FAST, archive=tmp_path / "a")
    assert (tmp_path / "a").read_text("utf-8") == CUT
    with pytest.raises(ArchiveError, match="folder is not there"):
        malbild.extract(CUT, FAST, archive=tmp_path / "nowhere" / "a")


@by_profile
def test_words_of_a_document_go_with_it(settings: Settings, tmp_path: Path) -> None:
    source = read_text(f"1. {CUT}\n\n{BUILT}", "plan")
    run(tmp_path / "a", settings, source)
    document, said = said_in(source)
    with Archive.open(tmp_path / "a", parameters(), write=True) as archive:
        archive.add(listed(document), entries(said))
        assert archive.remove(document.id)
    left = [len(value) for (value,) in asked(tmp_path / "a", "SELECT value FROM analysis")]
    assert left == ([] if settings is FAST else [len(said) * (4 * len(COLUMNS) + 8) + 4])  # numbers of one passage


def test_a_key_has_so_many_readings() -> None:
    marked = {n.to_bytes(8): bytes([n]) for n in range(100)}
    assert readings_in(of_readings(marked)) == dict(list(marked.items())[-64:])


def test_rows_are_of_one_core(tmp_path: Path) -> None:
    labels = [[float(n)] * len(COLUMNS) for n in range(3)]
    data = of_rows(zip(labels, [b"12345678", None, b"\0" * 7 + b"1"], strict=True))  # type: ignore[arg-type]
    found = rows_in(data, range(5, 8))
    assert [(n, row.tolist(), mark) for n, (row, mark) in found.items()] == [
        (5, labels[0], b"12345678"), (6, labels[1], bytes(8)), (7, labels[2], b"\0" * 7 + b"1")
    ]  # fmt: skip
    assert rows_in(data, range(5, 7)) == rows_in(data, range(0)) == rows_in(b"", range(0)) == {}
