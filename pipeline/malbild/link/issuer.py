"""Whom "staden", "kommunen", "vi" mean: the body that issued the document, where the text shows which it is.

A body is taken for the issuer if it is named at the start of the text or again and again, and clearly more often than
any other of its kind. Where that cannot be said, nothing is linked: a wrong link is worse than none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from malbild.findings import Actor, BodyKind, Issuer

_ROLES: dict[str, frozenset[BodyKind]] = {
    "stad": frozenset({"municipality"}),
    "kommun": frozenset({"municipality"}),
    "region": frozenset({"region"}),
    "landsting": frozenset({"region"}),
    "landskap": frozenset({"region"}),
    "landskapsregering": frozenset({"region"}),
    "välfärdsområde": frozenset({"welfare_area"}),
    "länsstyrelse": frozenset({"agency"}),
    "myndighet": frozenset({"agency"}),
    "verk": frozenset({"agency"}),
    "ministerium": frozenset({"ministry"}),
    "departement": frozenset({"ministry"}),
}
_DEFINITE = ("en", "ens", "n", "ns", "et", "ets", "t", "ts")
_LOCAL: frozenset[BodyKind] = frozenset({"municipality", "region", "welfare_area"})
_START = 3
"""Sentences at the start of a text in which its issuer tends to be named."""
_ONCE = 1
_OFTEN = {True: 3, False: 10}
"""Mentions from which a body that is not named at the start may be the issuer: of towns and regions, and of others, to
which an author who is none of them refers as "myndigheten" as well."""
_LEAD = 2
"""How many times as often as the next of its kind the issuer is named."""


def issuer(actors: Sequence[Actor], kinds: frozenset[BodyKind], named: str = "") -> Issuer | None:
    """The body of these kinds that issued the document, if the actors' mentions show which.

    ``named``: how its register name must begin.
    """
    bodies = [
        (len(actor.mentions), n)
        for n, actor in enumerate(actors)
        if actor.type == "ORG"
        and (body := actor.registered) is not None
        and body.kind in kinds
        and body.name.startswith(named)
    ]
    if not bodies:
        return None
    bodies.sort(key=lambda body: (-body[0], body[1]))
    times, first = bodies[0]
    others = bodies[1][0] if len(bodies) > 1 else 0
    at_start = actors[first].mentions[0][0] < _START
    enough = _ONCE if at_start else _OFTEN[kinds <= _LOCAL]
    if times < enough or times < _LEAD * others:
        return None
    said = ["named once" if times == 1 else f"named {times} times"]
    said += ["first at the start"] * (at_start and times > 1) + ["at the start"] * (at_start and times == 1)
    said += ["no other of its kind"] * (not others)
    return Issuer(first, f"{actors[first].name}: {', '.join(said)}")


def speaker(actors: Sequence[Actor]) -> Issuer | None:
    """Whom "vi" and "man" mean: a town, a region or a welfare area that issued the document and is named repeatedly.

    Other documents are often by somebody who is not named in them (a minister's speech about an agency).
    """
    found = issuer(actors, _LOCAL)
    return None if found is None or len(actors[found.actor].mentions) < _LEAD else found


def _stands_for(actor: Actor) -> frozenset[BodyKind] | None:
    """The kinds of body that a role noun in the singular definite can stand for."""
    if actor.type != "UNIT":
        return None
    words = actor.name.casefold()
    for noun, kinds in _ROLES.items():
        if words.startswith(noun) and words.removeprefix(noun) in _DEFINITE:
            return kinds
    return None


def with_issuer(actors: Sequence[Actor]) -> tuple[Actor, ...]:
    """The actors, role nouns pointed to the issuer they stand for."""
    found = []
    for actor in actors:
        kinds = _stands_for(actor)
        named = "Länsstyrelsen" if actor.name.casefold().startswith("länsstyrelse") else ""
        whom = None if kinds is None else issuer(actors, kinds, named)
        found.append(actor if whom is None else replace(actor, same_as=whom))
    return tuple(found)
