"""How the terminal shows things: one width, one kind of table."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_WIDEST = 130


def open_console() -> Console:
    """Standard output, as wide as the terminal but never too wide to read; the same wherever it is no terminal."""
    from rich.console import Console

    console = Console()
    return Console(width=min(console.width, _WIDEST)) if console.is_terminal else Console(width=_WIDEST)


def open_table(title: str) -> Table:
    """An empty table with a line under its head and its title on the left."""
    from rich import box
    from rich.table import Table

    return Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", title_style="bold", pad_edge=False)
