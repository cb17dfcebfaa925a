"""Where the cells of an HTML table stand, and whether it is a table at all or only lays out a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from malbild.source import Cell

# A table without heads lays out a page if its cells hold more text than this on average, in code points.
_WORDY = 400
# As HTML has it; and how far to the right a cell may reach down into the rows below: no real table is wider.
_MOST_COLUMNS, _MOST_ROWS, _DEEPEST_COLUMN = 1000, 65_534, 100
_NUMBER = re.compile(r"\s*\+?(\d{1,6})")


def is_data(table: etree._Element) -> bool:
    """Whether a table holds data, rather than the columns of a page."""
    if table.get("role") in ("presentation", "none"):
        return False
    rows = [list(_cells(row)) for row, _ in _rows(table)]
    count = sum(map(len, rows))
    if count < 2:
        return False
    if any(cell.tag == "th" for row in rows for cell in row):
        return True
    if len(rows) < 2 or max(map(len, rows)) < 2 or next(table.iterdescendants("table"), None) is not None:
        return False
    if next(table.iter("caption", "thead"), None) is not None:
        return True
    # No table stands in it, so that what is looked through here is looked through once.
    headed = next(table.iter("h1", "h2", "h3"), None) is not None
    return not headed and sum(map(len, table.itertext())) <= _WORDY * count


def places(table: etree._Element, number: int) -> dict[etree._Element, Cell]:
    """Return where each cell of a table stands; ``number`` is the table's own."""
    found: dict[etree._Element, Cell] = {}
    rows = list(_rows(table))
    taken: dict[int, int] = {}  # the last row that a cell above reaches down to, by column
    group: etree._Element | None = None
    for at, (row, section) in enumerate(rows):
        if section is not group:
            taken, group = {}, section  # no cell reaches over the end of a thead or tbody
        column = 0
        for cell in _cells(row):
            while taken.get(column, -1) >= at:
                column += 1
            wide = max(1, min(_span(cell, "colspan"), _MOST_COLUMNS))
            high = max(1, min(_span(cell, "rowspan"), _MOST_ROWS, len(rows) - at))
            head = cell.tag == "th" or (section is not None and section.tag == "thead")
            found[cell] = Cell(number, at, column, head, high, wide)
            if high > 1:
                taken.update(dict.fromkeys(range(column, min(column + wide, _DEEPEST_COLUMN)), at + high - 1))
            column += wide
    return found


def _rows(table: etree._Element) -> Iterator[tuple[etree._Element, etree._Element | None]]:
    """The rows of a table itself, each with the thead, tbody or tfoot that it stands in."""
    for child in table:
        if child.tag == "tr":
            yield child, None
        elif child.tag in ("thead", "tbody", "tfoot"):
            for row in child.iterchildren("tr"):
                yield row, child


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    return iter(row.iterchildren("td", "th"))


def _span(cell: etree._Element, name: str) -> int:
    found = _NUMBER.match(cell.get(name, ""))
    return int(found.group(1)) if found else 1
