"""Mentions grouped to actors: inflection, genitives, abbreviations, the name shown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from malbild.findings import Actor, ActorType, Mention
from malbild.link import group_actors
from malbild.source import Span

Named = tuple[int, Mention, str, str]


def named(sentence: int, words: str, key: str, kind: ActorType = "ORG", between: str = "", start: int = 0) -> Named:
    return sentence, Mention(Span(start, start + len(words)), kind, f"{kind}:{key}"), words, between


def group(*mentions: tuple[str, str, ActorType]) -> list[tuple[str, int]]:
    """Names and numbers of mentions, from words, keys and types, a sentence each."""
    found = group_actors([named(n, words, key, kind) for n, (words, key, kind) in enumerate(mentions)])
    return [(actor.name, len(actor.mentions)) for actor in found]


# Gloss: mentions (words, key as extraction gives it, type); actors (name, mentions).
GROUPS: dict[str, tuple[list[tuple[str, str, ActorType]], list[tuple[str, int]]]] = {
    "the government's": (
        [("regeringens", "regering", "UNIT"), ("Regeringen", "regering", "UNIT")], [("Regeringen", 2)]),
    "the city's, its lemma misread": (
        [("Staden", "stad", "UNIT"), ("Stadens", "stadens", "UNIT")], [("Staden", 2)]),
    "the agency's": (
        [("Naturvårdsverkets", "naturvårdsverkets", "ORG"), ("Naturvårdsverket", "naturvårdsverket", "ORG")],
        [("Naturvårdsverket", 2)]),
    "Sweden's": ([("Sveriges", "sveriges", "ORG"), ("Sverige", "sverige", "ORG")], [("Sverige", 2)]),
    "the EU's": ([("EU:s", "eu:s", "ORG"), ("EU", "eu", "ORG")], [("EU", 2)]),
    "Helsinki, once": ([("Helsingfors", "helsingfors", "ORG")], [("Helsingfors", 1)]),
    "Helsinki, a genitive to the tagger": ([("Helsingfors", "helsingfor", "ORG")], [("Helsingfors", 1)]),
    "Helsinki, at times a genitive to the tagger": (
        [("Helsingfors", "helsingfor", "ORG"), ("Helsingfors", "helsingfors", "ORG")], [("Helsingfors", 2)]),
    "residents, inflected": (
        [("invånarna", "invånare", "GROUP"), ("invånare", "invånare", "GROUP"), ("invånarnas", "invånare", "GROUP")],
        [("invånarna", 3)]),
    "the city's, alone": ([("Stadens", "stad", "UNIT")], [("Staden", 1)]),
    "the city's, alone and misread": ([("Stadens", "stadens", "UNIT")], [("Staden", 1)]),
    "young people's, alone": ([("ungdomarnas", "ungdom", "GROUP")], [("ungdomarna", 1)]),
    "the EU's, alone": ([("EU:s", "eu", "ORG")], [("EU", 1)]),
    "the bureau's, alone": (
        [("Statistiska centralbyråns", "statistiska centralbyrån", "ORG")], [("Statistiska centralbyrån", 1)]),
    "Siemens is no genitive": ([("Siemens", "siemens", "ORG")], [("Siemens", 1)]),
    "a committee and a board": (
        [("nämnden", "nämnd", "UNIT"), ("styrelsen", "styrelse", "UNIT")], [("nämnden", 1), ("styrelsen", 1)]),
    "a municipality and municipalities": (
        [("kommunen", "kommun", "UNIT"), ("kommuner", "kommun", "GROUP")], [("kommunen", 1), ("kommuner", 1)]),
}  # fmt: skip


@pytest.mark.parametrize(("mentions", "expected"), GROUPS.values(), ids=GROUPS)
def test_groups(mentions: list[tuple[str, str, ActorType]], expected: list[tuple[str, int]]) -> None:
    assert group(*mentions) == expected


@pytest.mark.parametrize(("mentions", "expected"), GROUPS.values(), ids=GROUPS)
def test_order_of_mentions_changes_no_group(
    mentions: list[tuple[str, str, ActorType]], expected: list[tuple[str, int]]
) -> None:
    assert sorted(number for _, number in group(*reversed(mentions))) == sorted(number for _, number in expected)


COUNCIL = named(0, "Nordiska vattenrådet", "nordiska vattenrådet")


def test_an_abbreviation_in_brackets_is_the_same_actor() -> None:
    # The Nordic water council (NVR) … NVR's … Sida
    (council, other) = group_actors([
        COUNCIL,
        named(0, "NVR", "nvr", between=" (", start=26),
        named(1, "NVR:s", "nvr"),
        named(2, "Sida", "sida"),
    ])  # fmt: skip
    assert (council.name, len(council.mentions)) == ("Nordiska vattenrådet", 3)
    assert other.name == "Sida"


def test_an_abbreviation_may_come_before_it_is_explained() -> None:
    (council,) = group_actors(
        [named(0, "NVR", "nvr"), (1, *COUNCIL[1:]), named(1, "NVR", "nvr", between=" (", start=26)]
    )  # fmt: skip
    assert (council.name, len(council.mentions)) == ("Nordiska vattenrådet", 3)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (COUNCIL, named(0, "NVR", "nvr", between=" och ", start=26)),
        (COUNCIL, named(1, "NVR", "nvr", between=" (")),
        (COUNCIL, named(0, "Umeå", "umeå", between=" (", start=26)),
        (named(0, "Ebba Busch", "ebba busch", "PERSON"), named(0, "KD", "kd", between=" (", start=12)),
    ],
    ids=["no brackets", "another sentence", "no abbreviation", "a person's party"],
)
def test_what_is_not_joined(first: Named, second: Named) -> None:
    assert len(group_actors([first, second])) == 2


def test_an_abbreviation_keeps_its_first_meaning() -> None:
    found = group_actors([
        named(0, "Kommunförbundet", "kommunförbundet"),
        named(0, "KF", "kf", between=" (", start=17),
        named(1, "Konstfack", "konstfack"),
        named(1, "KF", "kf", between=" (", start=11),
    ])  # fmt: skip
    assert [(actor.name, len(actor.mentions)) for actor in found] == [("Kommunförbundet", 3), ("Konstfack", 1)]


def test_actors_stand_in_the_order_of_their_first_mention() -> None:
    words = ["Umeå", "Vasa", "Umeå", "Sala", "Vasa"]
    assert group(*((word, word.casefold(), "ORG") for word in words)) == [("Umeå", 2), ("Vasa", 2), ("Sala", 1)]


def test_no_mentions_no_actors() -> None:
    assert group_actors([]) == ()


WORDS = st.sampled_from(
    ["Staden", "stadens", "Stad", "EU", "EU:s", "NVR", "Helsingfors", "Sverige", "Sveriges", "Jens", "s", "ss", "sss"]
)
MENTIONS = st.lists(
    st.tuples(WORDS, WORDS.map(str.casefold), st.sampled_from(["ORG", "UNIT", "GROUP", "PERSON"]),
              st.sampled_from(["", " (", " och "])),
    max_size=25,
)  # fmt: skip


@settings(deadline=None)
@given(MENTIONS)
def test_every_mention_is_in_exactly_one_actor(drawn: list[tuple[str, str, ActorType, str]]) -> None:
    mentions = [
        named(n // 3, words, key, kind, between if n % 3 else "", start=20 * (n % 3))
        for n, (words, key, kind, between) in enumerate(drawn)
    ]
    found: tuple[Actor, ...] = group_actors(mentions)
    places = [place for actor in found for place in actor.mentions]
    assert sorted(places) == sorted((sentence, mention.span) for sentence, mention, _, _ in mentions)
    assert all(list(actor.mentions) == sorted(actor.mentions) for actor in found)
    assert [actor.mentions[0] for actor in found] == sorted(actor.mentions[0] for actor in found)
    assert all(actor.name and actor.mentions for actor in found)
