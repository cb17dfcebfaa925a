"""Names of public bodies in the registers of Sweden and Finland."""

from __future__ import annotations

import pytest

from malbild.link.register import registered

# Gloss: as written; register's name, kind, country.
BODIES = {
    "Göteborgs Stad": ("Göteborgs kommun", "municipality", "se"),
    "Göteborgs": ("Göteborgs kommun", "municipality", "se"),
    "Borås": ("Borås kommun", "municipality", "se"),
    "KARLSHAMNS KOMMUN": ("Karlshamns kommun", "municipality", "se"),
    "Helsingfors": ("Helsingfors", "municipality", "fi"),
    "Esbo stad": ("Esbo", "municipality", "fi"),
    "S:t Karins": ("S:t Karins", "municipality", "fi"),
    "Region Skåne": ("Region Skåne", "region", "se"),
    "VGR": ("Västra Götalandsregionen", "region", "se"),
    "Region Kalmar läns": ("Region Kalmar län", "region", "se"),
    "Ålands landskapsregering": ("Ålands landskapsregering", "region", "fi"),
    "Österbottens välfärdsområde": ("Österbottens välfärdsområde", "welfare_area", "fi"),
    "Skåne län": ("Skåne län", "county", "se"),
    "Länsstyrelsen Stockholm": ("Länsstyrelsen i Stockholms län", "agency", "se"),
    "länsstyrelsen i Skåne": ("Länsstyrelsen i Skåne län", "agency", "se"),
    "SCB:s": ("Statistiska centralbyrån", "agency", "se"),
    "Skolverkets": ("Statens skolverk", "agency", "se"),
    "FPA": ("Folkpensionsanstalten", "agency", "fi"),
    "Finansdepartementet": ("Finansdepartementet", "ministry", "se"),
    "undervisnings- och kulturministeriet": ("Undervisnings- och kulturministeriet", "ministry", "fi"),
    "UKM:s": ("Undervisnings- och kulturministeriet", "ministry", "fi"),
}


@pytest.mark.parametrize(("written", "body"), BODIES.items(), ids=BODIES)
def test_bodies(written: str, body: tuple[str, str, str]) -> None:
    found = registered(written)
    assert found is not None
    assert (found.name, found.kind, found.country) == body


@pytest.mark.parametrize("written", ["staden", "AI", "EU", "AF", "Skåne", "Nordiska vattenrådet", "", "s"])
def test_what_is_none(written: str) -> None:
    assert registered(written) is None
