"""The registers of public bodies in Sweden and Finland, as tables; any room may read them.

``register/KIND_COUNTRY.tsv``: a line a body, its official name, and other names or abbreviations of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files


def rows(name: str) -> Iterator[list[str]]:
    """The cells of every line of ``register/<name>.tsv``; lines that begin with ``#`` are comments.

    Raises:
        FileNotFoundError: if there is no such register.
    """
    text = files("malbild.sv").joinpath("register", f"{name}.tsv").read_text("utf-8")
    return (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
