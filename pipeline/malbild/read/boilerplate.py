"""What on a web page is not its text: menus, banners, headers and footers of the site, and what is not shown.

First a survey counts, for every element, its words and those of them in links; then each element can be judged by its
tag, role, names and counts. Which words give an element away stands in ``sv/boilerplate.txt``. Not here: what the rest
means (``malbild.read.html``). Nothing is computed from style sheets, and nothing is run.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from lxml import etree

from malbild.source import AsideKind
from malbild.sv import words

Verdict = AsideKind | Literal["text", "way", "nothing"]
"""What an element is: the page's text, the way there (around it), nothing (no words at all), or set aside as what."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form frameset header hgroup hr html legend li listing main menu nav ol optgroup option p plaintext pre"
    " search section summary table tbody td tfoot th thead tr ul xmp".split()
)
_WORDLESS = frozenset("script style link meta base head param source track col colgroup title".split())
_UNSEEN = frozenset("audio canvas datalist iframe noframes noscript object svg template video".split())
_CONTROLS = frozenset("button input select textarea".split())
_ROLES = {"navigation": "nav", "menu": "nav", "menubar": "nav", "search": "nav", "toolbar": "nav", "doc-toc": "nav"} | {
    "banner": "header", "contentinfo": "footer", "complementary": "aside", "dialog": "dialog", "alertdialog": "dialog"
}  # fmt: skip

# Longest consent dialog, form without text, and hidden decoration, in words.
_DIALOG, _FORM, _DECORATION = 400, 60, 12
_LEAF = 12
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
_PART = re.compile(r"[A-ZÅÄÖ]{2,}(?![a-zåäö])|[A-ZÅÄÖ]?[a-zåäö]+")
_DROPPED = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff\0"))
_SPACES = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_ALNUM = re.compile(r"[^\W_]")


