"""Documents in every format to records: findings, places on pages, what is in the record beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from malbild import extract_file
from malbild.flow import extract_source
from malbild.read import read
from malbild.settings import Settings

READING = Path(__file__).parents[1] / "corpus" / "reading"
FAST = Settings(profile="fast")


def record_of(name: str) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(extract_file(READING / name, FAST).to_json())
    return plain


@pytest.mark.parametrize("name", ["klimatplan-spalter.pdf", "klimatplan-liggande.pdf", "arsuppfoljning-allt.pdf"])
def test_findings_lead_back_to_the_page(name: str) -> None:
    source = read(READING / name)
    record = record_of(name)
    text = record["document"]["text"]
    assert text == source.text
    assert record["document"]["pages"] == len(source.pages)
    found = record["goals"] + record["outcomes"]
    assert len(found) > 20
    for finding in found:
        assert text[finding["start"] : finding["end"]] == finding["text"]
        assert finding["page"] == finding["boxes"][0]["page"] == finding["occurrences"][0]["page"]
        for box in finding["boxes"]:
            page = source.pages[box["page"] - 1]
            wide, high = (page.height, page.width) if page.turns % 2 else (page.width, page.height)
            assert 0 <= box["left"] < box["right"] <= wide
            assert 0 <= box["top"] < box["bottom"] <= high


def test_what_is_set_aside_is_in_the_record() -> None:
    aside = record_of("klimatplan-sidhuvud.pdf")["document"]["set_aside"]
    assert {(one["kind"], one["text"], tuple(one["pages"])) for one in aside} >= {
        ("page_number", "Sida # (#)", (1, 2, 3)),
    }


def test_a_record_of_text_holds_no_text_and_no_pages() -> None:
    record = record_of("klimatplan.txt")
    assert (record["document"]["text"], record["document"]["pages"]) == (None, None)
    assert {finding["page"] for finding in record["goals"]} == {None}


@pytest.mark.parametrize(
    "name",
    ["klimatplan.md", "klimatplan-en-kolumn.pdf", "klimatplan-spalter.pdf", "klimatplan.docx", "klimatplan.odt"],
)
def test_a_table_of_measures_gives_goals_with_who_and_when(name: str) -> None:
    record = record_of(name)
    goals = {" ".join(goal["text"].split()): goal for goal in record["goals"]}
    goal = goals["Upphandla samlastning av alla varor till kommunens enheter"]
    assert goal["kind"] == "action"
    assert goal["actor"]["text"] == "Kommunstyrelsen"
    named = next(actor for actor in record["actors"] if actor["id"] == goal["actor"]["id"])
    assert named["name"].casefold() == "kommunstyrelsen"
    assert (goal["deadline"]["text"], goal["deadline"]["to"]) == ("Senast 2027", "2027-12-31")
    assert goal["indicator"]["text"].split() == ["Antal", "leveranser", "per", "vecka"]
    assert "head of the column" in {one["by"] for one in goal["evidence"]}
    # Neither who, when nor a figure is a goal by itself.
    assert not {"Kommunstyrelsen", "Senast 2027", "104", "Ansvarig"} & set(goals)


def test_formats_of_one_text_say_the_same() -> None:
    def found(name: str) -> set[tuple[str, str]]:
        record = extract_source(read(READING / name), FAST)
        both = [("goal", record.goals), ("outcome", record.outcomes)]
        return {(kind, " ".join(one.text.split())) for kind, findings in both for one in findings}

    wanted = found("klimatplan.md")
    for name in ("klimatplan-spalter-avstavad.pdf", "klimatplan.docx", "klimatplan.odt", "klimatplan-webb.html"):
        assert len(found(name) & wanted) >= 0.93 * max(len(wanted), len(found(name))), name
