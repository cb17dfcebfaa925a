"""Styles of an OpenDocument text, with what they take over from their parents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from malbild.read.building import Look
from malbild.read.opendocument.tags import FO, STYLE, TEXT, count
from malbild.read.package import Element
from malbild.read.roles import Role, named

_CODE = re.compile(r"_([0-9a-f]{1,6})_")
_SIZE = re.compile(r"\s*(\d{1,6}(?:\.\d{1,9})?)(pt|%|px|cm|mm|in)\s*$")
_POINTS = {"pt": 1.0, "px": 0.75, "cm": 28.35, "mm": 2.835, "in": 72.0}
_LONGEST_LINE = 50  # of styles that are based on each other
_USUAL = 12.0  # points, where nothing states a size


class Letters(NamedTuple):
    """How letters look, and whether they are hidden."""

    look: Look = Look(_USUAL, False)
    hidden: bool = False


class Style(NamedTuple):
    """A paragraph style: its role, and the level of the headings or the depth of the lists it is for (0 for none).

    ``indent`` is its left indent in points.
    """

    role: Role = ""
    level: int = 0
    depth: int = 0
    letters: Letters = Letters()
    indent: float = 0


class Styles:
    """The styles found in some parts of a document; of two of one name and family, that of the last part counts."""

    def __init__(self, parts: Iterable[Element | None]) -> None:
        self._elements: dict[tuple[str, str], Element] = {}
        self._default = Letters()
        for part in parts:
            if part is not None:
                for default in part.iter(f"{STYLE}default-style"):
                    if default.get(f"{STYLE}family") == "paragraph":
                        self._default = _letters(default, self._default)
                for style in part.iter(f"{STYLE}style"):
                    self._elements[style.get(f"{STYLE}family") or "", style.get(f"{STYLE}name") or ""] = style
        self._paragraphs: dict[str, Style] = {}

    def paragraph(self, name: str) -> Style:
        """Return a paragraph style."""
        if name not in self._paragraphs:
            self._paragraphs[name] = self._paragraph(name)
        return self._paragraphs[name]

    def _paragraph(self, name: str) -> Style:
        line = self._line("paragraph", name)
        role: Role = ""
        level: int | None = None
        depth = 0
        for element, at in line:
            known, named_level, named_depth = named(_shown(element) or _plain(at))
            role = role or known
            depth = depth or named_depth
            if level is None:
                level = _level(element, named_level)
        letters, indent = self._default, 0.0
        for element, _ in reversed(line):
            if element is not None:
                letters, indent = _letters(element, letters), _indent(element, indent)
        return Style(role, level or 0, depth, letters, indent)

    def span(self, name: str, around: Letters) -> Letters:
        """Return how letters look in a span of a style, inside others."""
        for element, _ in reversed(self._line("text", name)):
            around = around if element is None else _letters(element, around)
        return around

    def _line(self, family: str, name: str) -> list[tuple[Element | None, str]]:
        """Return a style and those it is based on, with their names, itself first."""
        line: dict[str, Element | None] = {}
        at: str | None = name
        while at and at not in line and len(line) < _LONGEST_LINE:
            element = line[at] = self._elements.get((family, at))
            at = None if element is None else element.get(f"{STYLE}parent-style-name")
        return [(element, name) for name, element in line.items()]


def _plain(name: str) -> str:
    """Return a style's name as users see it.

    >>> _plain("Heading_20_1")
    'Heading 1'
    """
    return _CODE.sub(lambda code: chr(min(int(code.group(1), 16), 0x10FFFF)), name)


def _shown(style: Element | None) -> str | None:
    return None if style is None else style.get(f"{STYLE}display-name")


def _level(style: Element | None, named_level: int) -> int | None:
    """Return the level that a style states, or its name tells; ``None`` to ask its parent."""
    stated = None if style is None else style.get(f"{STYLE}default-outline-level")
    if style is not None and stated is not None:
        return count(style, f"{STYLE}default-outline-level", 0)
    return named_level or None


def _indent(style: Element, around: float) -> float:
    for properties in style.iterfind(f"{STYLE}paragraph-properties"):
        if (found := _SIZE.match(properties.get(f"{FO}margin-left") or "")) and found.group(2) != "%":
            around = float(found.group(1)) * _POINTS[found.group(2)]
    return around


def _letters(style: Element, around: Letters) -> Letters:
    size, bold, italic = around.look
    hidden = around.hidden
    for properties in style.iterfind(f"{STYLE}text-properties"):
        if found := _SIZE.match(properties.get(f"{FO}font-size") or ""):
            value, unit = float(found.group(1)), found.group(2)
            size = size * value / 100 if unit == "%" else value * _POINTS[unit]
        if weight := properties.get(f"{FO}font-weight"):
            bold = weight == "bold" or weight in ("600", "700", "800", "900")
        if slant := properties.get(f"{FO}font-style"):
            italic = slant in ("italic", "oblique")
        if display := properties.get(f"{TEXT}display"):
            hidden = display == "none"
    return Letters(Look(round(2 * size) / 2, bold, italic), hidden)
