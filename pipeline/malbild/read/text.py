"""Plain text: no structure of its own, that is for ``malbild.segment`` to infer."""

from __future__ import annotations

from malbild.read.content import Content
from malbild.read.decode import decode
from malbild.read.limits import LIMITS, Limits


def read(data: bytes, limits: Limits = LIMITS) -> Content:
    """Return the text of ``data``."""
    text, problems = decode(data)
    return Content(text, problems=problems)
