"""``malbild extract``: texts in, records out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from malbild.cli.messages import OK, SOME_FAILED, complain, misuse, plain_errors
from malbild.cli.output import output_to
from malbild.defaults import (
    BACKEND,
    LEAST_CONFIDENCE,
    MAX_BYTES,
    MAX_PAGES,
    MAX_RATIO,
    MAX_UNPACKED,
    PROFILE,
    Ocr,
    Profile,
)

if TYPE_CHECKING:
    from malbild.analysed import Analyses
    from malbild.read import Limits
    from malbild.record import Record
    from malbild.settings import Settings


def _plan(inputs: list[str], failures: list[str]) -> list[str]:
    """The names to read, each once, folders opened up; what cannot be found is complained of and counted."""
    from malbild.read import ReadError, discover

    names: dict[str, None] = {}
    for name in dict.fromkeys(inputs):
        try:
            found = [name] if name == "-" else [str(file) for file in discover([Path(name)])]
            if not found:
                raise ReadError(name, "empty", "a folder without texts; give one with .txt or .md files, or a file")
        except ReadError as error:
            failures.append(name)
            complain(str(error))
        else:
            names.update(dict.fromkeys(found))
    return list(names)


def _check_output(output: Path | None, names: list[str], archive: Path | None) -> None:
    """End a run, before it begins, that has nowhere to write or would write over one of its own texts."""
    if output is None:
        return
    if archive is not None and output.resolve() == archive.resolve():
        misuse(f"{output} is the archive: give -o another file name")
    if output.is_dir():
        misuse(f"{output} is a folder: give -o a file name")
    if not output.parent.is_dir():
        misuse(f"{output}: cannot be written (no folder {output.parent}): choose another place with -o")
    if output.is_file() and any(name != "-" and output.samefile(name) for name in names):
        misuse(f"{output} is one of the texts: give -o another file name")


def _check_models(settings: Settings) -> None:
    """Load the models before the first document: a wrong name ends the run at once."""
    from malbild.flow import load_models

    load_models(settings.backend, settings.model, settings.profile)


@contextmanager
def _analyses(archive: Path | None, settings: Settings) -> Iterator[Analyses | None]:
    """What the archive keeps; one that cannot be used ends the run with a word on why."""
    if archive is None:
        yield None
        return
    from malbild.archive import ArchiveError
    from malbild.flow import analyses_in

    try:
        with analyses_in(archive, settings, complain) as analyses:
            yield analyses
    except ArchiveError as error:
        misuse(str(error))


def _record(name: str, settings: Settings, limits: Limits, text_out: Path | None, analyses: Analyses | None) -> Record:
    """The record of one document; its text in a file of its own in ``text_out``, if that is given."""
    from malbild.flow import extract_source
    from malbild.read import read, read_bytes

    source = read_bytes(sys.stdin.buffer.read(limits.bytes + 1), "-", limits) if name == "-" else read(name, limits)
    made = extract_source(source, settings, analyses=analyses)
    text = made.document.text
    if text_out is None or text is None:
        return made
    path = text_out / f"{Path(name).stem if name != '-' else 'text'}-{made.document.id}.txt"
    try:
        text_out.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        misuse(f"{path}: cannot be written ({error.strerror}): choose another folder with --text-out")
    document = made.document.model_copy(update={"text": None, "text_file": str(path)})
    return made.model_copy(update={"document": document})


def extract(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE…", help="Documents (PDF, DOCX, ODT, HTML, Markdown, text), folders or ZIPs of them, or -."
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write here instead of standard output.")
    ] = None,
    format: Annotated[
        Literal["json", "jsonl"] | None,
        typer.Option("--format", help="json: one object; jsonl: one line a document (default for several)."),
    ] = None,
    pretty: Annotated[bool, typer.Option("--pretty", help="Indent the JSON of a single document.")] = False,
    keep_repeats: Annotated[
        bool, typer.Option("--keep-repeats", help="One finding for every occurrence of a repeated sentence.")
    ] = False,
    min_confidence: Annotated[
        float, typer.Option(min=0, max=1, help="Leave out findings below this probability.")
    ] = LEAST_CONFIDENCE,
    profile: Annotated[
        Profile,
        typer.Option(help="accurate: with an encoder that reads the context; fast: without, for large folders."),
    ] = PROFILE,
    backend: Annotated[
        str, typer.Option(help="Annotator: spacy, or stanza (pip install 'malbild\\[stanza]').")
    ] = BACKEND,
    model: Annotated[
        str | None, typer.Option(help="Another pipeline of the back-end: an installed package or a folder.")
    ] = None,
    stanza_dir: Annotated[
        Path | None, typer.Option(help="Stanza's own Swedish models, as stanza.download left them; implies stanza.")
    ] = None,
    archive: Annotated[
        Path | None,
        typer.Option(help="Keep the analysis of every sentence in this archive, and use what it has."),
    ] = None,
    text_out: Annotated[
        Path | None,
        typer.Option("--text-out", help="Write the text of PDFs and office files to files here, not into the record."),
    ] = None,
    ocr: Annotated[Ocr | None, typer.Option(help="What reads pages of a PDF without a text layer.")] = None,
    max_bytes: Annotated[int, typer.Option(min=1, help="Refuse larger files.")] = MAX_BYTES,
    max_pages: Annotated[int, typer.Option(min=1, help="Refuse longer PDFs.")] = MAX_PAGES,
    max_unpacked: Annotated[
        int, typer.Option(min=1, help="Refuse office files and members of archives that unpack to more bytes.")
    ] = MAX_UNPACKED,
    max_ratio: Annotated[int, typer.Option(min=1, help="Refuse what is packed more times than this.")] = MAX_RATIO,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No progress.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False,
) -> None:
    """Read documents and write a JSON record for each: goals, outcome claims, actors, repeats."""
    with plain_errors(debug):
        if pretty and format == "jsonl":
            misuse("--pretty cannot indent JSON Lines: leave one of --pretty and --format jsonl out")
        if stanza_dir is not None:
            if model is not None:
                misuse("--model and --stanza-dir both name the models: leave one of them out")
            backend, model = "stanza", str(stanza_dir)
        from malbild.cli.progress import progress
        from malbild.read import Limits, ReadError
        from malbild.settings import Settings

        settings = Settings(
            backend=backend,
            profile=profile,
            ocr=ocr,
            model=model,
            keep_repeats=keep_repeats,
            min_confidence=min_confidence,
        )
        limits = Limits(max_bytes, max_pages, max_unpacked, max_ratio, ocr=ocr)
        failures: list[str] = []
        names = _plan(inputs, failures)
        count = len(names) + len(failures)
        if count > 1 and (format == "json" or pretty):
            misuse(f"{count} documents do not fit one JSON object: use --format jsonl, without --pretty")
        _check_output(output, names, archive)
        if names:
            _check_models(settings)
        with _analyses(archive if names else None, settings) as analyses, output_to(output) as out:
            for name in progress(names, quiet):
                try:
                    made = _record(name, settings, limits, text_out, analyses).to_json(pretty=pretty)
                except ReadError as error:
                    failures.append(name)
                    complain(str(error))
                except Exception as error:
                    if debug:
                        raise
                    failures.append(name)
                    complain(f"{name}: not extracted: {type(error).__name__}: {error} (--debug shows where)")
                else:
                    out.write(made + "\n")
        raise typer.Exit(SOME_FAILED if failures else OK)
