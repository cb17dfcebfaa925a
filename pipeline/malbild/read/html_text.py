"""The text of an HTML page in the making: which words of it make which block.

White space is collapsed and a line break stays one; two of them end a paragraph, as they do to the eye. Digits set high
are written as such ("m²"), and links to footnotes as ``[1]``. Not here: which elements are text at all
(``malbild.read.boilerplate``), and how blocks are put together (``malbild.read.building``).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from lxml import etree

from malbild.read import html_word
from malbild.read.building import Draft, tidy
from malbild.read.html_survey import BLOCKS, HEADINGS, tags, words_of
from malbild.read.html_table import is_data, places
from malbild.source import BlockKind, Cell
from malbild.sv import looks_swedish

_DROPPED = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_BLANKS = re.compile(r"[ \x00-\x1f\x7f-\x9f\u2028\u2029]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_GAP = re.compile(r"\n[^\S\n]*\n")
# What only draws something. Signs that mean something ("✓") are words of their own, and so is "–" in a cell.
_RULE = re.compile(r"[\s\-–—−_=*~·•|/\\+:.,;<>]+")
_HIGH, _LOW = str.maketrans("0123456789-−+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺"), str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_POWER = re.compile(r"[-−+]?\d{1,3}(?:[,–-]\d{1,3})*")
_LISTS = tags("dir menu ol ul")
_PRE = tags("listing plaintext pre xmp")
# What no heading holds: one that was not closed ends before it.
_FLOWS = _LISTS | _PRE | tags("dl figure section table")
_APART = tags("button iframe img input object select svg")
_FEW = 20
# Of how many stretches of words a mark may consist.
_MARK = 8
_NOTE = re.compile(
    r"(?:mso|sd|wp-block-)?(?:foot|end)notes?(?:-?text|-?list)?|fotnot(?:er)?|slutnot(?:er)?"
    r"|_?(?:ftnt?|edn|fn|fot|fotnot|footnote|sdfootnote|cite_note)[-_:]?\d+(?:[-_:]\w+)?",
    re.IGNORECASE,
)
_NOTE_LINK = re.compile(
    r"#_?(?:ftnt?|edn|fn|fot|fotnot|footnote|sdfootnote|cite_note|not)[-_:]?\d{1,3}(?:sym|anc)?$", re.IGNORECASE
)
# How Google Docs says how deep a list's item lies.
_DEPTH_IN_CLASS = re.compile(r"lst-kix_\w{1,30}-([0-8])\b")


@dataclass(slots=True, eq=False)
class _Context:
    """What words are at this place.

    ``item`` is the list item they stand in, ``fresh`` if it has had none yet. ``titled`` says that their style makes
    them the title, ``hanging`` how deep an item they are if a mark opens them.
    """

    element: etree._Element | None
    kind: BlockKind = "paragraph"
    level: int = 0
    cell: Cell | None = None
    item: _Context | None = None
    fresh: bool = False
    number: str | None = None
    titled: bool = False
    hanging: int = 0


class HtmlText:
    """The blocks of a text, made as elements are opened and closed in the order of the page."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self._words: list[str] = []  # of the block that is being read
        self._starts: dict[etree._Element, int] = {}  # where in them an inline element's own begin
        self._stack = [_Context(None)]
        self._cells: dict[etree._Element, Cell] = {}
        self._lists = self._tables = self._raw = 0

    def open(self, element: etree._Element) -> None:
        """Begin an element, and say the words it begins with."""
        tag = element.tag
        if tag in BLOCKS or element.get("role") == "heading":
            self._open_block(element)
        elif tag == "br":
            self._words.append("\n")
        elif tag in _APART:
            self._words.append(" ")
        elif tag in ("a", "sup") or "mso-list:" in element.get("style", ""):
            self._starts[element] = len(self._words)
        self.say(element.text)

    def say(self, words: str | None) -> None:
        """Add words to the block that is being read."""
        if words:
            words = words.translate(_DROPPED)
            self._words.append(_CONTROLS.sub("", words) if self._raw else _BLANKS.sub(" ", words))

    def close(self, element: etree._Element) -> None:
        """End an element; its words have been said."""
        start, tag = self._starts.pop(element, None), element.tag
        if self._stack[-1].element is element:
            self.flush()
            self._stack.pop()
            self._lists -= tag in _LISTS
            self._raw -= tag in _PRE
        elif tag in BLOCKS:
            self._words.append(" " if self._stack[-1].kind == "heading" else "\n")
        elif tag in _APART:
            self._words.append(" ")
        elif start is not None and len(self._words) - start <= _MARK:
            said = "".join(self._words[start:])
            mark = element.tag not in ("a", "sup")
            self._words[start:] = [self._bullet(said) if mark else _inline(element, said)]

    def flush(self) -> None:
        """Make a block, or several, of the words that have been said since the last."""
        said = "".join(self._words)
        self._words.clear()
        self._starts.clear()
        context = self._stack[-1]
        if context.hanging:
            said = self._item(said, context)
        if context.kind == "heading":
            said = said.replace("\n", " ")
        elif context.kind == "code":
            said = said.strip()
        for part in _GAP.split(said) if context.kind not in ("cell", "code") else [said]:
            words = tidy(part) if not self._raw else unicodedata.normalize("NFC", part.strip())
            if words and (context.kind == "cell" or not _RULE.fullmatch(words)):
                self._put(words, context)

    def _put(self, words: str, context: _Context) -> None:
        kind, level, item = context.kind, context.level, context.item
        number = context.number if kind == "heading" else None
        if item:
            if item.fresh and kind == "paragraph":
                kind, level, number = "item", item.level, item.number
            item.fresh = False
        level = level if kind in ("heading", "item") else 0
        cell = context.cell if kind == "cell" else None
        self.drafts.append(Draft(kind, words, level, number, cell, titled=context.titled))

    @staticmethod
    def _item(said: str, context: _Context) -> str:
        """Make an item of a hanging paragraph that opens with a mark, and return its words without that."""
        depth, context.hanging = context.hanging, 0
        if found := html_word.unmarked(said):
            said, context.number = found
            context.item, context.fresh, context.level = context, True, context.level or depth
        return said

    def _open_block(self, element: etree._Element) -> None:
        tag, top = element.tag, self._stack[-1]
        heading = _level(element)
        if top.kind == "cell" and tag != "table":
            self._words.append("\n")  # a cell is one block, whatever it holds
            return
        if top.kind == "heading" and not heading and tag not in _FLOWS:
            self._words.append(" ")
            return
        self.flush()
        if top.kind == "heading":
            top.kind = "paragraph"
        context = _Context(element, item=top.item)
        self._stack.append(context)
        if top.kind in ("caption", "code", "footnote"):
            context.kind = top.kind
        self._lists += tag in _LISTS
        if tag == "table" and is_data(element):
            self._cells.update(places(element, self._tables))
            self._tables += 1
        elif tag in _PRE:
            self._open_pre(element, context)
        if cell := self._cells.pop(element, None):
            context.kind, context.cell = "cell", cell
        elif context.kind != "footnote":
            self._name(element, context, heading)

    def _name(self, element: etree._Element, context: _Context, heading: int) -> None:
        """Say what a block is, by its tag and names; ``heading`` is its level if it is one."""
        tag, style = element.tag, html_word.styled(element)
        if _is_note(element) or (tag == "p" and _opens_note(element)):
            context.kind = "footnote"
        elif heading:
            context.kind, context.level, context.titled = "heading", heading, style.role == "title"
        elif tag in ("caption", "figcaption") or style.role == "caption":
            context.kind = "caption"
        else:
            if tag == "li" or style.role == "list" or html_word.level(element):
                context.level = max(_depth(element), style.depth) or max(1, self._lists)
                context.item, context.fresh = context, True
            context.hanging = html_word.hanging(element)

    def _open_pre(self, pre: etree._Element, context: _Context) -> None:
        """Old pages set prose as ``pre``, too."""
        if not self._raw:
            words = words_of(pre)
            coded = next(pre.iter("code", "samp", "kbd"), None) is not None
            if coded or len(words.split()) < _FEW or not looks_swedish(words):
                context.kind = "code"
        self._raw += 1

    def _bullet(self, said: str) -> str:
        """Take note of the number that Word writes before an item or a heading; a bullet is none."""
        context, bare = self._stack[-1], said.strip()
        counted = html_word.number(bare)
        marked = context if context.kind == "heading" else context.item
        if marked is None or not (counted or len(bare) <= 1):
            return said
        marked.number = counted
        return ""


