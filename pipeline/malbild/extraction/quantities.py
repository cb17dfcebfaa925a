"""The measures in a sentence: text in, quantities out, by a small grammar of Swedish numerals and what they count.

A measure is a number with its unit or counted noun ("40 procent", "fem jämförelser"), a share ("en tredjedel", "var
fjärde", "tre av fem skolor"), a rank ("plats 34") or a factor ("halveras"). Years, dates, ages, ordinals, section and
law numbers, parts of names, and the stretch of time in which a thing happens ("på tio år") are none.

The numbers themselves are read by ``malbild.sv.numerals``. Work is linear in the length of the text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from malbild.extraction.measure_phrases import (
    part_of,
    read_factor,
    read_noun,
    read_rank,
    read_rate,
    read_ratio,
    read_share,
)
from malbild.extraction.measure_words import (
    AFTER_LABEL,
    FACTOR,
    HEADS,
    LABELS,
    OPENERS,
    ORDINALS,
    TIME,
    WHICH,
    months,
    units,
)
from malbild.extraction.other_numbers import counts_one, is_code, is_scenery, is_time, is_year
from malbild.findings import Quantity
from malbild.source import Span
from malbild.sv.numerals import PAD, Token, cardinal, numerals, read_number, tokens

_DIGIT = re.compile(r"\d")
# What a sentence without figures must hold, where a word begins, to be worth reading.
_SIGNS_OF = (
    " två", " tre", " fyr", " fem", " sex", " sju", " ått", " nio", " nitt", " tio", " elva", " tolv", " noll", " fjor",
    " arton", " tjugo", " hundra", " tusen", " halv", " hälft", " dubbelt", " fördubbl", " varann", " vartann", " var ",
    " vart ", " netto", " en miljon", " en miljard", " ett hundra", " ett tusen", " etth", " ettt", " minst e",
    " högst e", " bara e", " endast e", " inom e", " med e", " plats", "delar ", "del ",
)  # fmt: skip
_BREAKS = ("(", '"', "”", "“", "-", "–", "|", "/", "*", "\n", "\u00a0")


def _may_measure(text: str) -> bool:
    """Whether ``text`` has a figure or a word that could begin a measure: the cheap guard."""
    if _DIGIT.search(text) is not None:
        return True
    low = " " + text.lower()
    for sign in _BREAKS:
        low = low.replace(sign, " ")
    return any(sign in low for sign in _SIGNS_OF)


_MINUS = frozenset({"-", "−", "–", "minus"})


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Find the measures of one sentence, in order, none overlapping another.

    A span takes the limit before it ("minst", "högst", "mer än"), the number, its unit or counted noun with the
    adjectives between, and the rate after it ("per år"). ``value`` is in ``unit``: scale words are counted in
    ("2,5 mnkr" is 2 500 000 kronor), a share is its fraction, a factor is in "gånger". A bare number takes the unit of
    the number it is set against ("från 41 till 29 gram").

    >>> for q in find_quantities("Andelen ska öka från 12 till minst 40 procent senast 2030."):
    ...     print(q.span, q.value, q.unit)
    Span(start=21, end=23) 12.0 procent
    Span(start=29, end=45) 40.0 procent
    >>> find_quantities("Enligt 2 kap. 3 § ska C21 leda Agenda 2030 den 15 mars.")
    ()
    """
    if not _may_measure(text):
        return ()
    toks = tokens(text)
    found: list[Quantity] = []
    at = 0
    while toks[at].kind != "end":
        hit = _measure(text, toks, at, bool(found)) if _may_begin(toks[at].low) else None
        if hit is None:
            at += 1
            continue
        at, quantity = hit
        if quantity is not None:
            found.append(quantity)
    return tuple(_lend_units(text, found)) if found else ()


@lru_cache(maxsize=4096)
def _may_begin(low: str) -> bool:
    """Whether a measure can begin with this word or number."""
    if low[:1].isdigit() or cardinal(low) is not None or low.startswith("netto"):
        return True
    return low in OPENERS or low in ORDINALS or FACTOR.fullmatch(low) is not None


def _measure(text: str, toks: list[Token], at: int, second: bool) -> tuple[int, Quantity | None] | None:
    """Read the measure at token ``at`` and the token after it; no quantity where a number stands that is no measure."""
    tok = toks[at]
    if tok.kind == "sign":
        return None
    if tok.kind == "word":
        special = read_factor(toks, at) or read_share(toks, at) or read_rank(toks, at)
        if special is not None:
            end, value, unit = special
            return end, _quantity(toks, at, end, value, unit)
    read = read_number(toks, at)
    if read is None:
        return None
    end, value = read
    if tok.kind == "number" and is_code(text, toks, at):
        return at + 1, None
    if value == 1 and tok.kind == "word" and end == at + 1 and not counts_one(toks, at, second):
        return None
    return _counted(toks, at, end, value)


