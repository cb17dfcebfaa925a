"""What the sentence classifier sees of one sentence: hashed features, and what it adds to its document's profile.

A feature is a value under a template ("the lemma of the predicate", "its tense with its subject's type"). Templates are
named (``TOKEN_TEMPLATES``, ``FACT_TEMPLATES``) so that an explanation can name them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc

from malbild.extraction.grammar import Clause
from malbild.extraction.hashing import Values, code, mix, pair, salt
from malbild.extraction.lexicon import CUES, cue_classes
from malbild.extraction.table import Table, cue_codes
from malbild.findings import Evidence, Mention, Quantity
from malbild.source import Span

PROFILE = ("sentences", "present", "past", "perfect", "modal", "infinitive", "verbless", "we", "quantity", "years")

TOKEN_TEMPLATES = ("word", "lemma", "lemma pair", "lemma triple", "suffix", "word pair", "arc", "top arc")
FACT_TEMPLATES = ("clause", "first clause", "cue", "cue and tense", "pattern")
_TOKEN_SALTS = np.array([salt(name) for name in TOKEN_TEMPLATES])
_FACT_SALTS = np.array([salt(name) for name in FACT_TEMPLATES])
_NOT_TOP = code("not under the root")
_CLAUSES = 4
"""Clauses of a sentence that are looked at: the first ones."""
_PRONOUNS = {"vi": "we", "man": "one", "jag": "I", "det": "it", "de": "they", "han": "he", "hon": "she", "ni": "you"}
_COMMITTING = frozenset({"skola", "böra", "måste", "vilja", "behöva"})
WILL = "verb of obligation or will"
TOLD = {"perfect": "told as done (perfect)", "supine": "told as done (supine)", "past": "told as past"}
"""What evidence calls the verb of a clause."""
_WE = re.compile(r"\b[Vv]i\b")
_YEAR = re.compile(r"(?<!\d)(19[5-9]\d|20[0-6]\d)(?!\d)")
_PATTERNS = {
    "percent": re.compile(r"\d\s?(?:%|procent)"),
    "money": re.compile(r"(?:kronor|kr|euro|mnkr|mkr|tkr)\b"),
    "by": re.compile(r"\bsenast\b"),
    "from to": re.compile(r"\bfrån\b.{1,40}\btill\b.{0,10}\d"),
    "to level": re.compile(r"\btill\s(?:\w+\s)?\d"),
    "parenthesis figure": re.compile(r"\(\d[\d ,]*\s?(?:%|procent)?\)"),
    "question": re.compile(r"\?$"),
    "no stop": re.compile(r"[^.!?:;,]$"),
    "colon": re.compile(r":$"),
    "number first": re.compile(r"^\d+(?:\.\d+)*[.)]?\s"),
    "quote": re.compile(r'^["”“»–]'),
    "footnote": re.compile(r"\[\d+\]|https?:|www\."),
    "comparison": re.compile(r"\b(?:jämfört med|i jämförelse|än (?:året|förra|tidigare|20\d\d)|mot \d)"),
    "goal frame": re.compile(r"\b(?:mål|målet|målen|målsättningen|ambitionen|visionen|syftet|avsikten) (?:är|med)\b"),
    "still": re.compile(r"\b(?:ligger kvar|legat kvar|samma nivå|oförändra\w+|fortfarande|ännu)\b"),
    "list goal": re.compile(r"^(?:att|Att)\s"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parsed:
    """One sentence with what was found in it so far."""

    doc: Doc
    text: str
    clauses: tuple[Clause, ...]
    mentions: tuple[Mention, ...]
    quantities: tuple[Quantity, ...]


def subject_type(doc: Doc, clause: Clause, mentioned: Sequence[Mention]) -> str:
    """Who the subject of a clause is, coarsely: a mention's type, a pronoun, a definite or other noun, nothing."""
    if clause.subject is None:
        return "nobody"
    token = doc[clause.subject]
    for mention in mentioned:
        if mention.span.start <= token.idx < mention.span.end:
            return mention.type
    if token.pos_ == "PRON":
        return _PRONOUNS.get(token.lower_, "pronoun")
    if token.pos_ in {"NOUN", "PROPN", "ADJ"}:
        return "definite" if "Definite=Def" in str(token.morph) else "indefinite"
    return str(token.pos_)


def cue_evidence(doc: Doc) -> tuple[Evidence, ...]:
    """The cue words of a sentence, each with what its class is called."""
    classes = cue_classes()
    return tuple(
        Evidence(token.text, Span(token.idx, token.idx + len(token)), CUES[cue])
        for token in doc
        for cue in classes.get(token.lemma_, ())
    )


def verb_evidence(doc: Doc, line: Sequence[Clause]) -> tuple[Evidence, ...]:
    """How the first clause puts it: the word of obligation or will, or the verb that tells of something past."""
    if not line:
        return ()
    first = line[0]
    if first.modal in _COMMITTING and first.finite is not None:
        word, by = doc[first.finite], WILL
    elif first.tense in TOLD:
        word, by = doc[first.predicate], TOLD[first.tense]
    else:
        return ()
    return (Evidence(word.text, Span(word.idx, word.idx + len(word)), by),)


