"""Names of WordprocessingML, and its attributes read leniently: what is no number or switch counts as not there."""

from __future__ import annotations

import re

from malbild.read.package import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"

_NUMBER = re.compile(r"\s*(-?\d{1,9})(?:\.\d*)?(?:pt)?\s*$")
_OFF = frozenset({"0", "false", "off", "none"})


def value(element: Element | None, path: str) -> str | None:
    """Return the ``w:val`` of the child of ``element`` at ``path`` (of tags without prefix: ``"pPr/pStyle"``)."""
    found = child(element, path)
    return None if found is None else found.get(f"{W}val")


def child(element: Element | None, path: str) -> Element | None:
    """Return the first element at ``path`` under ``element``, if there is one."""
    if element is None:
        return None
    return element.find("/".join(W + tag for tag in path.split("/")))


def number(text: str | None) -> int | None:
    """Return a whole number as the format writes it; ``None`` if there is none.

    >>> number("12"), number("11pt"), number("22.5"), number("stor"), number(None)
    (12, 11, 22, None, None)
    """
    found = _NUMBER.match(text) if text else None
    return int(found.group(1)) if found else None


def switch(element: Element | None, path: str) -> bool | None:
    """Return whether a property that is on or off is on; ``None`` where nothing is said."""
    found = child(element, path)
    if found is None:
        return None
    return (found.get(f"{W}val") or "1").casefold() not in _OFF
