"""What a page says that Word has saved: by the names of its styles, and by the marks it writes before items.

Word calls its own styles by the same names in every language ("MsoListBullet2"). A page that was saved "filtered" tells
an item by no more than the mark it opens with and an indent. Not here: footnotes, which other programs write alike.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from malbild.read.roles import Role, named
from malbild.source import AsideKind
from malbild.sv.marks import GLYPHS, SIGNS, TICKS

_STYLE = re.compile(r"Mso([A-Z][A-Za-z]{1,30}[1-9]?)")
_SPACING = re.compile(r"CxSp(?:First|Middle|Last)$")  # paragraphs of one style that stand together
_PARTS = re.compile(r"(?<=[a-z])(?=[A-Z\d])")
_SHORTENED = {"Tof": "table of figures"}

_LEVEL = re.compile(r"mso-list:\s*\w{1,9} level([1-9])")
_HANGS = re.compile(r"text-indent:\s*-")
_MARGIN = re.compile(r"margin-left:\s*(\d{1,4}(?:\.\d{1,4})?)(pt|cm|in)")
_POINTS = {"pt": 1.0, "cm": 72 / 2.54, "in": 72.0}
_STEP = 36.0  # from one depth to the next, in points
# The letter is a bullet of Courier New, the paragraph sign one of Wingdings.
_BULLET = f"[{SIGNS}{GLYPHS}{TICKS}o§]"
_FIGURES, _LETTERS = r"(?:\d{1,3}\.){0,5}\d{1,3}", r"[A-Za-zÅÄÖåäö]|[IVXivx]{1,5}"
_NUMBER = re.compile(rf"\(?(?:({_FIGURES})[.)]{{0,2}}|({_LETTERS})[.)]{{1,2}})")
# A mark typed out is told by the fixed spaces that set it apart.
_MARKED = re.compile(rf"\s*(?:{_BULLET}|\(?({_FIGURES}|{_LETTERS})[.)]{{1,2}}) *\xa0[\xa0 ]*(?=\S)")

_COMMENTS = frozenset({"msocomanchor", "msocomtxt"})


class Styled(NamedTuple):
    """What a style of Word's is for: its role, the level of a heading and the depth of a list (0 for all others)."""

    role: Role = ""
    level: int = 0
    depth: int = 0


def style(element: etree._Element) -> str:
    """Return the name of the style of Word's that a paragraph has, as "List Bullet 2"; empty if it has none."""
    if element.tag not in ("p", "div"):
        return ""
    for name in element.get("class", "")[:1000].split():
        if found := _STYLE.fullmatch(_SPACING.sub("", name)):
            return _SHORTENED.get(found.group(1)) or _PARTS.sub(" ", found.group(1))
    return ""


def styled(element: etree._Element) -> Styled:
    """Return what the style of a paragraph says; a title is a heading of level 1."""
    role, level, depth = named(style(element))
    return Styled(role, 1 if role == "title" else level, depth)


def aside(element: etree._Element) -> AsideKind | None:
    """Return "contents" for a line of a table of contents, "comment" for comments and the marks that lead to them."""
    if "mso-element:comment-list" in element.get("style", "") or not _COMMENTS.isdisjoint(
        element.get("class", "")[:1000].split()
    ):
        return "comment"
    return "contents" if styled(element).role == "contents" else None


def level(element: etree._Element) -> int:
    """Return how deep an item lies, from 1, by what Word says of its list; 0 if it says nothing."""
    found = _LEVEL.search(element.get("style", ""))
    return int(found.group(1)) if found else 0


def hanging(element: etree._Element) -> int:
    """Return how deep a paragraph lies if the mark it opens with is that of an item; 0 if none would be."""
    name, looks = style(element), element.get("style", "")
    if not name or not (name.startswith("List") or _HANGS.search(looks)):
        return 0
    margin = _MARGIN.search(looks)
    return max(1, round(float(margin.group(1)) * _POINTS[margin.group(2)] / _STEP)) if margin else 1


def number(mark: str) -> str | None:
    """Return the number in the mark before an item or a heading; ``None`` if it is a bullet, or words.

    >>> number("2.1"), number("(a)"), number("o"), number("Mål 1")
    ('2.1', 'a', None, None)
    """
    found = _NUMBER.fullmatch(mark)
    return (found.group(1) or found.group(2)) if found else None


def unmarked(words: str) -> tuple[str, str | None] | None:
    r"""Return the words of a hanging paragraph without the mark, and its number; ``None`` if no mark opens them.

    >>> unmarked("2.\xa0\xa0 växa"), unmarked("§\xa0 växa"), unmarked("1\xa0200 kr"), unmarked("– Ja, säger hon.")
    (('växa', '2'), ('växa', None), None, None)
    """
    found = _MARKED.match(words)
    return (words[found.end() :], found.group(1)) if found else None
