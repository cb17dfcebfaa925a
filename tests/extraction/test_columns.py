"""Heads of columns: what they say of what stands under them."""

from __future__ import annotations

import pytest

from malbild.extraction.columns import role_of
from malbild.flow import extract_source
from malbild.read import read_text
from malbild.settings import Settings

FAST = Settings(profile="fast")
PLAN = """# Handlingsplan för klimatet 2025–2028

| Mål | Åtgärd | Ansvarig | Tidplan | Indikator |
|---|---|---|---|---|
| Minskade utsläpp från trafiken | Byta ut alla bilar som går på bensin | Tekniska nämnden | Senast 2027 | Elbilar |
|  | Fler laddplatser vid stadens fastigheter | Parkeringsbolaget | 2025–2026 | Antal laddplatser |

Staden ska under perioden byta ut alla bilar som går på bensin.
"""  # Goal, measure, responsible, schedule, indicator: less emissions from transport, replace all cars run on petrol …


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("Mål", "goal"),
        ("Delmål:", "goal"),
        ("**Åtgärder**", "action"),
        ("Ansvarig nämnd", "actor"),
        ("Tidplan", "deadline"),
        ("Klart senast", "deadline"),
        ("Indikatorer", "indicator"),
        ("Mål 2030", None),
        ("Utfall", None),
        ("Kommentar", None),
        ("", None),
    ],
)
def test_roles(head: str, role: str | None) -> None:
    assert role_of(head) == role


def test_a_row_says_who_by_when_and_how_it_is_measured() -> None:
    record = extract_source(read_text(PLAN, "plan.md"), FAST)
    found = {
        goal.text: (goal.kind, goal.actor and goal.actor.text, goal.deadline and goal.deadline.last)
        for goal in record.goals
        if any(one.by == "head of the column" for one in goal.evidence)
    }
    assert found == {
        "Minskade utsläpp från trafiken": ("aim", "Tekniska nämnden", "2027-12-31"),
        "Byta ut alla bilar som går på bensin": ("action", "Tekniska nämnden", "2027-12-31"),
        "Fler laddplatser vid stadens fastigheter": ("action", "Parkeringsbolaget", "2026-12-31"),
    }
    for goal in record.goals:
        for part in (goal.actor, goal.deadline, goal.indicator):
            assert part is None or PLAN[part.start : part.end] == part.text


def test_no_figure_name_or_head_of_a_table_is_a_finding() -> None:
    record = extract_source(read_text(PLAN, "plan.md"), Settings(profile="fast", min_confidence=0.0))
    texts = {one.text for one in (*record.goals, *record.outcomes)}
    assert not texts & {"Mål", "Åtgärd", "Ansvarig", "Tekniska nämnden", "Senast 2027", "2025–2026", "Elbilar"}


def test_a_measure_that_stands_in_two_rows_keeps_the_row_of_each_place() -> None:
    text = PLAN.replace("Fler laddplatser vid stadens fastigheter", "Byta ut alla bilar som går på bensin")
    once = extract_source(read_text(text, "plan.md"), FAST)
    (goal,) = [goal for goal in once.goals if goal.text.startswith("Byta ut")]
    assert len(goal.occurrences) == 2
    every = extract_source(read_text(text, "plan.md"), Settings(profile="fast", keep_repeats=True))
    actors = [goal.actor.text for goal in every.goals if goal.text.startswith("Byta ut") and goal.actor]
    assert actors == ["Tekniska nämnden", "Parkeringsbolaget"]


def test_a_table_of_figures_is_no_plan() -> None:
    rows = ["| Indikator | Utfall 2023 | Mål 2030 |", "|---|---|---|", "| Andel elbilar | 12 % | 100 % |"]
    text = "# Uppföljning\n\n" + "\n".join(rows) + "\n"
    record = extract_source(read_text(text, "a.md"), FAST)
    assert all(one.by != "head of the column" for goal in record.goals for one in goal.evidence)
