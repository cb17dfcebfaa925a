"""Progress on standard error, where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager


def progress(names: Sequence[str], quiet: bool) -> Iterator[str]:
    """The names one by one, shown as they pass; silent when ``quiet``, not on a terminal, or for a single document."""
    if quiet or len(names) < 2 or not sys.stderr.isatty():
        yield from names
        return
    from rich.console import Console
    from rich.progress import track

    shown: Iterable[str] = track(names, description="Reading", console=Console(stderr=True), transient=True)
    yield from shown


@contextmanager
def working(what: str, quiet: bool) -> Iterator[None]:
    """Show that something is being done which cannot tell how far it is."""
    if quiet or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield
