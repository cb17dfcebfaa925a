"""The words of a sentence as repeats compare them: what may differ by a slip, what says something else if it does."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from typing import NamedTuple

from malbild.repeat.keys import plain_marks
from malbild.shipped import ModelInfo, manifest, shipped
from malbild.sv import words
from malbild.sv.numerals import GAP, cardinal, figure
from malbild.sv.registers import rows

WORD, SMALL = "word", "small"
"""Kinds of words: any word, and those that may be there or not. The other kinds are values (see ``sv/values.txt``)."""
BARE = frozenset({SMALL, "number", "unit", "date", "sign"})
"""Kinds that say nothing by themselves: cells and labels have little else."""
WORDED = frozenset({WORD, "direction", "degree"})
"""Kinds of which two words of one value still say different things: "bättre" and "fler"."""
FEW = 4
"""Sentences of fewer words repeat exactly or not at all, unless two of the words say something: "Mål 1" is a label."""
_LETTER = r"[^\W\d_\u00b2\u00b3\u00b9\u2070-\u209f]"
"""No raised figure: a note's mark is no part of its word."""
TOKEN = re.compile(
    rf"""{_LETTER}+(?:-\ ?(?!(?:och|eller|samt|respektive|men|till)\b){_LETTER}+)*(?:(?<=\b[kdc]m|.\bm)[\u00b2\u00b3])?
       | \d{{1,3}}(?:{GAP}\d{{3}}(?!\d))+(?:,\d+)? | \d{{1,3}}(?:\.\d{{3}}(?!\d))+(?:,\d+)? | \d+(?:[.,]\d+)?
       | [%‰?€] | (?<!\S)-(?=\d)""",
    re.VERBOSE,
)
"""Words, numbers and the signs that say something. A hyphen within a word is none: it may have come of a line's end."""
_HYPHEN = re.compile("- ?")
ENDINGS = frozenset(words("endings"))
"""The endings of Swedish words."""
_UNIT, _ENDING = 3, 5
"""Letters of the shortest unit that takes endings ("dag"), and of the longest ending."""
_ARTICLES = frozenset({"en", "ett"})
_MODEL = "sv_malbild_words"
_PLACES = ("municipality_se", "municipality_fi", "county_se", "region_se", "region_fi", "welfare_area_fi")


class Word(NamedTuple):
    """A word of a sentence: the text it covers, folded letters, kind, and the value by which it is the same or not.

    ``name`` says that it is written as a name.
    """

    start: int
    end: int
    low: str
    kind: str
    value: str
    name: bool


@cache
def common_words() -> dict[str, tuple[int, bool]]:
    """The commonest words in folded letters: their rank (0 is the commonest), and whether they are names.

    Raises:
        NotShipped: if the word list is not there.
    """
    listed = (shipped(_MODEL) / "words.txt").read_text("utf-8").split("\n")
    known = {word.casefold(): (rank, word[0].isupper()) for rank, word in enumerate(listed) if word}
    for register in _PLACES:
        for row in rows(register):
            for word in TOKEN.findall(row[0]):
                known.setdefault(word.casefold(), (len(listed), word[0].isupper()))
    return known


def word_list() -> ModelInfo:
    """The list that ranks words: what it is, for the parameters of an archive."""
    return manifest(shipped(_MODEL))


@cache
def _values() -> tuple[dict[str, tuple[str, str]], dict[str, tuple[str, str]]]:
    """Whole words and beginnings: their kind and value."""
    whole: dict[str, tuple[str, str]] = {}
    begins: dict[str, tuple[str, str]] = {}
    for line in words("units"):
        form, unit, *_ = line.split()
        whole.setdefault(form, ("unit", unit))
    for line in words("months"):
        for form in (names := line.split()):
            whole[form] = ("date", names[0])
    for line in words("values"):
        kind, value, *forms = line.split()
        for form in forms:
            if form.endswith("*"):
                begins[form[:-1]] = (kind, value)
            else:
                whole[form] = (kind, value)
    return whole, begins


@lru_cache(maxsize=1 << 18)
def kind_of(low: str) -> tuple[str, str]:
    """The kind and value of a word in folded letters; the value of a plain word is the word.

    >>> kind_of("ökade"), kind_of("40,0"), kind_of("fyra"), kind_of("staden"), kind_of("%")
    (('direction', 'up'), ('number', '40'), ('number', '4'), ('word', 'staden'), ('unit', 'procent'))
    >>> kind_of("dagarna"), kind_of("månadens")
    (('unit', 'dagar'), ('unit', 'månader'))
    """
    if low[0].isdecimal():
        return "number", f"{figure(low):.12g}"
    whole, begins = _values()
    if (known := whole.get(low)) is not None:
        return known
    if low not in _ARTICLES and (number := cardinal(low)) is not None:
        return "number", str(number)
    for length in range(len(low) - 1, max(_UNIT, len(low) - _ENDING) - 1, -1):
        if (known := whole.get(low[:length])) is not None and known[0] == "unit" and low[length:] in ENDINGS:
            return known
    for length in range(len(low), 1, -1):
        if (known := begins.get(low[:length])) is not None:
            return known
    return WORD, low


def letters(token: str) -> str:
    """A token in folded letters, without the hyphens that a line's end may have left: "jäm- ställdhet"."""
    return (_HYPHEN.sub("", token) if "-" in token and len(token) > 1 else token).casefold()


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a flat sentence, in order.

    >>> [(w.low, w.kind) for w in words_of("Andelen ökade till 40 % i Umeå.") if w.kind != "word" or w.name]
    [('ökade', 'direction'), ('till', 'direction'), ('40', 'number'), ('%', 'unit'), ('i', 'small'), ('umeå', 'word')]
    """
    found = []
    shouted = text.upper() == text
    for n, piece in enumerate(TOKEN.finditer(plain_marks(text))):
        low = letters(piece.group())
        start, end = piece.span()
        kind, value = kind_of(low)
        name = kind == WORD and not shouted and text[start].isupper()
        if name and n == 0:
            name = common_words().get(low, (0, False))[1]
        found.append(Word(start, end, low, kind, value, name))
    return tuple(found)


class Read(NamedTuple):
    """A sentence ready to be compared: its text, words, what of each must be the same, and the plain words.

    ``telling`` says that it has words enough to be more than a label.
    """

    text: str
    words: tuple[Word, ...]
    said: list[str]
    content: Counter[str]
    telling: bool


@lru_cache(maxsize=4096)
def read(text: str) -> Read:
    """Read a flat sentence for comparison."""
    found = words_of(text)
    said = [word.low if word.kind in WORDED else f"{word.kind} {word.value}" for word in found]
    telling = len(found) >= FEW or sum(word.kind not in BARE for word in found) > 1
    return Read(text, found, said, Counter(word.low for word in found if word.kind == WORD), telling)


def is_telling(text: str) -> bool:
    """Whether a flat sentence has words enough to be more than a label, as "Tabell 1." or "Ansvarig" are.

    >>> is_telling("Ansvarig"), is_telling("Kvinnor: 55 %"), is_telling("Målet nåddes.")
    (False, False, True)
    """
    return read(text).telling
