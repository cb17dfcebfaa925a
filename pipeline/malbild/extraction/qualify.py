"""What is said of a measure: a limit ("minst", "högst", "över"), and whether it is a change or a level.

*Öka med 10 procent* is a change by ten per cent, *öka till 10 procent* a level of ten per cent, *från 8 procent* the
level it starts at, *jämfört med 2015* says what year it is compared with. Reads the words around a quantity; knows
nothing of trees.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from malbild.findings import Baseline, Change, Comparison, Quantity
from malbild.source import Span

_SAID: tuple[tuple[Comparison, str], ...] = (
    ("at_least", r"minst|åtminstone|lägst|inte[ ](?:under|lägre[ ]än|mindre[ ]än|färre[ ]än)"),
    ("at_most", r"högst|maximalt|max|som[ ]mest|upp[ ]till|inte[ ](?:över|högre[ ]än|mer[ ]än|fler[ ]än)"),
    ("more_than", r"mer[ ]än|fler[ ]än|högre[ ]än|större[ ]än|över|drygt|över(?:stig|skrid)\w+"),
    ("less_than", r"mindre[ ]än|färre[ ]än|lägre[ ]än|under|knappt|nästan|närmare|under(?:stig|skrid)\w+"),
    ("about", r"cirka|ca\.?|ungefär|omkring|runt|kring|uppemot"),
)
_NAMES = tuple(name for name, _ in _SAID)
_BEFORE = re.compile(
    r"\b(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _SAID) + r")[ ]$", re.IGNORECASE | re.VERBOSE
)
_AT = re.compile(
    r"(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _SAID) + r")[ ]", re.IGNORECASE | re.VERBOSE
)
_AFTER = re.compile(r"[ ](?:eller[ ](?P<more>mer|fler|högre)|eller[ ](?P<less>mindre|färre|lägre))\b", re.IGNORECASE)
_MOVES = re.compile(
    r"""\b(?:(?:ut|för)?ök|minsk|sänk|höj|reducer|stig|steg|sjunk|sjönk|väx|vux|krymp|fall|föll|bli[ ]fler|skär|kort
        |trapp|förbättr|försämr|effektiviser|förkort|förläng|krympt|dal|utvidg|begräns|mer[ ]|lägre|högre|fler[ ])""",
    re.IGNORECASE | re.VERBOSE,
)
_PREPOSITION = re.compile(r"\b(?P<word>med|till|från)[ ]$", re.IGNORECASE)
_CHANGES: dict[str, Change] = {"med": "by", "till": "to", "från": "from"}
_NOT = re.compile(r"\b(?:inte|ej|aldrig)\b", re.IGNORECASE)
_TURNED: dict[Comparison, Comparison] = {"more_than": "at_most", "less_than": "at_least"}
_COMPARED = re.compile(
    r"""\b(?:jämfört[ ]med|i[ ]jämförelse[ ]med|i[ ]förhållande[ ]till|räknat[ ]från|gentemot|mot|än)[ ]
        (?:nivån[ ]|läget[ ]|utgångsläget[ ]|basåret[ ]|toppåret[ ])?(?:år[ ])?(?P<year>(?:19|20)\d\d)(?![\d–/-])""",
    re.IGNORECASE | re.VERBOSE,
)
_BACK, _ON = 60, 30
"""Characters before and after a measure in which a word speaks of it."""


def qualified(text: str, quantities: Iterable[Quantity]) -> tuple[Quantity, ...]:
    """The quantities of a sentence with what is said of each.

    >>> from malbild.extraction.quantities import find_quantities
    >>> text = "Andelen ska öka från 8 till minst 20 procent och köerna minska med drygt 10 procent."
    >>> [(q.value, q.comparison, q.change) for q in qualified(text, find_quantities(text))]
    [(8.0, None, 'from'), (20.0, 'at_least', 'to'), (10.0, 'more_than', 'by')]
    >>> text = "Utsläppen ska minska med 40 procent jämfört med 2015."
    >>> qualified(text, find_quantities(text))[0].baseline.year
    2015
    """
    found = [_qualified(text, quantity) for quantity in quantities]
    for compared in _COMPARED.finditer(text) if found else ():
        baseline = Baseline(Span(*compared.span("year")), int(compared["year"]))
        before = [n for n, quantity in enumerate(found) if quantity.span.end <= compared.start()]
        behind = [n for n, quantity in enumerate(found) if quantity.span.start >= compared.end()]
        at = before[-1] if before else behind[0] if behind else None
        if at is not None and found[at].baseline is None:
            found[at] = replace(found[at], baseline=baseline)
    return tuple(found)


def _qualified(text: str, quantity: Quantity) -> Quantity:
    start, end = quantity.span
    before = text[max(0, start - _BACK) : start]
    moves = _MOVES.search(before) or _MOVES.search(text[end : end + _ON])
    comparison: Comparison | None = None
    if (said := _AT.match(text, start, end)) is not None:
        comparison = _name(said)
    elif (said := _BEFORE.search(before)) is not None:
        comparison = _name(said)
        before = before[: said.start()]
    elif (said := _AFTER.match(text, end)) is not None:
        comparison = "at_least" if said["more"] else "at_most"
    if comparison is not None and _NOT.search(before):
        comparison = _TURNED.get(comparison, comparison)
    change = None
    if (preposition := _PREPOSITION.search(before)) is not None:
        word = preposition["word"].lower()
        change = _CHANGES[word] if moves else None
    return replace(quantity, comparison=comparison, change=change)


def _name(said: re.Match[str]) -> Comparison | None:
    return next((name for name in _NAMES if said[name]), None)
