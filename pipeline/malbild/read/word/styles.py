"""Styles of a Word document, with what they take over from the styles they are based on.

Names are told apart in English, as Word stores them, and in Swedish, as users and other programs write them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from malbild.read.package import Element
from malbild.read.word.tags import W, child, number, switch, value

Role = Literal["", "title", "subtitle", "caption", "contents", "list"]

BODY = 9  # the outline level of text that is no heading, in the format's own count from 0
_HALF_POINTS = 20  # the size where nothing states one
_HEADING = re.compile(r"(?:heading|rubrik) ?([1-9])")
_LIST = re.compile(
    r"(?:list (?:bullet|number)|list|lista|(?:punkt|nummer|streck)lista|numrerad lista)(?: (?:nivå )?([1-9]))?"
)
_CONTENTS = re.compile(r"(?:toc|innehåll|innehållsförteckning) ?[1-9]|toc heading|table of figures|figurförteckning")
_ROLES: dict[str, Role] = {
    "title": "title",
    "rubrik": "title",
    "subtitle": "subtitle",
    "underrubrik": "subtitle",
    "caption": "caption",
    "beskrivning": "caption",
    "bildtext": "caption",
    "figurtext": "caption",
    "figurrubrik": "caption",
    "diagramrubrik": "caption",
    "tabellrubrik": "caption",
}


@dataclass(frozen=True, slots=True)
class Style:
    """A style and what it is based on, taken together.

    ``outline`` is the heading's level counted from 0, or ``BODY``, or ``None`` where nothing is said; ``depth`` the
    nesting depth that a list style's name tells, from 1. ``size`` is in points.
    """

    id: str = ""
    role: Role = ""
    outline: int | None = None
    depth: int = 0
    list_id: int | None = None
    list_level: int | None = None
    size: float | None = None
    bold: bool | None = None
    hidden: bool | None = None
    first_row: bool = False


class Styles:
    """The styles of a document by their ids; ``root`` is that of its part, if it has one."""

    def __init__(self, root: Element | None) -> None:
        found = [] if root is None else list(root.iter(f"{W}style"))
        self._elements = {style.get(f"{W}styleId") or "": style for style in found}
        self._read: dict[str | None, Style] = {}
        defaults = child(root, "docDefaults/rPrDefault/rPr")
        self.size = (number(value(defaults, "sz")) or _HALF_POINTS) / 2
        self._usual = next((style.get(f"{W}styleId") for style in found if _is_default(style)), None)

    def paragraph(self, id_: str | None) -> Style:
        """Return the style of a paragraph: that of the id, or the default style."""
        return self.get(id_ or self._usual)

    def get(self, id_: str | None) -> Style:
        """Return a style of any kind. An id that no style has tells no more than its own words ("Rubrik1")."""
        if id_ not in self._read:
            self._read[id_] = self._resolve(id_) if id_ else Style()
        return self._read[id_]

    def _resolve(self, id_: str) -> Style:
        style = Style(id_)
        seen: set[str] = set()
        at: str | None = id_
        while at and at not in seen:
            seen.add(at)
            element = self._elements.get(at)
            style = _based(style, at, element)
            at = value(element, "basedOn")
        return style


def _is_default(style: Element) -> bool:
    on = (style.get(f"{W}default") or "0").casefold()
    return style.get(f"{W}type") == "paragraph" and on in ("1", "true", "on")


def _based(style: Style, id_: str, element: Element | None) -> Style:
    """Return ``style`` with what it leaves open as another style, further up, has it."""
    name = " ".join((value(element, "name") or id_).casefold().split())
    role, level, depth = _named(name)
    outline = number(value(element, "pPr/outlineLvl"))
    half = number(value(element, "rPr/sz"))
    first_row = element is not None and any(
        part.get(f"{W}type") == "firstRow" for part in element.iterfind(f"{W}tblStylePr")
    )
    return replace(
        style,
        role=style.role or role,
        outline=_first(style.outline, outline, level),
        depth=style.depth or depth,
        list_id=_first(style.list_id, number(value(element, "pPr/numPr/numId"))),
        list_level=_first(style.list_level, number(value(element, "pPr/numPr/ilvl"))),
        size=style.size if style.size is not None or half is None else half / 2,
        bold=style.bold if style.bold is not None else switch(child(element, "rPr"), "b"),
        hidden=style.hidden if style.hidden is not None else switch(child(element, "rPr"), "vanish"),
        first_row=style.first_row or first_row,
    )


def _named(name: str) -> tuple[Role, int | None, int]:
    """Return what a style's name says: a role, the outline level of a heading, the depth of a list."""
    if heading := _HEADING.fullmatch(name):
        return "", int(heading.group(1)) - 1, 0
    if listed := _LIST.fullmatch(name):
        return "list", None, int(listed.group(1) or 1)
    if _CONTENTS.fullmatch(name):
        return "contents", None, 0
    return _ROLES.get(name, ""), None, 0


def _first(*values: int | None) -> int | None:
    return next((value for value in values if value is not None), None)
