"""What a document may cost before it is refused, and how its pictures of words are read."""

from __future__ import annotations

from dataclasses import dataclass

from malbild.defaults import MAX_BYTES, MAX_MEMBERS, MAX_PAGES, MAX_RATIO, MAX_UNPACKED, Ocr


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that a document may be: ``bytes`` of its file, ``pages``, and for packages and archives ``unpacked``
    bytes in all, ``ratio`` of unpacked to packed bytes of a member, and ``members``.

    ``ocr`` names the program that reads pages without a text layer; ``None``: such pages are named as problems.
    """

    bytes: int = MAX_BYTES
    pages: int = MAX_PAGES
    unpacked: int = MAX_UNPACKED
    ratio: int = MAX_RATIO
    members: int = MAX_MEMBERS
    ocr: Ocr | None = None


LIMITS = Limits()
