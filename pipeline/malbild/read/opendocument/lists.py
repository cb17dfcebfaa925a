"""Lists and numbered headings of an OpenDocument text: list styles, and counters along with the paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from malbild.read.numerals import Counter, Label, Numeral, numeral
from malbild.read.opendocument.tags import STYLE, TEXT, XML, count, true
from malbild.read.package import Element

_FORMS: dict[str, Numeral] = {"a": "letter", "A": "LETTER", "i": "roman", "I": "ROMAN", "": "none"}
# Code points before and after a number that are read; each paragraph of the list has them again.
_LONGEST = 120


class _Level(NamedTuple):
    form: Numeral
    before: str
    after: str
    shown_levels: int
    start: int
    bullet: bool


_Levels = dict[int, _Level]


@dataclass(slots=True)
class _Open:
    """A list that is open, and whether its item has had no paragraph yet."""

    style: str
    counter: Counter
    fresh: bool = False
    header: bool = False
    start: int | None = None
    override: str = ""


class Lists:
    """The lists that are open where a text is being read, and how far all of them have counted.

    ``root`` are the parts in which list styles are defined.
    """

    def __init__(self, *roots: Element | None) -> None:
        self._styles: dict[str, _Levels] = {}
        self._outline: _Levels = {}
        for root in roots:
            if root is not None:
                for style in root.iter(f"{TEXT}list-style"):
                    self._styles[style.get(f"{STYLE}name") or ""] = _levels(style)
                for style in root.iter(f"{TEXT}outline-style"):
                    self._outline = _levels(style)
        self._headings = Counter()
        self._by_id: dict[str, Counter] = {}
        self._by_style: dict[str, Counter] = {}
        self._open: list[list[_Open]] = [[]]

    @property
    def depth(self) -> int:
        """How many lists are open, one in the other."""
        return len(self._open[-1])

    def enter(self) -> None:
        """Enter something that holds lists of its own, as a cell does."""
        self._open.append([])

    def leave(self) -> None:
        """Leave what was entered last."""
        self._open.pop()

    def begin(self, element: Element) -> None:
        """Begin a list."""
        around = self._open[-1][-1] if self._open[-1] else None
        style = element.get(f"{TEXT}style-name") or (around.style if around else "")
        if around is not None:
            counter = around.counter
        elif (before := self._by_id.get(element.get(f"{TEXT}continue-list") or "")) is not None:
            counter = before
        elif true(element, f"{TEXT}continue-numbering"):
            counter = self._by_style.get(style, Counter())
        else:
            counter = Counter()
        self._by_style[style] = counter
        if id_ := element.get(f"{XML}id") or element.get(f"{TEXT}id"):
            self._by_id[id_] = counter
        self._open[-1].append(_Open(style, counter))

    def end(self) -> None:
        """End the innermost list."""
        self._open[-1].pop()

    def item(self, element: Element) -> None:
        """Begin an item of the innermost list, or its header, which has no number."""
        if self._open[-1]:
            innermost = self._open[-1][-1]
            innermost.fresh = True
            innermost.header = element.tag == f"{TEXT}list-header"
            innermost.override = element.get(f"{TEXT}style-override") or ""
            start = element.get(f"{TEXT}start-value")
            innermost.start = None if start is None else count(element, f"{TEXT}start-value")

    def label(self) -> Label | None:
        """Count the innermost list's item and return its label; ``None`` if it has been counted, or there is none."""
        innermost = self._open[-1][-1] if self._open[-1] else None
        if innermost is None or not innermost.fresh:
            return None
        innermost.fresh = False
        levels = self._styles.get(innermost.override or innermost.style)
        if innermost.header or levels is None:
            return Label()
        at = len(self._open[-1])
        level = levels.get(at)
        start = innermost.start if innermost.start is not None else level.start if level else 1
        innermost.counter.step(at, start, innermost.start is not None)
        return _label(levels, innermost.counter, at)

    def heading(self, element: Element, level: int) -> Label:
        """Count a heading that stands in no list, and return its label."""
        found = self._outline.get(level)
        if found is None or true(element, f"{TEXT}is-list-header"):
            return Label()
        anew = true(element, f"{TEXT}restart-numbering")
        self._headings.step(level, count(element, f"{TEXT}start-value", found.start), anew)
        return _label(self._outline, self._headings, level)


def _levels(style: Element) -> _Levels:
    levels: _Levels = {}
    for element in style:
        level = count(element, f"{TEXT}level", 0)
        if 0 < level <= 10:
            form = element.get(f"{STYLE}num-format") or ""
            levels[level] = _Level(
                _FORMS.get(form, "decimal"),
                (element.get(f"{STYLE}num-prefix") or "")[:_LONGEST],
                (element.get(f"{STYLE}num-suffix") or "")[:_LONGEST],
                count(element, f"{TEXT}display-levels"),
                count(element, f"{TEXT}start-value"),
                element.tag in (f"{TEXT}list-level-style-bullet", f"{TEXT}list-level-style-image"),
            )
    return levels


def _label(levels: _Levels, counter: Counter, at: int) -> Label:
    level = levels.get(at)
    if level is None or level.bullet:
        return Label(shown=level is not None)
    shown: list[str] = []
    if level.form != "none":
        for upper in range(max(1, at - level.shown_levels + 1), at + 1):
            other = levels.get(upper, level)
            shown.append(numeral(counter.values.get(upper, other.start), other.form))
    number = ".".join(part for part in shown if part)
    worded = any(char.isalpha() for char in level.before + level.after)
    words = f"{level.before}{number}{level.after}".strip() if worded else ""
    return Label(number or None, words, bool(number or words))
