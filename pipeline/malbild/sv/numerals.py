"""Swedish numbers in words and figures: tokens, and the value of the number that begins at one.

Knows words only; what counts as a measure is decided in ``malbild.extraction.quantities``. Work is linear in the text.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from malbild.sv import words

GAP = "[ \u00a0\u2009\u202f]"
_TOKEN = re.compile(
    rf"""(?P<number>\d{{1,3}}(?:{GAP}\d{{3}}(?!\d))+(?:,\d+)?
                  | \d{{1,3}}(?:\.\d{{3}}(?!\d))+(?:,\d+)?
                  | \d+(?:[.,]\d+)?)
      | (?P<word>[^\W\d_]+(?:[-/’':][^\W\d_]+)*-?)
      | (?P<sign>\S)""",
    re.VERBOSE,
)
HALF = frozenset({"halv", "halvt"})
PAD = 8


class Token(NamedTuple):
    """A word, number or sign: where it stands, and its letters in lower case."""

    start: int
    end: int
    kind: str
    low: str


def tokens(text: str) -> list[Token]:
    """Cut the words, numbers and signs of ``text``, and empty ones of kind ``end`` behind, for looking ahead.

    >>> [t.low for t in tokens("Minst 10 500 elever, 2,5 %") if t.kind != "end"]
    ['minst', '10 500', 'elever', ',', '2,5', '%']
    """
    found = [Token(m.start(), m.end(), m.lastgroup or "", m[0].lower()) for m in _TOKEN.finditer(text)]
    found += [Token(len(text), len(text), "end", "")] * PAD
    return found


@cache
def numerals() -> dict[str, int]:
    """Simple numeral words and their values."""
    return {word: int(value) for word, value in (line.split() for line in words("numerals"))}


@lru_cache(maxsize=4096)
def cardinal(word: str) -> int | None:
    """Give the value of one Swedish numeral word in lower case, simple or put together; ``None`` if it is none.

    >>> cardinal("tjugofem"), cardinal("trehundrafyrtiotvå"), cardinal("tolvtusen"), cardinal("sexa")
    (25, 342, 12000, None)
    """
    table = numerals()
    if word in table:
        return table[word]
    if len(word) > 60:
        return None
    for scale, name in ((1000, "tusen"), (100, "hundra")):
        head, found, tail = word.partition(name)
        if found:
            high = cardinal(head) if head else 1
            low = cardinal(tail) if tail else 0
            return None if high is None or low is None or low >= scale else high * scale + low
    for head, value in table.items():
        if 20 <= value < 100 and word.startswith(head):
            low = table.get(word[len(head) :])
            return value + low if low is not None and 0 < low < 10 else None
    return None


def figure(digits: str) -> float:
    """Give the value of a number in figures, Swedish style.

    >>> figure("10 500"), figure("300.000"), figure("2,5"), figure("1.5")
    (10500.0, 300000.0, 2.5, 1.5)
    """
    bare = re.sub(GAP, "", digits)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", bare):
        bare = bare.replace(".", "")
    return float(bare.replace(",", "."))


def read_number(toks: list[Token], at: int) -> tuple[int, float] | None:
    """Read the number that begins at token ``at``: the token after it, and its value.

    >>> [read_number(tokens(t), 0) for t in ("två miljoner kronor", "2,5 miljarder", "en och en halv timme")]
    [(2, 2000000.0), (2, 2500000000.0), (4, 1.5)]
    """
    tok = toks[at]
    if tok.kind == "number":
        at, value = at + 1, figure(tok.low)
    elif tok.kind == "word" and (whole := cardinal(tok.low)) is not None:
        at, value = at + 1, float(whole)
        if value == 1 and toks[at].low in HALF:
            at, value = at + 1, 0.5
    else:
        return None
    if [t.low for t in toks[at : at + 2]] in (["och", "en"], ["och", "ett"]) and toks[at + 2].low in HALF:
        at, value = at + 3, value + 0.5
    while toks[at].kind == "word" and (scale := numerals().get(toks[at].low, 0)) >= 1000:
        at, value = at + 1, value * scale
    return at, value
