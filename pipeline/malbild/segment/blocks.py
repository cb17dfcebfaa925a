"""Headings, paragraphs, list items, captions and cells of a text that does not say which is which.

Every line or wrapped paragraph is a draft by its own looks (``malbild.segment.drafts``); here the drafts are judged by
their neighbours: a short line is a heading above a paragraph, an item among its like or under "Vi ska:".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from malbild.segment.drafts import SHORT, Draft, drafts, given
from malbild.source import Block, Span
from malbild.sv import words

# Headings have few words; numbered ones may be whole clauses, in code points.
_SHORT_WORDS = 13
_NUMBERED = 160
_STRAY = 60
_LABEL = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?: \S")
_MARKS = re.compile(r"(?<=\S)[ \xa0]?\[\d{1,3}\]")
_FUNCTION_WORDS = frozenset(words("function_words"))
_EMPHASIS = "*_\"”“’'»«([ "
_STOPS = ".!?…"


def infer(text: str) -> list[Block]:
    """Return the blocks of a plain text, in order. Every letter and digit of it stands in one of them."""
    return judge(drafts(text), text)


def refine(blocks: Sequence[Block], text: str) -> list[Block]:
    """Look into the blocks that a format gave: a paragraph may hold a list by other marks, or captions.

    Headings are inferred only where the format knows none.
    """
    found: list[Draft] = []
    for block in blocks:
        if block.kind == "paragraph":
            found += drafts(text, block.span, soft=True)
        else:
            found.append(given(block, text))
    return judge(found, text, headings=not any(block.kind == "heading" for block in blocks))


def judge(found: list[Draft], text: str, headings: bool = True) -> list[Block]:
    """Turn drafts into blocks: what their looks left open is settled by what stands around them.

    Args:
        found: the drafts, in order.
        text: the document.
        headings: whether lines may be found to be headings.
    """
    _number(found, text)
    _dialogue(found, text)
    _plain(found, text)
    if not headings:
        for draft in found:
            if draft.kind == "heading" and draft.mark not in ("given", "hash"):
                draft.kind = "paragraph"
    return _levels(found)


def _number(found: list[Draft], text: str) -> None:
    """Numbered lines: a list counts on from line to line; a heading has its text under it."""
    for at, draft in enumerate(found):
        if draft.kind is not None or draft.mark != "number":
            continue
        before = found[at - 1] if at else None
        after = found[at + 1] if at + 1 < len(found) else None
        if draft.style == "chapter":
            draft.kind = "heading" if draft.gap and _headlike(draft, text, _NUMBERED) else None
        elif _counts(before, draft) or _counts(draft, after):
            draft.kind = "item"
        elif after and (draft.gap or "." in draft.number) and _headlike(draft, text, _NUMBERED):
            draft.kind = "heading" if text[draft.start].isdigit() or draft.number.isupper() else "item"
        else:
            draft.kind = "item"


def _counts(draft: Draft | None, following: Draft | None) -> bool:
    """Whether ``following`` bears the number after that of ``draft``, in the same style."""
    if not draft or not following or draft.style != following.style or draft.indent != following.indent:
        return False
    if not draft.number or not following.number or draft.kind == "heading" or following.kind == "heading":
        return False
    if draft.number.isdigit() and following.number.isdigit():
        return int(following.number) == int(draft.number) + 1
    return len(draft.number) == len(following.number) == 1 and ord(following.number) == ord(draft.number) + 1


def _headlike(draft: Draft, text: str, limit: int) -> bool:
    """Whether a draft looks like a heading: short, one line, a capital first, no stop last."""
    if len(draft) > limit or not draft.single:
        return False
    words_ = _MARKS.sub("", text[draft.start : draft.end]).strip(_EMPHASIS)
    if not words_ or words_[-1] in ".,;:…-–" or words_.rsplit(None, 1)[-1] in _FUNCTION_WORDS:
        return False
    if draft.number and draft.style != "chapter":
        words_ = words_.split(None, 1)[-1].lstrip("-–— \t")
    return words_[:1].isupper() or words_[:1].isdigit()


def _dialogue(found: list[Draft], text: str) -> None:
    """Tell speech from lists: a dash alone before full sentences is speech ("– Vi är glada, säger hon.")."""
    for at, draft in enumerate(found):
        if draft.kind != "item" or draft.mark != "bullet" or not draft.gap or text[draft.end - 1] not in _STOPS:
            continue
        if text[max(0, draft.start - 4) : draft.start].strip() not in ("–", "—"):
            continue
        before = found[at - 1] if at else None
        after = found[at + 1] if at + 1 < len(found) else None
        listed = after is not None and after.mark == "bullet" and not after.gap
        if not listed and not (before and text[before.end - 1] == ":"):
            draft.kind = "paragraph"


def _plain(found: list[Draft], text: str) -> None:
    """Lines without any mark."""
    count = len(found)
    at = 0
    while at < count:
        if found[at].kind is not None:
            at += 1
            continue
        # A stretch of short lines that might each be a heading.
        end = at
        while end < count and found[end].kind is None and _candidate(found, end, text):
            end += 1
        if end == at:
            found[at].kind = "caption" if _stray(found, at, text) else "paragraph"
            at += 1
        else:
            _stretch(found, at, end, text)
            at = end


def _candidate(found: list[Draft], at: int, text: str) -> bool:
    draft = found[at]
    if len(draft) > SHORT:
        return False
    words_ = text[draft.start : draft.end]
    lower_item = draft.gap and words_[0].islower() and words_[-1] not in ".:!?" and draft.single
    if lower_item and len(words_.split()) <= _SHORT_WORDS:
        return True
    if not draft.gap or not _headlike(draft, text, SHORT) or len(words_.split()) > _SHORT_WORDS:
        return False
    return at == 0 or not _LABEL.match(words_)


def _stray(found: list[Draft], at: int, text: str) -> bool:
    """Whether a short line straight above a paragraph is a caption, as "Inne i stadshuset." is."""
    draft = found[at]
    if not draft.gap or not draft.single or len(draft) > _STRAY or text[draft.end - 1] == ":" or at + 1 >= len(found):
        return False
    after = found[at + 1]
    return not after.gap and after.mark == "" and len(after) >= 2 * len(draft)


def _stretch(found: list[Draft], start: int, end: int, text: str) -> None:
    """Short lines in a row: a title and its subtitle, or the members of a list that has no marks."""
    listed = start > 0 and (text[found[start - 1].end - 1] == ":" or text[found[start].start].islower())
    followed = end < len(found)
    for at in range(start, end):
        draft = found[at]
        if listed:
            draft.kind = "item"
        elif text[draft.start].islower():
            draft.kind = "paragraph"
        elif end - start > 3 and start > 0 and at < end - 1:
            draft.kind = "item"
        else:
            draft.kind = "heading" if followed else "paragraph"


def _levels(found: list[Draft]) -> list[Block]:
    headings = [draft for draft in found if draft.kind == "heading"]
    titled = bool(headings) and headings[0] is found[0] and not headings[0].number and len(headings) > 1
    # Headings without a number lie under the numbered one before them if another follows; the last ones only if so
    # do others ("Lärdomar" after "Mål 4" is a part of its own).
    numbered = [at for at, draft in enumerate(found) if draft.kind == "heading" and draft.number]
    first, last = (numbered[0], numbered[-1]) if numbered else (0, 0)
    under = any(draft.kind == "heading" and not draft.number for draft in found[first:last])
    depth = 0  # of the numbered heading last seen
    indents: list[int] = []
    out: list[Block] = []
    for at, draft in enumerate(found):
        assert draft.kind is not None
        level = 0
        if draft.kind == "heading":
            level = draft.level
            if not level and draft.number and draft.style != "chapter":
                depth = level = draft.number.count(".") + 1 + titled
            elif not level and draft.style == "chapter":
                depth = level = 1 + titled
            elif not level:
                level = 1 if at == 0 else max(1, (depth or titled) + (not depth or under or at < last))
            indents = []
        elif draft.kind == "item" and draft.mark == "given":
            level, indents = max(1, draft.level), []
        elif draft.kind == "item":
            level = _nesting(draft.indent, indents)
        else:
            indents = []
        number = draft.number or None if draft.kind in ("heading", "item") else None
        out.append(Block(draft.kind, Span(draft.start, draft.end), level, number, draft.cell))
    return out


def _nesting(indent: int, indents: list[int]) -> int:
    """Return the depth of an item from 1; ``indents`` are those of the items it may lie in, and is kept up to date."""
    while indents and indents[-1] > indent:
        indents.pop()
    if not indents or indents[-1] < indent:
        indents.append(indent)
    return min(len(indents), 9)
