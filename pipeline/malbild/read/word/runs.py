"""How the runs of a Word document look: what they state themselves, or else their style, or else the paragraph's."""

from __future__ import annotations

from typing import NamedTuple

from malbild.read.building import Look
from malbild.read.package import Element
from malbild.read.word.styles import Style, Styles
from malbild.read.word.tags import child, number, switch, value


class Run(NamedTuple):
    """How letters look, and whether they are hidden."""

    look: Look
    hidden: bool


def run(element: Element | None, style: Style, styles: Styles) -> Run:
    """Return how the letters of a run look.

    Args:
        element: the run, or ``None`` for letters that stand in none.
        style: that of the paragraph.
        styles: those of the document.
    """
    properties = child(element, "rPr")
    own = styles.get(value(properties, "rStyle"))
    half = number(value(properties, "sz"))
    size = half / 2 if half else own.size or style.size or styles.size
    bold = _first(switch(properties, "b"), own.bold, style.bold)
    italic = _first(switch(properties, "i"), own.italic, style.italic)
    hidden = _first(switch(properties, "vanish"), own.hidden, style.hidden)
    return Run(Look(round(2 * size) / 2, bold, italic), hidden)


def _first(*switches: bool | None) -> bool:
    return next((on for on in switches if on is not None), False)
