"""The command line as a user runs it: the installed script, in processes of its own."""

import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from malbild.cli.progress import progress

MALBILD = str(Path(sys.executable).with_name("malbild"))
PATIENCE = 120
# The city shall be climate neutral by 2030.
GOAL = "Staden ska vara klimatneutral senast 2030.\n"


class Run(NamedTuple):
    code: int
    out: bytes
    err: str

    @property
    def lines(self) -> list[str]:
        return self.err.splitlines()

    @property
    def records(self) -> list[dict]:
        return [json.loads(line) for line in self.out.decode("utf-8").split("\n") if line]


def malbild(*args: str | Path, cwd: Path | None = None, stdin: bytes = b"", program=(MALBILD,), **env: str) -> Run:
    done = subprocess.run(
        [*program, *map(os.fspath, args)],
        cwd=cwd, input=stdin, capture_output=True, timeout=PATIENCE, check=False, env=os.environ | env,
    )  # fmt: skip
    return Run(done.returncode, done.stdout, done.stderr.decode("utf-8"))


def start(*args: str | Path, **streams: object) -> subprocess.Popen:
    def as_in_a_terminal() -> None:
        # A test run in the background of a shell has SIGINT ignored, and hands that down.
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    return subprocess.Popen([MALBILD, *map(os.fspath, args)], preexec_fn=as_in_a_terminal, **streams)  # type: ignore


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "mål.txt").write_text(GOAL, "utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, corpus: list[Path]) -> Path:
    made = tmp_path_factory.mktemp("texts")
    for file in corpus:
        shutil.copy(file, made)
    return made


@pytest.fixture(scope="module")
def whole(folder: Path) -> Run:
    """A folder, one of its files once more, and a file beside it."""
    (folder.parent / "sist.txt").write_text(GOAL, "utf-8")
    names = sorted(os.listdir(folder))
    return malbild("extract", folder, folder / names[-1], folder.parent / "sist.txt", PYTHONHASHSEED="1")


# What is written


def test_a_folder_and_files_give_a_line_each_in_order_and_each_once(whole: Run, folder: Path) -> None:
    assert (whole.code, whole.err) == (0, "")
    files = [*sorted(map(str, folder.iterdir())), str(folder.parent / "sist.txt")]
    assert [record["document"]["source"] for record in whole.records] == files
    assert whole.out.count(b"\n") == len(files)
    assert whole.out.endswith(b"}\n")


def test_a_file_gives_one_object_and_the_same_bytes_in_any_process(folder: Path, whole: Run) -> None:
    env = {"PYTHONHASHSEED": "2", "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    run = malbild("extract", min(folder.iterdir()), program=(sys.executable, "-m", "malbild"), **env)
    assert (run.code, run.err) == (0, "")
    assert run.out == whole.out[: whole.out.index(b"\n") + 1]


def test_standard_input_indented_with_every_occurrence(tmp_path: Path) -> None:
    options = ("--pretty", "--format", "json", "--keep-repeats", "--min-confidence", "0")
    run = malbild("extract", "-", *options, stdin=(GOAL * 2).encode(), cwd=tmp_path)
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith(b'{\n  "schema_version"')
    record = json.loads(run.out)
    assert (record["document"]["source"], record["document"]["characters"]) == ("-", 2 * len(GOAL))
    assert [len(goal["occurrences"]) for goal in record["goals"]] == [1, 1]
    assert len(record["repeats"]) == 1
    assert os.listdir(tmp_path) == []


# Bad input: whatever is wrong with a file, the others are done.

ENGLISH = (
    "The council wants to cut its emissions by half and to plant one thousand trees in the old harbour before 2030."
)
FAILING = {
    "missing": (None, "no such file"),
    "folder without texts": (..., "without texts"),
    "empty": (b"", "holds no text"),
    "blank": (b" \r\n\t\n", "holds no text"),
    "png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"),
    "zip": (b"PK\x03\x04\x14\0\0\0", "ZIP archive"),
    "pdf": (b"%PDF-1.7\n", "PDF"),
    "noise": (bytes(range(32)) * 20, "binary"),
}
READ = {
    "cp1252": (GOAL.replace("a", "å").encode("cp1252"), GOAL.replace("a", "å"), ["encoding"]),
    "utf-16": (GOAL.encode("utf-16"), GOAL, []),
    "utf-8 with a mark": (b"\xef\xbb\xbf" + GOAL.encode(), GOAL, []),
    "english": (ENGLISH.encode(), ENGLISH, ["not-swedish"]),
    "nul": (b"Staden ska\0 v\xc3\xa4xa.\0", "Staden ska\0 växa.\0", ["nul"]),
    "a megabyte without a space": ("å".encode() * 500_000, "å" * 500_000, []),
    "crlf": (b"Staden ska.\r\n\r\nStaden har.\r\n", "Staden ska.\r\n\r\nStaden har.\r\n", []),
    "line separator": ("Staden\u2028ska\x85 öka takten.".encode(), "Staden\u2028ska\x85 öka takten.", []),
}

# A file name that is no UTF-8, where there can be one.
ODD_NAME = os.fsdecode(b"m\xe5l.txt") if sys.platform == "linux" else "mål.txt"


def _file(kind: str) -> str:
    return kind.replace(" ", "_") + ".txt"


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run]:
    place = tmp_path_factory.mktemp("bad")
    for kind, (content, *_) in {**FAILING, **READ}.items():
        if content is ...:
            (place / _file(kind)).mkdir()
        elif content is not None:
            (place / _file(kind)).write_bytes(content)
    (place / ODD_NAME).write_text(GOAL, "utf-8")
    (place / "out.jsonl").write_text("old", "utf-8")
    (place / "link").symlink_to("out.jsonl")
    return place, malbild("extract", *map(_file, [*FAILING, *READ]), ODD_NAME, "--output", "link", cwd=place)


