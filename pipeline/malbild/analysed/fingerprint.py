"""What analyses are made with: analyses that were made with anything else are not used again."""

from __future__ import annotations

import hashlib
import platform
import sys
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version

from malbild.extraction.kept import READING_VERSION
from malbild.record import ModelRef
from malbild.settings import Settings
from malbild.shipped import PACKAGE

_ROOMS = ("annotate", "encode", "extraction", "sv")
_FILES = ("encoded.py", "findings.py", "flat.py", "source.py")
_LIBRARIES = {
    "spacy": ("spacy", "thinc"),
    "stanza": ("stanza", "torch", "spacy"),
    "accurate": ("onnxruntime", "sentencepiece"),
}


def made_with(release: str, settings: Settings, models: Iterable[ModelRef]) -> str:
    """All that an analysis depends on beside the sentence and, with an encoder, the passage it stands in.

    Malbild's release, the code and word lists of the rooms that analyse, the profile and the back-end, the models with
    their digests, the libraries that calculate, and the kind of machine, as sums may differ in their last bit on
    another. Settings that only choose among findings do not count.
    """
    libraries = ("numpy", *_LIBRARIES.get(settings.backend, ()), *_LIBRARIES.get(settings.profile, ()))
    return "; ".join(
        [
            f"malbild {release} {_code()}, readings {READING_VERSION}",
            f"{settings.profile}, {settings.backend}{' with a model given' if settings.model else ''}",
            *(f"{model.name} {model.version} {model.sha256}" for model in models),
            *(f"{name} {version(name)}" for name in libraries),
            f"Python {sys.version_info.major}.{sys.version_info.minor} on {platform.machine()}",
        ]
    )


@cache
def _code() -> str:
    """Twelve hexadecimal digits that change with the code and the word lists of what analyses sentences."""
    made = hashlib.sha256()
    folders = [
        path for room in _ROOMS for path in (PACKAGE / room).rglob("*") if path.suffix in {".py", ".txt", ".tsv"}
    ]
    for path in sorted([*folders, *(PACKAGE / name for name in _FILES)]):
        data = path.read_bytes()
        made.update(f"{path.relative_to(PACKAGE).as_posix()} {len(data)}\n".encode() + data)
    return made.hexdigest()[:12]
