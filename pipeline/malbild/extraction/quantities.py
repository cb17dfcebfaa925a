"""The measures in a sentence: text in, quantities out, by a small grammar of Swedish numerals and what they count.

A measure is a number with its unit or counted noun ("40 procent", "fem jämförelser"), a share ("en tredjedel", "var
fjärde", "tre av fem skolor"), a rank ("plats 34") or a factor ("halveras"). Years, dates, ages, ordinals, section and
law numbers, parts of names, and the stretch of time in which a thing happens ("på tio år") are none.

The numbers themselves are read by ``malbild.extraction.numerals``. Work is linear in the length of the text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from malbild.extraction.measure_words import (
    AFTER_LABEL,
    DEFINITE,
    DEGREE,
    FACTOR,
    FACTORS,
    HEADS,
    LABELS,
    MORE,
    NOMINAL,
    ONLY,
    OPENERS,
    ORDINALS,
    PART,
    PARTS,
    PAST,
    PERIOD,
    RATE,
    STOP,
    TIME,
    VERBAL,
    WHICH,
    WINDOW,
    months,
    units,
)
from malbild.extraction.numerals import PAD, Token, cardinal, numerals, read_number, tokens
from malbild.findings import Quantity
from malbild.source import Span

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
        special = _factor(toks, at) or _share(toks, at) or _rank(toks, at)
        if special is not None:
            end, value, unit = special
            return end, _quantity(toks, at, end, value, unit)
    read = read_number(toks, at)
    if read is None:
        return None
    end, value = read
    if tok.kind == "number" and _is_code(text, toks, at):
        return at + 1, None
    if value == 1 and tok.kind == "word" and end == at + 1 and not _counts_one(toks, at, second):
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
    ratio = _ratio(toks, end)
    if ratio is not None:
        end, value = ratio[0], _part_of(value, ratio[1])
    unit = units().get(toks[end].low)
    if unit is not None and _is_year(toks, at) and len(toks[end].low) < 3 and toks[end].low.isalpha():
        return end, None
    if unit is not None and not (unit[0] == "år" and _is_year(toks, end + 1)):
        if _is_time(toks, at, end, unit[0], value):
            return end + 1, None
        end, name = end + 1, unit[0]
        value = None if value is None else value * unit[1]
        if name in TIME and (whole := _ratio(toks, end)) is not None:
            end, value = whole[0], _part_of(value, whole[1])
    else:
        if _is_year(toks, at):
            return end, None
        stop = _noun(toks, end)
        if stop is None or _is_scenery(toks, at, end, stop, value):
            return stop or end, None
        name, end = " ".join(t.low for t in toks[end:stop]), stop
        if ratio is None and toks[end].low == "av" and (back := _ratio(toks, end)) is not None and stop > at + 1:
            end, value = back[0], _part_of(value, back[1])
    end = _rate(toks, end)
    return end, _quantity(toks, at, end, value, name)


def _part_of(value: float | None, whole: float) -> float | None:
    return None if value is None or whole == 0 else value / whole


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


def _factor(toks: list[Token], at: int) -> tuple[int, float | None, str] | None:
    """Read "halveras", "en fördubbling", "dubbelt så många"."""
    low = toks[at].low
    if low == "dubbelt" and toks[at + 1].low == "så" and toks[at + 2].kind == "word":
        return at + 3, 2.0, "gånger"
    if low == "en" and toks[at + 1].low.endswith("ing"):
        at, low = at + 1, toks[at + 1].low
    if (named := FACTOR.fullmatch(low)) is not None:
        return at + 1, FACTORS[named["head"]], "gånger"
    return None


def _share(toks: list[Token], at: int) -> tuple[int, float | None, str] | None:
    """Read "hälften", "en tredjedel", "två tredjedelar", "var fjärde", "varannan"."""
    low, following = toks[at].low, toks[at + 1].low
    if low in ("hälften", "halva"):
        return at + 1, 0.5, ""
    if (part := PART.fullmatch(following)) is not None and part["part"] in PARTS:
        count = cardinal(low)
        if count is not None:
            return at + 2, count / PARTS[part["part"]], ""
    if low in ("var", "vart") and following in ORDINALS and following not in ("första", "andra"):
        end, nth = at + 2, ORDINALS[following]
    elif low in ("varannan", "vartannat"):
        end, nth = at + 1, 2
    else:
        return None
    noun = toks[end]
    if noun.low in units() or noun.low in ("gång", "kväll", "helg", "sommar", "vår", "höst"):
        return None
    if nth == 2 and noun.kind == "word" and noun.low not in STOP:
        return end + 1, 1 / nth, noun.low
    return end, 1 / nth, ""


def _rank(toks: list[Token], at: int) -> tuple[int, float | None, str] | None:
    """Read "plats 34", "topp 10", "sjätte plats"."""
    low, following = toks[at].low, toks[at + 1].low
    if low in ("plats", "topp") and following != "en" and (read := read_number(toks, at + 1)) is not None:
        return read[0], read[1], "plats"
    if low in ORDINALS and following == "plats":
        return at + 2, float(ORDINALS[low]), "plats"
    if low.startswith("nettonoll") or (low == "netto" and following.startswith("noll")):
        return at + 1 + (low == "netto"), 0.0, "netto"
    return None


def _is_code(text: str, toks: list[Token], at: int) -> bool:
    """Whether the figures at ``at`` belong to a name, a law, a footnote, a date or the sentence's own numbering."""
    tok, following = toks[at], toks[at + 1]
    left, right = text[max(0, tok.start - 2) : tok.start], text[tok.end : tok.end + 2]
    if (
        len(tok.low) > 20
        or left[-1:].isalpha()
        or left[-1:] in ("/", ":", "_", "#", "[", "§")
        or (left[-1:] == "." and left[:1].isalnum())
    ):
        return True
    if left[-1:] in ("-", "–", "+") and left[:1].isalnum():
        return True
    glued = right[:1].isalpha() and (following.low not in units() or right[:1].isupper())
    runs_on = right[:1] in (":", "/", "-", ".") and right[1:].isalnum() and not _is_range(right)
    if left[-1:] == ")" or glued or right[:1] == "]" or runs_on:
        return True
    if re.fullmatch(r"\d\.0", tok.low):
        return following.low not in units() and following.low not in numerals()
    if tok.low[0] == "0" and len(tok.low) > 1 and tok.low[1] != ",":
        return True
    opens = at < 4 and all(t.kind == "sign" for t in toks[:at])
    if opens and (following.low in (".", ")", ":", "-", "–") or text[following.start : following.start + 1].isupper()):
        return following.low not in units()
    if at == 1 and following.low == ":" and len(tok.low) < 3:
        return True
    return at > 0 and toks[at - 1].low == "den" and following.low not in units()


