"""What on a web page is not its text: menus, banners, headers and footers of the site, and what is not shown.

Each element is judged by its tag, role and names, and by how many of its words are links; they are counted in
``malbild.read.html_survey``. The words that give an element away stand in ``sv/boilerplate.txt``. Style sheets are not
looked at, but for what an element's own ``style`` says. Not here: what the text means (``malbild.read.html_text``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from lxml import etree

from malbild.read import html_word
from malbild.read.html_survey import BLOCKS, HEADINGS, UNSEEN, WORDLESS, Facts, plain, signs, survey, tags
from malbild.source import AsideKind
from malbild.sv import CONTENTS

Verdict = AsideKind | Literal["text", "way", "nothing"]
"""What an element is: text, on the way to it (around it), no words at all, or the kind of what is set aside."""

_ROLES = {
    "navigation": "nav",
    "menu": "nav",
    "menubar": "nav",
    "search": "nav",
    "toolbar": "nav",
    "doc-toc": "nav",
    "banner": "header",
    "contentinfo": "footer",
    "complementary": "aside",
    "dialog": "dialog",
    "alertdialog": "dialog",
}
# Most words of a popup, of a form that is no text, of what is hidden from readers who listen as decoration, and of the
# buttons that share a page.
_POPUP, _FORM, _DECORATION, _BUTTONS = 400, 60, 12, 12
_RUNNING = tags("blockquote dd dt figcaption li p td th") | HEADINGS
_LINES = tags("div h2 h3 h4 p")
_SAYING = HEADINGS | {"p"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_PART = re.compile(r"[A-ZÅÄÖ]{2,}(?![a-zåäö])|[A-ZÅÄÖ]?[a-zåäö]+")


class Judge:
    """What each element of a page is, asked for in the order of the page.

    ``roots`` are the elements that hold the page's text: its ``main``, its only ``article``, or all of it; ``way`` are
    those around them.
    """

    def __init__(self, body: etree._Element) -> None:
        self.body = body
        surveyed = survey(body)
        self.facts, self.panels = surveyed.facts, surveyed.panels
        self.titles = self.facts[body].titles
        self.roots = self._roots()
        self.way = {above for root in self.roots for above in root.iterancestors()}
        self.begun = self.titled = False  # whether a root has been met, and the title or, without one, any words
        self.deep = 0  # in how many articles and mains the element stands

    def enter(self, element: etree._Element) -> Verdict:
        """Judge the next element; those inside of one that is set aside are not to be asked for."""
        verdict = self._verdict(element)
        if verdict == "text":
            self.deep += _is_section(element)
            if element.tag == "h1" or (not self.titles and element.tag in _SAYING):
                facts = self.facts[element]
                self.titled |= facts.words > 0 and not facts.dense
        return verdict

    def leave(self, element: etree._Element) -> None:
        """Take note that an element that was judged to be text has ended."""
        self.deep -= _is_section(element)

    @property
    def edge(self) -> AsideKind:
        """What words are that stand outside of the page's text: above it or below."""
        return "footer" if self.begun else "header"

    def _verdict(self, element: etree._Element) -> Verdict:
        if element.tag in WORDLESS:
            return "nothing"
        if element in self.way:
            return "way"
        if element in self.roots:
            self.begun = True
            return "text"
        kind = self._aside(element)
        return kind or (self.edge if element.getparent() in self.way else "text")

    def _aside(self, element: etree._Element) -> AsideKind | None:
        facts = self.facts[element]
        if self._hidden(element, facts):
            return "hidden"
        if element.get("role") == "doc-backlink" or _named(_parts(element), "names-mark"):
            return "navigation"
        if facts.words == 0 and element.tag == "button":
            return "navigation"
        if facts.words == 0 or facts.mains:
            return None
        if word := html_word.aside(element) or self._titles_contents(element, facts):
            return word
        if facts.titles and facts.titles == self.titles:
            return None
        tag = _ROLES.get(element.get("role", ""), element.tag)
        if facts.consent == facts.words or (tag == "dialog" and not facts.titles):
            return "banner"
        kind = self._by_tag(tag, facts) or self._by_names(element, facts) or self._by_words(element, facts)
        if kind == "navigation" and (_leads_contents(facts.lead) or _named(_parts(element), "names-contents")):
            return "contents"
        return kind

    def _titles_contents(self, element: etree._Element, facts: Facts) -> AsideKind | None:
        """Return "contents" for the title above a table of contents that Word has made."""
        if element.tag not in _SAYING or not facts.short or plain(element) not in CONTENTS:
            return None
        after = element.getnext()
        while after is not None and not self.facts[after].words:
            after = after.getnext()
        return html_word.aside(after) if after is not None else None

    def _hidden(self, element: etree._Element, facts: Facts) -> bool:
        if element.tag in UNSEEN or (element.tag == "dialog" and element.get("open") is None):
            return True
        if not signs("assistive")[0].isdisjoint(element.get("class", "").split()):
            return True
        hidden = element.get("hidden", "until-found") != "until-found" or _HIDDEN.search(element.get("style", ""))
        if not hidden and element.get("aria-hidden") == "true":
            hidden = facts.words <= _DECORATION or facts.dense
        # What a closed accordion holds is text all the same.
        return bool(hidden) and (not facts.words or facts.dense or not self._is_panel(element))

    def _is_panel(self, element: etree._Element) -> bool:
        """Whether a button shows and hides an element."""
        if element.get("id") in self.panels or element.get("role") == "tabpanel":
            return True
        before = element.getprevious()
        near = [part for one in (element, before, element.getparent()) if one is not None for part in _parts(one)]
        return (before is not None and before.get("aria-expanded") is not None) or _named(near, "names-panel")

    def _above(self) -> bool:
        """Whether the page's words have not begun yet."""
        return not self.titled and not self.deep and (self.titles > 0 or not self.facts[self.body].dense)

    def _by_tag(self, tag: str, facts: Facts) -> AsideKind | None:
        if tag in ("nav", "search", "select", "textarea") or (tag == "aside" and facts.dense):
            return "navigation"
        if tag == "header" and not self.deep and not (facts.titles and not facts.dense and not facts.controls):
            return "header"
        if tag == "footer" and not self.deep:
            return "footer"
        if tag == "footer" and 4 * facts.linked >= 3 * facts.words:
            return "navigation"
        little = facts.words <= min(_FORM, self.facts[self.body].words / 2)
        return "navigation" if tag == "form" and facts.controls and little and not facts.titles else None

    def _by_names(self, element: etree._Element, facts: Facts) -> AsideKind | None:
        names = _names(element) if element.tag in BLOCKS else []
        parts = [part for name in names for part in name]
        if not parts:
            return None
        small = facts.words <= max(_POPUP, 0.4 * self.facts[self.body].words) and not facts.titles
        if small and (facts.controls or facts.linked) and _named(parts, "names-banner"):
            return "banner"
        if facts.dense and (_named(parts, "names-navigation") or _named(parts, "names-contents")):
            return "navigation"
        if facts.words <= _BUTTONS and _named(parts, "names-share"):
            return "navigation"
        if small and facts.linked and facts.words <= _FORM and _named(parts, "names-path"):
            return "navigation"
        if facts.controls and facts.words <= _FORM and _named(parts, "names-feedback"):
            return "navigation"
        # "site-footer" and "footer-wrapper" are the page's, "article-footer" is not.
        ends = [end for name in names if not _named(name, "inner") for end in _ends(name)]
        if small and not self.deep and _named(ends, "names-footer"):
            return "footer"
        if small and not self.deep and not self.titled and _named(ends, "names-header"):
            return "header"
        return "navigation" if facts.dense and {"entry", "footer"}.issubset(parts) else None

    def _by_words(self, element: etree._Element, facts: Facts) -> AsideKind | None:
        """By what an element says, or that it says nothing but links."""
        block = element.tag in BLOCKS
        if block and facts.dense and facts.lead in signs("related")[0]:
            return "navigation"
        if block and facts.dense and self._above():
            return "navigation"
        if (element.tag == "button" or element.get("role") == "button") and self._idle(element):
            return "navigation"
        # A line, a link or a button; no word within running text, and no cell.
        lone = element.tag in _LINES or (facts.linked == facts.words if block else facts.linked > 0)
        if facts.short and lone and plain(element) in signs("stock")[0]:
            return "navigation" if block or not self._in_running_text(element) else None
        return None

    def _idle(self, element: etree._Element) -> bool:
        """Whether a button opens no panel and stands in no heading and no running text."""
        if element.get("aria-expanded") is not None or element.get("role") == "tab" or element.tag == "summary":
            return False
        return not self._in_running_text(element)

    def _in_running_text(self, element: etree._Element) -> bool:
        parent = element.getparent()
        while parent is not None and parent.tag not in BLOCKS:
            parent = parent.getparent()
        if parent is None or parent.tag not in _RUNNING | {"summary"}:
            return False
        return parent.tag in HEADINGS or parent.tag == "summary" or not self.facts[parent].dense

    def _roots(self) -> list[etree._Element]:
        body, facts = self.body, self.facts
        found = _outermost(body, "main")
        if not found and len(articles := _outermost(body, "article")) == 1:
            found = articles
        running = sum(facts[root].words - facts[root].linked for root in found)
        if not running or 4 * running < facts[body].words - facts[body].linked:
            return [body]
        if self.titles and not any(facts[root].titles for root in found):
            # The title stands above, in a picture or a header; so may the lines that belong to it.
            way = {above for root in found for above in root.iterancestors()}
            title = next(h1 for h1 in body.iter("h1") if self._is_title(h1))
            while title.getparent() not in way:
                title = title.getparent()
            found.append(title)
        return found

    def _is_title(self, heading: etree._Element) -> bool:
        return all(element in self.facts and self.facts[element].titles for element in _up(heading, self.body))


