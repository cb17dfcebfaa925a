"""Times by which a goal is to be reached: which phrase, how far it goes, which days it stands for."""

import calendar
import datetime
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from malbild.extraction.deadlines import find_deadlines, pick_deadline
from malbild.sv import words

MONTHS = [line.split()[0] for line in words("months")]

# Sentence, the deadline's words, first and last day. The id is the English gloss.
PICKED = {
    "by 2030": ("Senast 2030 ska energin vara förnybar.", "Senast 2030", None, "2030-12-31"),
    "by the year 2030": ("Målet nås senast år 2030.", "senast år 2030", None, "2030-12-31"),
    "by 31 December 2026": ("Planen ska vara klar senast den 31 december 2026.",
                            "senast den 31 december 2026", None, "2026-12-31"),
    "during 2025": ("Kallelsen införs under 2025.", "under 2025", "2025-01-01", "2025-12-31"),
    "before the end of the strategy period": ("Kön ska kortas före utgången av strategiperioden.",
                                              "före utgången av strategiperioden", None, None),
    "before the end of 2026": ("Alla ska ha gått kursen före utgången av 2026.",
                               "före utgången av 2026", None, "2026-12-31"),
    "to 2030": ("Effekten ska halveras till 2030.", "till 2030", None, "2030-12-31"),
    "up to 2029": ("Andelen bör stiga fram till 2029.", "fram till 2029", None, "2029-12-31"),
    "up to and including 2027": ("Nivån ska hållas till och med 2027.", "till och med 2027", None, "2027-12-31"),
    "right up to 2025": ("Satsningen ska pågå fram till och med 2025.", "fram till och med 2025", None, "2025-12-31"),
    "2030, bare": ("Samtliga kommuner ska delta 2030.", "2030", "2030-01-01", "2030-12-31"),
    "the year 2035": ("År 2035 kan man bo här livet ut.", "År 2035", "2035-01-01", "2035-12-31"),
    "during 2021–2025": ("Åtgärden ska genomföras under 2021–2025.", "under 2021–2025", "2021-01-01", "2025-12-31"),
    "money for ten years": ("Regionen ska satsa 300 miljoner kronor under tio år.", "under tio år", None, None),
    "a museum's years": ("Bidraget till Sjöhistoriska Museet 2026–2029 ska öka.",
                         "2026–2029", "2026-01-01", "2029-12-31"),
    "the years 2026–2028": ("För åren 2026–2028 avsätts medel.", "För åren 2026–2028", "2026-01-01", "2028-12-31"),
    "the period 2025–2030": ("Vi ska stödja lantbruket under perioden 2025–2030.",
                             "under perioden 2025–2030", "2025-01-01", "2030-12-31"),
    "before 2030": ("Finansieringen ska växa före 2030.", "före 2030", None, "2029-12-31"),
    "at the end of the term": ("I slutet av mandatperioden ska det vara klart.",
                               "I slutet av mandatperioden", None, None),
    "by the end of 2024": ("Senast i slutet av 2024 ska alla få svar.", "Senast i slutet av 2024", None, "2024-12-31"),
    "at the end of the period": ("Vid planperiodens slut finns sex bibliotek.", "Vid planperiodens slut", None, None),
    "on 15 March 2026": ("Uppdraget ska redovisas den 15 mars 2026.", "den 15 mars 2026", "2026-03-15", "2026-03-15"),
    "a date without den": ("Arbetet ska slutredovisas 1 mars 2024.", "1 mars 2024", "2024-03-01", "2024-03-01"),
    "a date in figures": ("Blanketterna ska vara översatta senast 31.12.2026.",
                          "senast 31.12.2026", None, "2026-12-31"),
    "by 30 September, no year": ("Rådet ska senast den 30 september redovisa detta.",
                                 "senast den 30 september", None, None),
    "within five years": ("Sverige bör förbättra sin ranking inom fem år.", "inom fem år", None, None),
    "after four years": ("Efter fyra år bör nämnden pröva om stödet ska finnas kvar.", "Efter fyra år", None, None),
    "in a perspective of ten years": ("I ett tioårsperspektiv ska skolorna bli färre.",
                                      "I ett tioårsperspektiv", None, None),
    "in twenty years' time": ("På tjugo års sikt ska ån vara fri från gifter.", "På tjugo års sikt", None, None),
    "the vision for 2035": ("Visionen för 2035 är en stad utan köer.", "för 2035", "2035-01-01", "2035-12-31"),
    "a name, then the year": ("Staden ska bygga om Östra hamnen till 2031.", "till 2031", None, "2031-12-31"),
    "in a place, then the year": ("Tågen ska stanna i Hyllinge 2031.", "2031", "2031-01-01", "2031-12-31"),
    "in five years": ("Om fem år är vi Nylands bästa.", "Om fem år", None, None),
    "next year": ("För det tillför vi medel redan nästa år.", "nästa år", None, None),
    "spring 2026": ("Gatan möbleras om våren 2026.", "våren 2026", "2026-03-01", "2026-05-31"),
    "by autumn 2028": ("Samla ärendena senast hösten 2028", "senast hösten 2028", None, "2028-11-30"),
    "first quarter 2025": ("En ny upphandling görs under första kvartalet 2025.",
                           "under första kvartalet 2025", "2025-01-01", "2025-03-31"),
    "Q4 2025": ("Publicera bygglov som öppna data | Q4 2025", "Q4 2025", "2025-10-01", "2025-12-31"),
    "in May": ("Förslagen skickas på remiss i maj.", "i maj", None, None),
    "by November": ("Programmet ska föreläggas lagtinget senast i november.", "senast i november", None, None),
    "by May 2026": ("Rutinen upprättas senast i maj 2026.", "senast i maj 2026", None, "2026-05-31"),
    "this autumn": ("Vi lägger i höst fram en lag.", "i höst", None, None),
    "this spring, at the end": ("Ett nytt försök görs i vår.", "i vår", None, None),
    "from 1 September": ("Stödet ska gå att söka från den 1 september.", "från den 1 september", None, None),
    "from autumn 2025": ("Från och med hösten 2025 är allt avgiftsfritt.",
                         "Från och med hösten 2025", "2025-09-01", None),
    "from 2027": ("Från 2027 ska ett team vara bemannat.", "Från 2027", "2027-01-01", None),
    "before the turn of the year": ("Nämnden lägger fram en plan före årsskiftet.", "före årsskiftet", None, None),
    "school year 2028–2029": ("Kursen bör ges senast läsåret 2028–2029.", "senast läsåret 2028–2029", None, None),
    "when the term is over": ("När mandatperioden är slut ska kön vara borta.",
                              "När mandatperioden är slut", None, None),
    "every year on a date": ("Verket ska lämna en översikt senast den 31 mars varje år.",
                             "senast den 31 mars varje år", None, None),
    "limit before baseline": ("Utsläppen ska halveras till 2029 jämfört med 2019.", "till 2029", None, "2029-12-31"),
    "2030, than 1990": ("Utsläppen ska vara 80 procent lägre 2030 än 1990.", "2030", "2030-01-01", "2030-12-31"),
    "past level and goal": ("Andelen var 6 procent 2024 och ska vara 12 procent till 2028.",
                            "till 2028", None, "2028-12-31"),
    "since 2019 and by 2027": ("Andelen har ökat sedan 2019 och ska vara 60 procent senast 2027.",
                               "senast 2027", None, "2027-12-31"),
    "the first of two budget years": ("Regeringen avsätter 4 miljoner kronor 2026 och 6 miljoner kronor 2027.",
                                      "2026", "2026-01-01", "2026-12-31"),
    "interim and final report": ("Uppdraget ska delredovisas i mars 2025 och slutredovisas i maj 2026.",
                                 "i maj 2026", "2026-05-01", "2026-05-31"),
    "a year as a heading": ("2029: Varje barngrupp leds av en anställd.", "2029", "2029-01-01", "2029-12-31"),
    "two-digit second year": ("Modellen sprids före säsongen 2027/28.", "före säsongen 2027/28", None, None),
    "as soon as possible": ("Verket ska så snart som möjligt utreda frågan.", "så snart som möjligt", None, None),
}  # fmt: skip

