"""The names that count as features, out of the registers."""

from __future__ import annotations

import pytest

from malbild.extraction.lexicon import NAMES, names


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Göteborg", "municipality"),
        ("Korsholm", "municipality"),
        ("Dalarna", "county"),
        ("Arbetsförmedlingen", "agency"),
        ("Skolverket", "agency"),
        ("Arbetshälsoinstitutet", "agency"),
        ("Finansministeriet", "agency"),
        ("SCB", "agency"),
        ("Danmark", "country"),
        ("nämnd", "unit"),
        ("invånare", "group"),
        ("statsminister", "office"),
    ],
)
def test_a_word_stands_in_its_list(word: str, kind: str) -> None:
    assert word in names(kind)


def test_names_are_single_words_and_no_short_abbreviations() -> None:
    registers = [word for kind in ("municipality", "county", "agency") for word in names(kind)]
    assert all(" " not in word and len(word) > 2 for word in registers)
    assert all(names(kind) for kind in NAMES)
