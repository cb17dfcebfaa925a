"""Whom "staden" and "vi" mean."""

from __future__ import annotations

import pytest

from malbild.findings import Actor, ActorType
from malbild.link.issuer import speaker, with_issuer
from malbild.link.register import registered
from malbild.source import Span


def actor(name: str, *sentences: int, kind: ActorType = "ORG") -> Actor:
    body = registered(name) if kind == "ORG" else None
    return Actor(name, kind, tuple((n, Span(0, len(name))) for n in sentences), body)


def pointed(noun: str, *bodies: Actor) -> str | None:
    """The name of the body that a role noun stands for."""
    actors = with_issuer([*bodies, actor(noun, 5, kind="UNIT")])
    same = actors[-1].same_as
    return None if same is None else actors[same.actor].name


# Gloss: role noun; bodies with the sentences that name them; whom the noun stands for.
CASES = {
    "the city": ("Staden", [actor("Esbo", 0, 7)], "Esbo"),
    "of the city": ("stadens", [actor("Esbo", 0, 7)], "Esbo"),
    "named once, at the start": ("kommunen", [actor("Vara kommun", 0)], "Vara kommun"),
    "named once, far down": ("kommunen", [actor("Vara kommun", 30)], None),
    "named often, but not at the start": ("staden", [actor("Esbo", 8, 9, 12)], "Esbo"),
    "two towns alike": ("staden", [actor("Esbo", 0, 4), actor("Vanda", 1, 5)], None),
    "a town and its neighbour": ("staden", [actor("Vanda", 3), actor("Esbo", 0, 4)], "Esbo"),
    "a region is no town": ("staden", [actor("Region Skåne", 0, 4)], None),
    "the region": ("Regionen", [actor("Lund", 0, 1, 2), actor("Region Skåne", 1)], "Region Skåne"),
    "the county board": ("länsstyrelsen", [actor("Boverket", 0, 1, 2), actor("Länsstyrelsen Skåne", 1)],
                         "Länsstyrelsen Skåne"),
    "the agency at the start": ("myndigheten", [actor("Boverket", 0, 6)], "Boverket"),
    "an agency among others": ("myndigheten", [actor("Boverket", 5, 6, 7, 8)], None),
    "towns in general": ("städer", [actor("Esbo", 0, 7)], None),
    "a board": ("nämnden", [actor("Esbo", 0, 7)], None),
}  # fmt: skip


@pytest.mark.parametrize(("noun", "bodies", "whom"), CASES.values(), ids=CASES)
def test_role_nouns(noun: str, bodies: list[Actor], whom: str | None) -> None:
    assert pointed(noun, *bodies) == whom


def test_the_reason_is_told() -> None:
    same = with_issuer([actor("Esbo", 0, 7), actor("Staden", 5, kind="UNIT")])[1].same_as
    assert same is not None
    assert same.why == "Esbo: named 2 times, first at the start, no other of its kind"


@pytest.mark.parametrize(
    ("bodies", "whom"),
    [
        ([actor("Esbo", 0, 7)], 0),
        ([actor("Sametinget", 0, 3, 4, 5)], None),
        ([actor("Region Blekinge", 0)], None),
        ([actor("invånarna", 0, 1, 2, kind="GROUP")], None),
    ],
    ids=["a town", "an agency", "named once", "a group"],
)
def test_who_speaks(bodies: list[Actor], whom: int | None) -> None:
    found = speaker(bodies)
    assert (found and found.actor) == whom
