"""Limits and changes said of measures. Each has an English gloss."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from malbild.extraction.qualify import qualified
from malbild.extraction.quantities import find_quantities

# Gloss: text; value, comparison and change of each quantity.
SAID = {
    "increase by 10 per cent": ("Resorna ska öka med 10 procent.", [(10, None, "by")]),
    "increase to 10 per cent": ("Andelen ska öka till 10 procent.", [(10, None, "to")]),
    "from 8 to 20": ("Andelen stiger från 8 till 20 procent.", [(8, None, "from"), (20, None, "to")]),
    "at least 50": ("Minst 50 procent av maten ska vara ekologisk.", [(50, "at_least", None)]),
    "at most three": ("Väntetiden ska vara högst tre månader.", [(3, "at_most", None)]),
    "more than 200": ("Fler än 200 företag deltog.", [(200, "more_than", None)]),
    "just over 40": ("Utsläppen minskade med drygt 40 procent.", [(40, "more_than", "by")]),
    "just under 40": ("Utsläppen minskade med knappt 40 procent.", [(40, "less_than", "by")]),
    "about 1 000": ("Cirka 1 000 elever berörs.", [(1000, "about", None)]),
    "up to 30": ("Stödet sänks till upp till 30 procent.", [(30, "at_most", "to")]),
    "not more than 5": ("Arbetslösheten får inte stiga till mer än 5 procent.", [(5, "at_most", "to")]),
    "must not exceed 12": ("Avgiften får inte överstiga 12 kronor.", [(12, "at_most", None)]),
    "80 per cent or more": ("Andelen ska vara 80 procent eller mer.", [(80, "at_least", None)]),
    "with 40 per cent, no change": ("Skolor med 40 procent pojkar får stöd.", [(40, None, None)]),
    "to five schools, no change": ("Medel ges till fem skolor.", [(5, None, None)]),
}


@pytest.mark.parametrize(("text", "wanted"), SAID.values(), ids=SAID.keys())
def test_what_is_said_of_a_measure(text, wanted):
    found = qualified(text, find_quantities(text))
    assert [(quantity.value, quantity.comparison, quantity.change) for quantity in found] == wanted


@given(st.integers(2, 999), st.sampled_from(["med", "till", "från"]), st.sampled_from(["", "minst ", "cirka "]))
def test_a_change_is_read_off_its_preposition_whatever_the_figure(number, preposition, limit):
    text = f"Andelen ska öka {preposition} {limit}{number} procent."
    (quantity,) = qualified(text, find_quantities(text))
    assert quantity.value == number
    assert quantity.change == {"med": "by", "till": "to", "från": "from"}[preposition]
    assert quantity.comparison == {"": None, "minst ": "at_least", "cirka ": "about"}[limit]


@given(st.text(max_size=60))
def test_nothing_is_lost_and_no_span_moves(text):
    found = find_quantities(text)
    assert [(q.span, q.value, q.unit) for q in qualified(text, found)] == [(q.span, q.value, q.unit) for q in found]


# Gloss: the sentence; year of every quantity's baseline.
COMPARED = {
    "compared with": ("Utsläppen ska minska med 40 procent jämfört med 2015.", [2015]),
    "with the level of": ("Utsläppen ska vara 60 procent lägre jämfört med nivån år 1990.", [1990]),
    "than": ("Utsläppen ska vara 60 procent lägre än 2018.", [2018]),
    "before the measure": ("Jämfört med 2020 ska svinnet minska med 20 procent.", [2020]),
    "the nearest measure's": ("Från 41 till 29 gram, en minskning med 12 gram jämfört med 2019.", [None, None, 2019]),
    "halved": ("Svinnet ska halveras, räknat från 2024.", [2024]),
    "a stretch of years": ("Utsläppen ska vara 10 procent lägre än 2018–2020.", [None]),
    "a deadline": ("Utsläppen ska minska med 40 procent till 2030.", [None]),
    "no measure": ("Det är bättre än 2015.", []),
}


@pytest.mark.parametrize(("text", "years"), COMPARED.values(), ids=COMPARED)
def test_baselines(text, years):
    found = [quantity.baseline for quantity in qualified(text, find_quantities(text))]
    assert [baseline and baseline.year for baseline in found] == years
    assert all(int(baseline.span.quote(text)) == baseline.year for baseline in found if baseline)
