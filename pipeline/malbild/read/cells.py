"""Tables in the making: cells as a format names them, to cells that stand at a row and a column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from malbild.read.building import Draft
from malbild.source import Cell

# More columns or rows than a table of words has; files may state any number.
_MOST = 1_000_000


@dataclass(slots=True)
class _Placed:
    row: int
    column: int
    rows: int
    columns: int
    drafts: list[Draft]

    def words(self) -> str:
        return "\n".join(draft.words for draft in self.drafts if _stands(draft))


class Grid:
    """One table. Rows and cells are given in their order.

    ``styled`` says that the table's style sets its first row apart.
    """

    def __init__(self, index: int, styled: bool = False) -> None:
        self.index = index
        self.styled = styled
        self._row = 0
        self._next = 0
        self._column = 0
        self._heads: set[int] = set()
        self._cells: list[_Placed] = []
        self._open: dict[int, _Placed] = {}

    def row(self, head: bool = False, rows: int = 1) -> None:
        """Begin a row, or ``rows`` that are alike."""
        self._row = self._next
        self._next = min(_MOST, self._row + rows)
        self._column = 0
        if head:
            self._heads.add(self._row)

    def skip(self, columns: int = 1) -> None:
        """Leave columns of the row without a cell."""
        self._column = min(_MOST, self._column + columns)

    def cell(self, drafts: list[Draft], columns: int = 1, rows: int = 1, goes_on: bool = False) -> None:
        """Put the next cell of the row.

        Args:
            drafts: what it holds.
            columns: how many it spans.
            rows: how many it spans, where the format tells at once.
            goes_on: whether it goes on with the cell above it; what it holds is not shown then.
        """
        above = self._open.get(self._column)
        if goes_on and above is not None:
            above.rows += 1
            self.cover(drafts, columns)
            return
        placed = _Placed(self._row, self._column, rows, columns, drafts)
        self._cells.append(placed)
        self._open[self._column] = placed
        self.skip(columns)

    def cover(self, drafts: list[Draft], columns: int = 1) -> None:
        """Leave columns of the row that another cell covers: what is left in them is not shown."""
        for draft in drafts:
            draft.aside = draft.aside or "hidden"
        if self._cells:
            self._cells[-1].drafts += drafts
        self.skip(columns)

    def drafts(self) -> list[Draft]:
        """Return the cells of the table, each followed by the tables that stand in it.

        A table of which one cell only holds words, and more than one paragraph of them, is a frame around them: they
        are what they would be without it.
        """
        filled = [placed for placed in self._cells if any(_stands(draft) for draft in placed.drafts)]
        if len(filled) == 1 and sum(_stands(draft) for draft in filled[0].drafts) > 1:
            return [draft for placed in self._cells for draft in placed.drafts]
        if not self._heads and self._first_is_head(filled):
            self._heads.add(0)
        return [draft for placed in self._cells for draft in self._of(placed)]

    def _of(self, placed: _Placed) -> Iterator[Draft]:
        own = [draft for draft in placed.drafts if _stands(draft)]
        if own:
            head = placed.row in self._heads
            cell = Cell(self.index, placed.row, placed.column, head, placed.rows, placed.columns)
            number = own[0].number if len(own) == 1 else None
            yield Draft("cell", placed.words(), number=number, cell=cell)
        yield from (draft for draft in placed.drafts if not _stands(draft))

    def _first_is_head(self, filled: Sequence[_Placed]) -> bool:
        """Whether the first of several rows is set apart by the table's style, or as the only one in bold."""
        first = [placed for placed in filled if placed.row == 0]
        rest = [placed for placed in filled if placed.row > 0]
        if not first or not rest:
            return False
        return self.styled or (all(map(_bold, first)) and not all(map(_bold, rest)))


def _stands(draft: Draft) -> bool:
    """Whether a draft is part of the cell's own words: no note, nothing set aside, no cell of a table in it."""
    return bool(draft.words) and not draft.aside and draft.cell is None and draft.kind != "footnote"


def _bold(placed: _Placed) -> bool:
    return all(draft.look is not None and draft.look.bold for draft in placed.drafts if _stands(draft))
