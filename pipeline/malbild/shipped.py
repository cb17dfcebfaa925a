"""The models that come with Malbild: where they lie, installed or in a checkout, and what they say they are."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """Which model spoke: for the provenance of a record. ``sha256`` is one digest over all files of the model."""

    name: str
    version: str
    sha256: str


class NotShipped(FileNotFoundError):  # noqa: N818 - reads as it is caught: "except NotShipped"
    """A model that should have come with the package is not there."""


def shipped(name: str) -> Path:
    """The folder of a model that comes with Malbild, such as ``"sv_malbild_core"``.

    Looks in ``malbild/_models`` (an installed wheel), then in ``models`` of the checkout the package lies in.

    Raises:
        NotShipped: if neither has it; the message says the cure, in one line.
    """
    places = (PACKAGE / "_models" / name, PACKAGE.parents[1] / "models" / name)
    for place in places:
        if place.is_dir():
            return place
    raise NotShipped(
        f"no model {name!r} in {places[0].parent} or {places[1].parent}: "
        "install malbild again, or build the model in a checkout with its recipe under models/"
    )


def manifest(folder: Path) -> ModelInfo:
    """Name, version and digest of a model, as its ``manifest.json`` states them.

    Raises:
        NotShipped: if the folder has no manifest.
    """
    path = folder / "manifest.json"
    if not path.is_file():
        raise NotShipped(f"{path} is missing: build the model again with its recipe under models/")
    facts = json.loads(path.read_text(encoding="utf-8"))
    return ModelInfo(facts["name"], facts["version"], facts["sha256"])


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below ``folder`` but the manifest, by its path there."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json")
    return {path.relative_to(folder).as_posix(): _digest(path) for path in files}


def combined(files: dict[str, str]) -> str:
    """One digest of all: SHA-256 over "<digest>  <path>" lines, as ``sha256sum`` prints them."""
    return hashlib.sha256("".join(f"{digest}  {path}\n" for path, digest in files.items()).encode()).hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
