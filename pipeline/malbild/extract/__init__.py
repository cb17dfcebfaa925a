"""Goals, outcome claims, mentions, quantities and deadlines from Docs: first each sentence, then its context."""

from __future__ import annotations

import json
from functools import cache

from malbild.extract.decide import decide
from malbild.extract.read import read_sentences
from malbild.extract.reading import Reading
from malbild.extract.weights import Weights
from malbild.record import ModelRef
from malbild.shipped import shipped

__all__ = ["Reading", "Weights", "decide", "load_weights", "read_sentences"]


@cache
def load_weights() -> tuple[Weights, ModelRef]:
    """The weights that come with Malbild, and what they are.

    Raises:
        malbild.shipped.NotShipped: if they are missing from this installation.
    """
    folder = shipped("sv_malbild_extraction")
    facts = json.loads((folder / "manifest.json").read_text("utf-8"))
    ref = ModelRef(name=facts["name"], version=facts["version"], sha256=facts["sha256"])
    return Weights.load(folder / "weights.npz"), ref
