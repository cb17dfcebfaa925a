"""``malbild schema``: the JSON Schema of a record."""

from __future__ import annotations

import typer


def schema() -> None:
    """Print the JSON Schema of a record."""
    from malbild.record import schema_text

    typer.echo(schema_text(), nl=False)
