"""``malbild schema``: the JSON Schema of a record."""

from __future__ import annotations

from typing import Annotated

import typer

from malbild.cli.messages import plain_errors


def schema(debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False) -> None:
    """Print the JSON Schema of a record."""
    with plain_errors(debug):
        from malbild.record import schema_text

        typer.echo(schema_text(), nl=False)
