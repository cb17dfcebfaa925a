"""Clauses of hand-built parses. Each has an English gloss."""

from __future__ import annotations

import pytest
from parses import BY_THE_COMMITTEE, NO_AGENT, THREE_VERBS, VOCAB, at, parse
from spacy.tokens import Doc

from malbild.extraction.grammar import Clause, clauses


def only(table: str) -> tuple[Doc, Clause]:
    doc = parse(table)
    (clause,) = clauses(doc)
    return doc, clause


# Gloss: table; predicate, finite word, tense, modal.
VERB_GROUPS = {
    "the city shall grow": ("""
        Staden stad NOUN 3 nsubj def
        ska skola AUX 3 aux pres
        växa växa VERB 0 ROOT inf""", "växa", "ska", "present", "skola"),
    "the city ought to grow": ("""
        Staden stad NOUN 3 nsubj def
        bör böra AUX 3 aux pres
        växa växa VERB 0 ROOT inf""", "växa", "bör", "present", "böra"),
    "the city wants to grow": ("""
        Staden stad NOUN 3 nsubj def
        vill vilja AUX 3 aux pres
        växa växa VERB 0 ROOT inf""", "växa", "vill", "present", "vilja"),
    "we want peace": ("""
        Vi vi PRON 2 nsubj
        vill vilja VERB 0 ROOT pres
        ha ha VERB 2 xcomp inf
        fred fred NOUN 3 obj""", "vill", "vill", "present", "vilja"),
    "the city was to grow": ("""
        Staden stad NOUN 3 nsubj def
        skulle skola AUX 3 aux past
        växa växa VERB 0 ROOT inf""", "växa", "skulle", "past", "skola"),
    "the city grows": ("""
        Staden stad NOUN 2 nsubj def
        växer växa VERB 0 ROOT pres""", "växer", "växer", "present", None),
    "the city grew": ("""
        Staden stad NOUN 2 nsubj def
        växte växa VERB 0 ROOT past""", "växte", "växte", "past", None),
    "the city has grown": ("""
        Staden stad NOUN 3 nsubj def
        har ha AUX 3 aux pres
        växt växa VERB 0 ROOT sup""", "växt", "har", "perfect", None),
    "the city had grown": ("""
        Staden stad NOUN 3 nsubj def
        hade ha AUX 3 aux past
        växt växa VERB 0 ROOT sup""", "växt", "hade", "pluperfect", None),
    "the city has been able to grow": ("""
        Staden stad NOUN 4 nsubj def
        har ha AUX 4 aux pres
        kunnat kunna AUX 4 aux sup
        växa växa VERB 0 ROOT inf""", "växa", "har", "perfect", "kunna"),
    "the city shall have grown": ("""
        Staden stad NOUN 4 nsubj def
        ska skola AUX 4 aux pres
        ha ha AUX 4 aux inf
        växt växa VERB 0 ROOT sup""", "växt", "ska", "present", "skola"),
    "the city is going to grow": ("""
        Staden stad NOUN 4 nsubj def
        kommer komma AUX 4 aux pres
        att att PART 4 mark
        växa växa VERB 0 ROOT inf""", "växa", "kommer", "future", None),
    "the city came to grow": ("""
        Staden stad NOUN 4 nsubj def
        kom komma AUX 4 aux past
        att att PART 4 mark
        växa växa VERB 0 ROOT inf""", "växa", "kom", "past", None),
    "built three hundred flats": ("""
        Byggt bygga VERB 0 ROOT sup
        300 300 NUM 3 nummod
        bostäder bostad NOUN 1 obj""", "Byggt", None, "supine", None),
    "build flats!": ("""
        Bygg bygga VERB 0 ROOT imp
        bostäder bostad NOUN 1 obj
        ! ! PUNCT 1 punct""", "Bygg", "Bygg", "imperative", None),
    "to build flats": ("""
        Att att PART 2 mark
        bygga bygga VERB 0 ROOT inf
        bostäder bostad NOUN 2 obj""", "bygga", None, "infinitive", None),
    "increased participation": ("""
        Ökad ökad ADJ 2 amod part
        delaktighet delaktighet NOUN 0 ROOT ind""", "delaktighet", None, "none", None),
    "has the city grown?": ("""
        Har ha AUX 3 aux pres
        staden stad NOUN 3 nsubj def
        växt växa VERB 0 ROOT sup
        ? ? PUNCT 3 punct""", "växt", "Har", "perfect", None),
    "does the city grow?": ("""
        Växer växa VERB 0 ROOT pres
        staden stad NOUN 1 nsubj def
        ? ? PUNCT 1 punct""", "Växer", "Växer", "present", None),
}  # fmt: skip


