"""Where sentences end inside a block, in Swedish.

One pass looks at every stop that white space follows and asks what stands before it (an abbreviation, an initial, a
number that opens the block) and after (a small letter goes on). Time is linear: each pattern starts at a stop that no
stop precedes and never goes back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from malbild.source import Span
from malbild.sv import words

# Longest sentence in code points; what is longer (a table dumped as text) would choke a parser and is cut.
LONGEST = 2000

_MARKS = r"(?:[ \xa0]?\[\^?\d{1,3}\])"
_STOP = re.compile(
    rf"(?<![.!?…])(?P<stop>[.!?…]++)(?P<close>[\"”“’»«)\]*_'›¹²³⁰-⁹]*+)(?P<marks>{_MARKS}*+)(?P<gap>\s++)(?=\S)"
)
_TAIL = re.compile(rf"(?<=[.!?…\"”’»)*_])\s*{_MARKS}(?:\s*{_MARKS})*$")
_ONLY_MARKS = re.compile(rf"\s*{_MARKS}(?:\s*{_MARKS})*$")
_OPENERS = "\"“”’'»«([{*_–—-•▻ \xa0"
_DOTTED = re.compile(r"(?!www\.)(?:[a-zåäö]{1,4}\.)+[a-zåäö]{1,4}$")
_INITIALS = re.compile(r"(?:[A-ZÅÄÖÉ]\.-?)*[A-ZÅÄÖÉ]$")


def _bare(name: str) -> frozenset[str]:
    return frozenset("".join(entry.lower().split()).rstrip(".") for entry in words(name))


_FINAL = _bare("sentence_final")
_ABBREVIATIONS = _bare("abbreviations") - _FINAL
_LABELS = words("label_words")
_LETTER_WORDS = ("i", "å", "ö")
_STARTERS = frozenset(words("sentence_starters"))
# Words cut short before a number only: "art. 5". Elsewhere they are words of their own ("god art.").
_REFERENCES = frozenset({"s", "st", "p", "ap", "nr", "ref", "kap", "art", "bil", "avsn", "mom", "tab", "fig", "ca"})


def sentences(text: str, block: Span, footnotes: bool = False) -> Iterator[Span]:
    """Return the sentences of a block, in order, without the white space between them.

    A footnote mark apart from a stop opens the sentence that follows ("… i EU. [94] Härutöver …"), as annotators cut
    it; one that touches the stop, or ends the block, belongs to no sentence. Where ``footnotes`` says that the block is
    itself a row of footnotes, each mark opens the footnote it stands before.
    """
    start = block.start
    end = _end(text, block, footnotes)
    for found in _STOP.finditer(text, start, end):
        after = text[found.end()]
        if after.islower() or not _divides(text, start, found, block.start, end):
            continue
        marks = found.start("marks")
        apart = text[marks] != "["
        if found.end("marks") > marks and (footnotes or apart):
            yield from _pieces(text, start, marks)
            start = marks + apart
        else:
            yield from _pieces(text, start, marks)
            start = found.end()
    if start < end:
        yield from _pieces(text, start, end)


def _end(text: str, block: Span, footnotes: bool) -> int:
    """Find where the words of a block end: before the footnote marks at its end."""
    if footnotes or text[block.end - 1] != "]":
        return block.end
    at = max(block.start, block.end - 60)
    if found := _TAIL.search(text, at, block.end):
        return found.start()
    return block.start if _ONLY_MARKS.match(text, block.start, block.end) else block.end


def _divides(text: str, start: int, found: re.Match[str], opening: int, end: int) -> bool:
    """Whether a stop ends a sentence that began at ``start``."""
    at = found.end()
    after = text[at]
    while after in _OPENERS and at + 1 < end:
        at += 1
        after = text[at]
    if after.islower() or after in _OPENERS:
        return False
    if found["stop"] != ".":
        return True
    token = _token(text, start, found.start())
    bare = token.lower()
    if start == opening and _enumerates(text[start : min(found.start(), start + 24)], token):
        return False
    if bare in _FINAL:
        return after.isupper() and ")" not in found["close"] and text[found.end()] != "("
    if bare in _ABBREVIATIONS or _DOTTED.match(bare):
        return False
    if _INITIALS.match(token) or (len(token) == 1 and token.isalpha()):
        before = text[max(start, found.start() - 32) : found.start() - len(token)].split()
        return _closes(token, before[-1] if before else "") or _starts(text, at, end)
    return not (after.isdigit() and bare in _REFERENCES)


def _enumerates(opening: str, token: str) -> bool:
    """Whether the opening of a block up to its first stop is its number: "1. Mål", "A. Mål", not "Figur 8. Mål"."""
    number = opening.strip("(*_ ")
    return number == token and (len(number) == 1 or (len(number) <= 6 and number.replace(".", "").isdigit()))


def _closes(letter: str, before: str) -> bool:
    """Whether a single letter is a word or a name of its own, not the start of one that is cut short."""
    if letter.islower():
        return letter in _LETTER_WORDS and bool(before) and not before.endswith(".")
    return len(letter) == 1 and before.lower().endswith(_LABELS)


def _token(text: str, start: int, stop: int) -> str:
    """Return the word before a stop; parts set apart ("t. ex.") are put together."""
    parts = text[max(start, stop - 24) : stop].split()
    token = parts[-1].lstrip("(\"”“’'»[*_") if parts else ""
    if len(token) <= 3 and token.isalpha() and len(parts) > 1 and parts[-2].endswith("."):
        for count in (3, 2):
            joined = "".join(parts[-count:]).lstrip('("”“')
            if joined.lower() in _FINAL or joined.lower() in _ABBREVIATIONS:
                return joined
    return token


def _starts(text: str, at: int, end: int) -> bool:
    """Whether the word at ``at`` is one that opens sentences, and no initial itself ("A. I. Rabin")."""
    stop = at
    while stop < min(end, at + 20) and text[stop].isalpha():
        stop += 1
    return text[at:stop] in _STARTERS and text[stop : stop + 1] != "."


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """``start:end`` as one span, or cut at spaces and semicolons into spans of at most ``LONGEST`` code points."""
    while end - start > LONGEST:
        limit = start + LONGEST
        cut = limit
        for at in range(limit, start, -1):
            if text[at].isspace() or text[at - 1] == ";":
                cut = at
                break
        yield Span(start, start + len(text[start:cut].rstrip()))
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield Span(start, end)
