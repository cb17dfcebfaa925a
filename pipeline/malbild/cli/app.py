"""The ``malbild`` command and its subcommands."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from malbild import __version__
from malbild.cli import archive, evaluate, explain, extract, info, repeats, schema, show

app = typer.Typer(
    name="malbild",
    help="Reads Swedish strategy texts and says, as JSON, what they want, who is to do it and what has come of it.",
    epilog="Exit codes: 0 all documents read, 1 some failed (the others are written), 2 the command was misused.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("extract")(extract.extract)
app.command("show")(show.show)
app.command("repeats")(repeats.repeats)
app.add_typer(archive.app, name="archive")
app.command("explain")(explain.explain)
app.command("evaluate")(evaluate.evaluate)
app.command("schema")(schema.schema)
app.command("info")(info.info)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"malbild {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line; the installed ``malbild`` script."""
    for stream in (sys.stdout, sys.stderr):
        # Records are UTF-8 whatever the terminal's locale says.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace" if stream is sys.stderr else "strict")
    app()