def _clause_facts(doc: Doc, clause: Clause, subject: str) -> list[tuple[str, ...]]:
    """What a clause says, as named facts."""
    verb = doc[clause.predicate].lemma_
    noun = "" if clause.subject is None else doc[clause.subject].lemma_
    tense, modal, negated = clause.tense, clause.modal or "-", "not" if clause.negated else ""
    frame = (tense, modal, "passive" if clause.passive else "active", negated)
    verb_first = clause.finite is not None and (clause.finite == 0 or clause.finite < (clause.subject or 0))
    facts: list[tuple[str, ...]] = [
        ("tense", tense), ("modal", modal), ("frame", *frame), ("subject", subject),
        ("subject frame", subject, tense, modal), ("whole", subject, *frame),
        ("verb", verb), ("verb frame", verb, *frame), ("verb subject", verb, subject), ("verb tense", verb, tense),
        ("subject lemma", noun), ("subject lemma tense", noun, tense, modal), ("subject verb", noun, verb),
        ("pos", doc[clause.predicate].pos_, tense), ("copula", str(clause.copula), verb),
        ("agent", str(clause.agent is not None)), ("inherited", str(clause.inherited)),
        ("verb first", str(verb_first), tense),
    ]  # fmt: skip
    classes = cue_classes()
    for cue in classes.get(verb, ()):
        facts += [("cue verb", cue, *frame), ("cue verb subject", cue, subject, tense, modal)]
        facts += [("cue verb cue subject", cue, of_noun, negated) for of_noun in classes.get(noun, ())]
        facts.append(("cue verb subject lemma", cue, noun, negated))
    for cue in classes.get(noun, ()):
        facts += [("cue subject", cue, *frame), ("cue subject verb", cue, verb)]
    return facts


def _every_clause(parsed: Parsed) -> list[list[tuple[str, ...]]]:
    """The facts of the clauses that are looked at, a list a clause; one of its own where there is none."""
    return [
        _clause_facts(parsed.doc, clause, subject_type(parsed.doc, clause, parsed.mentions))
        for clause in parsed.clauses[:_CLAUSES]
    ] or [[("no clause",)]]


def _pattern_facts(parsed: Parsed) -> list[tuple[str, ...]]:
    """What the patterns and counts found."""
    facts: list[tuple[str, ...]] = [
        ("pattern", name) for name, pattern in _PATTERNS.items() if pattern.search(parsed.text)
    ]
    return [
        *facts,
        ("years", str(min(3, len(_YEAR.findall(parsed.text))))),
        ("quantities", str(min(3, len(parsed.quantities)))),
        ("length", str(min(6, len(parsed.doc) // 6))),
        ("mentions", str(min(3, len(parsed.mentions)))),
        ("mention types", *sorted({mention.type for mention in parsed.mentions})),
    ]


def token_features(table: Table) -> Values:
    """Values of the words in their order and tree, shape (rows of the table, templates)."""
    t = table
    lemma_after = np.roll(t.lemma, -1)
    pairs = pair(t.lemma, lemma_after)
    arcs = pair(t.lemma, t.dep)
    root = t.head == np.arange(len(t.head))
    top = root[t.head] & ~root
    columns = (
        t.lower,
        t.lemma,
        pairs,
        pair(pairs, np.roll(t.lemma, -2)),
        t.suffix5,
        pair(np.roll(t.lower, 1), t.lower),
        pair(arcs, t.lemma[t.head]),
        np.where(top, arcs, _NOT_TOP),
    )
    return mix(np.stack(columns, axis=1), _TOKEN_SALTS)


def fact_features(parsed: Parsed) -> Values:
    """Values of what the grammar, the cues and the patterns found in a sentence."""
    line = parsed.clauses
    every = [[code(*fact) for fact in facts] for facts in _every_clause(parsed)]
    classes = cue_codes()
    cues = np.array([cue for token in parsed.doc for cue in classes.get(token.lemma_, ())], dtype=np.uint64)
    tense = code("tense", line[0].tense, line[0].modal or "-") if line else code("no tense")
    seen = (
        np.array([value for values in every for value in values], dtype=np.uint64),
        np.array(every[0], dtype=np.uint64),
        cues,
        pair(cues, np.full(len(cues), tense)),
        np.array([code(*fact) for fact in _pattern_facts(parsed)], dtype=np.uint64),
    )
    return mix(np.concatenate(seen), np.repeat(_FACT_SALTS, [len(values) for values in seen]))


def fact_names(parsed: Parsed) -> list[str]:
    """What each value of ``fact_features`` is, in words, in the same order."""
    every = _every_clause(parsed)
    line = parsed.clauses
    cues = [f"{CUES[cue]}: {token.text}" for token in parsed.doc for cue in cue_classes().get(token.lemma_, ())]
    tense = " ".join(filter(None, (line[0].tense, line[0].modal))) if line else "no verb"
    return [
        *(_said(fact) for facts in every for fact in facts),
        *(f"first clause, {_said(fact)}" for fact in every[0]),
        *cues,
        *(f"{cue}, with {tense}" for cue in cues),
        *(_said(fact) for fact in _pattern_facts(parsed)),
    ]


def _said(fact: tuple[str, ...]) -> str:
    name, *values = fact
    return f"{name}: {' '.join(value for value in values if value and value != '-')}" if values else name


def profile_counts(parsed: Parsed) -> tuple[int, ...]:
    """What one sentence adds to its document's profile, in the order of ``PROFILE``."""
    first = parsed.clauses[0] if parsed.clauses else None
    tense = first.tense if first else "none"
    modal = first is not None and first.modal in _COMMITTING
    return (
        1,
        int(tense == "present" and not modal),
        int(tense == "past"),
        int(tense in {"perfect", "supine"}),
        int(modal),
        int(tense in {"infinitive", "imperative"}),
        int(tense == "none"),
        int(bool(_WE.search(parsed.text))),
        int(bool(parsed.quantities)),
        int(bool(_YEAR.search(parsed.text))),
    )
