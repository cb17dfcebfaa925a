"""Plain text: no structure of its own, that is for ``malbild.segment`` to infer."""

from __future__ import annotations

from malbild.read.content import Content
from malbild.read.decode import decode


def read(data: bytes) -> Content:
    """Return the text of ``data``."""
    text, problems = decode(data)
    return Content(text, problems=problems)
