"""Whether two words are forms of one: by endings, by stems that change, by the forms of strong verbs."""

from __future__ import annotations

from functools import cache, lru_cache

from malbild.repeat.words import ENDINGS
from malbild.sv import words

_ENDINGS = ENDINGS | {""}
_STEM = 3
"""Letters that two forms of one word share at least; two where both have an ending."""
_LONGEST = 6
"""Letters of the longest ending."""


@lru_cache(maxsize=1 << 16)
def are_forms(one: str, other: str) -> bool:
    """Whether two words in folded letters are forms of one word.

    >>> are_forms("stad", "staden"), are_forms("planerade", "planerat"), are_forms("städerna", "staden")
    (True, True, True)
    >>> are_forms("föreslås", "föreslog"), are_forms("bygga", "rygga"), are_forms("mål", "målning")
    (True, False, False)
    """
    return _endings_differ(one, other) or not _analyses(one).isdisjoint(_analyses(other))


def _endings_differ(one: str, other: str) -> bool:
    if one[: _STEM - 1] != other[: _STEM - 1]:
        return False
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    # The ending may begin with a letter that both share: "flickor", "flickan".
    for stem in range(max(_STEM - 1, shared - 2), shared + 1):
        a, b = one[stem:], other[stem:]
        if a in _ENDINGS and b in _ENDINGS and (stem >= _STEM or (a and b)):
            return True
    return False


@cache
def _stems() -> dict[str, list[tuple[int, frozenset[str], bool]]]:
    """Stems that change, and forms of strong verbs: their word, the endings they take, whether prefixes go before."""
    found: dict[str, list[tuple[int, frozenset[str], bool]]] = {}
    number = 0
    for line in words("irregular_stems"):
        number += 1
        for stem in line.split():
            found.setdefault(stem, []).append((number, _ENDINGS, True))
    whole, present = frozenset({"", "s"}), frozenset({"er", "s", "es"})
    for line in words("strong_verbs"):
        number += 1
        infinitive, *forms = line.split()
        prefixed = not infinitive.endswith("*")
        infinitive = infinitive.rstrip("*")
        for form in (infinitive, *forms):
            found.setdefault(form, []).append((number, whole, prefixed))
        found.setdefault(infinitive.removesuffix("a"), []).append((number, present, prefixed))
    return found


@lru_cache(maxsize=1 << 16)
def _analyses(word: str) -> frozenset[tuple[str, int]]:
    """What a word may be a form of: what goes before the stem, and the number of the stem's word."""
    stems = _stems()
    found = set()
    for end in range(max(2, len(word) - _LONGEST), len(word) + 1):
        for start in range(end - 1):
            for number, endings, prefixed in stems.get(word[start:end], ()):
                if word[end:] in endings and (prefixed or not start):
                    found.add((word[:start], number))
    return frozenset(found)
