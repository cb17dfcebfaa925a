"""Drafts of blocks to the text of a document: what readers of formats that are no text build their Content from.

Blocks are set apart by a blank line, the rows of a table by a line break, its cells by a bar: every letter and digit of
the text stands in exactly one block. Not here: how a format says what is what, and where paragraphs and tables nest.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from malbild.read.content import Content
from malbild.source import Aside, AsideKind, Block, BlockKind, Cell, Problem, Span
from malbild.sv import CONTENTS

_FIXED = "\u00a0\u202f\u2007"  # spaces that do not break
_RUNS = re.compile(rf"\s{{2,}}|[^\S {_FIXED}]")
_EDGES = f" \n{_FIXED}\u200b\u2060\ufeff"
_LINE = re.compile(r"[^\S\n]+")
# Asides of these kinds stand for themselves; of the others, those that follow each other are one.
_SINGLE: frozenset[AsideKind] = frozenset({"comment", "header", "footer"})

_LONGEST_TITLE = 300
_WRITTEN_WITH = re.compile(r"microsoft |word document|(?:powerpoint[- ]?presentation|dokument|document)\s*\d*$", re.I)
_FILE = re.compile(r"\S*[\\/]|.*\.(?:docx?|docm|dotx?|od[tm]|ott|rtf|pdf|pptx?|txt|html?|indd|pages)$", re.IGNORECASE)
_BLANKS = re.compile(r"[\[<].*[\]>]$|(?:titel|rubrik|title|heading|mall|template|namnlös\w*|untitled\w*)\s*\d*$", re.I)


class Look(NamedTuple):
    """How a paragraph's letters look: their size in points (0 if nothing tells), whether all are bold, or italic."""

    size: float
    bold: bool
    italic: bool = False


@dataclass(slots=True)
class Draft:
    """A block to be, or words set aside where they stood (``aside``, and then ``kind`` says nothing).

    ``words`` are as :func:`tidy` leaves them; they hold no marker and no automatic number, which is ``number``.
    ``look`` is that of a paragraph that may prove to be a heading; ``titled`` says that its style is that of a title.
    """

    kind: BlockKind
    words: str
    level: int = 0
    number: str | None = None
    cell: Cell | None = None
    look: Look | None = None
    titled: bool = False
    aside: AsideKind | None = None


def tidy(words: str) -> str:
    r"""Return words as they stand in a built text: composed, no soft hyphens, one space or line break at a time.

    >>> tidy(" Ma\u030al  fo\u0308r \t\u00e5r\u00ad2030 \n 10\u00a0000 ")
    'Mål för år2030\n10\xa0000'
    """
    composed = unicodedata.normalize("NFC", words.replace("\u00ad", ""))
    return _RUNS.sub(_space, composed).strip(_EDGES)


def _space(run: re.Match[str]) -> str:
    space = run.group()
    if "\n" in space:
        return "\n"
    return space[0] if space.strip(_FIXED) == "" else " "


def flat(words: str) -> str:
    r"""Return words whose line breaks mean no more than spaces do, as in the source of XML.

    >>> flat("en\n   stad")
    'en    stad'
    """
    return words.replace("\n", " ").replace("\r", " ")


def build(drafts: Iterable[Draft], stated: str | None = None, problems: Sequence[Problem] = ()) -> Content:
    """Return what the drafts of a document come to.

    Footnotes are put at the end of the part under the heading they stand under, so that they come between no lead-in
    and its list and between no cells of a table.

    Args:
        drafts: in the order of the document.
        stated: the title that the document's properties state.
        problems: what went wrong in reading.
    """
    found = _contents(draft for draft in drafts if draft.words)
    asides = tuple(_asides([draft for draft in found if draft.aside]))
    text, blocks = _text(_settled([draft for draft in found if not draft.aside]))
    title = _title(found, stated)
    return Content(text, title, tuple(blocks), asides=asides, built=True, problems=tuple(problems))


def _contents(drafts: Iterable[Draft]) -> list[Draft]:
    """Let the heading of a table of contents go with it."""
    found: list[Draft] = []
    for draft in drafts:
        before = found[-1] if found else None
        if draft.aside == "contents" and before and before.words.rstrip(":").casefold() in CONTENTS:
            before.aside = "contents"
        found.append(draft)
    return found


def _asides(drafts: Sequence[Draft]) -> Iterator[Aside]:
    deleted = [draft.words for draft in drafts if draft.aside == "deleted"]
    if deleted:
        yield Aside("deleted", "\n".join(deleted))
    seen: set[Aside] = set()
    for kind, group in groupby((draft for draft in drafts if draft.aside != "deleted"), lambda draft: draft.aside):
        assert kind is not None
        words = [draft.words for draft in group]
        for part in words if kind in _SINGLE else ["\n".join(words)]:
            aside = Aside(kind, part)
            if kind in ("header", "footer") and aside in seen:
                continue
            seen.add(aside)
            yield aside


def _settled(drafts: Iterable[Draft]) -> Iterator[Draft]:
    waiting: list[Draft] = []
    for draft in drafts:
        if draft.kind == "footnote":
            waiting.append(draft)
            continue
        if draft.kind == "heading":
            yield from waiting
            waiting = []
        yield draft
    yield from waiting


def _text(drafts: Iterable[Draft]) -> tuple[str, list[Block]]:
    pieces: list[str] = []
    blocks: list[Block] = []
    at = 0
    before: Draft | None = None
    for draft in drafts:
        gap = _gap(before, draft)
        start = at + len(gap)
        at = start + len(draft.words)
        pieces += (gap, draft.words)
        blocks.append(Block(draft.kind, Span(start, at), draft.level, draft.number, draft.cell))
        before = draft
    return "".join(pieces), blocks


def _gap(before: Draft | None, draft: Draft) -> str:
    if before is None:
        return ""
    one, other = before.cell, draft.cell
    if one is None or other is None or one.table != other.table:
        return "\n\n"
    return " | " if one.row == other.row else "\n"


def _title(drafts: Sequence[Draft], stated: str | None) -> str | None:
    if stated and (named := meaningful(stated)):
        return named
    headings = [draft for draft in drafts if draft.kind == "heading" and not draft.aside]
    chosen = next((draft for draft in headings if draft.titled), headings[0] if headings else None)
    return chosen.words if chosen else None


def meaningful(title: str) -> str | None:
    r"""Return a title that a document's properties state; ``None`` if a program or a template wrote it.

    >>> meaningful(" Strategi för en\ngrön stad "), meaningful("Microsoft Word - plan.docx"), meaningful("plan_v2.odt")
    ('Strategi för en grön stad', None, None)
    """
    words = _LINE.sub(" ", tidy(title).replace("\n", " "))
    if len(words) > _LONGEST_TITLE or any(pattern.match(words) for pattern in (_WRITTEN_WITH, _FILE, _BLANKS)):
        return None
    return words if any(char.isalpha() for char in words) else None
