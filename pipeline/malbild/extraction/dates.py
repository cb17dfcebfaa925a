"""Calendar dates of Swedish time phrases: "den 15 mars 2026", "hösten 2025", "första kvartalet 2024", "2021–2025".

Reads phrases that ``malbild.extraction.deadlines`` has found; finds none itself.
"""

from __future__ import annotations

import calendar
import re
from functools import cache

from malbild.sv import words

_SEASON_MONTHS = {
    "våren": (3, 5), "sommaren": (6, 8), "hösten": (9, 11), "vårtermin": (1, 6), "hösttermin": (7, 12),
}  # fmt: skip
_ORDER = {"första": 1, "andra": 2, "tredje": 3, "fjärde": 4, "sista": -1}


@cache
def months() -> dict[str, int]:
    """The number of every month by name and abbreviation."""
    return {name: n for n, line in enumerate(words("months"), start=1) for name in line.split()}


def dates(kind: str, phrase: str, prep: str) -> tuple[str | None, str | None]:
    """Give the first and last day of a phrase after its preposition, ISO; ``None`` where an end is open or unknown."""
    whole = _extent(kind, phrase)
    if whole is None:
        return None, None
    begin, end = whole
    lead = prep.split()[0] if prep else ""
    brink = "slut" in prep or "utgång" in prep or phrase.endswith(("slut", "utgång"))
    upto = {"senast", "allra", "till", "fram", "t.o.m.", "t.o.m", "tom"} | (
        {"före", "vid", "innan"} if brink else set()
    )
    if lead in upto:
        return None, end
    if lead in ("före", "innan", "inför") or " före" in prep or prep.startswith(("långt", "i god tid")):
        return None, _day_before(begin)
    if lead in ("från", "fr.o.m.", "fr.o.m", "from"):
        return begin, end if begin[:4] != end[:4] else None
    if lead == "efter":
        return end, None
    return begin, end


def _extent(kind: str, phrase: str) -> tuple[str, str] | None:
    """Give the days that a phrase covers by itself."""
    if kind == "iso":
        parts = [int(p) for p in re.split(r"[.-]", phrase)]
        year, month, day = parts if parts[0] > 31 else parts[::-1]
        return _span_of(year, month, day, year, month, day)
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", phrase)
    if not years:
        return None
    low, high = int(years[0]), int(years[-1])
    if (short := re.search(r"(?:19|20)\d\d[ ]?[–/-][ ]?(\d\d)(?!\d)", phrase)) is not None:
        high = low - low % 100 + int(short[1])
    if kind == "date":
        day, to, name = re.findall(r"(\d{1,2})(?: ?[–-] ?(\d{1,2}))? ([a-zåäö]+)", phrase)[0]
        month = months()[name]
        return _span_of(low, month, int(day), high, month, int(to or day))
    if kind == "month":
        named = [months()[w] for w in re.findall(r"[a-zåäö]+", phrase) if w in months()]
        return _span_of(low, named[0], 1, high, named[-1], 31)
    if kind == "quarter":
        size = 6 if "halvår" in phrase else 3
        digit = re.search(r"(?:q|kvartal )([1-4])", phrase)
        nth = int(digit[1]) if digit else _ORDER[phrase.split()[0]]
        nth = 12 // size if nth < 0 else nth
        return _span_of(low, nth * size - size + 1, 1, low, nth * size, 31) if nth * size <= 12 else None
    if kind == "season":
        ends = next((m for s, m in _SEASON_MONTHS.items() if s in phrase), None)
        return _span_of(low, ends[0], 1, high, ends[1], 31) if ends else None
    if kind == "year" or (kind == "period" and not re.match(r"års|halv|läs|skol|säsong", phrase)):
        return _span_of(low, 1, 1, high, 12, 31)
    return None


def _span_of(y1: int, m1: int, d1: int, y2: int, m2: int, d2: int) -> tuple[str, str] | None:
    """Two ISO dates, the second held to the end of its month; ``None`` where they are no days."""
    if not (1 <= m1 <= 12 and 1 <= m2 <= 12 and d1 >= 1 and d1 <= calendar.monthrange(y1, m1)[1]):
        return None
    d2 = min(d2, calendar.monthrange(y2, m2)[1])
    begin, end = f"{y1:04}-{m1:02}-{d1:02}", f"{y2:04}-{m2:02}-{d2:02}"
    return (begin, end) if begin <= end else None


def _day_before(day: str) -> str:
    year, month, date = (int(p) for p in day.split("-"))
    if date > 1:
        return f"{year:04}-{month:02}-{date - 1:02}"
    year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return f"{year:04}-{month:02}-{calendar.monthrange(year, month)[1]:02}"
