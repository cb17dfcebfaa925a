"""A document as repeats across documents see it: who issued it and when, and its sentences with their places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from malbild.flat import flatten
from malbild.link import registered
from malbild.repeat import sentence_key
from malbild.segment import outline
from malbild.source import Source

_HEAD = 4_000
"""Characters at the start of a text that name its issuer."""
_WORDS = 6
_TITLED = 3
"""How much more a name counts in the title than below it."""
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:-([01]\d)-([0-3]\d))?(?!\d)")
_ISSUERS = frozenset({"municipality", "region", "welfare_area", "agency", "ministry"})


@dataclass(frozen=True, slots=True)
class Document:
    """What a document is known by. ``issuer`` is a registered body or the folder; ``date`` a year or an ISO date."""

    id: str
    source: str
    sha256: str
    title: str | None
    issuer: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Said:
    """A flat sentence of a document: its key, and where it stands, ``[start, end)`` in code points."""

    key: str
    text: str
    start: int
    end: int
    page: int | None


def issuer_of(title: str | None, head: str, source: str) -> str | None:
    """Who issued a document: the public body that its title and first page name most; else the folder it lies in.

    >>> issuer_of("Klimatplan för Region Skåne", "Region Skåne ska …", "plan.pdf")
    'Region Skåne'
    """
    named: Counter[str] = Counter()
    for text, weight in ((title or "", _TITLED), (head[:_HEAD], 1)):
        for name in _bodies(text):
            named[name] += weight
    if named:
        return max(named, key=lambda name: (named[name], name))
    return PurePath(source).parent.name or None


def _bodies(text: str) -> Iterator[str]:
    """The registered bodies that a text names, by the longest run of words that is one."""
    words = re.findall(r"[\w:-]+", text)
    at = 0
    while at < len(words):
        step = 1
        if words[at][0].isupper():
            for length in range(_WORDS, 0, -1):
                body = registered(" ".join(words[at : at + length]))
                if body is not None and body.kind in _ISSUERS:
                    yield body.name
                    step = length
                    break
        at += step


def date_of(title: str | None, source: str) -> str | None:
    """The date or, more often, the latest year that the title or else the file's name gives.

    >>> date_of("Uppföljning av strategin 2021–2024", "x.pdf"), date_of(None, "rapport-2023-05-31.pdf")
    ('2024', '2023-05-31')
    """
    for text in (title or "", PurePath(source).stem):
        found = ["-".join(part for part in match.groups() if part) for match in _DATE.finditer(text)]
        if found:
            return max(found)
    return None


def said_in(source: Source) -> tuple[Document, list[Said]]:
    """A document as read, and its sentences."""
    plan = outline(source)
    heading = next((section.heading for section in plan.sections if section.heading), None)
    title = source.title or (heading.quote(source.text) if heading else None)
    issuer = issuer_of(title, source.text, source.name)
    known = Document(source.id, source.name, source.sha256, title, issuer, date_of(title, source.name))
    said = []
    for sentence in plan.sentences:
        start, end = sentence.span
        text = flatten(source.text[start:end]).text
        page = next((line.page for line in source.lines_of(sentence.span)), None)
        said.append(Said(sentence_key(text), text, start, end, page))
    return known, said


def said_in_record(record: dict[str, Any]) -> tuple[Document, list[Said]]:
    """A record's document, and the sentences of its goals and outcome claims, at all their places."""
    about = record["document"]
    title, name = about["title"], about["source"]
    named = " ".join(actor["name"] for actor in record["actors"] for _ in actor["mentions"])
    issuer = issuer_of(title, named, name)
    known = Document(about["id"], name, about["sha256"], title, issuer, date_of(title, name))
    at: dict[tuple[int, int], Said] = {}
    for finding in [*record["goals"], *record["outcomes"]]:
        text = flatten(finding["text"]).text
        for place in finding["occurrences"]:
            where = place["start"], place["end"]
            at.setdefault(where, Said(sentence_key(text), text, *where, place["page"]))
    return known, [at[where] for where in sorted(at)]
