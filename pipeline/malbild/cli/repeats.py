"""``malbild repeats``: what a set of documents says again, and against an archive of earlier ones."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from malbild.cli.inputs import archive_at, documents_in, names_of
from malbild.cli.messages import SOME_FAILED, misuse, plain_errors
from malbild.cli.output import output_to
from malbild.cli.progress import progress, working
from malbild.cli.tables import open_console, open_table

if TYPE_CHECKING:
    from malbild.across import Found, Gathered
    from malbild.repeat import Spread

_MANY = 50_000
"""Distinct sentences that are worth several processes."""
_SHOWN = 4
"""Versions and places of a group that the table shows."""


@contextmanager
def _spread(workers: int, sentences: int) -> Iterator[Spread]:
    """How work is spread: over processes of its own if there is enough of it."""
    if workers == 1 or sentences < _MANY:
        yield map
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        yield pool.map


def _found(gathered: Gathered, archive: Path | None, workers: int, quiet: bool) -> list[Found]:
    from malbild.across import found_in
    from malbild.across.against import against

    if archive is not None:
        with archive_at(archive) as known:
            return list(against(gathered, known))
    with (
        _spread(workers, len(gathered.texts)) as spread,
        working(f"Comparing {len(gathered.texts):,} sentences", quiet),
    ):
        return found_in(gathered, spread)


def _table(found: Sequence[Found], rows: int) -> None:
    from rich.text import Text

    console = open_console()
    shown = found[:rows] if rows else found
    table = open_table(f"Repeated: {len(found)}")
    table.add_column("kind", no_wrap=True)
    table.add_column("Sentence, and what differs in other versions of it", ratio=5)
    table.add_column("Where", ratio=3)
    for group in shown:
        first, *others = group.versions
        words = Text(first.text)
        for version in others[:_SHOWN]:
            words.append(f"\n  {'; '.join(version.differs) or version.text}", style="bold")
        if len(others) > _SHOWN:
            words.append(f"\n  … and {len(others) - _SHOWN} more versions")
        places = [place for version in group.versions for place in version.occurrences]
        where = Counter(_place(place.document.source, place.document.date, place.page) for place in places)
        told = [f"{name}{f' ×{count}' if count > 1 else ''}" for name, count in list(where.items())[:_SHOWN]]
        more = f"\n… {len(where) - _SHOWN} more" if len(where) > _SHOWN else ""
        kind = f"{group.kind}\nboilerplate" if group.boilerplate else group.kind
        table.add_row(kind, words, Text("\n".join(told) + more))
    console.print(table)
    if len(found) > len(shown):
        console.print(f"… and {len(found) - len(shown)} more (--rows 0 shows all)", highlight=False)


def _place(source: str, date: str | None, page: int | None) -> str:
    return f"{Path(source).name}{f' ({date})' if date else ''}{f', p. {page}' if page else ''}"


def repeats(
    inputs: Annotated[
        list[Path],
        typer.Argument(metavar="PATH…", help="Documents, folders or ZIPs of them, or records ('extract' wrote them)."),
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write JSON Lines here instead of to standard output.")
    ] = None,
    format: Annotated[
        Literal["jsonl", "table"] | None,
        typer.Option("--format", help="table (default on a terminal) or jsonl: one group a line."),
    ] = None,
    archive: Annotated[
        Path | None,
        typer.Option("--against", help="Only what an archive has ('malbild archive add' makes one)."),
    ] = None,
    across: Annotated[bool, typer.Option("--across", help="Only what stands in several documents.")] = False,
    claims: Annotated[bool, typer.Option("--no-boilerplate", help="Leave boilerplate out.")] = False,
    kind: Annotated[
        Literal["exact", "near", "variant"] | None, typer.Option("--kind", help="Only groups of this kind.")
    ] = None,
    rows: Annotated[int, typer.Option("--rows", min=0, help="Rows of the table; 0 for all.")] = 20,
    workers: Annotated[int, typer.Option(min=1, help="Processes that large sets are compared with.")] = min(
        4, os.cpu_count() or 1
    ),
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No progress.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False,
) -> None:
    """Find sentences that documents repeat: the same again, with slips, or the same frame with another value."""
    with plain_errors(debug):
        if output is not None and format == "table":
            misuse("-o writes JSON Lines: leave one of -o and --format table out")
        from malbild.across import Gathered

        failures: list[str] = []
        names = names_of(inputs, failures)
        gathered = Gathered()
        for name in progress([str(name) for name in names], quiet):
            for document, said in documents_in(Path(name), failures):
                gathered.add(document, said)
        found = [
            group
            for group in _found(gathered, archive, workers, quiet)
            if (group.documents > 1 or not across) and not (claims and group.boilerplate) and kind in (None, group.kind)
        ]
        if format == "table" or (format is None and output is None and sys.stdout.isatty()):
            _table(found, rows)
        else:
            with output_to(output) as out:
                for group in found:
                    out.write(json.dumps(group.as_json(), ensure_ascii=False) + "\n")
        if failures:
            raise typer.Exit(SOME_FAILED)
