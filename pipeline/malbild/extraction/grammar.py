"""What a sentence's tree says of its clauses: predicate, tense, modal, voice, negation, subject and agent.

Reads Universal Dependencies as spaCy gives them, one sentence a ``Doc``. Knows nothing of goals or outcomes.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from malbild.findings import Tense

NEGATIONS = frozenset({"inte", "ej", "icke", "aldrig", "ingen", "inga", "inget", "ingenting", "varken", "knappast"})
MODALS = frozenset({"skola", "böra", "måste", "vilja", "kunna", "få", "behöva", "lära", "torde", "må"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass"})
_NEGATABLE = _SUBJECTS | {"advmod", "det", "cc", "obj"}
_LINKED = frozenset({"conj", "parataxis"})
_AUXILIARIES = frozenset({"aux", "aux:pass", "cop"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A finite (or headless infinitive) clause on the main line of a sentence. Numbers are token positions in the Doc.

    ``predicate`` is the head in the UD sense (the lexical verb, or the predicative with a copula); ``finite`` the word
    that carries tense, ``None`` where none does. ``subject`` and ``agent`` are heads of noun phrases. ``inherited``
    says the subject stands in an earlier coordinated clause.
    """

    predicate: int
    finite: int | None
    tense: Tense
    modal: str | None
    passive: bool
    negated: bool
    copula: bool
    subject: int | None
    agent: int | None
    inherited: bool = False


def _form(token: Token) -> tuple[str, str]:
    morph = str(token.morph)
    tense = "Past" if "Tense=Past" in morph else "Pres" if "Tense=Pres" in morph else ""
    for form in ("Fin", "Inf", "Sup", "Part"):
        if f"VerbForm={form}" in morph:
            return form, ("Imp" if "Mood=Imp" in morph else tense)
    return "", tense


def _tense(head: Token, auxiliaries: list[Token]) -> tuple[Tense, Token | None, str | None]:
    """Tense of a verb group, its finite word and its modal's lemma."""
    finite: Token | None = None
    modal: str | None = None
    have: str | None = None
    coming = False
    for aux in auxiliaries:
        form, when = _form(aux)
        lemma = aux.lemma_
        if lemma in MODALS and modal is None:
            modal = lemma
        if lemma == "ha":
            have = when
        if lemma == "komma" and form == "Fin" and when == "Pres":  # "kom att bli" tells of the past
            coming = True
        if form == "Fin" and finite is None:
            finite = aux
    form, when = _form(head)
    if finite is None and form == "Fin":
        finite = head
    lemma = head.lemma_
    if finite is not None and finite.i == head.i and lemma in {"vilja", "behöva", "böra", "måste"}:
        modal = modal or lemma
    if coming:
        return "future", finite, modal
    if have is not None and (modal is None or (finite is not None and finite.lemma_ == "ha")):  # "har kunnat minska"
        return ("pluperfect" if have == "Past" else "perfect"), finite, modal
    if finite is not None:
        when = _form(finite)[1]
        return ("imperative" if when == "Imp" else "past" if when == "Past" else "present"), finite, modal
    if form == "Inf":
        return "infinitive", None, modal
    if form == "Sup":
        return "supine", None, modal
    return "none", None, modal


def _dependents(head: Token) -> list[Token]:
    """The children of a predicate and of its auxiliaries, on which a parser at times hangs the subject."""
    children = list(head.children)
    return children + [below for child in children if child.dep_ in _AUXILIARIES for below in child.children]


def _is_negative(word: Token) -> bool:
    """Whether a word is a negation, or a noun with one ("ingen kommun", "inga mål")."""
    return word.lower_ in NEGATIONS or any(c.dep_ == "det" and c.lower_ in NEGATIONS for c in word.children)


def _clause(head: Token, before: Clause | None) -> Clause:
    auxiliaries: list[Token] = []
    subject = agent = None
    passive = negated = copula = False
    for child in _dependents(head):
        dep = child.dep_
        if dep in _AUXILIARIES:
            auxiliaries.append(child)
            copula = copula or dep == "cop"
            passive = passive or dep == "aux:pass"
        elif dep in _SUBJECTS and (subject is None or child.dep_ == "nsubj:outer"):
            subject = child.i
            passive = passive or dep.endswith(":pass")
        elif dep == "obl:agent":
            agent = child.i
        if dep in _NEGATABLE:
            negated = negated or _is_negative(child)
    passive = passive or "Voice=Pass" in str(head.morph)
    tense, finite_word, modal = _tense(head, auxiliaries)
    finite = None if finite_word is None else finite_word.i
    inherited = False
    if subject is None and before is not None and head.dep_ in _LINKED:
        subject, inherited = before.subject, before.subject is not None
        if finite is None and before.finite is not None and tense in {"infinitive", "supine", "none"}:
            # "ska stärka och främja", "har tagits fram och antagits": the auxiliary is shared
            tense, modal, finite = before.tense, modal or before.modal, before.finite
    return Clause(head.i, finite, tense, modal, passive, negated, copula, subject, agent, inherited)


def clauses(doc: Doc) -> tuple[Clause, ...]:
    """The clauses on a sentence's main line: the root's, and those coordinated or set beside it, in tree order."""
    root = next((token for token in doc if token.head.i == token.i and not token.is_space), None)
    if root is None:
        return ()
    found: list[Clause] = []
    ahead: list[tuple[Token, Clause | None]] = [(root, None)]
    while ahead:
        head, before = ahead.pop()
        here = _clause(head, before)
        found.append(here)
        ahead.extend((child, here) for child in reversed([*head.children]) if _is_clause(child))
    return tuple(found)


def _is_clause(token: Token) -> bool:
    """Whether a word is the predicate of a clause that is coordinated with its head or set beside it."""
    return token.dep_ in _LINKED and (
        token.pos_ in {"VERB", "AUX"} or any(child.dep_ in {"cop", "aux"} for child in token.children)
    )
