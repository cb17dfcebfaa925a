"""The back-ends by name, each loaded only when asked for."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from malbild.annotate.annotator import Annotator

BACKENDS: dict[str, str] = {
    "spacy": "malbild.annotate.spacy_backend:SpacyAnnotator",
    "stanza": "malbild.annotate.stanza_backend:StanzaAnnotator",
}
"""Name to ``module:class``. The class takes the model's name or path, or ``None`` for the one that is shipped."""


class ModelNotFound(FileNotFoundError):  # noqa: N818
    """No model of that name or at that path."""


def load(backend: str = "spacy", model: str | None = None) -> Annotator:
    """An annotator, ready to use.

    Args:
        backend: a key of ``BACKENDS``.
        model: a folder, or the name of a shipped model; ``None`` for the back-end's own choice.

    Raises:
        ValueError: if there is no such back-end.
        ModelNotFound: if there is no such model, or what the back-end needs is not installed.
        malbild.shipped.NotShipped: if the default model is missing from this installation.
    """
    if backend not in BACKENDS:
        raise ValueError(f"unknown annotation back-end {backend!r}: one of {', '.join(sorted(BACKENDS))}")
    module, _, name = BACKENDS[backend].partition(":")
    return cast(Annotator, getattr(import_module(module), name)(model))
