"""Municipalities, regions, agencies and ministries of Sweden and Finland: from a name as written to the register's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from malbild.findings import BodyKind, Country, Registered
from malbild.sv.registers import rows

_LISTS: tuple[tuple[BodyKind, Country], ...] = (
    ("municipality", "se"),
    ("municipality", "fi"),
    ("region", "se"),
    ("region", "fi"),
    ("welfare_area", "fi"),
    ("county", "se"),
    ("agency", "se"),
    ("agency", "fi"),
    ("ministry", "se"),
    ("ministry", "fi"),
)
_SHORTEST_ABBREVIATION = 3
"""Abbreviations of two letters mean too many things."""
_COUNTY = " län"


def _genitive(name: str) -> str:
    return name if name.endswith(("s", "x", "z")) else f"{name}s"


def _names(kind: BodyKind, official: str, other: list[str]) -> Iterator[str]:
    """How a body is written, folded."""
    yield official.casefold()
    if kind == "municipality":
        short = (other or [official])[0].casefold()
        yield short
        yield from (f"{form} {what}" for form in (short, _genitive(short)) for what in ("stad", "kommun"))
    elif kind == "agency" and official.startswith("Länsstyrelsen i ") and official.endswith(_COUNTY):
        county = official.removeprefix("Länsstyrelsen i ").removesuffix(_COUNTY)
        for form in {county, county.removesuffix("s")}:
            for name in (f"länsstyrelsen {form}", f"länsstyrelsen i {form}", f"länsstyrelsen {form}{_COUNTY}"):
                yield name.casefold()
    elif kind != "county":
        yield from (
            name.casefold() for cell in other for name in cell.split("|") if len(name) >= _SHORTEST_ABBREVIATION
        )


@cache
def _register() -> dict[str, Registered]:
    found: dict[str, Registered] = {}
    unsure: set[str] = set()
    for kind, country in _LISTS:
        for official, *other in rows(f"{kind}_{country}"):
            body = Registered(official, kind, country)
            for name in set(_names(kind, official, other)):
                if found.setdefault(name, body) != body:
                    unsure.add(name)
    for short, official in rows("short_se"):
        found[short.casefold()] = found[official.casefold()]
        unsure.discard(short.casefold())
    for name in unsure:
        del found[name]
    return found


def registered(name: str) -> Registered | None:
    """The body of that name or abbreviation, in the nominative or the genitive; ``None`` where none or several are.

    >>> registered("Göteborgs Stad").name, registered("SCB:s").name
    ('Göteborgs kommun', 'Statistiska centralbyrån')
    >>> registered("Social- och hälsovårdsministeriet").kind, registered("Helsingfors").country
    ('ministry', 'fi')
    """
    register = _register()
    folded = name.casefold()
    for form in (folded, folded.removesuffix(":s"), folded.removesuffix("s")):
        if form in register:
            return register[form]
    return None
