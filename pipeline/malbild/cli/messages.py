"""What the command line says on standard error, and how it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

OK, SOME_FAILED, MISUSE, INTERRUPTED = 0, 1, 2, 130


def complain(message: str) -> None:
    """One line on standard error, whatever the message holds."""
    print(f"malbild: {' '.join(message.split())}", file=sys.stderr, flush=True)


def misuse(message: str) -> NoReturn:
    """Say what is wrong with the call, and end."""
    complain(message)
    raise typer.Exit(MISUSE)


@contextmanager
def plain_errors(debug: bool) -> Iterator[None]:
    """Turn what goes wrong as a whole into one line and an exit code; with ``debug``, leave the traceback."""
    try:
        yield
    except (typer.Exit, typer.Abort):
        raise
    except KeyboardInterrupt:
        complain("interrupted")
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        # Whoever read has read enough: what is still to be flushed at the end goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(OK) from None
    except Exception as error:
        if debug:
            raise
        complain(f"{error} (--debug shows where)")
        raise typer.Exit(MISUSE if isinstance(error, ValueError | FileNotFoundError) else SOME_FAILED) from None
