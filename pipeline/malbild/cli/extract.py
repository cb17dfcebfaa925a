"""``malbild extract``: texts in, records out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from malbild.cli.messages import OK, SOME_FAILED, complain, misuse, plain_errors

if TYPE_CHECKING:
    from malbild.record import Record
    from malbild.settings import Settings


class Format(StrEnum):
    """How records are written."""

    json = "json"
    jsonl = "jsonl"


@contextmanager
def _output(path: Path | None) -> Iterator[IO[str]]:
    """Standard output, or a file that appears whole at the end: a run that is stopped leaves no half file."""
    if path is None:
        yield sys.stdout
        sys.stdout.flush()
        return
    if path.is_dir():
        misuse(f"{path} is a folder: give -o a file name")
    half = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with half.open("w", encoding="utf-8", newline="\n") as out:
            yield out
        half.replace(path)
    except OSError as error:
        misuse(f"{path}: cannot be written ({error.strerror}): choose another place with -o")
    finally:
        half.unlink(missing_ok=True)


def _plan(inputs: list[str], failures: list[str]) -> list[str]:
    """The names to read, folders opened up; what cannot be found is complained of and counted."""
    from malbild.read import ReadError, discover

    names: list[str] = []
    for name in inputs:
        try:
            names += [name] if name == "-" else [str(file) for file in discover([Path(name)])]
        except ReadError as error:
            failures.append(name)
            complain(str(error))
    return names


def _check_models(settings: Settings) -> None:
    """Load the models before the first document: a wrong name ends the run at once."""
    from malbild.flow import load_models

    load_models(settings.backend, settings.model)


def _record(name: str, settings: Settings, max_bytes: int) -> Record:
    from malbild.flow import extract_source
    from malbild.read import read, read_bytes

    if name == "-":
        return extract_source(read_bytes(sys.stdin.buffer.read(max_bytes + 1), "-", max_bytes=max_bytes), settings)
    return extract_source(read(name, max_bytes=max_bytes), settings)


def extract(
    inputs: Annotated[
        list[str], typer.Argument(metavar="FILE…", help="Texts, folders of texts, or - for standard input.")
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write here instead of standard output.")
    ] = None,
    format: Annotated[
        Format | None,
        typer.Option("--format", help="json: one object; jsonl: one line a document (default for several)."),
    ] = None,
    pretty: Annotated[bool, typer.Option("--pretty", help="Indent the JSON of a single document.")] = False,
    keep_repeats: Annotated[
        bool, typer.Option("--keep-repeats", help="One finding for every occurrence of a repeated sentence.")
    ] = False,
    min_confidence: Annotated[
        float, typer.Option(min=0, max=1, help="Leave out findings below this probability.")
    ] = 0.5,
    backend: Annotated[str, typer.Option(help="Annotator: spacy.")] = "spacy",
    model: Annotated[str | None, typer.Option(help="Another pipeline of the back-end, by name or path.")] = None,
    max_bytes: Annotated[int, typer.Option(min=1, help="Refuse larger files.")] = 200_000_000,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No progress.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False,
) -> None:
    """Read texts and write a JSON record for each: goals, outcome claims, actors, repeats."""
    with plain_errors(debug):
        if pretty and format is Format.jsonl:
            misuse("--pretty cannot indent JSON Lines: leave one of --pretty and --format jsonl out")
        from malbild.cli.progress import progress
        from malbild.read import ReadError
        from malbild.settings import Settings

        settings = Settings(backend=backend, model=model, keep_repeats=keep_repeats, min_confidence=min_confidence)
        failures: list[str] = []
        names = _plan(inputs, failures)
        several = len(names) + len(failures) > 1
        if several and (format is Format.json or pretty):
            misuse(f"{len(names)} documents do not fit one JSON object: use --format jsonl, without --pretty")
        if names:
            _check_models(settings)
        with _output(output) as out:
            for name in progress(names, quiet):
                try:
                    made = _record(name, settings, max_bytes)
                except ReadError as error:
                    failures.append(name)
                    complain(str(error))
                except Exception as error:
                    if debug:
                        raise
                    failures.append(name)
                    complain(f"{name}: not extracted: {type(error).__name__}: {error} (--debug shows where)")
                else:
                    out.write(made.to_json(pretty=pretty and not several) + "\n")
        raise typer.Exit(SOME_FAILED if failures else OK)
