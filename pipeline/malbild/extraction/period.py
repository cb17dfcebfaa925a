"""Times that only the document can settle: "under strategiperioden", "om fem år", from the periods it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from malbild.extraction.reading import Reading
from malbild.findings import Deadline
from malbild.source import Outline
from malbild.sv.numerals import cardinal

_YEARS = r"(?P<first>20\d\d)[ ]?(?:[–/-]|till[ ]|och[ ])[ ]?(?P<last>20\d\d|\d\d)(?![\d-])"
_OWN, _OTHERS = "strategi|program|plan|mål|verksamhets", "mandat|fullmäktige|avtals|budget"
"""Periods that a document of one period is itself for, and those of councils, treaties, budgets."""
_NAMED = re.compile(
    rf"\b(?:(?P<other>{_OTHERS})perioden|(?:{_OWN})[^\W\d_]*)[ ](?:för[ ])?(?:åren[ ])?\(?{_YEARS}",
    re.IGNORECASE | re.VERBOSE,
)
_TITLED = re.compile(_YEARS, re.VERBOSE)
_WAITS = re.compile(rf"\b(?:(?P<other>{_OTHERS})|{_OWN})?period(?:en|ens)\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(?P<how>inom|om|under)[ ](?P<next>de[ ](?:närmaste|kommande)[ ])?(?P<n>\d{1,2}|[a-zåäö]+)[ ]år(?:en)?$"
)
_ANOTHER = ("nästa", "kommande perioden", "kommande mandat", "förra", "föregående")
_HEADINGS = 12
"""Sentences at the start of a text whose headings may carry its period."""
_LONGEST = 30
"""Years that a period of a document spans at most."""


@dataclass(frozen=True, slots=True)
class Period:
    """The first and the last year of a period."""

    first: int
    last: int


Periods = dict[str, Period]
"""The document's own period, under "", and others it names, such as that of "mandat"."""


def document_periods(texts: Sequence[str], outline: Outline) -> Periods:
    """The periods a document gives years for: in its title ("Strategi 2021–2025"), or where its text first names them.

    >>> from malbild.source import Sentence, Span
    >>> title = "Klimatprogram 2024–2030"
    >>> document_periods([title], Outline((), (Sentence(Span(0, 23), "heading", 0),)))
    {'': Period(first=2024, last=2030)}
    """
    periods: Periods = {}
    for n, (text, sentence) in enumerate(zip(texts, outline.sentences, strict=True)):
        for found in _NAMED.finditer(text):
            _add(periods, (found["other"] or "").lower(), found)
        titled = _TITLED.search(text) if n < _HEADINGS and sentence.kind == "heading" else None
        if titled is not None:
            _add(periods, "", titled)
    return periods


def _add(periods: Periods, name: str, found: re.Match[str]) -> None:
    first = int(found["first"])
    last = int(found["last"]) if len(found["last"]) == 4 else first - first % 100 + int(found["last"])
    if 0 < last - first <= _LONGEST:
        periods.setdefault(name, Period(first, last))


def settled(deadline: Deadline, text: str, periods: Periods) -> Deadline:
    """A deadline that waits for one of the document's periods, with its dates; others as they are.

    Years to come are counted from the first year of the document's own period.

    >>> from malbild.extraction.deadlines import find_deadlines
    >>> for text in ("Det görs före utgången av strategiperioden.", "Det är klart om två år.", "Det sker i höst."):
    ...     found = settled(find_deadlines(text)[0], text, {"": Period(2021, 2025)})
    ...     print(found.first, found.last)
    None 2025-12-31
    2023-01-01 2023-12-31
    None None
    """
    if not periods or deadline.first is not None or deadline.last is not None:
        return deadline
    words = deadline.span.quote(text).casefold()
    if any(other in words for other in _ANOTHER):
        return deadline
    if (waits := _WAITS.search(words)) is not None:
        period = periods.get((waits["other"] or "").lower())
        return deadline if period is None else _placed(deadline, words, period)
    if (counted := _COUNTED.search(words)) is not None and "" in periods:
        return _counted(deadline, counted, periods[""].first)
    return deadline


def _placed(deadline: Deadline, words: str, period: Period) -> Deadline:
    """In, before or after a period, or at one of its ends."""
    lead = words.split()[0]
    start, end = f"{period.first}-01-01", f"{period.last}-12-31"
    if "slut" in words or "utgång" in words:
        return replace(deadline, first=f"{period.last}-01-01" if lead in {"i", "vid", "mot"} else None, last=end)
    if "början" in words or "ingång" in words:
        return replace(deadline, first=start, last=f"{period.first}-12-31")
    if lead == "efter":
        return replace(deadline, first=end)
    if lead in {"före", "innan", "inför"}:
        return replace(deadline, last=f"{period.first - 1}-12-31")
    return replace(deadline, first=None if lead in {"senast", "till", "fram"} else start, last=end)


def _counted(deadline: Deadline, found: re.Match[str], year: int) -> Deadline:
    """Count years from ``year``: "om fem år" is one year, "inom tre år" a limit, "de närmaste fyra åren" a period."""
    number = int(found["n"]) if found["n"].isdigit() else cardinal(found["n"])
    if not number or (found["how"] == "under" and not found["next"]):  # "under tio år": how long, not when
        return deadline
    if found["next"]:
        return replace(deadline, first=f"{year}-01-01", last=f"{year + number - 1}-12-31")
    last = f"{year + number}-12-31"
    return replace(deadline, first=None if found["how"] == "inom" else f"{year + number}-01-01", last=last)


def in_periods(readings: Sequence[Reading], texts: Sequence[str], outline: Outline) -> list[Reading]:
    """The readings of a document, deadlines that wait for its periods settled; ``texts`` are its sentences."""
    periods = document_periods(texts, outline)
    found = []
    for reading, text in zip(readings, texts, strict=True):
        if reading.deadline is not None and (deadline := settled(reading.deadline, text, periods)) != reading.deadline:
            reading = replace(reading, deadline=deadline)
        found.append(reading)
    return found
