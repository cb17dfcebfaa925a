"""The time by which a goal is to be reached: text in, deadlines out, by a table of Swedish time phrases.

``find_deadlines`` gives every phrase that could be one, with its preposition and the dates it stands for;
``pick_deadline`` chooses the goal's own among them, by the preposition, the words around it and its place. A year to
compare with ("jämfört med 2015"), a past time ("antogs 2020") and a year in a name ("Agenda 2030") are none.

Dates are calendar dates. Times that need to be known from elsewhere ("före utgången av strategiperioden", "i höst")
keep ``None``. Work is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from malbild.extraction.dates import dates, months
from malbild.findings import Deadline
from malbild.source import Span

# --- the phrases ----------------------------------------------------------------------------------------------------

_YEAR = r"(?:19|20)\d\d"
_YEARS = rf"(?<![/:.\d]){_YEAR}(?:[ ]?[–/-][ ]?(?:{_YEAR}|\d\d)(?!\d))?(?!\d|[:/]\d|-[^\W\d_])"
_SEASON = (
    r"(?:sen|tidig|för)?(?:våren|sommaren|hösten|vintern)|(?:vår|höst)(?:terminen|terminens|sessionen|lovet|budgeten)"
    r"|sommarlovet|jullovet|sportlovet|midsommar"
)
_COUNT = r"(?:\d{1,3}|ett|en|två|tre|fyra|fem|sex|sju|åtta|nio|tio|tolv|femton|tjugo|trettio|några|ett[ ]par)"
_FREE_PERIOD = (
    r"[^\W\d_]*(?:perioden|säsongen"
    r"|(?:perioden|programmet|tiden|planen|året|år|årtionde|årtiondet)s(?=[ ](?:slut|utgång|början|mitt)\b))|"
)
_PERIOD = (
    r"(?:läs|skol|verksamhets|budget|kalender|räkenskaps)året|ordförandeskapet|året|årtiondet"
    r"|decenniet|valet(?=[ ](?:\d|i[ ]))(?:[ ]i[ ][^\W\d_]+)?|årsskiftet|halvårsskiftet|halvtid|årsskifte"
)


@cache
def _core(free: bool) -> re.Pattern[str]:
    """Compile the phrases; only ``free`` reads words that end in "-perioden" and the like, which costs time."""
    period = "(?:" + _FREE_PERIOD * free + _PERIOD + ")"
    month = "(?:" + "|".join(sorted(months(), key=len, reverse=True)) + r")\b"
    more = rf"(?:(?:,|[ ]och|[ ]respektive)[ ]{_YEAR}\b(?![ ]?[–-]))*"
    return re.compile(
        rf"""\b(?:
          (?P<date>(?:den[ ])?\d{{1,2}}(?:[ ]?[–-][ ]?\d{{1,2}})?[ ]{month}
              (?:[ ](?:{_YEARS}{more}))?(?:[ ]året[ ]därpå)?)
        | (?P<iso>{_YEAR}-\d\d-\d\d|\d{{1,2}}\.\d{{1,2}}\.{_YEAR})(?!\d)
        | (?P<month>{month}(?:[ ](?:och|till)[ ]{month})?(?:[ ]{_YEARS})?)
        | (?P<quarter>(?:första|andra|tredje|fjärde|sista)[ ](?:kvartalet|halvåret)\b(?:[ ](?:år[ ])?{_YEAR})?
          | q[1-4][ ]{_YEAR} | kvartal[ ][1-4](?:[ ,]+{_YEAR})?)
        | (?P<season>(?:{_SEASON})\b(?:[ ](?:år[ ])?{_YEARS})?)
        | (?P<relative>(?:i[ ](?:år|höst|vår|sommar|vinter)|nästa[ ][^\W\d_]+
          | kommande[ ](?:(?:{_COUNT}[ ])?år|mandatperiod)
          | samma[ ](?:år|tidpunkt)|varje[ ](?:vår|höst|halvår))\b
          | (?:inom|om|under)[ ](?:de[ ](?:närmaste|kommande)[ ])?{_COUNT}[ ]år(?:en)?\b
          | (?:inom|under)[ ]de[ ](?:(?:närmaste|kommande)[ ])(?:{_COUNT}[ ])?åren\b | under[ ]en[ ][^\W\d_]+årsperiod\b
          | efter[ ]{_COUNT}[ ](?:år|månader|veckor)\b | inom[ ]en[ ][^\W\d_]+årsperiod\b
          | (?:på[ ]{_COUNT}[ ]års[ ]sikt | (?:i|på)[ ]ett[ ][^\W\d_]+årsperspektiv)\b
          | innan[ ]nästa(?:[ ][^\W\d_]+){{2}} | så[ ]snart[ ]som[ ]möjligt | snarast[ ]möjligt
          | när[ ](?:{period}|planen|programmet)[ ](?:är[ ]slut(?:et)?|går[ ]ut|löper[ ]ut))
        | (?P<period>{period}\b(?:[ ](?:är[ ])?{_YEARS})?(?:[ ](?:slut|utgång|början|mitt)\b)?)
        | (?P<year>(?:år(?:en)?[ ])?{_YEARS}(?:[ ]och[ ]{_YEAR}\b)?)(?!-?\d)
            (?::?s[ ](?:slut|utgång)\b)?
        )""",
        re.VERBOSE,
    )


_PREFIX = re.compile(
    r"""(?:^|(?<=[\s(|:"”*]))(?P<prep>
        (?:(?:i[ ]god[ ]tid|långt|kort|strax)[ ])?
        (?: senast(?:[ ](?:i|vid|under|till|före))? | allra[ ]senast | före | innan | inför
          | fram[ ]till(?:[ ]och[ ]med)? | till(?:[ ](?:och[ ]med|i))? | t\.?[ ]?o\.?[ ]?m\.?
          | från(?:[ ]och[ ]med)? | fr\.?[ ]?o\.?[ ]?m\.?
          | under(?:[ ](?:hela|resten[ ]av|loppet[ ]av|början[ ]av|slutet[ ]av))? | vid | kring
          | omkring | runt | efter | med[ ]start(?:[ ]i)?
          | i | för | mellan | hela | varje | per ) )
        (?P<edge>[ ](?:(?:i[ ])?(?:början|slutet|mitten|utgången|ingången|loppet)[ ]av))?
        (?P<of>[ ](?:(?:den|det)(?:[ ](?:kommande|återstående|innevarande|nuvarande|svenska))?|hela|budgeten[ ]för|denna
          |innevarande))?[ ]$""",
    re.VERBOSE,
)
_EVERY = re.compile(r"[ ]varje[ ]år\b|[ ]årligen\b")
_YEAR_AT = re.compile(_YEAR)
_FREE = ("period", "säsongen", " slut", " utgång", " början", " mitt")
_SIGNS_OF = (
    "period", "året", "årtionde", "skifte", "halvtid", "säsongen", " slut", " utgång", " i år", " i höst", " i vår",
    " i sommar", " i vinter", "nästa", "kommande", "samma ", "varje ", "våren", "hösten", "sommar", "vinter", "termin",
    "lovet", "kvartal", "halvåret", "inom ", "om ", "under ", "efter ", "års sikt", "årsperspektiv",
    "så snart", "snarast", "ordförandeskapet", "valet",
    "när ", "midsommar", "session", "budgeten",
)  # fmt: skip


@cache
def _signs() -> tuple[str, ...]:
    return _SIGNS_OF + tuple(" " + name for name in months())


def find_deadlines(text: str) -> tuple[Deadline, ...]:
    """Find every phrase of one sentence that could be its deadline, in order, none overlapping another.

    >>> for d in find_deadlines("Senast 2030 ska utsläppen halveras jämfört med 2015, med kontroll under 2025–2026."):
    ...     print(d.span, d.first, d.last)
    Span(start=0, end=11) None 2030-12-31
    Span(start=47, end=51) 2015-01-01 2015-12-31
    Span(start=66, end=81) 2025-01-01 2026-12-31
    """
    low = text.lower()
    if len(low) != len(text):  # a few letters are two in lower case; the places must not move
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    if _YEAR_AT.search(low) is None:
        spaced = " " + low
        if not any(sign in spaced for sign in _signs()):
            return ()
    free = any(sign in low for sign in _FREE)
    found = [phrase for core in _core(free).finditer(low) if (phrase := _phrase(low, core)) is not None]
    return tuple(_joined(low, found))


def _joined(text: str, found: list[Deadline]) -> list[Deadline]:
    """Take "fr.o.m. den 1 mars t.o.m. den 30 juni" as one."""
    out: list[Deadline] = []
    for phrase in found:
        here = phrase.span.quote(text).lower()
        touching = bool(out) and text[out[-1].span.end : phrase.span.start] == " "
        if touching and here.startswith(("t.o.m.", "till ")) and _opens(out[-1].span.quote(text)):
            before = out.pop()
            phrase = Deadline(Span(before.span.start, phrase.span.end), before.first, phrase.last)
        out.append(phrase)
    return out


def _opens(quote: str) -> bool:
    return quote.lower().startswith(("fr", "den", "mellan"))


def _phrase(text: str, core: re.Match[str]) -> Deadline | None:
    """Make the deadline around ``core``, or ``None`` where the words are no time of their own."""
    kind = str(core.lastgroup)
    start, end = core.span(kind)
    end = core.end()
    opening = text[max(0, start - 60) : start]
    prefix = _PREFIX.search(opening)
    prep = ""
    if prefix is not None:
        start -= len(opening) - prefix.start("prep")
        prep = " ".join(prefix.group().lower().split())
    said = core.group().lower()
    dated = re.search(_YEAR, said) is not None
    every = _EVERY.match(text, end) if kind in ("date", "month") else None
    if not prep and every is None and (kind == "period" or (kind in ("season", "month", "quarter") and not dated)):
        return None
    if kind == "period" and prep.split()[0] in ("för", "per", "mellan", "varje") and not dated:
        return None
    if kind == "relative" and not _is_relative_time(said, prep, text[end:]):
        return None
    law = re.search(r"(\d\d)/(\d\d)(?!\d)", said) if kind == "year" else None
    if law is not None and (int(law[1]) + 1) % 100 != int(law[2]):  # "direktiv 2001/18/EG", but "2023/24" is a year
        return None
    if kind == "year" and prep in ("i", "per", "varje", "hela"):
        start, prep = core.start(), ""
    if every is not None:
        end = every.end()
    first, last = dates(kind, said, prep)
    return Deadline(Span(start, end), first, last)


_TIME_NOUN = re.compile(r"år|vår|höst|sommar|vinter|månad|[^\W\d_]*(?:period|år|skifte|termin|session|säsong|val)")
_OUR = re.compile(r"[ ](?!då\b|och\b|att\b|ska\b|kommer\b|för\b|med\b|som\b|fram\b|en\b|ett\b)[^\W\d_]+")


def _is_relative_time(phrase: str, prep: str, after: str) -> bool:
    """Whether "nästa …", "i vår" and "under … år" tell a time: no "nästa steg", "i vår kommun", "är under 30 år"."""
    if phrase.startswith("nästa "):
        if _TIME_NOUN.fullmatch(phrase.removeprefix("nästa ")) is not None:
            return prep != "för" or "år" in phrase
        return prep in ("vid", "till", "före", "senast vid")
    if phrase == "i vår":
        return _OUR.match(after) is None
    return not (phrase == "kommande år" and prep == "för")


# --- the choice -----------------------------------------------------------------------------------------------------

_BASELINE = re.compile(
    r"""(?:\b(?:jämfört[ ]med|jämförelse[ ]med|än|sedan|räknat[ ]från|mot|medan|basåret|toppåret|nivån?|från)(?:[ ]år)?
        |\b(?:antogs?|togs|lades[ ]ner|grundad|skedde|nådde|nåddes(?:[ ]inte)?)|[^\W\d_]{2,}(?:ade|[adglnr]des|[ktx]tes)
        |(?:proposition|regleringsbrev|budget)[^\W\d_]*)[ ]$""",
    re.VERBOSE | re.IGNORECASE,
)
_NAME = re.compile(r"(?:\b(?:agenda|vision(?:en)?|målbild)|(?<!\bi)(?<!\bI)[ ][A-ZÅÄÖ][\w’'-]*)[ ]$")
"""What stands before a year that is part of a name: "Agenda 2030", "mässan Grüne Woche 2021", but no "i Lund 2030"."""
_ABBREVIATION = re.compile(r"\b[A-ZÅÄÖ]{2,}[ ]$")
"""What stands before a stretch of years that is part of a name ("GJP 2023–2027"); behind other names it is a time."""
_STRETCH = re.compile(rf"{_YEAR}[ ]?[–/-]")
_ABOUT = re.compile(
    r"(?:proposition|regleringsbrev|budget|genomsnitt|medeltal|strategi|plan|första)[^\W\d_]*[ ]$", re.IGNORECASE
)
_LAW = re.compile(r"[A-ZÅÄÖ]{2,}[ ]?\($|\bav[ ]$")
_LEVEL = re.compile(r"[ ](?:års?[ ](?:nivå|penning|budget|siffr)|års[ ])")
_AGE = re.compile(r"\b(?:är|barn|unga|personer|någon|alla|aktiva)[ ]$", re.IGNORECASE)
_AIM = re.compile(r"\b(?:ska|skall|bör|måste|behöver|kommer|vill|målet|mål:|slutredovisa)", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:har|hade|var|sjönk|steg|ökade|minskade|inleddes|delredovisa[a-z]*|började|fick|gav)\b", re.IGNORECASE
)
_MEETING = re.compile(r"[^\W\d_]*(?:rådet|möte[nt]?|konferensen?|mässan?|seminariet|sammanträdet?)[ ]$", re.IGNORECASE)
"""What a time behind it belongs to: "slutsatserna från rådet i mars"."""
_LASTS = re.compile(r"under (?!de )[^ ]+ år$")
_MONEY = re.compile(r"\b(?:kronor|euro|mnkr|mkr|miljarder|miljoner)\b", re.IGNORECASE)
_STRONG = ("senast", "allra", "före", "innan", "fram", "till", "t.o.m.", "långt")


def pick_deadline(text: str, candidates: Sequence[Deadline]) -> Deadline | None:
    """Choose the candidate that is the deadline of the goal that ``text`` states, if any is.

    Baselines, past times and years in names are set aside; of the rest a limit ("senast", "före", "till") goes before
    a period or a bare year, and the first before later ones.

    >>> text = "Andelen var 6 procent 2024 och ska vara 12 procent till 2028, jämfört med 2020."
    >>> pick_deadline(text, find_deadlines(text)).span.quote(text)
    'till 2028'
    >>> text = "Utsläppen ska minska med 60 procent jämfört med 2010."
    >>> pick_deadline(text, find_deadlines(text)) is None
    True
    """
    if not candidates:
        return None
    frame = _Frame.of(text)
    best: tuple[int, Deadline] | None = None
    for candidate in candidates:
        weight = _weight(text, candidate, frame)
        if weight > 0 and (best is None or weight > best[0]):
            best = weight, candidate
    return best[1] if best else None


class _Frame(NamedTuple):
    """Where the sentence's aim and its past stand: first and last word of aiming, first word of the past."""

    first_aim: int
    last_aim: int
    first_past: int
    interim: int
    final: int

    @classmethod
    def of(cls, text: str) -> _Frame:
        aims = [found.start() for found in _AIM.finditer(text)]
        past = _PAST.search(text)
        none = len(text)
        return cls(
            aims[0] if aims else none,
            aims[-1] if aims else -1,
            past.start() if past else none,
            text.find("delredovisa") if "delredovisa" in text else none,
            text.rfind("slutredovisa"),
        )


def _weight(text: str, candidate: Deadline, frame: _Frame) -> int:
    """How well a candidate fits as the goal's deadline; 0 or less: not at all."""
    start, end = candidate.span
    before = text[max(0, start - 40) : start]
    quote = candidate.span.quote(text).lower()
    lead = quote.split()[0]
    if lead in ("fr.o.m.", "mellan") and candidate.first and len(quote) < 14:
        return 0
    year = int(found[0]) if (found := re.search(_YEAR, quote)) else 2000
    if year < 2000 or _LEVEL.match(text, end) or _LAW.search(before):
        return 0
    if (lead not in _STRONG and _BASELINE.search(before)) or (lead == "för" and _ABOUT.search(before)):
        return 0
    if quote[0].isdigit() and (_ABBREVIATION if _STRETCH.match(quote) else _NAME).search(before):
        return 0
    if lead == "från" and before.lower().endswith("räknat "):
        return 0
    if lead == "under" and quote.endswith(" år") and _AGE.search(before):
        return 0
    if lead == "i" and candidate.first is None and _MEETING.search(before):
        return 0
    # How long something lasts is when it is done by only of money: "300 miljoner kronor under tio år".
    if _LASTS.match(quote) and not _MONEY.search(text, 0, start):
        return 0
    if frame.interim < start and frame.final >= end:
        return 0
    weight = 4
    if lead in _STRONG or "slut" in quote or "utgång" in quote:
        weight = 6
    elif lead in ("varje", "kring", "efter", "inom", "samma", "från", "om"):
        weight = 3
    if frame.last_aim >= end and frame.first_past < start and frame.first_aim >= start:
        weight -= 4
    return weight