def _inline(element: etree._Element, said: str) -> str:
    """The words of a link to a footnote, or set high, as they are written; all others as they are."""
    bare = said.strip()
    if element.tag == "sup":
        return said.replace(bare, bare.translate(_HIGH)) if _POWER.fullmatch(bare) else said
    number = bare.translate(_LOW).strip("[]()")
    if not (number.isdecimal() and len(number) <= 3):
        return said
    href, within = element.get("href", ""), element.getparent()
    high = bare != bare.translate(_LOW) or (within is not None and within.tag == "sup")
    noted = element.get("role") == "doc-noteref" or _NOTE_LINK.search(href) or _is_note(element)
    return said.replace(bare, f"[{number}]") if noted or (high and "#" in href) else said


def _level(element: etree._Element) -> int:
    """The level of a heading; 0 for what is none."""
    if element.tag in HEADINGS:
        return int(element.tag[1])
    if element.get("role") == "heading":
        level = element.get("aria-level", "")
        return int(level) if re.fullmatch("[1-9]", level) else 2
    return html_word.styled(element).level


def _depth(item: etree._Element) -> int:
    """How deep an item lies, as Word or Google Docs says; 0 if neither does."""
    above = item.getparent()
    found = _DEPTH_IN_CLASS.search(above.get("class", "")[:1000]) if above is not None else None
    return html_word.level(item) or (int(found.group(1)) + 1 if found else 0)


def _opens_note(paragraph: etree._Element) -> bool:
    """Whether a paragraph begins with the other end of a footnote's link."""
    first = next(paragraph.iterchildren(), None)
    if first is None or first.tag != "a" or (paragraph.text or "").strip() or not first.get("href", "").startswith("#"):
        return False
    return any(_NOTE.fullmatch(first.get(name, "")[:100]) for name in ("id", "name"))


def _is_note(element: etree._Element) -> bool:
    if element.get("role") in ("doc-footnote", "doc-endnotes", "doc-endnote"):
        return True
    names = [*element.get("class", "")[:1000].split(), element.get("id", "")[:100]]
    return any(_NOTE.fullmatch(name) for name in names)