NOT_PICKED = {
    "a year in the name of a fair": "Nämnden ska delta i mässan Gröna Veckan 2026.",
    "a vision by its year": "Det bygger på Vision 2035.",
    "baseline: compared with": "Utsläppen ska minska med 60 procent jämfört med 2010.",
    "baseline: counted from": "Resorna ska minska med hälften, räknat från 2019.",
    "baseline: than": "Vi ska lägga mer på övningar än 2024.",
    "a year's level": "Utsläppen ska inte överstiga 2010 års nivå.",
    "past: adopted 2020": "Målet i strategin, som antogs 2020, är att förtroendet ska öka.",
    "past: was carried out 2024": "Utifrån granskningen som genomfördes 2024 ska arbetet koncentreras.",
    "since 2019": "Vi ska fortsätta det arbete som pågått sedan 2019.",
    "how long it lasts": "Kommunen avser att under tre år pröva en ny modell.",
    "a meeting in March": "Slutsatserna från rådet i mars ska följas upp.",
    "a programme of some years": "Stödet inom RUS 2024–2027 ska ses över.",
    "Agenda 2030": "Vi ska bidra till Agenda 2030.",
    "a law number": "Kravet ska framgå av förordningen (2024:183).",
    "a registry number": "Målet i skrivelsen 2016/17:10 ska nås.",
    "a directive's number": "Reglerna ska följa direktiv 2001/18/EG.",
    "a decade": "Som på 1990-talet bör staten erbjuda datorer.",
    "a year long past": "Fler hus från före 1975 ska ha hiss.",
    "an age": "Ingen deltagare ska vara yngre än arton år.",
    "in our municipality": "I vår kommun är skolan liten och nära.",
    "the next step": "Nästa steg är att stärka samarbetet.",
    "next generation": "Skogen ska skötas så att nästa generation ärver den.",
    "the budget bill for 2026": "I budgetpropositionen för 2026 föreslår regeringen en satsning.",
    "a service promise": "Medborgarförslag ska besvaras inom två månader.",
    "every year": "En grundkurs ska ordnas varje år.",
    "yearly": "Regionen anställer årligen minst 25 personer.",
    "strive after": "Vi strävar efter att bli bäst.",
    "a number of kronor": "Regeringen satsar 2 000 kronor per elev.",
    "nothing": "Helsingfors främjar sin intressebevakning.",
    "empty": "",
}


