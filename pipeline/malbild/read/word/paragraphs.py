"""What a paragraph of a Word document is, so far as its own properties and its style tell."""

from __future__ import annotations

from dataclasses import dataclass

from malbild.read.package import Element
from malbild.read.word.numbering import LEVELS, Numbering
from malbild.read.word.styles import BODY, Style, Styles, indent
from malbild.read.word.tags import child, number, value
from malbild.source import BlockKind


@dataclass(slots=True)
class Shape:
    """A paragraph's style and what it states itself.

    ``outline`` is as in :class:`Style`; ``list_id`` and ``own_level`` are those of the list it stands in; ``joins``
    says that its mark was deleted, so that it runs into the next paragraph; ``captioned`` that it holds the counter of
    figures or tables. ``indent`` is in points.
    """

    style: Style
    outline: int | None
    list_id: int | None
    own_level: int | None
    joins: bool
    indent: float
    captioned: bool = False

    def list_level(self, numbering: Numbering) -> int:
        """Return the level of the list, counted from 0, that the paragraph is numbered at."""
        level = self.own_level
        if level is None and self.list_id is not None:
            level = numbering.level(self.list_id, self.style.line)
        if level is None:
            level = self.style.list_level
        return min(max(0, level or 0), LEVELS - 1)

    def kind(self, list_level: int, marked: bool) -> tuple[BlockKind, int]:
        """Return what the paragraph is, and its level as a heading or an item.

        Args:
            list_level: as :meth:`list_level` returns it.
            marked: whether its list puts a number or a bullet before it.
        """
        if self.style.role == "title":
            return "heading", 1
        if self.outline is not None and self.outline < BODY:
            return "heading", self.outline + 1
        if self.captioned or self.style.role == "caption":
            return "caption", 0
        if (self.list_id and marked) or (self.list_id is None and self.style.role == "list"):
            # "List Bullet 2" has a list of its own, whose only level is the first.
            return "item", max(list_level + 1, self.style.depth)
        return "paragraph", 0


def shape(element: Element, styles: Styles) -> Shape:
    """Return the shape of a paragraph."""
    properties = child(element, "pPr")
    style = styles.paragraph(value(properties, "pStyle"))
    outline = number(value(properties, "outlineLvl"))
    list_id = number(value(properties, "numPr/numId"))
    mark = child(properties, "rPr")
    own_indent = indent(properties)
    return Shape(
        style,
        style.outline if outline is None else outline,
        style.list_id if list_id is None else list_id,
        number(value(properties, "numPr/ilvl")),
        child(mark, "del") is not None or child(mark, "moveFrom") is not None,
        (style.indent or 0) if own_indent is None else own_indent,
    )
