"""Styles of a Word document, with what they take over from the styles they are based on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from malbild.read.package import Element
from malbild.read.roles import Role, named
from malbild.read.word.tags import W, child, number, switch, value

BODY = 9  # the outline level of text that is no heading, in the format's own count from 0
_LONGEST_LINE = 50  # of styles that are based on each other
_HALF_POINTS = 20  # the size where nothing states one


@dataclass(frozen=True, slots=True)
class Style:
    """A style and what it is based on, taken together.

    ``line`` are the ids of the style and of those it is based on. ``outline`` is the heading's level counted from 0, or
    ``BODY``, or ``None`` where nothing is said; ``depth`` the
    nesting depth that a list style's name tells, from 1. ``size`` and ``indent`` are in points.
    """

    line: tuple[str, ...] = ()
    role: Role = ""
    outline: int | None = None
    depth: int = 0
    list_id: int | None = None
    list_level: int | None = None
    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    first_row: bool = False
    indent: float | None = None


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
        style = Style()
        at: str | None = id_
        while at and at not in style.line and len(style.line) < _LONGEST_LINE:
            element = self._elements.get(at)
            style = _based(style, at, element)
            at = value(element, "basedOn")
        return style


def indent(properties: Element | None) -> float | None:
    """Return the left indent of a paragraph's properties, in points."""
    found = child(properties, "ind")
    if found is None:
        return None
    twips = number(found.get(f"{W}start")) or number(found.get(f"{W}left"))
    return None if twips is None else twips / 20


def _is_default(style: Element) -> bool:
    on = (style.get(f"{W}default") or "0").casefold()
    return style.get(f"{W}type") == "paragraph" and on in ("1", "true", "on")


def _based(style: Style, id_: str, element: Element | None) -> Style:
    """Return ``style`` with what it leaves open as another style, further up, has it."""
    role, level, depth = named(value(element, "name") or id_)
    outline = number(value(element, "pPr/outlineLvl"))
    half = number(value(element, "rPr/sz"))
    first_row = element is not None and any(
        part.get(f"{W}type") == "firstRow" for part in element.iterfind(f"{W}tblStylePr")
    )
    return replace(
        style,
        line=(*style.line, id_),
        role=style.role or role,
        outline=_first(style.outline, outline, level - 1 if level else None),
        depth=style.depth or depth,
        list_id=_first(style.list_id, number(value(element, "pPr/numPr/numId"))),
        list_level=_first(style.list_level, number(value(element, "pPr/numPr/ilvl"))),
        size=style.size if style.size is not None or half is None else half / 2,
        bold=style.bold if style.bold is not None else switch(child(element, "rPr"), "b"),
        italic=style.italic if style.italic is not None else switch(child(element, "rPr"), "i"),
        hidden=style.hidden if style.hidden is not None else switch(child(element, "rPr"), "vanish"),
        first_row=style.first_row or first_row,
        indent=style.indent if style.indent is not None else indent(child(element, "pPr")),
    )


def _first(*values: int | None) -> int | None:
    return next((value for value in values if value is not None), None)