@pytest.mark.parametrize(("text", "quote", "first", "last"), PICKED.values(), ids=PICKED.keys())
def test_pick(text, quote, first, last):
    picked = pick_deadline(text, find_deadlines(text))
    assert picked is not None
    assert (picked.span.quote(text), picked.first, picked.last) == (quote, first, last)


@pytest.mark.parametrize("text", NOT_PICKED.values(), ids=NOT_PICKED.keys())
def test_pick_none(text):
    assert pick_deadline(text, find_deadlines(text)) is None


def test_find_gives_every_candidate():
    text = "Sedan 2019 har andelen ökat, och till 2030 ska den nå 60 procent."
    assert [d.span.quote(text) for d in find_deadlines(text)] == ["2019", "till 2030"]


def test_a_stretch_between_two_dates_is_one():
    text = "Rådet ska verka fr.o.m. den 1 september 2021 t.o.m. den 31 december 2022."
    (found,) = find_deadlines(text)
    assert found.span.quote(text) == "fr.o.m. den 1 september 2021 t.o.m. den 31 december 2022"
    assert (found.first, found.last) == ("2021-09-01", "2022-12-31")


def test_no_such_day_has_no_date():
    (found,) = find_deadlines("Redovisas den 31 februari 2026.")
    assert (found.first, found.last) == (None, None)


# --- properties -----------------------------------------------------------------------------------------------------

DAYS = st.dates(min_value=datetime.date(2000, 1, 1), max_value=datetime.date(2099, 12, 31))


@given(DAYS, st.sampled_from(["den ", "senast den ", "från den ", "till den "]))
def test_dates_round_trip(day, lead):
    quote = f"{lead}{day.day} {MONTHS[day.month - 1]} {day.year}"
    text = f"Rapporten ska lämnas {quote}."
    picked = pick_deadline(text, find_deadlines(text))
    assert picked is not None and picked.span.quote(text) == quote
    assert day.isoformat() in (picked.first, picked.last)


@given(st.integers(2000, 2099), st.integers(1, 12))
def test_months_cover_their_days(year, month):
    text = f"Arbetet ska inledas i {MONTHS[month - 1]} {year}."
    (found,) = find_deadlines(text)
    assert found.first == f"{year}-{month:02}-01"
    assert found.last == f"{year}-{month:02}-{calendar.monthrange(year, month)[1]}"


@given(st.integers(2000, 2098), st.integers(1, 30), st.sampled_from(["–", "-", " – "]))
def test_year_ranges_cover_both_years(year, more, dash):
    later = min(year + more, 2099)
    text = f"Insatserna ska pågå under {year}{dash}{later}."
    (found,) = find_deadlines(text)
    assert (found.first, found.last) == (f"{year}-01-01", f"{later}-12-31")


WORDS = """
senast i slutet av 2030 2021–2025 den 15 mars före till och med under perioden våren nästa år inom
fem Q1 första kvartalet ( ) / : . , - årsskiftet i vår jämfört med fr.o.m. t.o.m. valet 31.12.2026
2026-13-40 99 İ ﬁ
"""
PIECES = st.sampled_from(WORDS.split())


@given(st.lists(PIECES, max_size=25), st.sampled_from([" ", ""]))
def test_spans_lie_in_the_text_in_order(pieces, gap):
    text = gap.join(pieces)
    end = 0
    found = find_deadlines(text)
    for deadline in found:
        assert end <= deadline.span.start < deadline.span.end <= len(text)
        assert not (deadline.first and deadline.last) or deadline.first <= deadline.last
        end = deadline.span.end
    picked = pick_deadline(text, found)
    assert picked is None or picked in found


@pytest.mark.parametrize(
    "piece",
    ["senast 2030, ", "2030 ", "den 15 mars ", "under ", "perioden ", "9", "i ", "a", "2021–", "nästa ", "har "],
)
def test_long_input_ends_quickly(piece):
    text = piece * (100_000 // len(piece))
    begin = time.perf_counter()
    pick_deadline(text, find_deadlines(text))
    assert time.perf_counter() - begin < 5
