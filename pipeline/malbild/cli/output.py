"""Where the commands write."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from malbild.cli.messages import misuse


@contextmanager
def output_to(path: Path | None) -> Iterator[IO[str]]:
    """Standard output, or a file that appears whole at the end.

    A run that is stopped leaves no half file, and one that makes no record leaves what was there before.
    """
    if path is None:
        yield sys.stdout
        sys.stdout.flush()
        return
    # A link keeps pointing at its file; a device or a pipe is written to, never replaced.
    place = path.resolve()
    direct = place.exists() and not place.is_file()
    half = place if direct else place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        with half.open("w", encoding="utf-8", newline="\n") as out:
            yield out
        if not direct and half.stat().st_size:
            half.replace(place)
    except OSError as error:
        misuse(f"{path}: cannot be written ({error.strerror}): choose another place with -o")
    finally:
        if not direct:
            with suppress(OSError):
                half.unlink()