@cache
def _signs(kind: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The signs of one kind: whole words, and beginnings of words."""
    found = [entry.split(None, 1)[1] for entry in words("boilerplate") if entry.split(None, 1)[0] == kind]
    return frozenset(sign for sign in found if sign[-1] != "*"), tuple(sign[:-1] for sign in found if sign[-1] == "*")


@cache
def _any(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_signs(kind)[0]))))


def words_of(element: etree._Element) -> str:
    """The words of an element and all it holds, white space collapsed: one line."""
    parts: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, at in walk:
        parts.append(" " if at.tag in BLOCKS or at.tag in _CONTROLS or at.tag == "br" else "")
        if event == "end":
            parts.append("" if at is element else at.tail or "")
        elif at.tag in _WORDLESS:
            walk.skip_subtree()
        else:
            parts.append(at.text or "")
    return tidy("".join(parts))


def tidy(text: str) -> str:
    """``text`` on one line, without what is not seen, composed; empty if no letter or digit is in it."""
    line = " ".join(text.translate(_DROPPED).split())
    return unicodedata.normalize("NFC", line) if _ALNUM.search(line) else ""


@dataclass(slots=True)
class Facts:
    """Counts over an element and all it holds. ``titles`` are level 1 headings that are no links."""

    words: int = 0
    linked: int = 0
    elements: int = 1
    titles: int = 0
    mains: int = 0
    controls: int = 0
    asks: bool = False
    accepts: bool = False
    consent: int = 0  # the words of the consent dialog in it, or itself
    lead: str = ""  # its first heading, if that is short

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

    @property
    def dense(self) -> bool:
        """Whether half of the words or more are links."""
        return 2 * self.linked >= self.words > 0


@dataclass(slots=True)
class Survey:
    """The facts of every element of a page, and the ids of the panels that some button opens."""

    facts: dict[etree._Element, Facts] = field(default_factory=dict)
    panels: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, body: etree._Element) -> Survey:
        """Survey a page, in one pass."""
        survey = cls()
        walk = etree.iterwalk(body, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                survey._close(element, body)
            elif element.tag in _WORDLESS:
                survey.facts[element] = Facts()
                walk.skip_subtree()
            else:
                survey.facts[element] = Facts()
                survey._count(element, element.text)
                survey.panels.update(element.get("aria-controls", "").split())
        return survey

    def _count(self, element: etree._Element, text: str | None) -> None:
        if text and not text.isspace():
            facts = self.facts[element]
            facts.words += len(text.split())
            facts.asks = facts.asks or bool(_any("asks").search(" ".join(text[:1000].lower().split())))

    def _close(self, element: etree._Element, body: etree._Element) -> None:
        facts, tag = self.facts[element], element.tag
        if tag in ("a", "button", "label", "option") or element.get("role") == "button":
            facts.linked = facts.words
            if facts.elements <= _LEAF and facts.words <= _LEAF:
                facts.accepts = bool(_any("accepts").match(words_of(element).lower()))
        facts.controls += tag in _CONTROLS
        facts.mains += tag == "main" or element.get("role") == "main"
        if tag in HEADINGS:
            facts.titles += tag == "h1" and not facts.dense and facts.words > 0
            if facts.words <= _LEAF and facts.elements <= _LEAF:
                facts.lead = _plain(element)
        if facts.asks and facts.accepts and not facts.titles and not facts.mains and facts.words <= _DIALOG:
            # The smallest element with a question and its answer, and what only wraps it.
            if facts.words - facts.consent <= 15 or not facts.consent:
                facts.consent = facts.words
        if element is not body:
            parent = element.getparent()
            self.facts[parent].add(facts)
            self._count(parent, element.tail)


def _plain(element: etree._Element) -> str:
    return words_of(element).lower().strip(" .:?!–-|")


class Judge:
    """What each element of a page is.

    ``roots`` are the elements that hold the page's text: its ``main``, or its one ``article``, or all of it.
    """

    def __init__(self, body: etree._Element) -> None:
        self.body = body
        survey = Survey.of(body)
        self.facts, self.panels = survey.facts, survey.panels
        self.roots: set[etree._Element] = {body}
        self.roots = set(self._roots())
        self.way = {above for root in self.roots for above in root.iterancestors()}
        self.begun = self.titled = False
        self.deep = 0  # how many articles and mains the element stands in

    def enter(self, element: etree._Element) -> Verdict:
        """Judge the next element, in the order of the page; those within one set aside are not to be asked for."""
        verdict = self._verdict(element)
        if verdict == "text":
            self.deep += _sections(element)
            self.titled |= element.tag == "h1"
        return verdict

    def leave(self, element: etree._Element) -> None:
        """Take note that an element, judged to be text, is over."""
        self.deep -= _sections(element)

    @property
    def edge(self) -> AsideKind:
        """What words are that stand outside of the page's text: above or below it."""
        return "footer" if self.begun else "header"

    def _verdict(self, element: etree._Element) -> Verdict:
        if element.tag in _WORDLESS:
            return "nothing"
        if element in self.way:
            return "way"
        root = element in self.roots
        self.begun |= root
        kind = self._aside(element)
        if root and kind != "hidden":
            return "text"
        if kind is None and element.getparent() in self.way:
            return self.edge
        return kind or "text"

    def _aside(self, element: etree._Element) -> AsideKind | None:
        facts = self.facts[element]
        if self._hidden(element, facts):
            return "hidden"
        if facts.words == 0 or facts.mains or (facts.titles and facts.titles == self.facts[self.body].titles):
            return None
        tag = _ROLES.get(element.get("role", ""), element.tag)
        if facts.consent == facts.words or (tag == "dialog" and not facts.titles):
            return "banner"
        kind = self._by_tag(tag, facts) or self._by_names(element, facts) or self._by_words(element, facts)
        if kind == "navigation" and (facts.lead in _signs("contents")[0] or "toc" in _parts(element)):
            return "contents"
        return kind

    def _by_tag(self, tag: str, facts: Facts) -> AsideKind | None:
        if tag in ("nav", "search") or (tag == "aside" and facts.dense):
            return "navigation"
        if tag == "header" and not self.deep and not (facts.titles and not facts.dense and not facts.controls):
            return "header"
        if tag == "footer" and (not self.deep or facts.dense):
            return "navigation" if self.deep else "footer"
        if tag == "form" and facts.controls and facts.words <= _FORM and not facts.titles:
            return "navigation"
        return "navigation" if tag in ("select", "textarea") else None

    def _by_names(self, element: etree._Element, facts: Facts) -> AsideKind | None:
        if element.tag not in BLOCKS and element.tag != "a":
            return None
        parts = _parts(element)
        small = facts.words <= max(_DIALOG, 0.4 * self.facts[self.body].words) and not facts.titles
        if small and _named(parts, "banner") and (facts.controls or facts.linked):
            return "banner"
        if facts.dense and _named(parts, "navigation"):
            return "navigation"
        if small and facts.controls and facts.words <= _FORM and _named(parts, "feedback"):
            return "navigation"
        for name in _names(element):
            last = name[-1:] if not _named(name, "inner") else []
            if last and not self.deep and small and _named(last, "footer"):
                return "footer"
            if last and not self.deep and not facts.titles and not self.titled and _named(last, "header"):
                return "header"
            if name[-1:] == ["footer"] and facts.dense:
                return "navigation"
        return None

    def _by_words(self, element: etree._Element, facts: Facts) -> AsideKind | None:
        """By what an element says, or that it says nothing but links, above the title."""
        tag, role = element.tag, element.get("role")
        if tag in BLOCKS and facts.dense and facts.lead in _signs("related")[0]:
            return "navigation"
        if facts.dense and not self.titled and not self.deep and tag in BLOCKS and self.facts[self.body].titles:
            return "navigation"
        if role == "doc-backlink" or _named(_parts(element), "backlink"):
            return "navigation"
        if (tag == "button" or (role == "button" and tag != "summary")) and self._loose(element):
            return "navigation"
        if facts.words <= _LEAF and facts.elements <= _LEAF and (tag in BLOCKS or facts.linked):
            return "navigation" if _plain(element) in _signs("stock")[0] else None
        return None

    def _loose(self, element: etree._Element) -> bool:
        """Whether a button stands alone, rather than as a heading that opens a panel or within running text."""
        if element.get("aria-expanded") is not None or element.get("role") == "tab":
            return False
        parent = element.getparent()
        while parent is not None and parent.tag not in BLOCKS:
            parent = parent.getparent()
        if parent is None or parent.tag in HEADINGS or parent.tag in ("summary", "dt", "caption"):
            return False
        return not (parent.tag in ("p", "td", "dd") and self.facts[parent].words > self.facts[parent].linked)

    def _hidden(self, element: etree._Element, facts: Facts) -> bool:
        if element.tag in _UNSEEN or (element.tag == "dialog" and element.get("open") is None):
            return True
        if any(name in _signs("assistive")[0] for name in element.get("class", "").split()):
            return True
        panel = element.get("id") in self.panels or element.get("role") == "tabpanel"
        if panel and facts.words and not facts.dense:
            return False  # what a closed accordion holds is text all the same
        if element.get("hidden", "until-found") != "until-found" or _HIDDEN.search(element.get("style", "")):
            return True
        return element.get("aria-hidden") == "true" and (facts.words <= _DECORATION or facts.dense)

    def _roots(self) -> Iterable[etree._Element]:
        """The elements that hold the page's text."""
        body, facts = self.body, self.facts
        found = _outermost(body, "main") or _outermost(body, "article")
        if len(found) > 1 and found[0].tag == "article":
            found = []
        running = sum(facts[root].words - facts[root].linked for root in found)
        if 4 * running < facts[body].words - facts[body].linked or not running:
            return [body]
        if facts[body].titles and not any(facts[root].titles for root in found):
            way = {above for root in found for above in root.iterancestors()}
            title = next(h1 for h1 in body.iter("h1") if facts.get(h1, Facts()).titles)
            while title.getparent() not in way:
                title = title.getparent()
            found.append(title)
        return found


def _outermost(body: etree._Element, tag: str) -> list[etree._Element]:
    found = []
    walk = etree.iterwalk(body, events=("start",))
    for _, element in walk:
        if element.tag == tag or element.get("role") == tag:
            found.append(element)
            walk.skip_subtree()
    return found


def _sections(element: etree._Element) -> int:
    return int(element.tag in ("article", "main") or element.get("role") in ("article", "main"))


def _names(element: etree._Element) -> list[list[str]]:
    """The parts of each class and of the id: "lk-share" is ["lk", "share"]."""
    names = [*element.get("class", "")[:1000].split(), element.get("id", "")[:100]]
    return [[part.lower() for part in _PART.findall(name)] for name in names]


def _parts(element: etree._Element) -> list[str]:
    return [part for name in _names(element) for part in name]


def _named(parts: Iterable[str], kind: str) -> bool:
    whole, begins = _signs(f"names-{kind}") if kind != "inner" else _signs(kind)
    return any(part in whole or (begins and part.startswith(begins)) for part in parts)
