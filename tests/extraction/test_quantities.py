"""Measures in Swedish sentences: what is one, how far it goes, what it is worth."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from malbild.extraction.quantities import find_quantities
from malbild.sv.numerals import cardinal, figure, read_number, tokens

# Sentence, the measures in it as (words, value, unit). The id is the English gloss.
MEASURES = {
    "the share shall be 40 percent": ("Andelen ska vara 40 procent 2030.", [("40 procent", 40, "procent")]),
    "five comparisons": ("Resultatet steg i fem jämförelser.", [("fem jämförelser", 5, "jämförelser")]),
    "two million kronor": ("Staden avsätter två miljoner kronor.", [("två miljoner kronor", 2e6, "kronor")]),
    "2.5 mnkr": ("Kostnaden blir 2,5 mnkr.", [("2,5 mnkr", 2.5e6, "kronor")]),
    "310 tkr": ("Bidraget var 310 tkr.", [("310 tkr", 310e3, "kronor")]),
    "emissions are halved": ("Utsläppen ska halveras.", [("halveras", 0.5, "gånger")]),
    "visits doubled": ("Besöken fördubblades i fjol.", [("fördubblades", 2, "gånger")]),
    "a doubling": ("Det är en fördubbling.", [("en fördubbling", 2, "gånger")]),
    "twice as many": ("Dubbelt så många barn ska läsa.", [("Dubbelt så många", 2, "gånger")]),
    "a third": ("Kön kortades med en tredjedel.", [("en tredjedel", 1 / 3, "")]),
    "two thirds": ("Dödsfallen minskade med två tredjedelar.", [("två tredjedelar", 2 / 3, "")]),
    "half": ("Bara hälften har svarat.", [("hälften", 0.5, "")]),
    "every fourth new recipient": ("Var fjärde ny mottagare är under 30 år.", [("Var fjärde", 0.25, "")]),
    "every other workplace": ("Varannan arbetsplats saknar ombud.", [("Varannan arbetsplats", 0.5, "arbetsplats")]),
    "10 500 pupils": ("Skolorna har 10 500 elever.", [("10 500 elever", 10500, "elever")]),
    "10 500 with a hard space": ("Skolorna har 10\u00a0500 elever.", [("10\u00a0500 elever", 10500, "elever")]),
    "300.000 with points": ("Kampanjen nådde 300.000 personer.", [("300.000 personer", 300000, "personer")]),
    "a range has no one value": ("Avgiften blir 100–200 kronor.", [("100–200 kronor", None, "kronor")]),
    "at least 30 %": ("Målet är minst 30 % ekologiskt.", [("minst 30 %", 30, "procent")]),
    "at most two percent": ("Den ska vara högst två procent.", [("högst två procent", 2, "procent")]),
    "more than 600 million": ("Mer än 600 miljoner kronor satsas.", [("Mer än 600 miljoner kronor", 6e8, "kronor")]),
    "hedges stay outside": ("Drygt 5 300 laddpunkter finns.", [("5 300 laddpunkter", 5300, "laddpunkter")]),
    "1.5 degrees": ("Ökningen hålls till 1,5 grader.", [("1,5 grader", 1.5, "grader")]),
    "percentage points": ("Det är fem procentenheter mer.", [("fem procentenheter", 5, "procentenheter")]),
    "three of five schools": ("Tre av fem skolor nådde målet.", [("Tre av fem skolor", 0.6, "skolor")]),
    "17 of 21 regions": ("Planen finns i 17 av 21 län.", [("17 av 21 län", 17 / 21, "län")]),
    "nine trains of ten": ("Nio tåg av tio ska gå i tid.", [("Nio tåg av tio", 0.9, "tåg")]),
    "from 12 to 8 percent": (
        "Andelen sjönk från 12 till 8 procent.",
        [("12", 12, "procent"), ("8 procent", 8, "procent")],
    ),
    "the first borrows the scale too": (
        "Finansieringen växte från 1,2 till 2,4 miljoner euro.",
        [("1,2", 1.2e6, "euro"), ("2,4 miljoner euro", 2.4e6, "euro")],
    ),
    "done, ongoing, not begun": (
        "Av de 24 åtgärderna är 15 genomförda och 6 pågår.",
        [("15", 15, ""), ("6", 6, "")],
    ),
    "adjectives belong": ("Vi bygger två nya våtmarker.", [("två nya våtmarker", 2, "nya våtmarker")]),
    "rate: per year": ("Staden avsätter 3 miljoner kronor per år.", [("3 miljoner kronor per år", 3e6, "kronor")]),
    "rate: a month": ("Tillägget är 120 euro i månaden.", [("120 euro i månaden", 120, "euro")]),
    "rate: yearly": ("Stödet blir 1,5 miljoner kronor årligen.", [("1,5 miljoner kronor årligen", 1.5e6, "kronor")]),
    "rank": (
        "Kommunen klättrade från plats 31 till plats 7.",
        [("plats 31", 31, "plats"), ("plats 7", 7, "plats")],
    ),
    "rank as an ordinal": ("Staden kom på sjätte plats.", [("sjätte plats", 6, "plats")]),
    "within five working days": ("Svar ges inom fem arbetsdagar.", [("fem arbetsdagar", 5, "arbetsdagar")]),
    "at most six months": ("Korta väntan till högst sex månader.", [("högst sex månader", 6, "månader")]),
    "last year's value in brackets": ("Det uppgick till 26,6 (16,5) miljarder kronor.",
                                      [("26,6 (16,5) miljarder kronor", 26.6e9, "kronor")]),
    "minus": ("Resultatet blev -4,7 miljoner kronor.", [("-4,7 miljoner kronor", -4.7e6, "kronor")]),
    "five fewer": ("Det var fem färre än året innan.", [("fem färre", 5, "färre")]),
    "at least one": ("Varje grupp bör ha minst ett projekt.", [("minst ett projekt", 1, "projekt")]),
    "half a year": ("Korta prövningen med minst ett halvt år.", [("minst ett halvt år", 0.5, "år")]),
    "twenty-five in one word": ("Vi anställer tjugofem lärare.", [("tjugofem lärare", 25, "lärare")]),
    "net zero": ("Utsläppen ska vara nettonoll.", [("nettonoll", 0, "netto")]),
    "seven hectares": ("Skyddet omfattar 7 hektar.", [("7 hektar", 7, "hektar")]),
}  # fmt: skip

NONE = {
    "a year": "Staden ska vara klimatneutral 2030.",
    "a year range": "Planen gäller 2021–2025.",
    "a year before a verb": "Under 2024 prövades en ny modell.",
    "a date": "Uppdraget redovisas den 15 mars 2026.",
    "a date without den": "Förslaget lanseras 8 juni.",
    "a date range": "Omröstningen hålls 8–10 juni.",
    "chapter and section": "Det framgår av 2 kap. 3 § skollagen.",
    "a law number": "Enligt förordningen (2024:183) gäller det.",
    "a registry number": "Se beslutet N2017/01029 för detaljer.",
    "a network's name": "C21-nätverket möts i vår.",
    "Covid-19": "Följderna av covid-19 dröjer kvar.",
    "Agenda 2030": "Vi arbetar med Agenda 2030.",
    "5G": "Utbyggnaden av 5G fortsätter.",
    "a grade": "Eleverna i årskurs 6 läser mer.",
    "a numbered goal": "Mål 2: Alla har en fadder.",
    "a list number": "3. Skärgårdstrafiken blir utsläppsfri",
    "a footnote": "[95] Det har gett resultat.",
    "an ordinal": "Det är tredje gången mätningen görs.",
    "the article": "Vi inför en modell och ett register.",
    "a stretch of years": "Stödet har höjts på tio år.",
    "the last ten years": "Det har vuxit under de senaste tio åren.",
    "an age": "Boendet är öppet för alla över 65 år.",
    "years in a row": "Antalet har gått ned två år i rad.",
    "years ago": "För fyra år sedan såg det annorlunda ut.",
    "a known few": "Rapporten omfattar de två skolorna.",
    "a decade": "Förslaget från 1990-talet har införts.",
    "a round number as noun": "Ett 30-tal myndigheter har fått uppdrag.",
    "the time of day": "Biblioteket öppnar klockan 10.",
    "words that look like numerals": "Kommunen tiodelar inget och ökar informationen.",
    "nothing at all": "Helsingfors främjar sin intressebevakning.",
    "empty": "",
}


@pytest.mark.parametrize(("text", "expected"), MEASURES.values(), ids=MEASURES.keys())
def test_measures(text, expected):
    found = find_quantities(text)
    assert [(q.span.quote(text), q.unit) for q in found] == [(words, unit) for words, _, unit in expected]
    for quantity, (_, value, _) in zip(found, expected, strict=True):
        assert quantity.value == (None if value is None else pytest.approx(value))


@pytest.mark.parametrize("text", NONE.values(), ids=NONE.keys())
def test_no_measure(text):
    assert find_quantities(text) == ()


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("noll", 0), ("tolv", 12), ("tjugo", 20), ("trettiosju", 37), ("hundra", 100), ("tvåhundra", 200),
        ("trehundrafyrtiotvå", 342), ("åttahundra", 800), ("tusen", 1000), ("femtontusen", 15000),
        ("tvåtusenfemhundra", 2500), ("sexa", None), ("enhet", None), ("tvåtio", None), ("", None),
    ],
)  # fmt: skip
def test_cardinal(words, value):
    assert cardinal(words) == value


@pytest.mark.parametrize(
    ("digits", "value"),
    [("7", 7), ("2,5", 2.5), ("2.5", 2.5), ("1 000", 1000), ("1.234.567", 1234567), ("12 345,6", 12345.6)],
)
def test_figure(digits, value):
    assert figure(digits) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("två och en halv miljon", 2.5e6), ("en halv miljard", 5e8), ("ett och ett halvt", 1.5),
        ("800 tusen", 8e5), ("1,3 miljarder", 1.3e9), ("hundra miljoner", 1e8),
    ],
)  # fmt: skip
def test_read_number(text, value):
    end, got = read_number(tokens(text), 0)
    assert got == pytest.approx(value)
    assert tokens(text)[end].kind == "end"


# --- properties -----------------------------------------------------------------------------------------------------

ONES = ["", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv", "tretton",
        "fjorton", "femton", "sexton", "sjutton", "arton", "nitton"]  # fmt: skip
TENS = ["", "", "tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio"]


def spelled(number: int) -> str:
    """A number from 1 to 999 999 in Swedish words."""
    if number >= 1000:
        return spelled(number // 1000) + "tusen" + (spelled(number % 1000) if number % 1000 else "")
    if number >= 100:
        return ONES[number // 100] + "hundra" + (spelled(number % 100) if number % 100 else "")
    return ONES[number] if number < 20 else TENS[number // 10] + ONES[number % 10]


def grouped(number: int, gap: str) -> str:
    return f"{number:,}".replace(",", gap)


@given(st.integers(1, 999_999))
def test_spelled_numbers_round_trip(number):
    assert cardinal(spelled(number)) == number


@given(st.integers(0, 10**9), st.sampled_from([" ", "\u00a0", "\u202f", "."]))
def test_grouped_figures_round_trip(number, gap):
    text = f"Regionen avsätter {grouped(number, gap)} kronor till vården."
    (found,) = find_quantities(text)
    assert (found.value, found.unit) == (number, "kronor")
    assert found.span.quote(text) == f"{grouped(number, gap)} kronor"


@given(st.integers(1, 999), st.integers(0, 9), st.sampled_from(["miljoner", "miljarder"]))
def test_decimals_with_scale_round_trip(whole, tenth, scale):
    text = f"Anslaget ökar med {whole},{tenth} {scale} kronor."
    (found,) = find_quantities(text)
    assert found.value == pytest.approx((whole + tenth / 10) * {"miljoner": 1e6, "miljarder": 1e9}[scale])


@given(st.integers(2, 999), st.sampled_from(["procent", "kronor", "hektar", "elever", "nya bostäder"]))
def test_words_and_figures_agree(number, unit):
    one, other = (find_quantities(f"Målet är {n} {unit}.") for n in (number, spelled(number)))
    assert [(q.value, q.unit) for q in one] == [(q.value, q.unit) for q in other] == [(number, unit)]


WORDS = """
40 1,5 2030 3 000 två tio en ett halv och miljoner kronor procent av de fem var tredje hälften - – (
) / : . , % plats minst mer än per år i rad nya elever § kap [ ] den mars C21 dubbelt så många netto
halveras İ ﬁ
"""
PIECES = st.sampled_from(WORDS.split())


@given(st.lists(PIECES, max_size=25), st.sampled_from([" ", ""]))
def test_spans_lie_in_the_text_in_order(pieces, gap):
    text = gap.join(pieces)
    end = 0
    for quantity in find_quantities(text):
        assert end <= quantity.span.start < quantity.span.end <= len(text)
        assert quantity.span.quote(text).strip()
        end = quantity.span.end


@pytest.mark.parametrize(
    "piece",
    ["40 procent, ", "1 000 ", "9", "två ", "tusen ", "minst ", "av ", "var tredje ", "1,", "12 (3) ", "a", "- "],
)
def test_long_input_ends_quickly(piece):
    text = piece * (100_000 // len(piece))
    begin = time.perf_counter()
    find_quantities(text)
    assert time.perf_counter() - begin < 5
