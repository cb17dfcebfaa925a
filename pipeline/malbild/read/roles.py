"""What styles are for, told by their names: in English, as programs store them, and in Swedish, as users write them."""

from __future__ import annotations

import re
from typing import Literal

from malbild.sv import words

Role = Literal["", "title", "subtitle", "quote", "caption", "contents", "list"]
# Paragraphs that may look like headings, and are none.
APART: frozenset[Role] = frozenset({"subtitle", "quote"})

# "Rubrik 1 numrerad" is one, "Rubrik 1 Char" the style of its letters.
_HEADING = re.compile(r"(?:heading|rubrik) ?([1-9])(?:[ ,(–-](?!char|tecken).*)?")
_LIST = re.compile(
    r"(?:list (?:bullet|number)|list|lista|(?:punkt|nummer|streck)lista|numrerad lista)(?: (?:nivå )?([1-9]))?"
)
_CONTENTS = re.compile(
    r"(?:toc|contents|innehåll|innehållsförteckning) ?(?:[1-9]|heading)"
    r"|(?:table of figures|figurförteckning)(?: ?[1-9])?"
)
_ROLES: dict[str, Role] = {
    "title": "title",
    "rubrik": "title",
    "subtitle": "subtitle",
    "underrubrik": "subtitle",
    "quote": "quote",
    "intense quote": "quote",
    "quotations": "quote",
    "citat": "quote",
    "starkt citat": "quote",
    "caption": "caption",
    "beskrivning": "caption",
    "illustration": "caption",
    "bildtext": "caption",
    "figurtext": "caption",
    "figurrubrik": "caption",
    "diagramrubrik": "caption",
    "tabellrubrik": "caption",
}
# The counters of figures and tables, as word processors name them.
_COUNTERS = frozenset(words("captions")) | {"figure", "table", "chart", "map", "photo", "drawing", "teckning"}


def named(name: str) -> tuple[Role, int, int]:
    """Return what a style's name says: its role, the level of a heading and the depth of a list (0 for all others).

    >>> named("heading 2"), named("Rubrik 1, onumrerad"), named("Rubrik"), named("List Bullet 3"), named("Brödtext")
    (('', 2, 0), ('', 1, 0), ('title', 0, 0), ('list', 0, 3), ('', 0, 0))
    """
    bare = " ".join(name.casefold().split())
    if heading := _HEADING.fullmatch(bare):
        return "", int(heading.group(1)), 0
    if listed := _LIST.fullmatch(bare):
        return "list", 0, int(listed.group(1) or 1)
    if _CONTENTS.fullmatch(bare):
        return "contents", 0, 0
    return _ROLES.get(bare, ""), 0, 0


def counts_captions(counter: str) -> bool:
    """Whether a counter ("Figur") is one of figures or tables, so that the paragraph it stands in is a caption."""
    return counter.casefold() in _COUNTERS