def _leads_contents(heading: str) -> bool:
    return heading in CONTENTS or heading in signs("contents")[0]


def _up(element: etree._Element, top: etree._Element) -> Iterator[etree._Element]:
    while element is not top:
        yield element
        element = element.getparent()


def _outermost(body: etree._Element, tag: str) -> list[etree._Element]:
    found = []
    walk = etree.iterwalk(body, events=("start",))
    for _, element in walk:
        if element.tag in UNSEEN or element.tag in WORDLESS:
            walk.skip_subtree()
        elif element is not body and (element.tag == tag or element.get("role") == tag):
            found.append(element)
            walk.skip_subtree()
    return found


def _is_section(element: etree._Element) -> bool:
    return element.tag in ("article", "main") or element.get("role") in ("article", "main")


def _names(element: etree._Element) -> list[list[str]]:
    """The parts of each class and of the id: "lk-share" is ["lk", "share"]."""
    names = [*element.get("class", "")[:1000].split(), element.get("id", "")[:100]]
    return [[part.lower() for part in _PART.findall(name)] for name in names]


def _parts(element: etree._Element) -> list[str]:
    return [part for name in _names(element) for part in name]


def _ends(name: list[str]) -> list[str]:
    """The first and the last part of a name that say what it is."""
    telling = [part for part in name if not _named([part], "around")]
    return [telling[0], telling[-1]] if telling else []


def _named(parts: Iterable[str], kind: str) -> bool:
    whole, begins = signs(kind)
    return any(part in whole or part.startswith(begins) for part in parts)
