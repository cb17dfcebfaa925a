"""The accurate profile's encoder: sentences in their document -> scores of labels, words and details."""

from __future__ import annotations

from functools import cache

from malbild.encode.encoder import Encoder, Passage
from malbild.shipped import ModelInfo, manifest, shipped

MODEL = "sv_malbild_encoder"

__all__ = ["Encoder", "Passage", "load_encoder"]


@cache
def load_encoder() -> tuple[Encoder, ModelInfo]:
    """The encoder that comes with Malbild, and its name for the record; loaded once a process.

    Raises:
        malbild.shipped.NotShipped: if it is not there.
    """
    folder = shipped(MODEL)
    return Encoder(folder), manifest(folder)
