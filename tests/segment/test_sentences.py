"""Where Swedish sentences end. Each case is one block; "|" marks the boundaries that are expected."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from malbild.segment.sentences import LONGEST, sentences
from malbild.source import Span

CASES = {
    "plain (The city grows. It is going well.)": "Staden växer.|Det går bra.",
    "question and exclamation": "Hur gick det?|Bra!|Vi fortsätter.",
    "no stop last": "Staden växer.|Det går bra",
    "line break": "Staden växer.|Det går bra.",
    "abbreviation (e.g. Helsinki)": "Städer, t.ex. Helsingfors, växer.|De är många.",
    "abbreviation with spaces": "Städer, t. ex. Helsingfors, växer.",
    "abbreviation (among others)": "Vi samarbetar med bl.a. Esbo och Vanda.",
    "abbreviation spelt out with spaces": "Vi samarbetar med bl. a. Esbo.",
    "abbreviation that may close (etc. The city)": "Skolor, vägar m.m.|Staden växer.",
    "the same with spaces": "Skolor, vägar m. m.|Staden växer.",
    "the same, sentence going on": "Skolor, vägar m.m. ska rustas upp.",
    "the same before a bracket": "Lagen om mottagande av asylsökande m.fl. (LMA) trädde i kraft.",
    "and others, closed by a bracket": "Vi hör föreningar (idrott, kultur m.fl.) Varje år.",
    "chapter and number (ch. 3)": "Se 2 kap. 3 § i lagen.|Den gäller.",
    "number (no. 1257)": "Förordning (EU) nr. 1257 gäller.",
    "bill and number": "Se prop. 2016/17:104, bet. 2016/17:MJU23, rskr. 2016/17:338.|Det gäller.",
    "million crowns": "Det kostar 5 milj. kronor.|Vi betalar.",
    "unknown abbreviation with dots inside": "Se a.o. Helsingfors i dag.",
    "date (3 May)": "Den 3. maj 2024 beslutade vi.",
    "sum at the end": "Det kostar 3.|Vi betalar.",
    "year at the end": "Utsläppen ska halveras till 2030.|Målet är skarpt.",
    "next begins with a figure": "Fler bolag ägs av staten.|22 bolag har uppdrag.",
    "page reference": "Se Ds 2024:6 s. 43.|Regeringen delar den.",
    "decimal number": "Andelen är 3.5 procent.|Den ökar.",
    "version number": "Livsmedelsstrategin 2.0 gäller.|Den är ny.",
    "initials (J. Andersson)": "Ordförande är J. Andersson i dag.|Hon leder.",
    "two initials": "Enligt A. I. Rabin är det så.",
    "double initial": "Boken skrevs av C.J. Almqvist.|Den är känd.",
    "letter as a name (category A. These)": "Det gäller kategori A.|Kraven är hårda.",
    "letter before a word that opens sentences (vitamin C. It)": "De saknar C.|Det märks.",
    "letter that is a word (in. Today's)": "En miljö att växa upp i.|Dagens barn gör det.",
    "heading number": "1. Mål och medel",
    "heading number of two levels": "1.2. Mål och medel",
    "heading letter": "A. Den svenska stigen",
    "figure number is no heading number": "Figur 8.|Operativ miljö",
    "quotation (We shall, said she)": "”Vi ska vinna!” sade hon.|Så blev det.",
    "stop inside the quotation": "”Vi ska vinna.”|Det sade hon.",
    "quotation opens the next": "Hon var tydlig.|”Vi ska vinna.”",
    "straight quotation marks": 'Hon var tydlig.|"Vi ska vinna."|Så blev det.',
    "bracket after the stop": "(Det gäller alla.)|Vi fortsätter.",
    "bracket before the stop": "Vi följer lagen (2017:725).|Den gäller.",
    "bracket opens the next": "Vi följer lagen.|(Den är ny.)",
    "emphasis": "**Vi ska vinna.**|Så blev det.",
    "ellipsis that goes on": "Vi ska … växa.|Det går.",
    "ellipsis as dots": "Vi ska växa...|Eller inte.",
    "web address": "Läs mer på www.fn.se/mal.html i dag.|Där finns mer.",
    "web address last": "Läs mer på www.ohchr.org.|Där finns mer.",
    "mail address": "Skriv till info.mal@helsingfors.fi för svar.",
    "colon is no boundary": "Löftet: Antalet ska öka.|Läget: det ökar.",
    "semicolon is no boundary": "Kvinnorna har ökat; 2006 var de 28 procent.",
    "dash opens the next": "Det går bra.|– Vi är nöjda, säger hon.",
    "many stops": "Nej!!!|Jo?!|Ja.",
    "superscript": "Det ökar.¹|Vi ser det.",
    "no letter after": "Det ökar. (",
}


def cut(text: str, footnotes: bool = False) -> list[str]:
    return [span.quote(text) for span in sentences(text, Span(0, len(text)), footnotes)]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
@pytest.mark.parametrize("gap", [" ", "\r\n", "\u00a0 "], ids=["space", "crlf", "no-break"])
def test_boundaries(case: str, gap: str) -> None:
    assert cut(case.replace("|", gap)) == case.split("|")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Det ökar i EU. [94] Härutöver växer vi. [95]", ["Det ökar i EU.", "[94] Härutöver växer vi."]),
        ("Det ökar.[94] Vi växer.", ["Det ökar.", "Vi växer."]),
        ("Det ökar. [94] [95]\nVi växer.", ["Det ökar.", "[94] [95]\nVi växer."]),
        ("Konnektivitet [13] ökar.", ["Konnektivitet [13] ökar."]),
        ("[51] [52]", []),
    ],
    ids=["between", "attached", "two", "inside", "alone"],
)
def test_footnote_marks_open_the_next_sentence_or_none(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_footnote_marks_open_footnotes() -> None:
    assert cut("[94] Kanadas strategi. [95] Se s. 3. Där står mer.", footnotes=True) == [
        "[94] Kanadas strategi.",
        "[95] Se s. 3.",
        "Där står mer.",
    ]


def test_only_the_block_is_cut() -> None:
    text = "Ett. Två. Tre. Fyra."
    assert [span.quote(text) for span in sentences(text, Span(5, 14))] == ["Två.", "Tre."]


@pytest.mark.parametrize("gap", [" ", "; ", ""], ids=["spaces", "semicolons", "nothing"])
def test_overlong_sentences_are_cut(gap: str) -> None:
    text = gap.join(["ordet"] * 2000)
    spans = list(sentences(text, Span(0, len(text))))
    assert max(map(len, spans)) <= LONGEST
    assert "".join(span.quote(text) for span in spans).replace(" ", "") == text.replace(" ", "")
    if gap:
        assert all(span.quote(text).strip("; ").startswith("ordet") for span in spans)
        assert len(spans) <= len(text) // (LONGEST - 10) + 1
    assert spans == list(sentences(text, Span(0, len(text))))


def test_a_sentence_of_the_longest_length_is_left_whole() -> None:
    text = "a " * (LONGEST // 2 - 1) + "b."
    assert [len(span) for span in sentences(text, Span(0, len(text)))] == [LONGEST]


pieces = st.lists(
    st.sampled_from(
        ["Staden", "ska", ".", "!", "?", "…", " ", "  ", "\n", "\u00a0", ")", "”", "[94]", "m.m.", "t.ex.", "A", "3"]
    )
).map("".join)


@given(st.one_of(pieces, st.text()), st.booleans())
def test_sentences_are_in_order_apart_trimmed_and_complete(text: str, footnotes: bool) -> None:
    text = text.strip()
    at = 0
    covered = []
    for span in sentences(text, Span(0, len(text)), footnotes) if text else []:
        assert at <= span.start < span.end <= len(text)
        assert span.quote(text).strip() == span.quote(text)
        covered.append(text[at : span.start])
        at = span.end
    left_out = re.sub(r"\[\d{1,3}\]", "", "".join([*covered, text[at:]]))
    assert not left_out.strip()