@pytest.mark.parametrize(("table", "predicate", "finite", "tense", "modal"), VERB_GROUPS.values(), ids=VERB_GROUPS)
def test_tense_and_modal(table: str, predicate: str, finite: str | None, tense: str, modal: str | None) -> None:
    doc, clause = only(table)
    assert doc[clause.predicate].text == predicate
    assert (None if clause.finite is None else doc[clause.finite].text) == finite
    assert (clause.tense, clause.modal) == (tense, modal)
    assert not clause.passive
    assert not clause.negated


@pytest.mark.parametrize("gloss", [gloss for gloss in VERB_GROUPS if "city" in gloss])
def test_the_subject_stands_before_or_after_the_verb(gloss: str) -> None:
    doc, clause = only(VERB_GROUPS[gloss][0])
    assert clause.subject is not None
    assert doc[clause.subject].lower_ == "staden"


def test_a_passive_in_s_with_its_agent() -> None:
    doc, clause = only(BY_THE_COMMITTEE)
    assert (clause.passive, clause.tense) == (True, "past")
    assert (clause.subject, clause.agent) == (at(doc, "Planen"), at(doc, "nämnden"))


def test_a_passive_with_bli() -> None:
    # The proposal became adopted by the council.
    doc, clause = only("""
        Förslaget förslag NOUN 3 nsubj:pass def
        blev bli AUX 3 aux:pass past
        antaget anta VERB 0 ROOT part
        av av ADP 5 case
        fullmäktige fullmäktige NOUN 3 obl:agent
    """)
    assert (clause.passive, clause.tense) == (True, "past")
    assert (clause.finite, clause.agent) == (at(doc, "blev"), at(doc, "fullmäktige"))


def test_a_passive_without_an_agent() -> None:
    _, clause = only(NO_AGENT)
    assert (clause.passive, clause.tense, clause.agent) == (True, "perfect", None)


def test_coordinated_verbs_share_the_subject() -> None:
    doc = parse(THREE_VERBS)
    found = clauses(doc)
    assert [doc[clause.predicate].text for clause in found] == ["stärker", "främjar", "fungerar"]
    assert {clause.subject for clause in found} == {at(doc, "Helsingfors")}
    assert [clause.inherited for clause in found] == [False, True, True]
    assert {clause.tense for clause in found} == {"present"}


def test_coordinated_infinitives_share_the_modal() -> None:
    # The city shall strengthen and promote trade.
    doc = parse("""
        Staden stad NOUN 3 nsubj def
        ska skola AUX 3 aux pres
        stärka stärka VERB 0 ROOT inf
        och och CCONJ 5 cc
        främja främja VERB 3 conj inf
        handel handel NOUN 5 obj
    """)
    first, second = clauses(doc)
    assert (second.tense, second.modal, second.finite) == ("present", "skola", at(doc, "ska"))
    assert (second.subject, second.inherited) == (first.subject, True)


def test_coordinated_supines_share_har() -> None:
    # A model has been produced and adopted.
    doc = parse(NO_AGENT + "och och CCONJ 7 cc\nantagits anta VERB 4 conj sup+pass")
    _, second = clauses(doc)
    assert (second.tense, second.passive, second.finite) == ("perfect", True, at(doc, "har"))


def test_an_auxiliary_is_shared_without_a_subject_too() -> None:
    # Has built schools and repaired roads (a list item).
    doc = parse("""
        Har ha AUX 2 aux pres
        byggt bygga VERB 0 ROOT sup
        skolor skola NOUN 2 obj
        och och CCONJ 5 cc
        lagat laga VERB 2 conj sup
        vägar väg NOUN 5 obj
    """)
    first, second = clauses(doc)
    assert (first.tense, second.tense) == ("perfect", "perfect")
    assert (second.subject, second.inherited) == (None, False)


