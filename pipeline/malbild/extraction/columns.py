"""Tables of goals: what the columns of an action plan say of the goals and measures in its rows.

The usual shape is Mål | Åtgärd | Ansvarig | Tidplan | Indikator. What stands under "Mål" or "Åtgärd" is a goal, though
it may be a few words without a verb; who, by when and how it is measured stand beside it in the row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from malbild.extraction.deadlines import find_deadlines
from malbild.extraction.decide import Decision
from malbild.extraction.lexicon import entries
from malbild.extraction.reading import Reading
from malbild.findings import Deadline, Evidence, Goal, GoalKind
from malbild.source import Cell, Outline, Span

Role = Literal["goal", "action", "actor", "deadline", "indicator"]
_ROLES: tuple[Role, ...] = ("goal", "action", "actor", "deadline", "indicator")
CONFIDENCE = 0.9
"""Of a goal that its column says is one, where the sentence alone is judged less sure."""
_LEAST_LETTERS = 8
"""Fewer letters are a name or a number ("40 %", "Nytt") rather than a goal."""


@dataclass(frozen=True, slots=True)
class _Table:
    """The sentences of a table, the roles of its columns, the sentence that names each, and the first of every cell."""

    sentences: list[int]
    roles: dict[int, Role]
    heads: dict[int, int]
    cells: dict[tuple[int, int], int]
    height: dict[tuple[int, int], int]

    def beside(self, role: Role, row: int) -> int | None:
        """The sentence in a row under a role; a cell that reaches over several rows stands in each."""
        for column, said in self.roles.items():
            if said == role:
                for (at, where), sentence in self.cells.items():
                    if where == column and at <= row < at + self.height[at, where]:
                        return sentence
        return None


def role_of(head: str) -> Role | None:
    """What the head of a column says that stands under it.

    >>> role_of("Ansvarig nämnd"), role_of("Åtgärder"), role_of("Utfall 2024")
    ('actor', 'action', None)
    """
    words = head.casefold().strip(" :*_").split()
    for role in _ROLES:
        names = entries("heads", role)
        if " ".join(words) in names or (words and words[0] in names and not words[-1][0].isdigit()):
            return role
    return None


def by_table(decision: Decision) -> bool:
    """Whether the goal of a decision is one by the head of its column."""
    goal = decision[0]
    return goal is not None and any(one.sentence is not None for one in goal.evidence)


def _tables(outline: Outline, texts: Sequence[str]) -> list[_Table]:
    """The tables whose columns name goals or measures and something said of them."""
    found: dict[int, dict[tuple[int, int], int]] = defaultdict(dict)
    inside: dict[int, list[int]] = defaultdict(list)
    height: dict[int, dict[tuple[int, int], int]] = defaultdict(dict)
    for n, sentence in enumerate(outline.sentences):
        if (cell := sentence.cell) is not None:
            inside[cell.table].append(n)
            found[cell.table].setdefault((cell.row, cell.column), n)
            height[cell.table].setdefault((cell.row, cell.column), cell.rows)
    tables = []
    for table, cells in found.items():
        top = min(row for row, _ in cells)
        heads = {column: n for (row, column), n in cells.items() if row == top}
        roles = {column: role for column, n in heads.items() if (role := role_of(texts[n])) is not None}
        said = set(roles.values())
        if said & {"goal", "action"} and said & {"actor", "deadline", "indicator"}:
            body = {place: n for place, n in cells.items() if place[0] > top}
            tables.append(_Table(inside[table], roles, heads, body, height[table]))
    return tables


def with_columns(
    decisions: Sequence[Decision],
    readings: Sequence[Reading],
    outline: Outline,
    texts: Sequence[str],
    min_confidence: float = 0.0,
) -> list[Decision]:
    """Decisions with the goals of tables: found under their heads, with what stands beside them.

    Args:
        decisions: of every sentence, in the order of ``outline.sentences``.
        readings: of every sentence.
        outline: the sentences, with the cells they stand in.
        texts: the sentences as they were analysed.
        min_confidence: goals with a lower probability are left out.
    """
    made = list(decisions)
    for n, sentence in enumerate(outline.sentences):
        if sentence.cell is not None and (sentence.cell.head or not _says_much(texts[n])):
            made[n] = None, None
    for table in _tables(outline, texts):
        for n in table.sentences:
            cell = outline.sentences[n].cell
            assert cell is not None
            role = table.roles.get(cell.column)
            if role is None:
                continue  # A column of another kind: what has come of it, remarks.
            if (cell.row, cell.column) not in table.cells or role not in ("goal", "action") or not _says_much(texts[n]):
                made[n] = None, None
                continue
            goal = made[n][0] or (_goal(readings[n], role) if min_confidence <= CONFIDENCE else None)
            made[n] = None if goal is None else _completed(goal, cell, table, readings, texts, role), None
    return made


def _goal(reading: Reading, role: Role) -> Goal:
    """The goal that a cell states by its column alone."""
    return Goal(
        kind=_kind(role, bool(reading.quantities or reading.deadline)),
        confidence=CONFIDENCE,
        actor=reading.agent,
        deadline=reading.deadline,
        quantities=reading.quantities,
        evidence=(),
        state=reading.as_goal,
        indicator=reading.indicator,
    )


def _kind(role: Role, measured: bool) -> GoalKind:
    if role == "action":
        return "action"
    return "target" if measured else "aim"


def _says_much(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= _LEAST_LETTERS


def _completed(
    goal: Goal, cell: Cell, table: _Table, readings: Sequence[Reading], texts: Sequence[str], role: Role
) -> Goal:
    """A goal with the actor, deadline and indicator of its row, where it has none of its own."""
    head = table.heads[cell.column]
    evidence = (*goal.evidence, Evidence(texts[head], Span(0, len(texts[head])), "head of the column", head))
    goal = replace(goal, confidence=max(goal.confidence, CONFIDENCE), evidence=evidence)
    if role == "action" or goal.kind == "action":
        goal = replace(goal, kind=_kind(role, bool(goal.quantities or goal.deadline)))
    actor, deadline, indicator = (table.beside(what, cell.row) for what in ("actor", "deadline", "indicator"))
    if goal.actor is None and actor is not None:
        mentions = readings[actor].mentions
        span = mentions[0].span if mentions else Span(0, len(texts[actor]))
        goal = replace(goal, actor=span, actor_in=actor)
    if goal.deadline is None and deadline is not None and (found := _time(texts[deadline], readings[deadline])):
        goal = replace(goal, deadline=found, deadline_in=deadline)
    if goal.indicator is None and indicator is not None:
        goal = replace(goal, indicator=Span(0, len(texts[indicator])), indicator_in=indicator)
    return goal


def _time(text: str, reading: Reading) -> Deadline | None:
    """The time that stands in a cell."""
    return reading.deadline or next(iter(find_deadlines(text)), None)
