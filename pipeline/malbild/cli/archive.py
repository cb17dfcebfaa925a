"""``malbild archive``: the sentences of many documents on disk, for new ones to be checked against."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from malbild.cli.inputs import archive_at, documents_in, names_of
from malbild.cli.messages import SOME_FAILED, complain, misuse, plain_errors
from malbild.cli.progress import progress
from malbild.cli.tables import open_console, open_table

app = typer.Typer(
    help="Keep the sentences of many documents on disk, for 'malbild repeats --against'.", no_args_is_help=True
)
File = Annotated[Path, typer.Argument(metavar="ARCHIVE", help="The archive: one file.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show tracebacks.")]


@app.command("add")
def add(
    archive: File,
    inputs: Annotated[
        list[Path], typer.Argument(metavar="PATH…", help="Documents, folders or ZIPs of them, or records.")
    ],
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No progress.")] = False,
    debug: Debug = False,
) -> None:
    """Put documents into an archive, made if it is not there. One that has changed since replaces what it was."""
    with plain_errors(debug):
        from malbild.across.against import entries, listed

        failures: list[str] = []
        names = names_of(inputs, failures)
        added = present = 0
        with archive_at(archive, write=True, create=True) as kept:
            earlier = {document.source: document.id for document in kept.documents()}
            for name in progress([str(name) for name in names], quiet):
                for document, said in documents_in(Path(name), failures):
                    if kept.document(document.id) is not None:
                        present += 1
                        continue
                    if document.source in earlier:
                        kept.remove(earlier[document.source])
                    kept.add(listed(document), entries(said))
                    added += 1
        complain(f"{archive}: {added} added, {present} there already, {len(failures)} failed")
        if failures:
            raise typer.Exit(SOME_FAILED)


@app.command("remove")
def remove(
    archive: File,
    documents: Annotated[
        list[str],
        typer.Argument(metavar="DOCUMENT…", help="Ids or paths, as 'malbild archive list' tells them."),
    ],
    debug: Debug = False,
) -> None:
    """Take documents out of an archive."""
    with plain_errors(debug):
        missing = []
        with archive_at(archive, write=True) as kept:
            ids = {name: document.id for document in kept.documents() for name in (document.id, document.source)}
            for name in documents:
                if name in ids:
                    kept.remove(ids[name])
                else:
                    missing.append(name)
        if missing:
            misuse(f"{archive}: has no {', '.join(missing)}: 'malbild archive list' tells what it has")


@app.command("list")
def list_(archive: File, debug: Debug = False) -> None:
    """Tell what an archive holds."""
    with plain_errors(debug):
        with archive_at(archive) as kept:
            counts = kept.counts()
            documents = list(kept.documents())
        console = open_console()
        table = open_table(f"{counts.documents} documents, {counts.sentences} sentences in {counts.occurrences} places")
        for head in ("id", "Issuer", "Date", "Title", "Read from"):
            table.add_column(head, no_wrap=head in ("id", "Date"))
        for one in documents:
            table.add_row(one.id, one.issuer or "–", one.date or "–", one.title or "–", one.source)
        console.print(table)