def test_a_clause_with_its_own_subject_and_verb_keeps_them() -> None:
    # The share has risen and we shall double it.
    doc = parse("""
        Andelen andel NOUN 3 nsubj def
        har ha AUX 3 aux pres
        ökat öka VERB 0 ROOT sup
        och och CCONJ 7 cc
        vi vi PRON 7 nsubj
        ska skola AUX 7 aux pres
        dubbla dubbla VERB 3 conj inf
        den den PRON 7 obj
    """)
    first, second = clauses(doc)
    assert (first.tense, first.modal) == ("perfect", None)
    assert (second.tense, second.modal, second.inherited) == ("present", "skola", False)
    assert second.subject == at(doc, "vi")


def test_a_copula() -> None:
    # Helsinki shall be climate neutral.
    doc, clause = only("""
        Helsingfors Helsingfors PROPN 4 nsubj
        ska skola AUX 4 aux pres
        vara vara AUX 4 cop inf
        klimatneutralt klimatneutral ADJ 0 ROOT
    """)
    assert (clause.copula, clause.tense, clause.modal) == (True, "present", "skola")
    assert doc[clause.predicate].text == "klimatneutralt"


def test_a_coordinated_copula() -> None:
    # The city grows and is green.
    doc = parse("""
        Staden stad NOUN 2 nsubj def
        växer växa VERB 0 ROOT pres
        och och CCONJ 5 cc
        är vara AUX 5 cop pres
        grön grön ADJ 2 conj
    """)
    assert [clause.copula for clause in clauses(doc)] == [False, True]


@pytest.mark.parametrize(
    "table",
    [
        """
        Målet mål NOUN 2 nsubj:pass def
        nåddes nå VERB 0 ROOT past+pass
        inte inte PART 2 advmod""",
        """
        Det den PRON 4 nsubj
        är vara AUX 4 cop pres
        ingen ingen DET 4 det
        lösning lösning NOUN 0 ROOT""",
    ],
    ids=["the goal was not reached", "it is no solution"],
)
def test_negation(table: str) -> None:
    assert only(table)[1].negated


def test_a_subject_on_the_auxiliary_is_found() -> None:
    # The city has grown; a parser hung the subject on "har".
    doc, clause = only("""
        Staden stad NOUN 2 nsubj def
        har ha AUX 3 aux pres
        växt växa VERB 0 ROOT sup
    """)
    assert clause.subject == at(doc, "Staden")


def test_a_subordinate_clause_is_not_on_the_main_line() -> None:
    # The city grows because people move in.
    doc = parse("""
        Staden stad NOUN 2 nsubj def
        växer växa VERB 0 ROOT pres
        eftersom eftersom SCONJ 5 mark
        folk folk NOUN 5 nsubj
        flyttar flytta VERB 2 advcl pres
    """)
    assert [doc[clause.predicate].text for clause in clauses(doc)] == ["växer"]


def test_coordinated_nouns_are_no_clauses() -> None:
    # Goals and measures (a heading).
    assert len(clauses(parse("Mål mål NOUN 0 ROOT\noch och CCONJ 3 cc\nåtgärder åtgärd NOUN 1 conj"))) == 1


def test_nothing_and_white_space_have_no_clauses() -> None:
    assert clauses(Doc(VOCAB)) == ()
    assert clauses(Doc(VOCAB, words=["\n"], pos=["SPACE"], heads=[0], deps=["ROOT"])) == ()


def test_a_long_chain_of_clauses() -> None:
    # "grows and grows and …": as deep as the table is long
    rows = ["växer växa VERB 0 ROOT pres"] + [f"växer växa VERB {n} conj pres" for n in range(1, 3000)]
    assert [clause.predicate for clause in clauses(parse("\n".join(rows)))] == list(range(3000))


@pytest.mark.parametrize(
    "table",
    {
        "no municipality has reached it": """
            Ingen ingen DET 2 det
            kommun kommun NOUN 4 nsubj
            har ha AUX 4 aux pres
            nått nå VERB 0 ROOT sup""",
        "the city reached no targets": """
            Staden stad NOUN 2 nsubj def
            nådde nå VERB 0 ROOT past
            inga ingen DET 4 det
            mål mål NOUN 2 obj""",
    }.values(),
    ids=["subject", "object"],
)
def test_a_negative_noun_phrase_negates_its_clause(table):
    assert only(table)[1].negated
