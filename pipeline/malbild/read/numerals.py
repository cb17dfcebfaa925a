"""Automatic numbers as lists and headings show them: counters of several levels, and how a value is written."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, NamedTuple

Numeral = Literal["decimal", "zero", "letter", "LETTER", "roman", "ROMAN", "none"]

_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)
# Larger values are written in figures, so that no document can ask for a numeral of a million letters.
_MOST_ROMAN = 3999
_MOST_LETTERS = 26 * 9


class Label(NamedTuple):
    """What stands before a paragraph automatically: its number ("2.1"), and all of it if it has words ("Mål 2.1:").

    ``shown`` says whether anything stands there, a bullet perhaps.
    """

    number: str | None = None
    words: str = ""
    shown: bool = True


def numeral(value: int, form: Numeral) -> str:
    """Write a value of a counter.

    >>> [numeral(4, form) for form in ("decimal", "zero", "letter", "ROMAN", "none")], numeral(28, "LETTER")
    (['4', '04', 'd', 'IV', ''], 'BB')
    """
    if form == "none":
        return ""
    if form == "zero":
        return f"{value:02d}"
    if form in ("letter", "LETTER") and 0 < value <= _MOST_LETTERS:
        times, letter = divmod(value - 1, 26)
        written = chr(ord("a") + letter) * (times + 1)
        return written.upper() if form == "LETTER" else written
    if form in ("roman", "ROMAN") and 0 < value <= _MOST_ROMAN:
        written = _roman(value)
        return written.upper() if form == "ROMAN" else written
    return str(value)


def _roman(value: int) -> str:
    written = ""
    for worth, letters in _ROMAN:
        times, value = divmod(value, worth)
        written += times * letters
    return written


class Counter:
    """How far a list of several levels, counted from 0, has come.

    >>> counter = Counter()
    >>> [counter.step(level) for level in (0, 1, 1, 0, 1)], counter.values
    ([1, 1, 2, 2, 1], {0: 2, 1: 1})
    """

    def __init__(self) -> None:
        self.values: dict[int, int] = {}

    def step(self, level: int, start: int = 1, anew: bool = False, kept: Collection[int] = ()) -> int:
        """Count one on at a level, and return what it has come to.

        Args:
            level: the level.
            start: the first value.
            anew: whether to start again whatever was counted before.
            kept: deeper levels that do not start again because of this.
        """
        before = self.values.get(level)
        self.values[level] = start if anew or before is None else before + 1
        for deeper in [deeper for deeper in self.values if deeper > level and deeper not in kept]:
            del self.values[deeper]
        return self.values[level]
