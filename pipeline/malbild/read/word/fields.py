"""Fields of a Word document: an instruction, which is not shown, and its result, which is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from malbild.read.package import Element
from malbild.read.word.tags import W

_INDEXES = frozenset({"TOC", "INDEX"})
_INSTRUCTION = re.compile(r'\s*([A-Za-z]+)(?:\s+"?([^\s"\\]+))?')


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    shown: bool = False
    index: bool = False


class Fields:
    """The fields that are open where a flow of text is being read.

    Only fields that are begun and ended count: one that is left open would swallow the rest of the document.
    """

    def __init__(self, root: Element) -> None:
        self._whole = _whole(root)
        self._open: list[_Field] = []
        self._silent = 0
        self._indexes = 0

    @property
    def silent(self) -> bool:
        """Whether an instruction is being read: nothing is shown then."""
        return self._silent > 0

    @property
    def in_index(self) -> bool:
        """Whether the result of a table of contents, or an index, is being read."""
        return self._indexes > 0

    def instruct(self, text: str) -> None:
        """Add to the instruction of the field that was begun last."""
        if self._open and not self._open[-1].shown:
            self._open[-1].instruction += text

    def mark(self, element: Element) -> str | None:
        """Begin, divide or end a field, and return its instruction where its result begins, or it ends without one."""
        if element not in self._whole:
            return None
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self._begin(_Field())
        elif kind == "separate" and self._open and not self._open[-1].shown:
            return self._show()
        elif kind == "end" and self._open:
            field = self._end()
            return None if field.shown else field.instruction
        return None

    def begin(self, instruction: str) -> str:
        """Begin a simple field, and return its instruction."""
        self._begin(_Field(instruction))
        return self._show()

    def end(self) -> None:
        """End a simple field."""
        if self._open:
            self._end()

    def _begin(self, field: _Field) -> None:
        self._open.append(field)
        self._silent += 1

    def _end(self) -> _Field:
        field = self._open.pop()
        self._silent -= not field.shown
        self._indexes -= field.index
        return field

    def _show(self) -> str:
        field = self._open[-1]
        field.shown = True
        field.index = instruction(field.instruction)[0] in _INDEXES
        self._silent -= 1
        self._indexes += field.index
        return field.instruction


def instruction(text: str) -> tuple[str, str]:
    r"""Return the name of a field and its first argument.

    >>> instruction(" SEQ Figur \\* ARABIC "), instruction(' TOC \\o "1-3" '), instruction("")
    (('SEQ', 'Figur'), ('TOC', ''), ('', ''))
    """
    found = _INSTRUCTION.match(text)
    return (found.group(1).upper(), found.group(2) or "") if found else ("", "")


def _whole(root: Element) -> set[Element]:
    """Return the marks of those fields that are begun and ended."""
    whole: set[Element] = set()
    open_: list[list[Element]] = []
    for element in root.iter(f"{W}fldChar"):
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            open_.append([element])
        elif kind == "separate" and open_:
            open_[-1].append(element)
        elif kind == "end" and open_:
            whole.update(open_.pop(), (element,))
    return whole
