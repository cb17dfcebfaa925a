"""HTML: the text of a page as blocks; the site around it, which is no part of the text, is set aside.

The text is built (``malbild.read.html_text``). Not here: what a script would fetch, and how a style sheet would show
it. No link is followed, nothing is loaded and nothing is run.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import replace

from lxml import etree

from malbild.read.boilerplate import Judge
from malbild.read.building import Draft, build
from malbild.read.content import Content
from malbild.read.decode import decode
from malbild.read.html_survey import one_line, words_of
from malbild.read.html_text import HtmlText
from malbild.read.limits import LIMITS, Limits
from malbild.source import Aside, AsideKind, Problem

_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{1,40})|<\?xml[^>]{0,99}encoding=[\"']([\w-]{1,40})", re.IGNORECASE
)
_SAMPLE = 4096
# What else a page in Swedish is written in. Browsers read Latin-1 as cp1252, and so do we.
_ENCODINGS = re.compile(r"iso-?8859-?\d{1,2}|(?:windows-|cp)125\d|macintosh|cp437|cp850|latin-?1|us-ascii|ascii")
_WESTERN = frozenset({"iso8859-1", "ascii"})
_ENDS = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)  # the parser would not look at what stands after them
_TOO_DEEP = "its elements are nested too deep (2,048): what stands deeper, or after that, is not read"


def read(data: bytes, limits: Limits = LIMITS) -> Content:
    """Return the text of the page ``data``, its blocks in order, its title, and what of the page was set aside.

    Raises:
        UnreadableError: if the bytes are no text.
    """
    markup, problems = _decode(data)
    root, damage = _parse(markup)
    if root is None:
        return Content("", built=True, problems=problems)
    body = root.find("body")
    drafts, asides = _walk(root if body is None else body)
    content = build(drafts, _title(root, drafts), (*problems, *damage))
    return replace(content, asides=tuple(asides))


def _decode(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """By the byte order mark; as UTF-8, if that is what it is; as it says itself; or as any text is decoded."""
    declared = _declared(data[:_SAMPLE])
    marked = data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if marked or not declared or _is_utf8(data):
        markup, problems = decode(data)
    else:
        decode(data[:_SAMPLE])  # raises if the bytes are no text
        markup, problems = data.decode(declared, "replace"), ()
        if "\ufffd" in markup:
            message = f"bytes that are not valid {declared} were replaced by U+FFFD"
            problems = (Problem("read", "encoding", message),)
    # NUL is no character of HTML: browsers leave it out.
    return markup.replace("\0", ""), tuple(problem for problem in problems if problem.code != "nul")


def _declared(head: bytes) -> str | None:
    """The encoding that a page says it is in, if it is one that has to be said."""
    found = _DECLARED.search(head)
    name = (found.group(1) or found.group(2)).decode("ascii", "ignore").lower() if found else ""
    if not _ENCODINGS.fullmatch(name):
        return None
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return None
    return "cp1252" if known in _WESTERN else known


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _parse(markup: str) -> tuple[etree._Element | None, tuple[Problem, ...]]:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(_ENDS.sub("", markup).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None, ()  # not a single element in it
    deep = any("Excessive depth" in error.message for error in parser.error_log)
    return root, (Problem("read", "damaged", _TOO_DEEP),) if deep else ()


def _walk(body: etree._Element) -> tuple[list[Draft], list[Aside]]:
    """Go through the page once, and give every word of it either to the text or to what is set aside."""
    judge, text, left = Judge(body), HtmlText(), list[tuple[AsideKind, list[str]]]()

    def stray(words: str | None) -> None:
        if words and (words := one_line(words)):
            left.append((judge.edge, [words]))

    walk = etree.iterwalk(body, events=("start", "end"))
    shut: etree._Element | None = None
    contents: etree._Element | None = None  # the last line of a table of contents
    for event, element in walk:
        if event == "start":
            verdict = judge.enter(element)
            if verdict == "text":
                text.open(element)
            elif verdict == "way":
                stray(element.text)
            else:
                shut = element
                walk.skip_subtree()
                if verdict != "nothing" and (words := words_of(element)):
                    if verdict == "contents" and contents is not None and element.getprevious() is contents:
                        left[-1][1].append(words)
                    else:
                        left.append((verdict, [words]))
                    contents = element if verdict == "contents" else None
            continue
        if element is shut:
            shut = None
        elif element not in judge.way:
            text.close(element)
            judge.leave(element)
        if element is body:
            break
        if element.getparent() in judge.way:
            stray(element.tail)
        else:
            text.say(element.tail)
    text.flush()
    return text.drafts, [Aside(kind, " ".join(words)) for kind, words in left]


def _title(root: etree._Element, drafts: list[Draft]) -> str | None:
    """The page's title, without the name of the site if a heading of level 1 says the rest."""
    element = root.find("head/title")
    title = one_line(element.text or "") if element is not None else ""
    highest = [draft for draft in drafts if draft.kind == "heading" and draft.level == 1]
    first = next((draft.words for draft in (*filter(lambda draft: draft.titled, highest), *highest)), "")
    first = " ".join(first.split())
    return title if title and not (first and first.lower() in title.lower()) else first or None