def _is_range(right: str) -> bool:
    return right[0] in "-–" and right[1:].isdigit()


def _is_year(toks: list[Token], at: int) -> bool:
    return re.fullmatch(r"(?:1[5-9]|20)\d\d", toks[at].low) is not None


def _counts_one(toks: list[Token], at: int, second: bool) -> bool:
    """Whether "en" or "ett" is the number one here and no article."""
    before, following = toks[at - 1].low if at else "", toks[at + 1]
    if before in ONLY:
        return True
    if following.low in units() and units()[following.low][0] in TIME - {"år"}:
        return before in ("inom", "med")
    if following.low in ("gigabit", "megabit"):
        return True
    return second and before in ("i", "på", "och", "var", "är") and following.low in ("", ".", ",", ";", "har", "är")


def _is_time(toks: list[Token], at: int, end: int, unit: str, value: float | None) -> bool:
    """Whether a measure of time is an age, a point of time or the stretch in which something happens."""
    if unit == "gånger":
        return False
    if unit not in TIME:
        return False
    before = toks[at - 1].low if at else ""
    if before in ("minst", "högst", "drygt", "knappt", "cirka", "ungefär"):
        before = toks[at - 2].low if at > 1 else ""
    following = toks[end + 1].low
    if following in PAST and toks[end + 2].low != "än":
        return True
    if following == "i" and toks[end + 2].low in ("rad", "följd", "sträck", "förtid"):
        return True
    if following in ("lång", "långa", "långt") and toks[end + 2].kind == "word":
        return True
    if unit == "år":
        reaches = before == "till" and toks[at - 2].kind != "number"
        return reaches or before in WINDOW or following in ("före", "efter", "av")
    if before == "i" and unit in ("månader", "veckor", "dagar"):
        return True
    return before in ("på", "senaste", "för", "första")


