"""A Source to its outline: sections, headings, list items, captions, and the sentences of each."""

from __future__ import annotations

from malbild.segment.document import outline
from malbild.segment.numbering import numbering

__all__ = ["numbering", "outline"]
