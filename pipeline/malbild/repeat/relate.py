"""How one sentence repeats another, in short: ``compare`` without naming what differs, much faster for most pairs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from malbild.repeat.alike import difference
from malbild.repeat.compare import MOST_LACKING, SHARED, allowance, compare
from malbild.repeat.keys import plain_marks
from malbild.repeat.words import BARE, FEW, TOKEN, WORD, Word, common_words, kind_of, letters

_REPLACED = 8
_NAMED = 2
"""Of so many plain words one may be a name: then the names of the whole sentence count."""


def relate(one: str, other: str) -> Literal["near", "variant"] | None:
    """The kind of ``compare(one, other)``.

    Where a few words stand in the places of others and nothing else has changed, only these are looked at.
    """
    left, right = TOKEN.findall(plain_marks(one)), TOKEN.findall(plain_marks(other))
    if len(left) == len(right) and not one.isupper() and not other.isupper():
        places = [n for n, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
        if len(places) <= _REPLACED:
            found = _replaced(left, right, places)
            if found != "unsure":
                return found
    relation = compare(one, other)
    return None if relation is None else relation.kind


def _replaced(
    left: Sequence[str], right: Sequence[str], places: Sequence[int]
) -> Literal["near", "variant", "unsure"] | None:
    kinds = [kind_of(letters(token))[0] for token in left]
    theirs = {n: _word(right, n) for n in places}
    ours = {n: _word(left, n) for n in places}
    if len(places) > 1 and {word.low for word in ours.values()} & {word.low for word in theirs.values()}:
        return "unsure"
    content = sum(kind == WORD for kind in kinds)
    lost = sum(word.kind == WORD and word.low != theirs[n].low for n, word in ours.items())
    new = sum(word.kind == WORD and word.low != ours[n].low for n, word in theirs.items())
    if _NAMED in (content, content - lost + new):
        return "unsure"
    telling = sum(kind not in BARE for kind in kinds)
    change = sum(word.kind not in BARE for word in theirs.values()) - sum(
        word.kind not in BARE for word in ours.values()
    )
    if len(left) < FEW and min(telling, telling + change) <= 1:
        return None
    if not content or not content - lost + new or lost > allowance(content) or new > allowance(content - lost + new):
        return None
    said = [(ours[n], theirs[n], difference(ours[n], theirs[n])) for n in places]
    if any(what == "other" for _, _, what in said):
        # Words beside each other may be told of better than one for one.
        return "unsure" if any(later - earlier == 1 for earlier, later in pairwise(places)) else None
    values = [(a, b) for a, b, what in said if what in ("value", "name")]
    if not values:
        return "near" if len(places) <= MOST_LACKING else None
    apart = sum(a.kind != b.kind or a.kind == WORD for a, b in values)
    return None if apart > len(left) * SHARED else "variant"


def _word(tokens: Sequence[str], n: int) -> Word:
    """A word as ``words_of`` tells it, but for where it stands."""
    token = tokens[n]
    low = letters(token)
    kind, value = kind_of(low)
    name = kind == WORD and token[0].isupper() and (n > 0 or common_words().get(low, (0, False))[1])
    return Word(0, 0, low, kind, value, name)