def _is_scenery(toks: list[Token], at: int, end: int, stop: int, value: float | None) -> bool:
    """Whether a count is known beforehand: a whole ("av de 24 åtgärderna"), a known few ("de två skolorna"), an age."""
    before, counts_noun = toks[at - 1].low if at else "", stop > end
    if counts_noun and toks[0].low == "av" and at <= 3:
        return True
    if before == "de" and (not counts_noun if toks[at].kind == "word" else False):
        return True
    if before == "de" and [t.low for t in toks[max(0, at - 3) : at - 1]] in (["en", "av"], ["ett", "av"]):
        return True
    if before == "de" and counts_noun and toks[at].kind == "word" and toks[stop - 1].low.endswith(DEFINITE):
        return True
    return before in ("under", "över") and not counts_noun and value is not None and value < 100


def _ratio(toks: list[Token], at: int) -> tuple[int, float] | None:
    """Read the whole in "tre av fem", "två av de tre", "19 av sina 21": token after it, and its number."""
    if toks[at].low != "av":
        return None
    at += 1
    if toks[at].low in ("de", "sina", "våra", "alla", "totalt", "planerade"):
        at += 1
    return read_number(toks, at)


def _noun(toks: list[Token], at: int) -> int | None:
    """Find the token after the noun counted from token ``at``, adjectives between; ``at`` itself where none stands.

    ``None`` where the noun says that no measure stands here ("de senaste tio åren", "sex års ålder").
    """
    here = at
    if toks[at].low in MORE:
        return at + 1
    while here < at + 4:
        low = toks[here].low
        if toks[here].kind != "word" or (low in STOP and low not in DEGREE):
            break
        if low.endswith(VERBAL):
            break
        if not _is_attribute(low):
            if low in PERIOD or toks[here - 1].low == "olika":
                return None
            if low in ("års", "månaders", "veckors", "dagars", "timmars"):
                return None if toks[here + 1].low in ("ålder", "åldern") else here + 2
            return here + 1
        here += 1
    while here > at and toks[here - 1].low not in NOMINAL:
        here -= 1
    return here


def _is_attribute(low: str) -> bool:
    """Whether a word after a number is an adjective or its degree rather than the noun, by its form."""
    if low in DEGREE or low == "små":
        return True
    if low.endswith(("rna", "erna", "ena", "garna")):
        return False
    return low.endswith(("a", "ande", "ende", "ade", "ste")) and len(low) > 2


def _rate(toks: list[Token], at: int) -> int:
    """Find the token after "per år", "om året", "årligen" where one stands at ``at``."""
    if toks[at].low == "per" and toks[at + 1].kind != "sign":
        read = read_number(toks, at + 1)
        end = (read[0] if read else at + 1) + 1
        return end + 2 if toks[end].low == "och" and toks[end + 1].low in ("dag", "år", "dygn") else end
    if (toks[at].low, toks[at + 1].low) in RATE:
        return at + 2
    return at + 1 if toks[at].low in ("årligen", "vardera") else at


def _lend_units(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Give a bare number the unit, and the scale, of the number it is set against ("från 1,2 till 2,4 miljoner")."""
    for here, following in zip(found, [*found[1:], None], strict=True):
        between = text[here.span.end : following.span.start].split() if following else []
        if following is None or here.unit or here.value is None or between not in (["till"], ["respektive"], ["och"]):
            yield here
            continue
        scale = next((v for w, v in numerals().items() if v >= 1000 and w in following.span.quote(text).split()), 1)
        yield replace(here, unit=following.unit, value=here.value * (scale if here.value < 1000 else 1))
