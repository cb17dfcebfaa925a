"""Sentences to spaCy Docs: words, tags, lemmas, trees, names. One text is one sentence is one ``Doc``.

Nothing heavy is imported here: a back-end is loaded when it is asked for.
"""

from __future__ import annotations

from malbild.annotate.annotator import Annotator, ModelInfo
from malbild.annotate.backends import BACKENDS, ModelNotFound, load

__all__ = ["BACKENDS", "Annotator", "ModelInfo", "ModelNotFound", "load"]
