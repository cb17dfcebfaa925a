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
