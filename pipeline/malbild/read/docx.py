"""Word documents (.docx, and .docm, which is the same with macros) to text and blocks.

Headings are told by styles, outline levels and looks; automatic numbers are counted and kept apart from the words
(``Block.number``), unless they have words of their own ("Mål 1:"). Tracked deletions, comments, page headers and
footers, hidden text and tables of contents are set aside. Not read: charts, pictures and embedded documents.
"""

from __future__ import annotations

from collections.abc import Iterator

from malbild.read.building import Draft, build, tidy
from malbild.read.content import Content
from malbild.read.limits import LIMITS, Limits
from malbild.read.looks import promote
from malbild.read.package import Element
from malbild.read.story import said
from malbild.read.word.context import Context
from malbild.read.word.parts import Word, open_word
from malbild.read.word.tags import W
from malbild.read.word.walk import read_part
from malbild.source import AsideKind, Problem


def read(data: bytes, limits: Limits = LIMITS) -> Content:
    """Return the text of a Word document, its blocks in order, and what was set aside.

    Raises:
        UnreadableError: if it is damaged, encrypted, unsafe, or no Word document.
    """
    word = open_word(data, limits)
    context = Context(word)
    drafts = read_part(context, word.body, main=True)
    promote(drafts)
    drafts += _beside(word, context)
    return build(drafts, word.title, (*word.problems, *_unnumbered(word)))


def _beside(word: Word, context: Context) -> Iterator[Draft]:
    """Yield what stands beside the text: comments, and the headers and footers of pages."""
    kinds: tuple[AsideKind, ...] = ("header", "footer")
    roots: list[tuple[AsideKind, Element]] = [(kind, root) for kind in kinds for root in word.roots(kind)]
    comments = word.root("comments")
    if comments is not None:
        roots += [("comment", comment) for comment in comments.iterfind(f"{W}comment")]
    for kind, root in roots:
        words, asides = said(read_part(context, root))
        yield Draft("paragraph", tidy(words), aside=kind)
        yield from asides


def _unnumbered(word: Word) -> Iterator[Problem]:
    if word.root("numbering") is None and next(word.body.iter(f"{W}numPr"), None) is not None:
        message = "lacks its part numbering.xml: lists and headings are read without their numbers"
        yield Problem("read", "damaged_part", message)
