"""How many words stand in each element of a web page, how many of them in links, and what else gives it away.

One pass over the page, before it is judged (``malbild.read.boilerplate``): looking into each element anew would take
time that grows with the depth of the page.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache

from lxml import etree

from malbild.sv import words as entries


def tags(names: str) -> frozenset[str]:
    """The names of elements in a line."""
    return frozenset(names.split())


HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | tags(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form frameset header hgroup hr html legend li listing main menu nav ol optgroup option p plaintext pre"
    " search section summary table tbody td tfoot th thead tr ul xmp"
)
CONTROLS = tags("button input select textarea")
WORDLESS = tags("base col colgroup head link meta param script source style title track")
UNSEEN = tags("audio canvas datalist iframe noframes noscript object svg template video")
# What holds no title of the page, whatever its headings.
_BESIDE = tags("aside footer nav")
# A short element, in words and in elements: a line, a button, a heading.
SHORT = 12
# Longest consent dialog, in words, and how many of them may stand around the question and its answer.
_DIALOG, _FRAME = 400, 15
# Of a paragraph that is put together to see whether it asks for consent, in words.
_PARAGRAPH = 60
_DROPPED = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_WORD = re.compile(r"\w[^\s>|/]*")
_LETTER = re.compile(r"[^\W\d_]")


@cache
def signs(kind: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The signs of one kind in ``sv/boilerplate.txt``: whole ones, and beginnings."""
    pairs = (entry.split(None, 1) for entry in entries("boilerplate"))
    found = [sign for name, sign in pairs if name == kind]
    return frozenset(sign for sign in found if sign[-1] != "*"), tuple(sign[:-1] for sign in found if sign[-1] == "*")


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    whole, begins = signs(kind)
    return re.compile("|".join([*(re.escape(sign) + r"(?!\w)" for sign in sorted(whole)), *map(re.escape, begins)]))


def words_of(element: etree._Element) -> str:
    """The words of an element and all it holds on one line, as :func:`one_line` leaves them."""
    parts: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, at in walk:
        parts.append(" " if at.tag in BLOCKS or at.tag in CONTROLS or at.tag == "br" else "")
        if event == "end":
            # Links that touch are words apart.
            parts.append("" if at is element else at.tail or (" " if at.tag == "a" else ""))
        elif at.tag in WORDLESS:
            walk.skip_subtree()
        else:
            parts.append(at.text or "")
    return one_line("".join(parts))


def plain(element: etree._Element) -> str:
    """The words of an element in lower case, without the marks about them."""
    return words_of(element).lower().strip(" .:?!–-|")


def one_line(text: str) -> str:
    """``text`` on one line, without what is not seen, composed; empty if it holds no letter or digit."""
    line = " ".join(text.translate(_DROPPED).split())
    return unicodedata.normalize("NFC", line) if _WORD.search(line) else ""


@dataclass(slots=True)
class Facts:
    """Counts over an element and all it holds.

    ``linked`` are the words in links and buttons, ``titles`` the headings of level 1 that are no links. ``consent`` is
    how many words the consent dialog has that it holds, or is. ``lead`` is its first heading, if that is short.
    """

    words: int = 0
    linked: int = 0
    elements: int = 1
    titles: int = 0
    mains: int = 0
    controls: int = 0
    asks: bool = False
    accepts: bool = False
    consent: int = 0
    lead: str = ""

    @property
    def dense(self) -> bool:
        """Whether half of the words or more are links, its first heading aside."""
        return self.linked > 0 and 2 * self.linked >= self.words - len(self.lead.split())

    @property
    def short(self) -> bool:
        """Whether it is a line at most."""
        return 0 < self.words <= SHORT and self.elements <= SHORT

    def add(self, other: Facts) -> None:
        """Count what a child holds."""
        self.words += other.words
        self.linked += other.linked
        self.elements += other.elements
        self.titles += other.titles
        self.mains += other.mains
        self.controls += other.controls
        self.asks |= other.asks
        self.accepts |= other.accepts
        self.consent = max(self.consent, other.consent)
        self.lead = self.lead or other.lead


@dataclass(slots=True)
class Survey:
    """The facts of every element of a page, and the ids of what its buttons open."""

    facts: dict[etree._Element, Facts] = field(default_factory=dict)
    panels: set[str] = field(default_factory=set)


def survey(body: etree._Element) -> Survey:
    """Return the facts of ``body`` and of every element in it, but for those within what is never shown."""
    found = Survey()
    facts = found.facts
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            own = facts[element] = Facts()
            if element.tag in WORDLESS or element.tag in UNSEEN:
                walk.skip_subtree()
            else:
                _count(own, element.text)
                found.panels.update(element.get("aria-controls", "").split())
            continue
        _complete(facts[element], element)
        if element is not body:
            above = facts[element.getparent()]
            above.add(facts[element])
            _count(above, element.tail)
    return found


def _count(facts: Facts, text: str | None) -> None:
    if text and not text.isspace():
        facts.words += len(_WORD.findall(text))
        facts.asks = facts.asks or _pattern("asks").search(" ".join(text.lower().split())) is not None


def _complete(facts: Facts, element: etree._Element) -> None:
    """Add what can be said of an element once all that it holds is known."""
    tag, role = element.tag, element.get("role")
    if tag in ("a", "button", "label", "option") or role == "button":
        words = words_of(element).lower() if facts.short else ""
        # "[1]" leads to a footnote, not away.
        facts.linked = facts.words if not words or _LETTER.search(words) else 0
        facts.accepts = _pattern("accepts").match(words) is not None
    elif tag in HEADINGS:
        facts.titles += tag == "h1" and facts.words > 0 and not facts.dense
        facts.lead = plain(element) if facts.short else ""
    elif tag == "p" and facts.linked and facts.words <= _PARAGRAPH and facts.elements <= SHORT:
        facts.asks = facts.asks or _pattern("asks").search(words_of(element).lower()) is not None
    elif tag in _BESIDE or role == "navigation":
        facts.titles = 0
    facts.controls += tag in CONTROLS
    facts.mains += tag == "main" or role == "main"
    asking = facts.asks and facts.accepts and facts.words <= _DIALOG and not facts.titles and not facts.mains
    # The smallest element that holds a question and its answer is the dialog, and so is what only frames it.
    if asking and (not facts.consent or facts.words - facts.consent <= _FRAME):
        facts.consent = facts.words
