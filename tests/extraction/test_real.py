"""The shipped models on plain sentences, each in a small document of its own kind. Each has an English gloss.

Only what any sound model must find: the sentences are as clear as they come, and confidences are not looked at.
"""

from __future__ import annotations

from functools import cache

import pytest

from malbild.flow import extract_source
from malbild.read import read_text
from malbild.record import Goal, Outcome, Record

PLAN = """# Klimatplan för kommunen

Planen gäller hela kommunen. Strategin består av fyra delar.

Kommunen ska minska utsläppen med 40 procent senast 2030.

Vi ska bygga 200 nya bostäder under 2027.

Vi vill att fler unga ska få ett jobb.

Nämnden och styrelsen ska stärka samarbetet med näringslivet.

Målet är att halvera energianvändningen till 2035.

Planen ska antas av kommunstyrelsen senast den 31 december 2026.
"""
REPORT = """# Uppföljning av strategin

Rapporten består av tre kapitel.

Staden har byggt 300 nya bostäder under perioden.

Utsläppen har minskat med 12 procent sedan 2019.

Kommunen har infört en ny modell för uppföljning.

Målet nåddes inte.

Andelen förnybar energi var 40 procent 2019.
"""


@cache
def record(text: str) -> Record:
    return extract_source(read_text(text, "text"))


def goal(text: str, sentence: str) -> Goal | None:
    return next((goal for goal in record(text).goals if goal.text == sentence), None)


def outcome(text: str, sentence: str) -> Outcome | None:
    return next((outcome for outcome in record(text).outcomes if outcome.text == sentence), None)


GOALS = {
    "the municipality shall cut emissions": ("Kommunen ska minska utsläppen med 40 procent senast 2030.", "Kommunen"),
    "we shall build": ("Vi ska bygga 200 nya bostäder under 2027.", "Vi"),
    "we want": ("Vi vill att fler unga ska få ett jobb.", "Vi"),
    "the committee and the board": (
        "Nämnden och styrelsen ska stärka samarbetet med näringslivet.", "Nämnden och styrelsen"),
    "the goal is": ("Målet är att halvera energianvändningen till 2035.", None),
    "shall be adopted by the board": (
        "Planen ska antas av kommunstyrelsen senast den 31 december 2026.", "kommunstyrelsen"),
}  # fmt: skip


@pytest.mark.parametrize(("sentence", "actor"), GOALS.values(), ids=GOALS)
def test_a_goal_and_who_is_to_reach_it(sentence: str, actor: str | None) -> None:
    found = goal(PLAN, sentence)
    assert found is not None
    assert (found.actor.text if found.actor else None) == actor
    assert outcome(PLAN, sentence) is None


def test_a_goals_deadline_and_quantity() -> None:
    found = goal(PLAN, "Kommunen ska minska utsläppen med 40 procent senast 2030.")
    assert found is not None and found.deadline is not None
    assert (found.deadline.text, found.deadline.last) == ("senast 2030", "2030-12-31")
    assert [(q.text, q.value, q.unit) for q in found.quantities] == [("40 procent", 40.0, "procent")]


OUTCOMES = {
    "the city has built": ("Staden har byggt 300 nya bostäder under perioden.", "Staden", "achieved"),
    "emissions have fallen": ("Utsläppen har minskat med 12 procent sedan 2019.", None, "improved"),
    "the municipality has introduced": ("Kommunen har infört en ny modell för uppföljning.", "Kommunen", "achieved"),
    "the goal was not reached": ("Målet nåddes inte.", None, "not_achieved"),
}


@pytest.mark.parametrize(("sentence", "actor", "direction"), OUTCOMES.values(), ids=OUTCOMES)
def test_an_outcome_and_whose_it_is(sentence: str, actor: str | None, direction: str) -> None:
    found = outcome(REPORT, sentence)
    assert found is not None
    assert (found.actor.text if found.actor else None) == actor
    assert found.direction == direction
    assert goal(REPORT, sentence) is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (PLAN, "Strategin består av fyra delar."),
        (REPORT, "Rapporten består av tre kapitel."),
        pytest.param(
            REPORT,
            "Andelen förnybar energi var 40 procent 2019.",
            marks=pytest.mark.xfail(strict=True, reason="a bare level in a report is still read as a claim"),
        ),
    ],
    ids=["the strategy consists of", "the report consists of", "a level without change"],
)
def test_neither(text: str, sentence: str) -> None:
    assert goal(text, sentence) is None
    assert outcome(text, sentence) is None


def test_the_municipality_is_one_actor() -> None:
    (municipality,) = [actor for actor in record(PLAN).actors if actor.name.casefold() == "kommunen"]
    assert municipality.type == "UNIT"
    assert len(municipality.mentions) >= 2


@pytest.mark.parametrize("text", [PLAN, REPORT], ids=["plan", "report"])
def test_everything_quotes_the_text(text: str) -> None:
    made = record(text)
    for finding in (*made.goals, *made.outcomes):
        parts = [finding, finding.actor, getattr(finding, "deadline", None), *finding.quantities]
        assert all(text[part.start : part.end] == part.text for part in parts if part is not None)
        cues = [one for one in finding.evidence if one.start is not None]
        assert all(text[one.start : one.end] == one.cue for one in cues)
        assert all(finding.start <= one.start and one.end <= finding.end for one in cues)
    assert all(text[m.start : m.end] == m.text for actor in made.actors for m in actor.mentions)
