"""Numbers that measure nothing: codes, years, ages, points of time, counts known beforehand.

Every function looks at the number whose first token is ``at``; ``end`` is the token after it.
"""

from __future__ import annotations

import re

from malbild.extraction.measure_words import DEFINITE, ONLY, PAST, TIME, WINDOW, units
from malbild.sv.numerals import Token, numerals


def is_code(text: str, toks: list[Token], at: int) -> bool:
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


def is_year(toks: list[Token], at: int) -> bool:
    """Whether the figures are a year from 1500 to 2099."""
    return re.fullmatch(r"(?:1[5-9]|20)\d\d", toks[at].low) is not None


def counts_one(toks: list[Token], at: int, second: bool) -> bool:
    """Whether "en" or "ett" is the number one here and no article."""
    before, following = toks[at - 1].low if at else "", toks[at + 1]
    if before in ONLY:
        return True
    if following.low in units() and units()[following.low][0] in TIME - {"år"}:
        return before in ("inom", "med")
    if following.low in ("gigabit", "megabit"):
        return True
    return second and before in ("i", "på", "och", "var", "är") and following.low in ("", ".", ",", ";", "har", "är")


def is_time(toks: list[Token], at: int, end: int, unit: str, value: float | None) -> bool:
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


def is_scenery(toks: list[Token], at: int, end: int, stop: int, value: float | None) -> bool:
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
