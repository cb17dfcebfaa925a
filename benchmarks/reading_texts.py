"""The texts of the reading set: Markdown of a strict kind, as the elements that every format must give back.

One element a line: headings (``## 2.1 Trafik``), paragraphs, quotes (``> …``), items (``- …`` and ``1. …``, two spaces
deeper a level), captions ("Figur 2. …"), rows of pipe tables, footnotes (``[^1]: …``, called by ``[^1]``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Kind = Literal["heading", "paragraph", "item", "caption", "cell", "footnote"]

READING = Path(__file__).resolve().parents[1] / "corpus" / "reading"
TEXTS = ("klimatplan", "arsuppfoljning", "kulturmiljo", "valfardsplan", "aldreplan")

CALL = re.compile(r"\[\^(\d+)\]")
_HEADING = re.compile(r"(#+) (?:(\d+(?:\.\d+)*) )?(.+)")
_ITEM = re.compile(r"( *)(?:-|(\d+)\.) (.+)")
_CAPTION = re.compile(r"(?:Figur|Tabell) \d+\. ")
_FOOTNOTE = re.compile(r"\[\^(\d+)\]: (.+)")
_RULE = re.compile(r"\|(?: --- \|)+")


@dataclass(frozen=True, slots=True)
class Element:
    """One piece of a text. ``drawn`` is its text with the calls of its footnotes; ``quote``: it is somebody's words.

    ``number`` is a heading's number, an ordered item's or a footnote's; it is no part of the text.
    """

    kind: Kind
    drawn: str
    level: int = 0
    number: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    quote: bool = False

    @property
    def text(self) -> str:
        return CALL.sub("", self.drawn)

    @property
    def calls(self) -> list[str]:
        """The numbers of the footnotes it calls."""
        return CALL.findall(self.drawn)

    @property
    def numbered(self) -> str:
        """The text behind its number, as a heading is printed."""
        return f"{self.number} {self.text}" if self.number else self.text

    def as_json(self) -> dict[str, Any]:
        """What is committed of it, without what it has not."""
        made: dict[str, Any] = {"kind": self.kind, "text": self.text}
        if self.level:
            made["level"] = self.level
        if self.number:
            made["number"] = self.number
        if self.kind == "cell":
            made |= {"table": self.table, "row": self.row, "column": self.column}
            if self.row == 0:
                made["head"] = True
        return made


def elements_of(name: str) -> list[Element]:
    """The elements of the text of that name, in reading order."""
    return list(_elements((READING / f"{name}.md").read_text("utf-8").splitlines()))


def _elements(lines: Sequence[str]) -> Iterator[Element]:
    table = row = -1
    for line in lines:
        if not line.startswith("|"):
            row = -1
        if not line or _RULE.fullmatch(line):
            continue
        if line.startswith("|"):
            row += 1
            table += row == 0
            for column, cell in enumerate(line.strip("|").split("|")):
                if cell.strip():
                    yield Element("cell", cell.strip(), table=table, row=row, column=column)
        elif found := _HEADING.fullmatch(line):
            yield Element("heading", found[3], len(found[1]), found[2])
        elif found := _ITEM.fullmatch(line):
            yield Element("item", found[3], len(found[1]) // 2 + 1, found[2])
        elif found := _FOOTNOTE.fullmatch(line):
            yield Element("footnote", found[2], number=found[1])
        elif line.startswith("> "):
            yield Element("paragraph", line[2:], quote=True)
        else:
            yield Element("caption" if _CAPTION.match(line) else "paragraph", line)
