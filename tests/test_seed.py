"""The report that Malbild began with: what its gold says must come out (skipped where ../shared is not there)."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from malbild.flow import extract_source
from malbild.read import read

GOLD = Path(os.environ.get("MALBILD_SHARED", Path(__file__).parents[2] / "shared")) / "gold" / "dev"
SEED = GOLD / "helsingfors-intressebevakning.txt"
pytestmark = pytest.mark.skipif(not SEED.is_file(), reason="needs the annotated texts of ../shared")

Json = dict[str, Any]


@pytest.fixture(scope="module")
def record() -> Json:
    made: Json = json.loads(extract_source(read(SEED)).to_json())
    return made


@pytest.fixture(scope="module")
def gold() -> Json:
    made: Json = json.loads(SEED.with_suffix(".json").read_text("utf-8"))
    return made


def starting(findings: list[Json], words: str) -> Json:
    """The finding whose sentence starts with these words."""
    (found,) = [finding for finding in findings if finding["text"].startswith(words)]
    return found


def test_helsinki_is_one_actor_and_the_city_is_it(record: Json) -> None:
    (helsinki,) = [actor for actor in record["actors"] if "helsingfors" in actor["name"].casefold()]
    assert (helsinki["type"], helsinki["registered"]["kind"]) == ("ORG", "municipality")
    assert {mention["text"] for mention in helsinki["mentions"]} == {"Helsingfors"}
    (city,) = [actor for actor in record["actors"] if "Stadens" in {mention["text"] for mention in actor["mentions"]}]
    assert city["same_as"]["id"] == helsinki["id"]
    assert city["same_as"]["why"].startswith("Helsingfors: named")


def test_one_is_helsinki_too(record: Json) -> None:
    made = starting(record["outcomes"], "Man har skapat mål")
    assert made["actor"]["text"] == "Man"
    assert made["actor"]["why"].startswith("Helsingfors: named")


def test_the_mixed_claim_has_three_parts(record: Json) -> None:
    mixed = starting(record["outcomes"], "I resultaten av")
    assert mixed["direction"] == "mixed"
    assert [part["direction"] for part in mixed["parts"]] == ["unchanged", "improved", "worsened"]
    assert [[quantity["value"] for quantity in part["quantities"]] for part in mixed["parts"]] == [[3], [2], [5]]


def test_the_doubled_line_is_one_claim(record: Json) -> None:
    doubled = starting(record["outcomes"], "Nationellt har Helsingfors synlighet")
    assert len(doubled["occurrences"]) == 2


@pytest.mark.parametrize(("label", "name", "least"), [("goal", "goals", 0.75), ("outcome", "outcomes", 0.8)])
def test_goals_and_claims_are_those_of_the_gold(record: Json, gold: Json, label: str, name: str, least: float) -> None:
    wanted = {sentence["start"] for sentence in gold["sentences"] if label in sentence["labels"]}
    found = {place["start"] for finding in record[name] for place in finding["occurrences"]}
    assert 2 * len(wanted & found) / (len(wanted) + len(found)) >= least
