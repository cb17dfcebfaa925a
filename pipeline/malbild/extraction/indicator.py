"""What a target measures: the noun phrase whose share, number or level the quantities of a sentence speak of."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from malbild.extraction.lexicon import cue_classes
from malbild.findings import Mention, Quantity
from malbild.source import Span

_MOVING = frozenset({"raise", "lower", "steady"})
_CHANGING = frozenset({"korta", "begränsa", "halvera", "fördubbla", "tredubbla", "fyrdubbla", "hålla", "pressa"})
_STANDING = frozenset({"vara", "bli", "uppgå", "nå", "ligga", "utgöra", "överstiga", "understiga", "motsvara", "gå"})
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")
_OF_NAME = frozenset({"nmod", "nmod:poss", "amod", "compound", "flat", "flat:name", "fixed", "case", "obl"})
"""Relations of words that belong to the name of what is measured."""
_MEASURES = frozenset(
    {
        "procent", "procentenhet", "krona", "euro", "gång", "år", "månad", "vecka", "dag", "vardag", "arbetsdag",
        "dygn", "timme", "minut", "sekund", "grad", "poäng", "tal", "kilometer", "meter", "hektar", "ton", "kilogram",
        "gram", "liter", "kvadratmeter", "plats", "kilowatt", "megawatt",
    }
)  # fmt: skip
_GOAL_NOUNS = frozenset({"mål", "målsättning", "ambition", "strävan", "avsikt", "vision", "delmål", "målnivå"})


def indicator(doc: Doc, quantities: Sequence[Quantity], mentioned: Sequence[Mention]) -> Span | None:
    """What is measured: "andelen unga i arbete" in "Andelen unga i arbete ska öka till 80 procent".

    The object of a verb of change ("minska utsläppen med 40 procent"), else the subject of the verb that has the
    quantity, else what the quantity itself counts ("1 000 nya bostäder"). ``None`` without a quantity.
    """
    for quantity in quantities:
        here = [token for token in doc if quantity.span.overlap(Span(token.idx, token.idx + len(token)))]
        inside = {token.i for token in here}
        head = next((token for token in here if token.head.i not in inside or token.head.i == token.i), None)
        if head is None:
            continue
        found = _of_verb(head, inside, mentioned) or _counted(here, head)
        if found is not None:
            return found
    return None


def _of_verb(head: Token, inside: set[int], mentioned: Sequence[Mention]) -> Span | None:
    """The object or subject of the nearest predicate over a quantity, if that speaks of a change or a level."""
    verb = head
    while not _is_predicate(verb):
        if verb.head.i == verb.i:
            return None
        verb = verb.head
    changes = verb.lemma_ in _CHANGING or bool(_MOVING & set(cue_classes().get(verb.lemma_, ())))
    copula = any(child.dep_ == "cop" for child in verb.children)
    if not (changes or copula or verb.lemma_ in _STANDING):
        return None
    for noun in _nouns(verb):
        measured = noun.pos_ in {"NOUN", "PROPN"} and noun.lemma_ not in _GOAL_NOUNS and noun.i not in inside
        if measured and not _is_actor(noun, mentioned, changes):
            return _phrase(noun, inside)
    return None


def _nouns(verb: Token) -> list[Token]:
    """Objects and subjects of a verb, or the subject it shares with the verb it is coordinated with."""
    children = [child for child in verb.children if child.dep_ == "obj"]
    while True:
        children += [child for child in verb.children if child.dep_ in _SUBJECTS]
        if children or verb.dep_ != "conj":
            return children
        verb = verb.head


def _is_predicate(token: Token) -> bool:
    return token.pos_ == "VERB" or any(child.dep_ in {"cop", "nsubj", "nsubj:pass"} for child in token.children)


def _is_actor(noun: Token, mentioned: Sequence[Mention], changes: bool) -> bool:
    """Whether a noun is somebody who acts; a group that grows or shrinks is measured itself."""
    return any(m.span.start <= noun.idx < m.span.end and not (changes and m.type == "GROUP") for m in mentioned)


def _phrase(noun: Token, inside: set[int]) -> Span:
    """The noun with what names it, from its first attribute to its last complement, without the quantity."""
    taken = [noun]
    ahead = [noun]
    while ahead:
        token = ahead.pop()
        for child in token.children:
            joined = child.dep_ in {"conj", "cc"} and (token.i != noun.i or token.lower_.endswith("-"))
            if (child.dep_ in _OF_NAME or joined) and inside.isdisjoint(below.i for below in child.subtree):
                taken.append(child)
                ahead.append(child)
    first, last = min(taken, key=lambda t: t.i), max(taken, key=lambda t: t.i)
    while first.i < noun.i and (first.dep_ == "case" or first.pos_ in {"NUM", "DET"}):  # "av tio elever": "elever"
        first = first.nbor()
    return Span(first.idx, last.idx + len(last))


def _counted(here: Sequence[Token], head: Token) -> Span | None:
    """The noun that a quantity counts, or of which it is a share ("40 procent av eleverna")."""
    below = [*head.children, *(child for token in here if token.i != head.i for child in token.children)]
    shared = next((c for c in below if c.dep_ in {"nmod", "obl"} and any(g.lower_ == "av" for g in c.children)), None)
    if shared is not None and shared.pos_ in {"NOUN", "PROPN"}:
        return _phrase(shared, set())
    if head.pos_ != "NOUN" or head.lemma_ in _MEASURES:
        return None
    numbers = [token.i for token in here if token.pos_ == "NUM"]
    words = [token for token in here if numbers and token.i > max(numbers) and token.i <= head.i]
    return Span(words[0].idx, head.idx + len(head)) if words else None
