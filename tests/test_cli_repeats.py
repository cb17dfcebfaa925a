"""``malbild repeats`` and ``malbild archive``, run as a user runs them."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

MALBILD = Path(sys.executable).with_name("malbild")
C21 = "Nationellt har Helsingfors synlighet och påverkan ökat med en mer aktiv kommunikation och C21-nätverket."
DOUBLED = f"{C21} {C21}\n\n{C21.replace('kommunikation', 'komunikation')}\n\n{C21.replace('ökat', 'minskat')}\n"


def malbild(*args: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([MALBILD, *map(os.fspath, args)], capture_output=True, text=True, check=False, timeout=120)


def groups(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "helsingfors-2023.txt").write_text(DOUBLED, "utf-8")
    (folder / "helsingfors-2024.md").write_text(
        f"# Uppföljning 2024\n\n{C21.replace('ökat', 'stärkts')}\n\n{C21}\n", "utf-8"
    )
    return folder


def test_the_doubled_line_its_slip_and_its_other_direction(reports: Path) -> None:
    done = malbild("extract", reports / "helsingfors-2023.txt")
    repeats = json.loads(done.stdout)["repeats"]
    assert [(one["kind"], len(one["occurrences"]), one["differs"]) for one in repeats] == [
        ("exact", 2, []),
        ("near", 3, []),
        ("variant", 2, ["ökat → minskat"]),
    ]


def test_groups_across_documents(reports: Path) -> None:
    done = malbild("repeats", reports)
    assert (done.returncode, done.stderr) == (0, "")
    (group,) = groups(done)
    assert (group["kind"], group["documents"], group["boilerplate"]) == ("variant", 2, False)
    first, *others = group["versions"]
    assert (first["text"], first["differs"]) == (C21, [])
    assert [version["differs"] for version in others] == [["ökat → minskat"], ["ökat → stärkts"]]
    assert [place["source"].rpartition("/")[2] for place in first["occurrences"]] == [
        *["helsingfors-2023.txt"] * 3,
        "helsingfors-2024.md",
    ]
    assert [place["date"] for place in first["occurrences"]] == ["2023"] * 3 + ["2024"]
    for place in first["occurrences"]:
        text = Path(place["source"]).read_text("utf-8")
        assert text[place["start"] : place["end"]] == place.get("text", first["text"])
    assert groups(malbild("repeats", reports, "--kind", "exact")) == []
    assert groups(malbild("repeats", reports / "helsingfors-2023.txt", "--across")) == []


def test_the_table_is_for_people(reports: Path) -> None:
    shown = malbild("repeats", reports, "--format", "table").stdout
    assert "ökat → minskat" in shown
    assert "helsingfors-2024.md (2024)" in shown


def test_records_will_do(reports: Path, tmp_path: Path) -> None:
    records = tmp_path / "all.jsonl"
    assert malbild("extract", reports, "-o", records, "--profile", "fast").returncode == 0
    found = groups(malbild("repeats", records))
    assert any(group["kind"] == "variant" and group["documents"] == 2 for group in found)


def test_an_archive_is_made_asked_and_emptied(reports: Path, tmp_path: Path) -> None:
    archive = tmp_path / "a.malbild"
    assert malbild("archive", "add", archive, reports / "helsingfors-2023.txt").stderr.endswith(
        "1 added, 0 there already, 0 failed\n"
    )
    found = groups(malbild("repeats", reports / "helsingfors-2024.md", "--against", archive))
    assert [group["kind"] for group in found] == ["variant", "exact"]
    assert malbild("archive", "add", archive, reports).stderr.endswith("1 added, 1 there already, 0 failed\n")
    assert "2 documents" in malbild("archive", "list", archive).stdout
    # A report that has changed replaces what it was.
    (reports / "helsingfors-2024.md").write_text("Allt är nytt i år.\n", "utf-8")
    malbild("archive", "add", archive, reports)
    assert "2 documents" in malbild("archive", "list", archive).stdout
    assert malbild("archive", "remove", archive, str(reports / "helsingfors-2023.txt")).returncode == 0
    assert groups(malbild("repeats", reports / "helsingfors-2023.txt", "--against", archive)) == []
    gone = malbild("archive", "remove", archive, "abc")
    assert (gone.returncode, len(gone.stderr.splitlines())) == (2, 1)


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["repeats", "nowhere.txt"], 1, "no such file or folder"),
        (["repeats", "{reports}", "--against", "nowhere.malbild"], 2, "nowhere.malbild"),
        (["repeats", "{reports}", "--against", "{reports}/helsingfors-2023.txt"], 2, "helsingfors-2023.txt"),
        (["repeats", "{reports}", "-o", "x.jsonl", "--format", "table"], 2, "leave one"),
        (["archive", "list", "nowhere.malbild"], 2, "nowhere.malbild"),
        (["archive", "add", "{reports}/no/folder", "{reports}"], 2, "folder"),
    ],
)
def test_misuse_is_one_line(args: list[str], code: int, said: str, reports: Path) -> None:
    done = malbild(*[arg.format(reports=reports) for arg in args])
    assert (done.returncode, len(done.stderr.splitlines())) == (code, 1), done.stderr
    assert said in done.stderr


def test_one_bad_report_costs_only_itself(reports: Path) -> None:
    (reports / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    done = malbild("repeats", reports)
    assert done.returncode == 1
    assert "bad.pdf" in done.stderr
    assert len(groups(done)) == 1
