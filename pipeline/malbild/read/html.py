"""HTML: the text of a page as blocks, without the site around it, which is set aside.

The text is built: blocks stand apart by blank lines, the items of a list and the rows of a table each on a line, and
the cells of a row have `` | `` between them. White space is collapsed, a line break stays one, marks of footnotes are
written ``[1]`` and digits set high ``m²``. Not here: pages whose text a script would fetch, and style sheets. No link
is followed and nothing is loaded.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass, field

from lxml import etree

from malbild.read.boilerplate import BLOCKS, HEADINGS, Judge, tidy, words_of
from malbild.read.content import Content
from malbild.read.decode import decode
from malbild.read.grid import is_data, places
from malbild.source import Aside, Block, BlockKind, Cell, Problem, Span
from malbild.sv import looks_swedish

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{1,40})|<\?xml[^>]{0,100}encoding=[\"']([\w-]{1,40})")
_SAMPLE = 4096
# What a page in Swedish may be written in. Others say so by a mark, or are UTF-8.
_ENCODINGS = re.compile(r"(?:iso-?8859-?\d{1,2}|(?:windows-|cp)125\d|macintosh|cp437|cp850|latin-?1|us-ascii|ascii)")
_WESTERN = frozenset({"iso8859-1", "ascii", "cp1252"})  # browsers read them all as cp1252
_ENDS = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)  # much stands after them; the parser would not look there

_DROPPED = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_BLANKS = re.compile(r"[ \t\n\r\f\v\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_BREAKS = re.compile(r" *\n *")
_PARAGRAPHS = re.compile(r"\n\s*\n")
_WORD = re.compile(r"[^\W_]")
_RULES = frozenset("-–—−_=*~·•|/\\ \n\u00a0")
_HIGH = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_LOW = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NOTE = re.compile(
    r"(?:mso|sd|wp-block-)?(?:foot|end)notes?(?:-?text|-?list)?|fotnot(?:er)?|slutnot(?:er)?"
    r"|_?(?:ftn|edn|fn|fot|fotnot|footnote|sdfootnote|cite_note)[-_:]?\d+(?:[-_:]\w+)?",
    re.IGNORECASE,
)
_NOTE_LINK = re.compile(r"#(?:user-content-)?_?(?:ftn|edn|fn|fot|footnote|sdfootnote|cite_note|not)[-_:]?\w*\d", re.IGNORECASE)
_LISTS = frozenset({"ul", "ol", "menu", "dir"})


def read(data: bytes) -> Content:
    """Return the text of the page ``data``, its blocks in order, its title, and what of it was set aside.

    Raises:
        UnreadableError: if the bytes are no text.
    """
    text, problems = _decode(data)
    root, damage = _parse(text)
    if root is None:
        return Content("", built=True, problems=problems)
    page = _Page(root)
    page.walk()
    title = _title(root, page)
    return Content(
        "".join(page.parts),
        title,
        tuple(page.blocks),
        asides=tuple(page.asides),
        built=True,
        problems=(*problems, *damage),
    )


def _decode(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    found = _CHARSET.search(data[:_SAMPLE])
    named = (found.group(1) or found.group(2)).decode("ascii").lower() if found else ""
    marked = data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if marked or not _ENCODINGS.fullmatch(named) or _is_utf8(data):
        text, problems = decode(data)
        # The parser puts U+FFFD for them.
        return text, tuple(problem for problem in problems if problem.code != "nul")
    try:
        name = codecs.lookup(named).name
    except LookupError:
        return decode(data)
    decode(data[:_SAMPLE])  # says no to what is no text
    text = data.decode("cp1252" if name in _WESTERN else name, "replace")
    lost = Problem("read", "encoding", f"bytes that are not valid {named} were replaced by U+FFFD")
    return text, (lost,) if "\ufffd" in text else ()


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _parse(text: str) -> tuple[etree._Element | None, tuple[Problem, ...]]:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(_ENDS.sub("", text).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None, ()
    deep = any("Excessive depth" in error.message for error in parser.error_log)
    message = "elements are nested too deep (2,048): what stands deeper, and after, is not read"
    return root, (Problem("read", "damaged", message),) if deep else ()


def _title(root: etree._Element, page: _Page) -> str | None:
    heads = [block.span for block in page.blocks if block.kind == "heading"]
    tops = [block.span for block in page.blocks if block.kind == "heading" and block.level == 1]
    text = "".join(page.parts)
    first = (tops or heads)[0].quote(text) if heads else None
    element = root.find("head/title")
    title = tidy(element.text or "") if element is not None else ""
    return first if not title or (tops and first and first.lower() in title.lower()) else title


@dataclass(slots=True)
class _Context:
    """What the words at this place of the page are. ``item`` is the list item that they stand in, ``fresh`` if first."""

    element: etree._Element
    kind: BlockKind = "paragraph"
    level: int = 0
    cell: Cell | None = None
    item: _Context | None = None
    fresh: bool = False


class _Page:
    """A page, its text in the making."""

    def __init__(self, root: etree._Element) -> None:
        body = root.find("body")
        self.body = root if body is None else body
        self.judge = Judge(self.body)
        self.parts: list[str] = []
        self.blocks: list[Block] = []
        self.asides: list[Aside] = []
        self.length = 0
        self.last: tuple[BlockKind, Cell | None] | None = None
        self.words: list[str] = []
        self.marks: dict[etree._Element, int] = {}  # where in words an element's own begin
        self.stack = [_Context(self.body)]
        self.lists = self.tables = self.raw = 0
        self.cells: dict[etree._Element, Cell] = {}

    def walk(self) -> None:
        """Go through the page once, from the first element to the last."""
        walk = etree.iterwalk(self.body, events=("start", "end"))
        way = {None}
        shut: etree._Element | None = None
        for event, element in walk:
            if event == "start":
                verdict = self.judge.enter(element)
                if verdict == "way":
                    self._stray(element.text)
                elif verdict == "text":
                    self._open(element)
                    self._say(element.text)
                else:
                    shut = element
                    walk.skip_subtree()
                    if verdict != "nothing" and (words := words_of(element)):
                        self.asides.append(Aside(verdict, words))
                continue
            if element is shut:
                shut = None
            elif element not in self.judge.way:
                self._close(element)
                self.judge.leave(element)
            if element is not self.body:
                outside = element.getparent() in self.judge.way
                self._stray(element.tail) if outside else self._say(element.tail)
        self._flush()
