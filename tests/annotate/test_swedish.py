"""The shipped pipeline on a few sentences of the genre. Each has an English gloss."""

from __future__ import annotations

from functools import cache

import pytest
from spacy.tokens import Doc, Token

from malbild.annotate import load


@cache
def parse(text: str) -> Doc:
    (doc,) = _annotator().pipe([text])
    return doc


@cache
def _annotator():
    return load()


def word(doc: Doc, form: str) -> Token:
    return next(token for token in doc if token.text == form)


@pytest.mark.parametrize(
    ("text", "subject", "verb"),
    [
        # Helsinki strengthens its advocacy.
        ("Helsingfors stärker sin intressebevakning.", "Helsingfors", "stärker"),
        # The city shall halve its emissions by 2030.
        ("Staden ska halvera sina utsläpp till 2030.", "Staden", "halvera"),
        # In 2024 the municipality built forty flats.
        ("Under 2024 byggde kommunen fyrtio bostäder.", "kommunen", "byggde"),
        # We want more young people to get a job.
        ("Vi vill att fler unga får ett jobb.", "Vi", "vill"),
        # The board has decided on a new plan.
        ("Styrelsen har beslutat om en ny plan.", "Styrelsen", "beslutat"),
    ],
    ids=["present", "modal", "inverted", "subordinate", "perfect"],
)
def test_the_subject_is_found(text: str, subject: str, verb: str) -> None:
    token = word(parse(text), subject)
    assert (token.dep_, token.head.text) == ("nsubj", verb)


def test_the_object_is_found() -> None:
    # Helsinki strengthens its advocacy.
    token = word(parse("Helsingfors stärker sin intressebevakning."), "intressebevakning")
    assert (token.dep_, token.head.text) == ("obj", "stärker")


def test_a_passive_has_a_passive_subject_and_an_agent() -> None:
    # The measures are decided by the committee.
    doc = parse("Åtgärderna beslutas av nämnden.")
    assert word(doc, "Åtgärderna").dep_ == "nsubj:pass"
    assert word(doc, "nämnden").dep_ == "obl:agent"
    assert "Voice=Pass" in str(word(doc, "beslutas").morph)


@pytest.mark.parametrize(
    ("text", "participle"),
    [
        # She was elected chair.
        ("Hon blev vald till ordförande.", "vald"),
        # The plan was approved by the council.
        ("Planen blev godkänd av fullmäktige.", "godkänd"),
    ],
    ids=["person", "agent"],
)
def test_a_bli_passive_has_an_auxiliary(text: str, participle: str) -> None:
    token = word(parse(text), "blev")
    assert (token.dep_, token.pos_, token.head.text) == ("aux:pass", "AUX", participle)


@pytest.mark.parametrize(
    ("text", "form", "lemma"),
    [
        # The climate goals are reached through the work of the municipalities.
        ("Klimatmålen nås genom kommunernas arbete.", "Klimatmålen", "klimatmål"),
        ("Klimatmålen nås genom kommunernas arbete.", "kommunernas", "kommun"),
        # The region invests in the health centres.
        ("Regionen satsar på vårdcentralerna.", "vårdcentralerna", "vårdcentral"),
        ("Regionen satsar på vårdcentralerna.", "satsar", "satsa"),
        # The measures are decided by the committee. A capital that only begins the sentence is not the lemma's.
        ("Åtgärderna beslutas av nämnden.", "Åtgärderna", "åtgärd"),
        ("Insatserna ökar.", "Insatserna", "insats"),
        # The citizens are content.
        ("Medborgarna är nöjda.", "Medborgarna", "medborgare"),
        # The cycle path plans grow. A compound that no text has had: its last part says the lemma.
        ("Cykelvägsplanerna växer.", "Cykelvägsplanerna", "cykelvägsplan"),
        # Unemployment fell during the year.
        ("Arbetslösheten minskade under året.", "Arbetslösheten", "arbetslöshet"),
        ("Arbetslösheten minskade under året.", "minskade", "minska"),
    ],
    ids=lambda value: value if " " not in value else "",
)
def test_lemmas_of_inflected_words_and_compounds(text: str, form: str, lemma: str) -> None:
    assert word(parse(text), form).lemma_ == lemma


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        # FN's (the UN's) goals
        ("FN:s mål", ["FN:s", "mål"]),
        # e.g. the social and health care
        ("bl.a. social- och hälsovård", ["bl.a.", "social-", "och", "hälsovård"]),
        ("t. ex. EU:s mål", ["t. ex.", "EU:s", "mål"]),
        # the C21 network 2021-2025
        ("C21-nätverket 2021–2025.", ["C21-nätverket", "2021–2025", "."]),
        # increase by 15%
        ("öka med 15% (kap. 2)", ["öka", "med", "15", "%", "(", "kap.", "2", ")"]),
        # section 1.2, 3 §
        ("avsnitt 1.2, 3 § SOU 2024:43", ["avsnitt", "1.2", ",", "3", "§", "SOU", "2024:43"]),
        # 100 kronor at the end of a sentence
        ("Det kostar 100 kr.", ["Det", "kostar", "100", "kr", "."]),
        ("10. Skolan", ["10", ".", "Skolan"]),
        # and/or
        ("och/eller", ["och", "/", "eller"]),
        ("”Vi växer”, säger hon", ["”", "Vi", "växer", "”", ",", "säger", "hon"]),
    ],
    ids=[
        "genitive",
        "abbreviation",
        "spaced",
        "hyphen",
        "percent",
        "section",
        "currency",
        "ordinal",
        "slash",
        "quotes",
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert [token.text for token in parse(text)] == tokens


def test_two_sentences_stay_one_tree() -> None:
    # The city grows. The region shrinks.
    doc = parse("Staden växer. Regionen krymper.")
    assert len(list(doc.sents)) == 1


def test_places_are_named() -> None:
    # The mayor travelled from Stockholm to Gothenburg.
    doc = parse("Borgmästaren reste från Stockholm till Göteborg.")
    assert {(ent.text, ent.label_) for ent in doc.ents} == {("Stockholm", "LOC"), ("Göteborg", "LOC")}
