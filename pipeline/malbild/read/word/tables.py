"""Tables of a Word document: rows and cells as its elements state them, told to a Story."""

from __future__ import annotations

from malbild.read.package import Element
from malbild.read.story import Story
from malbild.read.word.styles import Styles
from malbild.read.word.tags import W, child, number, switch, value

_FIRST_ROW = 0x20  # in the mask of which parts of a table's style apply


def begin_table(story: Story, element: Element, styles: Styles) -> None:
    """Begin a table; its style may set the first row apart."""
    style = styles.get(value(element, "tblPr/tblStyle"))
    story.open_table(style.first_row and _looks_first(child(element, "tblPr/tblLook")))


def _looks_first(look: Element | None) -> bool:
    if look is None:
        return False
    try:
        mask = int(look.get(f"{W}val") or "0", 16)
    except ValueError:
        mask = 0
    return bool(mask & _FIRST_ROW) or look.get(f"{W}firstRow") in ("1", "true", "on")


def begin_row(story: Story, element: Element) -> None:
    """Begin a row; one that was deleted is set aside."""
    properties = child(element, "trPr")
    if child(properties, "del") is not None:
        story.away["deleted"] += 1
    elif story.tables:
        story.tables[-1].row(bool(switch(properties, "tblHeader")))
        story.tables[-1].skip(max(0, number(value(properties, "gridBefore")) or 0))


def end_row(story: Story, element: Element) -> None:
    """End a row."""
    if child(element, "trPr/del") is not None:
        story.away["deleted"] -= 1


def end_cell(story: Story, element: Element) -> None:
    """End a cell, and put it into its table."""
    drafts = story.close_frame()
    if not story.tables:
        story.emit(drafts)
        return
    merged = child(element, "tcPr/vMerge")
    goes_on = merged is not None and merged.get(f"{W}val") != "restart"
    columns = max(1, number(value(element, "tcPr/gridSpan")) or 1)
    story.tables[-1].cell(drafts, columns, goes_on=goes_on)
