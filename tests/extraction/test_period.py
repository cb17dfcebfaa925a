"""Deadlines that wait for the document's own periods."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from malbild.extraction.deadlines import find_deadlines
from malbild.extraction.period import Period, Periods, document_periods, settled
from malbild.source import Outline, Sentence, SentenceKind, Span


def periods_of(*sentences: tuple[SentenceKind, str]) -> Periods:
    plan = Outline((), tuple(Sentence(Span(0, len(text)), kind, n) for n, (kind, text) in enumerate(sentences)))
    return document_periods([text for _, text in sentences], plan)


# Gloss: sentences with their kinds; the periods.
NAMED: dict[str, tuple[list[tuple[SentenceKind, str]], Periods]] = {
    "in the title": ([("heading", "Klimatprogram 2024–2030")], {"": Period(2024, 2030)}),
    "in the title, short": ([("heading", "Handlingsplan 2024-27")], {"": Period(2024, 2027)}),
    "in the text": ([("body", "Strategin för åren 2021–2025 gäller hela staden.")], {"": Period(2021, 2025)}),
    "of the council": ([("body", "Under mandatperioden 2022–2026 byggs tre skolor.")], {"mandat": Period(2022, 2026)}),
    "both": (
        [("heading", "Strategi 2023–2027"), ("body", "Mandatperioden 2022–2026 är kort.")],
        {"": Period(2023, 2027), "mandat": Period(2022, 2026)},
    ),
    "the first counts": (
        [("heading", "Strategi 2023–2027"), ("body", "Den ersätter strategin 2018–2022.")], {"": Period(2023, 2027)}
    ),
    "other years": ([("body", "Utsläppen sjönk åren 2015–2020.")], {}),
    "no period": ([("heading", "Årsredovisning 2023")], {}),
    "backwards": ([("heading", "Program 2030–2024")], {}),
    "too long": ([("heading", "Stadens historia 2001–2099")], {}),
}  # fmt: skip


@pytest.mark.parametrize(("sentences", "periods"), NAMED.values(), ids=NAMED)
def test_periods(sentences: list[tuple[SentenceKind, str]], periods: Periods) -> None:
    assert periods_of(*sentences) == periods


PERIODS = {"": Period(2021, 2025), "mandat": Period(2022, 2026)}
# Gloss: the words; first and last day.
SETTLED = {
    "Det görs under strategiperioden.": ("2021-01-01", "2025-12-31"),
    "Det görs under perioden.": ("2021-01-01", "2025-12-31"),
    "Det görs före utgången av strategiperioden.": (None, "2025-12-31"),
    "Det är klart senast vid programperiodens slut.": (None, "2025-12-31"),
    "Det är klart vid periodens slut.": ("2025-01-01", "2025-12-31"),
    "Det börjar i början av planperioden.": ("2021-01-01", "2021-12-31"),
    "Det görs under mandatperioden.": ("2022-01-01", "2026-12-31"),
    "Det görs under fullmäktigeperioden.": (None, None),
    "Det görs under nästa mandatperiod.": (None, None),
    "Det görs under den kommande perioden.": (None, None),
    "Det är klart om fem år.": ("2026-01-01", "2026-12-31"),
    "Det är klart inom två år.": (None, "2023-12-31"),
    "Det görs under de kommande fyra åren.": ("2021-01-01", "2024-12-31"),
    "Det görs i höst.": (None, None),
    "Det har pågått under tio år.": (None, None),
    "Det är klart senast 2030.": (None, "2030-12-31"),
}


@pytest.mark.parametrize(("text", "days"), SETTLED.items(), ids=SETTLED)
def test_settled(text: str, days: tuple[str | None, str | None]) -> None:
    (deadline,) = find_deadlines(text)
    found = settled(deadline, text, PERIODS)
    assert (found.first, found.last) == days
    assert found.span == deadline.span
    assert settled(deadline, text, {}) == deadline


@given(st.integers(2000, 2060), st.integers(1, 30), st.sampled_from(["under", "inom", "senast vid utgången av", "om"]))
def test_days_come_in_order_and_lie_in_the_period(first: int, years: int, how: str) -> None:
    text = f"Det görs {how} strategiperioden." if how != "om" else "Det görs om tre år."
    for deadline in find_deadlines(text):
        found = settled(deadline, text, {"": Period(first, first + years)})
        assert found.last is not None
        assert found.first is None or f"{first}-01-01" <= found.first <= found.last
