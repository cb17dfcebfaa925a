"""What stands around a number in a measure: shares, factors, ranks, the whole of a ratio, the noun counted, a rate.

Functions read at a token and give the token after what they have read.
"""

from __future__ import annotations

from malbild.extraction.measure_words import (
    DEGREE,
    FACTOR,
    FACTORS,
    MORE,
    NOMINAL,
    ORDINALS,
    PART,
    PARTS,
    PERIOD,
    RATE,
    STOP,
    VERBAL,
    units,
)
from malbild.sv.numerals import Token, cardinal, read_number


def read_factor(toks: list[Token], at: int) -> tuple[int, float | None, str] | None:
    """Read "halveras", "en fördubbling", "dubbelt så många"."""
    low = toks[at].low
    if low == "dubbelt" and toks[at + 1].low == "så" and toks[at + 2].kind == "word":
        return at + 3, 2.0, "gånger"
    if low == "en" and toks[at + 1].low.endswith("ing"):
        at, low = at + 1, toks[at + 1].low
    if (named := FACTOR.fullmatch(low)) is not None:
        return at + 1, FACTORS[named["head"]], "gånger"
    return None


def read_share(toks: list[Token], at: int) -> tuple[int, float | None, str] | None:
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


def read_rank(toks: list[Token], at: int) -> tuple[int, float | None, str] | None:
    """Read "plats 34", "topp 10", "sjätte plats"."""
    low, following = toks[at].low, toks[at + 1].low
    if low in ("plats", "topp") and following != "en" and (read := read_number(toks, at + 1)) is not None:
        return read[0], read[1], "plats"
    if low in ORDINALS and following == "plats":
        return at + 2, float(ORDINALS[low]), "plats"
    if low.startswith("nettonoll") or (low == "netto" and following.startswith("noll")):
        return at + 1 + (low == "netto"), 0.0, "netto"
    return None


def read_ratio(toks: list[Token], at: int) -> tuple[int, float] | None:
    """Read the whole in "tre av fem", "två av de tre", "19 av sina 21": token after it, and its number."""
    if toks[at].low != "av":
        return None
    at += 1
    if toks[at].low in ("de", "sina", "våra", "alla", "totalt", "planerade"):
        at += 1
    return read_number(toks, at)


def part_of(value: float | None, whole: float) -> float | None:
    """The share that ``value`` is of ``whole``."""
    return None if value is None or whole == 0 else value / whole


def read_noun(toks: list[Token], at: int) -> int | None:
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


def read_rate(toks: list[Token], at: int) -> int:
    """Find the token after "per år", "om året", "årligen" where one stands at ``at``."""
    if toks[at].low == "per" and toks[at + 1].kind != "sign":
        read = read_number(toks, at + 1)
        end = (read[0] if read else at + 1) + 1
        return end + 2 if toks[end].low == "och" and toks[end + 1].low in ("dag", "år", "dygn") else end
    if (toks[at].low, toks[at + 1].low) in RATE:
        return at + 2
    return at + 1 if toks[at].low in ("årligen", "vardera") else at