def _written(place: Path) -> dict[str, dict]:
    assert (place / "link").is_symlink()
    lines = (place / "out.jsonl").read_text("utf-8").split("\n")
    return {record["document"]["source"]: record for record in map(json.loads, lines[:-1])}


@pytest.mark.parametrize("kind", FAILING)
def test_a_file_that_cannot_be_read_is_one_line(bad: tuple[Path, Run], kind: str) -> None:
    place, run = bad
    (line,) = [line for line in run.lines if _file(kind) in line]
    assert line.startswith(f"malbild: {_file(kind)}: ")
    assert FAILING[kind][1] in line
    assert _file(kind) not in _written(place)


@pytest.mark.parametrize("kind", READ)
def test_an_odd_text_is_read_and_its_problems_noted(bad: tuple[Path, Run], kind: str) -> None:
    place, run = bad
    _, text, codes = READ[kind]
    record = _written(place)[_file(kind)]
    assert _file(kind) not in run.err
    assert [problem["code"] for problem in record["problems"]] == codes
    assert record["document"]["characters"] == len(text)
    for finding in record["goals"] + record["outcomes"]:
        assert finding["text"] == text[finding["start"] : finding["end"]]


def test_the_others_are_done_when_some_fail(bad: tuple[Path, Run]) -> None:
    place, run = bad
    assert (run.code, run.out) == (1, b"")
    assert len(run.lines) == len(FAILING)
    assert "Traceback" not in run.err
    assert list(_written(place)) == [*map(_file, READ), ODD_NAME.encode("utf-8", "replace").decode()]
    assert [name for name in os.listdir(place) if name.endswith(".part")] == []


def test_a_line_is_a_line_whatever_the_name_holds(tmp_path: Path) -> None:
    run = malbild("extract", "saknas\n\u2028.txt", cwd=tmp_path)
    assert (run.code, run.out, run.err) == (1, b"", "malbild: saknas .txt: no such file or folder; check the path\n")


# Misuse


@pytest.mark.parametrize(
    ("args", "said"),
    [
        pytest.param(["mål.txt", "--pretty", "--format", "jsonl"], "--pretty", id="indented lines"),
        pytest.param(["mål.txt", "saknas.txt", "--format", "json"], "2 documents", id="two in one object"),
        pytest.param(["mål.txt", "saknas.txt", "--pretty"], "2 documents", id="two indented"),
        pytest.param(["mål.txt", "--backend", "udpipe"], "spacy", id="unknown backend"),
        pytest.param(["mål.txt", "--model", "no_such_model"], "'no_such_model'", id="unknown model"),
        pytest.param(["mål.txt", "-o", "no/such/folder/x.json"], "no/such/folder/x.json", id="output nowhere"),
        pytest.param(["mål.txt", "-o", "mål.txt/x.json"], "mål.txt/x.json", id="output under a file"),
        pytest.param(["mål.txt", "-o", "."], "is a folder", id="output a folder"),
        pytest.param(["mål.txt", "-o", "./mål.txt"], "one of the texts", id="output over the text"),
    ],
)
def test_misuse_is_one_line_and_writes_nothing(place: Path, args: list[str], said: str) -> None:
    run = malbild("extract", *args, cwd=place)
    lines = [line for line in run.lines if "no such file" not in line]  # the missing file has a line of its own
    if "no/such" in said:
        lines = run.lines
    assert (run.code, run.out, len(lines)) == (2, b"", 1)
    assert lines[0].startswith("malbild: ")
    assert said in lines[0]
    assert (place / "mål.txt").read_text("utf-8") == GOAL
    assert os.listdir(place) == ["mål.txt"]


