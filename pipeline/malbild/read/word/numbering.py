"""Automatic numbers of a Word document: numbering.xml, counted along with the paragraphs that bear them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from malbild.read.numerals import Counter, Label, Numeral, numeral
from malbild.read.package import Element
from malbild.read.word.tags import W, child, number, switch, value

LEVELS = 9
_FORMS: dict[str, Numeral] = {
    "lowerLetter": "letter",
    "upperLetter": "LETTER",
    "lowerRoman": "roman",
    "upperRoman": "ROMAN",
    "decimalZero": "zero",
    "none": "none",
}
# Code points of a label that are read; each paragraph of the list has them again.
_LONGEST = 120
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: Numeral
    text: str
    restart: int | None
    style: str | None
    figures: bool  # all levels in figures, whatever their own form
    bullet: bool


@dataclass(slots=True)
class _List:
    """A list that paragraphs refer to: its levels, which numbers it starts anew, and the counter it shares."""

    levels: dict[int, _Level]
    starts: dict[int, int]
    counter: Counter
    begun: set[int] = field(default_factory=set)


class Numbering:
    """The lists of a document by their ids; ``root`` is that of its part, if it has one."""

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[int, _List] = {}
        if root is None:
            return
        abstract = {number(part.get(f"{W}abstractNumId")): part for part in root.iterfind(f"{W}abstractNum")}
        nums = {number(part.get(f"{W}numId")): part for part in root.iterfind(f"{W}num")}
        named = {name: part for part in abstract.values() if (name := value(part, "styleLink"))}
        counters: dict[int | None, Counter] = {}
        for id_, num in nums.items():
            key = number(value(num, "abstractNumId"))
            part = abstract.get(key)
            # A list that is linked to a list style has its levels there.
            link = value(part, "numStyleLink")
            if link in named:
                part = named[link]
                key = number(part.get(f"{W}abstractNumId"))
            if id_ is not None and part is not None:
                self._lists[id_] = _list(num, part, counters.setdefault(key, Counter()))

    def __contains__(self, list_id: int) -> bool:
        return list_id in self._lists

    def level(self, list_id: int, styles: Sequence[str]) -> int | None:
        """Return the level of a list that belongs to a paragraph style, or to the first it is based on that has one."""
        found = self._lists.get(list_id)
        linked = {level.style: at for at, level in found.levels.items()} if found else {}
        return next((linked[style] for style in styles if style in linked), None)

    def step(self, list_id: int, at: int) -> Label:
        """Count one on at a level, counted from 0, of a list, and return the label of the paragraph that counts."""
        found = self._lists.get(list_id)
        level = found.levels.get(at) if found else None
        if found is None or level is None:
            return Label()
        anew = at in found.starts and at not in found.begun
        found.begun.add(at)
        start = found.starts.get(at, level.start)
        found.counter.step(at, start, anew, [deeper for deeper in found.levels if _keeps(found.levels[deeper], at)])
        return _label(found, level)


def _list(num: Element, abstract: Element, counter: Counter) -> _List:
    levels: dict[int, _Level] = {}
    starts: dict[int, int] = {}
    for part in abstract.iterfind(f"{W}lvl"):
        _put(levels, part)
    for override in num.iterfind(f"{W}lvlOverride"):
        at = number(override.get(f"{W}ilvl"))
        if (part := child(override, "lvl")) is not None:
            _put(levels, part)
        if at is not None and (start := number(value(override, "startOverride"))) is not None:
            starts[at] = start
    return _List(levels, starts, counter)


def _put(levels: dict[int, _Level], part: Element) -> None:
    at = number(part.get(f"{W}ilvl"))
    if at is None or not 0 <= at < LEVELS:
        return
    form = value(part, "numFmt") or ""
    levels[at] = _Level(
        number(value(part, "start")) or 0,
        _FORMS.get(form, "decimal"),
        (value(part, "lvlText") or "")[:_LONGEST],
        number(value(part, "lvlRestart")),
        value(part, "pStyle"),
        bool(switch(part, "isLgl")),
        form == "bullet",
    )


def _keeps(level: _Level, at: int) -> bool:
    """Whether a level counts on although one at ``at`` above it has counted."""
    return level.restart is not None and at + 1 > level.restart


def _label(found: _List, level: _Level) -> Label:
    text = level.text
    places = list(_PLACE.finditer(text))
    if level.bullet or not places:
        # The letters of a bullet's font ("o", "§") are no words.
        return Label(None, text if _has_words(text) and not level.bullet else "", bool(text))

    def written(place: re.Match[str]) -> str:
        at = int(place.group(1)) - 1
        other = found.levels.get(at)
        start = other.start if other else 1
        form: Numeral = "decimal" if level.figures or other is None else other.form
        return numeral(found.counter.values.get(at, start), form)

    first, last = places[0].start(), places[-1].end()
    bare = _PLACE.sub(written, text[first:last]).strip(" .")
    around = text[:first] + text[last:]
    words = _PLACE.sub(written, text).strip() if _has_words(around) else ""
    return Label(bare or None, words, bool(bare or words))


def _has_words(text: str) -> bool:
    return any(char.isalpha() for char in text)
