"""Names of OpenDocument, and its attributes read leniently: what is no number counts as not there."""

from __future__ import annotations

import re

from malbild.read.package import Element

_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, STYLE, TEXT, TABLE, DRAW = (_NAMES % name for name in ("office", "style", "text", "table", "drawing"))
FO = _NAMES % "xsl-fo-compatible"
MANIFEST = _NAMES % "manifest"
CONTROL = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}content-control"
PROMPT = CONTROL.replace("content-control", "showing-place-holder")
DC = "{http://purl.org/dc/elements/1.1/}"
XML = "{http://www.w3.org/XML/1998/namespace}"

_WHOLE = re.compile(r"\s*(\d{1,9})\s*$")


def count(element: Element, name: str, usual: int = 1) -> int:
    """Return a whole number that an attribute gives, or ``usual`` if it gives none."""
    found = _WHOLE.match(element.get(name) or "")
    return int(found.group(1)) if found else usual


def true(element: Element, name: str) -> bool:
    """Whether an attribute is "true"."""
    return bool(element.get(name) == "true")
