"""Headings that no style says are headings: short paragraphs in bold or in larger letters, standing above text.

Not here: headings that only their words tell, which ``malbild.segment`` finds where the format knows none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from malbild.read.building import Draft, Look
from malbild.sv import words

# In code points and words; as segment has it for lines of plain text, and a little more.
_LONGEST = 120
_MOST_WORDS = 15
# How much larger than the letters of running text is clearly larger.
_LARGER = 1.15
_LARGER_ITALIC = 1.05
_ROW = 2  # more than this many alike in a row are emphasis, not headings
_DEEPEST = 9
_STOPS = ".,;:…–-"
_CLOSERS = "\"”“’')»*_ "
_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)[.)]?\s+\S")
_FUNCTION_WORDS = frozenset(words("function_words"))


def promote(drafts: Iterable[Draft]) -> None:
    """Make headings of the paragraphs that look like headings, in place.

    Their levels follow the order of their sizes, bold before plain, and lie below those of the headings that styles
    give; what is larger than all of these stands beside the highest of them.
    """
    blocks = [draft for draft in drafts if not draft.aside and draft.kind != "footnote"]
    body = _body(blocks)
    likely = [_stands_out(draft, body) and _alone(blocks, at) for at, draft in enumerate(blocks)]
    chosen = _standing(blocks, likely)
    if not chosen:
        return
    ranks = _ranks(blocks, chosen)
    lowest: dict[Look, int] = {}
    for draft in chosen:
        assert draft.look is not None
        lowest[draft.look] = min(_depth(draft), lowest.get(draft.look, _DEEPEST))
    for draft in chosen:
        assert draft.look is not None
        draft.kind = "heading"
        # Where all headings look alike ("1 Mål", "1.1 Medel"), the numbers tell them apart.
        draft.level = min(_DEEPEST, ranks[draft.look] + _depth(draft) - lowest[draft.look])
        draft.words = draft.words.replace("\n", " ")


def _body(blocks: Sequence[Draft]) -> Look:
    counted: Counter[Look] = Counter()
    for draft in blocks:
        if draft.look and draft.kind in ("paragraph", "item"):
            counted[draft.look] += len(draft.words)
    return counted.most_common(1)[0][0] if counted else Look(0, False)


def _stands_out(draft: Draft, body: Look) -> bool:
    if draft.look is None or draft.kind not in ("paragraph", "item") or not _headlike(draft.words):
        return False
    if draft.kind == "item" and not draft.number:
        return False
    larger = draft.look.size >= _LARGER * body.size and draft.look.size > 0
    bold = draft.look.bold and not body.bold and draft.look.size >= 0.95 * body.size
    # Italic alone is emphasis, or a title that is cited.
    italic = draft.look.italic and not body.italic and draft.look.size >= _LARGER_ITALIC * body.size > 0
    return larger or bold or italic


def _headlike(text: str) -> bool:
    """Whether words might be those of a heading: short, a capital first, no stop last."""
    bare = text.rstrip(_CLOSERS)
    parts = bare.split()
    if len(text) > _LONGEST or len(parts) > _MOST_WORDS or not bare or bare[-1] in _STOPS:
        return False
    first = next((char for char in bare if char.isalnum()), "")
    lettered = any(char.isalpha() for char in bare)
    return lettered and not first.islower() and parts[-1].lower() not in _FUNCTION_WORDS


def _alone(blocks: Sequence[Draft], at: int) -> bool:
    """Whether a block is no member of a list."""
    if blocks[at].kind != "item":
        return True
    around = (*blocks[max(0, at - 1) : at], *blocks[at + 1 : at + 2])
    return all(other.kind != "item" for other in around)


def _standing(blocks: Sequence[Draft], likely: Sequence[bool]) -> list[Draft]:
    """Return those likely headings that stand above something, and not in a row of their like."""
    rows: list[list[int]] = []
    for _, group in groupby(range(len(blocks)), lambda at: blocks[at].look if likely[at] else at):
        row = list(group)
        if likely[row[0]]:
            rows.append(row)
    chosen: dict[int, Draft] = {}
    for row in reversed(rows):
        below = row[-1] + 1
        opening = row[0] == 0 and below < len(blocks)
        if len(row) <= _ROW and (opening or _above(blocks, row[0], below, below in chosen)):
            chosen.update((at, blocks[at]) for at in row)
    return [chosen[at] for at in sorted(chosen)]


def _above(blocks: Sequence[Draft], at: int, below: int, heads: bool) -> bool:
    """Whether a row of likely headings stands above text, or above a lesser heading (``heads``)."""
    if below >= len(blocks) or blocks[below].kind == "heading":
        return False
    look, other = blocks[at].look, blocks[below].look
    return not heads or look is None or other is None or look > other


def _ranks(blocks: Sequence[Draft], chosen: Sequence[Draft]) -> dict[Look, int]:
    """Return the level of each look."""
    real = [draft for draft in blocks if draft.kind == "heading"]
    # A title is larger than any heading, and says nothing about those under it.
    real = [draft for draft in real if not draft.titled] or real
    deepest = max((draft.level for draft in real), default=0)
    highest = min((draft.level for draft in real), default=1)
    largest = max((draft.look.size for draft in real if draft.look), default=0.0)
    ranks: dict[Look, int] = {}
    below = deepest
    for look in sorted({draft.look for draft in chosen if draft.look}, reverse=True):
        if real and largest and look.size > largest:
            ranks[look] = highest
        else:
            below += 1
            ranks[look] = min(_DEEPEST, below)
    return ranks


def _depth(draft: Draft) -> int:
    number = draft.number
    if number is None and (typed := _NUMBER.match(draft.words)):
        number = typed.group(1)
    return number.count(".") if number else 0