def _counted(toks: list[Token], at: int, end: int, value: float | None) -> tuple[int, Quantity | None]:
    """Read a number with what it counts, from its first token ``at`` to ``end``, where the number stops."""
    before = toks[at - 1].low if at else ""
    # "26,6 (16,5) miljarder": last year's value in brackets; "100–200 kronor": a range.
    if (shut := _bracketed(toks, end)) is not None and value is not None:
        scale = read_number([Token(0, 0, "number", "1"), *toks[shut : shut + PAD - 2]], 0) or (1, 1.0)
        end, value = shut - 1 + scale[0], value * scale[1]
    elif toks[end].low in ("–", "-") and toks[end].end == toks[end + 1].start and (upper := read_number(toks, end + 1)):
        end, value = upper[0], None
    if toks[end].low in months() and (end == at + 1 or value is None):
        return end + 1, None
    if toks[end].low in AFTER_LABEL or before in LABELS or (before == "." and toks[at - 2].low in LABELS):
        return end, None
    if before in ("mellan", "per", "trots") or toks[end].low in WHICH:
        return end, None
    ratio = read_ratio(toks, end)
    if ratio is not None:
        end, value = ratio[0], part_of(value, ratio[1])
    unit = units().get(toks[end].low)
    if unit is not None and is_year(toks, at) and len(toks[end].low) < 3 and toks[end].low.isalpha():
        return end, None
    if unit is not None and not (unit[0] == "år" and is_year(toks, end + 1)):
        if is_time(toks, at, end, unit[0], value):
            return end + 1, None
        end, name = end + 1, unit[0]
        value = None if value is None else value * unit[1]
        if name in TIME and (whole := read_ratio(toks, end)) is not None:
            end, value = whole[0], part_of(value, whole[1])
    else:
        if is_year(toks, at):
            return end, None
        stop = read_noun(toks, end)
        if stop is None or is_scenery(toks, at, end, stop, value):
            return stop or end, None
        name, end = " ".join(t.low for t in toks[end:stop]), stop
        if ratio is None and toks[end].low == "av" and (back := read_ratio(toks, end)) is not None and stop > at + 1:
            end, value = back[0], part_of(value, back[1])
    end = read_rate(toks, end)
    return end, _quantity(toks, at, end, value, name)


def _bracketed(toks: list[Token], at: int) -> int | None:
    """Find the token after last year's value in brackets, where the unit follows it: "26,6 (16,5) miljarder"."""
    inner = at + 1 + (toks[at + 1].low in _MINUS)
    if toks[at].low != "(" or toks[inner].kind != "number" or toks[inner + 1].low != ")":
        return None
    after = toks[inner + 2].low
    return inner + 2 if after in units() or after in numerals() else None


def _quantity(toks: list[Token], at: int, end: int, value: float | None, unit: str) -> Quantity:
    """Make the quantity over tokens ``at`` to ``end`` with the limit that stands before it."""
    first = at
    low = [t.low for t in toks[max(0, at - 2) : at]]
    if (low[-1:] == ["än"] and low[0] in HEADS) or low == ["upp", "till"]:
        first = at - 2
    elif low[-1:] in (["minst"], ["högst"], ["minus"]) or _is_minus(toks, at):
        first = at - 1
    if value is not None and toks[first].low in _MINUS:
        value = -value
    if value is not None and not math.isfinite(value):
        value = None
    return Quantity(Span(toks[first].start, toks[end - 1].end), value, unit)


def _is_minus(toks: list[Token], at: int) -> bool:
    """Whether the sign before token ``at`` is a minus: written close to the figure and apart from what precedes."""
    if at == 0 or toks[at - 1].low not in _MINUS or toks[at - 1].end != toks[at].start or toks[at].kind != "number":
        return False
    return at > 1 and toks[at - 2].end < toks[at - 1].start


def _lend_units(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Give a bare number the unit, and the scale, of the number it is set against ("från 1,2 till 2,4 miljoner")."""
    for here, following in zip(found, [*found[1:], None], strict=True):
        between = text[here.span.end : following.span.start].split() if following else []
        if following is None or here.unit or here.value is None or between not in (["till"], ["respektive"], ["och"]):
            yield here
            continue
        scale = next((v for w, v in numerals().items() if v >= 1000 and w in following.span.quote(text).split()), 1)
        yield replace(here, unit=following.unit, value=here.value * (scale if here.value < 1000 else 1))