@pytest.mark.parametrize(
    "args",
    [
        ["extract"],
        ["extract", "mål.txt", "--such-option"],
        ["extract", "mål.txt", "--min-confidence", "1.5"],
        ["extract", "mål.txt", "--format", "xml"],
        ["such-command"],
        ["evaluate", "."],
        ["evaluate", ".", "no_records.jsonl"],
        ["show", "mål.txt"],
        ["show", "no_records.jsonl"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_meant_ends_with_2(place: Path, args: list[str]) -> None:
    run = malbild(*args, cwd=place)
    assert (run.code, run.out) == (2, b"")
    assert run.err.strip()
    assert "Traceback" not in run.err


def test_debug_shows_where(place: Path) -> None:
    run = malbild("extract", "mål.txt", "--backend", "udpipe", "--debug", cwd=place)
    assert run.code != 0
    assert "Traceback" in run.err


def test_a_run_that_makes_no_record_leaves_the_old_file(place: Path) -> None:
    (place / "old.json").write_text("old", "utf-8")
    assert malbild("extract", "saknas.txt", "-o", "old.json", cwd=place).code == 1
    assert malbild("extract", "saknas.txt", "-o", "new.json", cwd=place).code == 1
    assert (place / "old.json").read_text("utf-8") == "old"
    assert sorted(os.listdir(place)) == ["mål.txt", "old.json"]


def test_a_device_is_written_to_and_stays_one(place: Path) -> None:
    pipe = place / "pipe"
    os.mkfifo(pipe)
    with start("extract", place / "mål.txt", "-o", pipe) as process:
        written = pipe.read_bytes()
        assert process.wait(PATIENCE) == 0
    assert json.loads(written)["document"]["characters"] == len(GOAL)
    assert pipe.is_fifo()


# Stopped


def test_interrupted_while_waiting_for_input(tmp_path: Path) -> None:
    (tmp_path / "out.json").write_text("old", "utf-8")
    with start("extract", "-", "-o", tmp_path / "out.json", stdin=-1, stdout=-1, stderr=-1) as process:
        deadline = time.monotonic() + PATIENCE
        while not list(tmp_path.glob(".*.part")):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        assert process.stdout.read() == b""
        assert process.stderr.read() == b"malbild: interrupted\n"
    assert os.listdir(tmp_path) == ["out.json"]
    assert (tmp_path / "out.json").read_text("utf-8") == "old"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More than a run gets through before it is stopped, and more than a pipe holds."""
    place = tmp_path_factory.mktemp("many")
    for n in range(600):
        # The city shall grow to N inhabitants by 2030.
        text = "".join(f"Staden ska växa till {n * 20 + i} invånare senast 2030.\n\n" for i in range(20))
        (place / f"{n:03}.txt").write_text(text, "utf-8")
    return place


def test_interrupted_while_working(many: Path) -> None:
    with start("extract", many, stdout=-1, stderr=-1) as process:
        assert process.stdout.read(1) == b"{"
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        assert process.wait(20) == 130
        assert process.stderr.read() == b"malbild: interrupted\n"


def test_a_closed_pipe_is_no_error(many: Path) -> None:
    with start("extract", many, stdout=-1, stderr=-1) as process:
        assert process.stdout.read(10) == b'{"schema_v'
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(PATIENCE) == 0


@pytest.mark.parametrize("args", [["schema"], ["info"], ["--help"], ["extract", "--help"]], ids=" ".join)
def test_a_pipe_closed_at_once_shows_no_traceback(args: list[str]) -> None:
    with start(*args, stdout=-1, stderr=-1) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(PATIENCE) in (0, 1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_is_one_line() -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run([MALBILD, "schema"], stdout=full, stderr=-1, check=False, timeout=PATIENCE)
    assert done.returncode == 1
    assert re.fullmatch(r"malbild: .*No space left.*\n", done.stderr.decode())


# On a terminal


def on_a_terminal(*args: str | Path, **env: str) -> tuple[int, str]:
    """The exit code and what a terminal on standard output and error is sent."""
    ours, theirs = pty.openpty()
    environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR", "CI", "COLUMNS")}
    environment |= {"TERM": "xterm-256color", "COLUMNS": "100"} | env
    process = start(*args, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    sent = b""
    try:
        while piece := os.read(ours, 65536):
            sent += piece
    except OSError:  # Linux: the other end is closed
        pass
    os.close(ours)
    return process.wait(PATIENCE), sent.decode("utf-8")


COLOUR = re.compile(r"\x1b\[(?:[\d;]*;)?[34]\d")


def test_no_color() -> None:
    assert COLOUR.search(on_a_terminal("--help")[1])
    code, sent = on_a_terminal("--help", NO_COLOR="1")
    assert code == 0
    assert "extract" in sent
    assert not COLOUR.search(sent)


def test_progress_is_shown_on_a_terminal(place: Path) -> None:
    (place / "b.txt").write_text(GOAL, "utf-8")
    code, sent = on_a_terminal("extract", place, "-o", place / "out.jsonl")
    assert (code, "Reading" in sent) == (0, True)
    assert len((place / "out.jsonl").read_text("utf-8").splitlines()) == 2


@pytest.mark.parametrize(
    ("names", "quiet", "terminal", "shown"),
    [
        pytest.param("ab", False, True, True, id="shown"),
        pytest.param("ab", True, True, False, id="quiet"),
        pytest.param("ab", False, False, False, id="no terminal"),
        pytest.param("a", False, True, False, id="one document"),
    ],
)
def test_progress(
    names: str, quiet: bool, terminal: bool, shown: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    monkeypatch.setenv("TERM", "xterm")
    assert list(progress(list(names), quiet)) == list(names)
    out, err = capsys.readouterr()
    assert (out, bool(err)) == ("", shown)


# The other commands


@pytest.mark.parametrize("args", [["--help"], ["-h"], ["--version"], ["extract", "--help"]], ids=" ".join)
def test_help_imports_nothing_heavy(args: list[str]) -> None:
    run = malbild(*args, program=(sys.executable, "-X", "importtime", "-m", "malbild"))
    assert run.code == 0
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in run.lines if "|" in line}
    assert {"malbild", "typer"} <= imported
    # Typer itself imports pydantic to check options with bounds.
    heavy = {"spacy", "thinc", "sklearn", "scipy", "numpy"} | ({"pydantic"} if "extract" not in args else set())
    assert not imported & heavy


def test_version(checkout: Path) -> None:
    import tomllib

    project = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))["project"]
    assert malbild("--version") == (0, f"malbild {project['version']}\n".encode(), "")


def test_schema_is_the_committed_one(checkout: Path) -> None:
    assert malbild("schema") == (0, (checkout / "docs" / "record.schema.json").read_bytes(), "")


def test_info_names_the_models(checkout: Path) -> None:
    facts = json.loads(malbild("info", "--json").out)
    told = malbild("info")
    assert (told.code, told.err) == (0, "")
    assert set(facts["models"]) == {
        "sv_malbild_core", "sv_malbild_encoder", "sv_malbild_extraction", "sv_malbild_stanza"
    }  # fmt: skip
    for name, manifest in facts["models"].items():
        assert manifest == json.loads((checkout / "models" / name / "manifest.json").read_text("utf-8"))
        assert f"{name} {manifest['version']}  sha256 {manifest['sha256'][:12]}" in told.out.decode()


@pytest.fixture(scope="module")
def records(whole: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("records") / "records.jsonl"
    path.write_bytes(whole.out)
    return path


def test_evaluate_prints_a_table_and_the_wrong(records: Path, checkout: Path) -> None:
    run = malbild("evaluate", checkout / "corpus", records, "--errors", "3")
    assert (run.code, run.err) == (0, "")
    lines = run.out.decode().splitlines()
    assert lines[0].split() == ["P", "R", "F1", "gold"]
    figures = {line[:32].strip(): line[32:].split() for line in lines[1:]}
    assert {len(figures[name]) for name in ("goal", "outcome", "repeats (pairs)")} == {4}
    assert sum(line.startswith(("false ", "missed ")) for line in lines) <= 3


def test_evaluate_as_json_and_a_missing_record(records: Path, checkout: Path, tmp_path: Path) -> None:
    kept = records.read_bytes().split(b"\n")[0]
    (tmp_path / "one.json").write_bytes(kept)
    run = malbild("evaluate", checkout / "corpus", tmp_path, "--json")
    scores = json.loads(run.out)
    stem = Path(json.loads(kept)["document"]["source"]).stem
    missing = sorted(file.name.split(".")[0] for file in (checkout / "corpus").glob("*.gold.json"))
    missing.remove(stem)
    assert run.code == 1
    assert scores["missing"] == missing
    assert [name in line for name, line in zip(missing, run.lines, strict=True)] == [True] * len(missing)
    assert 0 < scores["goal"]["r"] < 1


def test_show_is_for_people(records: Path, whole: Run) -> None:
    run = malbild("show", records, "--rows", "0")
    assert (run.code, run.err) == (0, "")
    shown = run.out.decode()
    assert "\x1b" not in shown
    for record in whole.records:
        assert record["document"]["source"].rpartition("/")[2] in shown.replace("\n", "")
        assert f"Goals: {len(record['goals'])}" in shown
    short = malbild("show", records, "--rows", "1").out.decode()
    assert "more (--rows 0 shows all)" in short
    assert len(short) < len(shown)
    assert malbild("show", "-", "--rows", "1", stdin=records.read_bytes()).out.decode() == short
