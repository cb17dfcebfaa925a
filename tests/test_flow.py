"""What holds for the record of any text: every span quotes, a repeated sentence is one finding and read once."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from spacy.tokens import Doc

import malbild
from malbild import flow
from malbild.findings import Goal, State
from malbild.flow import Models, extract_source, load_models
from malbild.read import ReadError, read, read_bytes, read_text
from malbild.record import Record
from malbild.settings import Settings
from malbild.source import Source

EVERYTHING = Settings(min_confidence=0.0)
"""Every sentence is a goal and an outcome, whatever the model thinks of it."""
EVERY_PLACE = Settings(min_confidence=0.0, keep_repeats=True)

# Helsinki's visibility and influence have grown nationally with more active communication and the C21 network.
DOUBLED = "Nationellt har Helsingfors synlighet och påverkan ökat med en mer aktiv kommunikation och C21-nätverket."

PIECES = [
    "Helsingfors stads mål är att minska utsläppen med 40 procent senast 2030.",  # The goal is to cut emissions
    "Andelen har ökat från 12 till 15,5 procent under 2021–2024.",  # The share has risen
    "Kommun\u00adstyrel-\nsen  ska\u00a0öka takten.",  # The municipal board shall speed up (broken and hyphenated)
    "Ma\u030alet na\u030addes inte av Fo\u0308rbundet fo\u0308r unga (FFU).",  # decomposed: the goal was not reached
    "”Vi ska bygga fem skolor”, säger borgmästaren.",  # We shall build five schools, says the mayor
    DOUBLED,
    DOUBLED.upper(),
    f"*{DOUBLED}*",
    "# ", "## ", "1. ", "2.1 ", "10. ", "- ", "a) ", "Figur 1. ", "Vi ska:", "| a | b |",
    "\n", "\n\n", "\r\n\r\n", " ", "\t", "\x0c", "\x00", "\u200b", "\u2028", "\ufeff", "[94]", "😀", "城市",
    "İstanbul ska ",
]  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), min_size=1, max_size=14).map("".join)


def objects(part: object) -> Iterator[dict]:
    if isinstance(part, dict):
        yield part
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            yield from objects(one)


def check(source: Source, record: Record) -> None:
    text, data = source.text, json.loads(record.to_json())
    for one in objects(data):
        if one.get("start") is not None:
            assert 0 <= one["start"] < one["end"] <= len(text)
        if "start" in one and "text" in one:
            assert text[one["start"] : one["end"]] == one["text"]
    named = [one["id"] for kind in ("sections", "goals", "outcomes", "actors") for one in data[kind]]
    assert len(set(named)) == len(named)
    _check_sections(text, data["sections"])
    sections = {section["id"]: section for section in data["sections"]}
    mentions = {actor["id"]: actor["mentions"] for actor in data["actors"]}
    for finding in data["goals"] + data["outcomes"]:
        starts = [place["start"] for place in finding["occurrences"]]
        assert starts == sorted(set(starts))
        assert (finding["start"], finding["end"]) in [
            (place["start"], place["end"]) for place in finding["occurrences"]
        ]
        section = sections[finding["section"]]
        assert section["start"] <= finding["start"] < finding["end"] <= section["end"]
        for part in [finding["actor"], finding.get("deadline"), *finding["quantities"]]:
            assert part is None or finding["start"] <= part["start"] < part["end"] <= finding["end"]
        if (actor := finding["actor"]) and actor["id"]:
            assert actor["why"] or any(
                actor["start"] <= m["start"] and m["end"] <= actor["end"] for m in mentions[actor["id"]]
            )
    for actor in data["actors"]:
        starts = [mention["start"] for mention in actor["mentions"]]
        assert starts == sorted(set(starts))
    for repeat in data["repeats"]:
        starts = [place["start"] for place in repeat["occurrences"]]
        assert len(starts) > 1
        assert starts == sorted(set(starts))


def _check_sections(text: str, sections: list[dict]) -> None:
    above: dict[str, dict] = {}
    for section in sections:
        if section["heading"] is not None:
            assert text[section["start"] :].startswith(section["heading"])
        if section["parent"] is not None:
            parent = above[section["parent"]]
            assert parent["level"] < section["level"]
            assert parent["start"] <= section["start"] < section["end"] <= parent["end"]
        above[section["id"]] = section


def places(record: Record, kind: str) -> list[tuple[int, int]]:
    return sorted((place.start, place.end) for finding in getattr(record, kind) for place in finding.occurrences)


def check_both_ways(source: Source) -> None:
    once, every = extract_source(source, EVERYTHING), extract_source(source, EVERY_PLACE)
    check(source, once)
    check(source, every)
    assert once.repeats == every.repeats
    for kind in ("goals", "outcomes"):
        assert {len(finding.occurrences) for finding in getattr(every, kind)} <= {1}
        assert places(once, kind) == places(every, kind)
        repeated = sum(len(finding.occurrences) - 1 for finding in getattr(once, kind))
        assert len(getattr(every, kind)) - len(getattr(once, kind)) == repeated


def test_every_span_of_the_corpus_quotes(corpus: list[Path]) -> None:
    assert corpus
    for file in corpus:
        source = read(file)
        check(source, extract_source(source))
        check_both_ways(source)


@examples(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts)
def test_every_span_of_any_plain_text_quotes(text: str) -> None:
    check_both_ways(read_text("Mål" + text))


@examples(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts)
def test_every_span_of_any_markdown_quotes(text: str) -> None:
    try:
        source = read_bytes(("Mål" + text).encode("utf-8", "replace"), "plan.md")
    except ReadError as error:
        assume(error.code != "binary")  # many control characters: refused, and rightly so
        raise
    check_both_ways(source)


class Counting:
    """An annotator that remembers what it was asked."""

    def __init__(self, models: Models) -> None:
        self.inner = models.annotator
        self.name, self.models = self.inner.name, self.inner.models
        self.asked: list[str] = []

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        kept = list(texts)
        self.asked += kept
        return self.inner.pipe(kept)


@pytest.fixture
def counting() -> tuple[Models, Counting]:
    models = load_models()
    annotator = Counting(models)
    return replace(models, annotator=annotator), annotator


@pytest.mark.parametrize(
    "settings", [Settings(), EVERYTHING, EVERY_PLACE], ids=["default", "everything", "every place"]
)
def test_a_repeated_sentence_is_annotated_once(counting: tuple[Models, Counting], settings: Settings) -> None:
    models, annotator = counting
    text = (
        "Staden växer. Staden växer.\n\nSTADEN  VÄXER. Köerna har kortats.\n\nStaden växer."  # The city grows. Queues…
    )
    record = extract_source(read_text(text), settings, models)
    assert annotator.asked == ["Staden växer.", "Köerna har kortats."]
    assert [len(repeat.occurrences) for repeat in record.repeats] == [4]


def test_sentences_apart_in_their_numbers_are_annotated_each(counting: tuple[Models, Counting]) -> None:
    models, annotator = counting
    record = extract_source(read_text("Vi bygger 40 bostäder. Vi bygger 41 bostäder."), EVERYTHING, models)  # N homes
    assert annotator.asked == ["Vi bygger 40 bostäder.", "Vi bygger 41 bostäder."]
    assert [(repeat.kind, repeat.differs) for repeat in record.repeats] == [("variant", ["40 → 41"])]


def test_a_line_pasted_twice_is_one_repeat_with_two_places() -> None:
    other = "Staden har varit framträdande inom digitalisering."  # The city has been prominent in digitalisation.
    text = f"10. Helsingfors stärker sin intressebevakning\n\n{other} {DOUBLED} {DOUBLED}\n"
    record = extract_source(read_text(text), EVERYTHING)
    (repeat,) = record.repeats
    assert repeat.kind == "exact"
    assert [text[place.start : place.end] for place in repeat.occurrences] == [DOUBLED, DOUBLED]
    (goal,) = [goal for goal in record.goals if goal.text == DOUBLED]
    assert goal.occurrences == repeat.occurrences


def test_a_caption_that_repeats_a_sentence_is_one_finding() -> None:
    # Inside the town hall. The city has extended the opening hours to seven days a week.
    said = "Staden har utökat öppettiderna till sju dagar i veckan."
    text = f"Inne i medborgarhuset.\n{said}\n\nStaden fördjupar samarbetet med föreningarna. {said} Köerna växer.\n"
    record = extract_source(read_text(text), EVERYTHING)
    for findings in (record.goals, record.outcomes):
        (found,) = [finding for finding in findings if finding.text == said]
        assert [text[place.start : place.end] for place in found.occurrences] == [said, said]
        assert found.start == text.index(said)
    assert len(record.repeats) == 1
    assert len(extract_source(read_text(text), EVERY_PLACE).outcomes) == len(record.outcomes) + 1


def test_keeping_repeats_changes_no_decision(monkeypatch: pytest.MonkeyPatch) -> None:
    def only_the_first(readings: list, *_: object) -> list:
        return [
            (Goal("aim", 1.0, None, None, (), (), State("present", "none", False, False)) if n == 0 else None, None)
            for n in range(len(readings))
        ]

    monkeypatch.setattr(flow, "decide", only_the_first)
    source = read_text("Staden växer. Staden växer.")
    once, every = extract_source(source), extract_source(source, Settings(keep_repeats=True))
    assert len(places(once, "goals")) == 2
    assert places(once, "goals") == places(every, "goals")


def test_less_confidence_never_loses_a_finding(corpus: list[Path]) -> None:
    source = read(corpus[0])
    default, sure = extract_source(source), extract_source(source, Settings(min_confidence=0.9))
    for kind in ("goals", "outcomes"):
        assert set(places(sure, kind)) <= set(places(default, kind))
        assert all(finding.confidence >= 0.9 for finding in getattr(sure, kind))


@examples(max_examples=10, deadline=None)
@given(texts)
def test_the_same_text_gives_the_same_bytes(text: str) -> None:
    source = read_text("Mål" + text)
    assert extract_source(source).to_json() == extract_source(source).to_json()


def test_lone_surrogates_do_not_reach_the_record() -> None:
    text = "Staden ska \ud83d öka\udc00 takten."  # The city shall speed up.
    record = extract_source(read_text(text, "plan\udce5.txt"), EVERYTHING)
    data = json.loads(record.to_json().encode("utf-8"))
    assert data["goals"][0]["text"] == "Staden ska \ufffd öka\ufffd takten."
    assert data["document"]["characters"] == len(text)
    assert data["document"]["source"] == "plan?.txt"
    assert [problem["code"] for problem in data["problems"]] == ["surrogate"]


def test_settings_stand_in_the_provenance() -> None:
    source = read_text("Staden växer.")
    prints = {extract_source(source, s).provenance.settings for s in (Settings(), EVERYTHING, EVERY_PLACE)}
    assert len(prints) == 3
    names = [model.name for model in extract_source(source).provenance.models]
    assert names == ["sv_malbild_core", "sv_malbild_extraction", "sv_malbild_encoder"]
    fast = extract_source(source, Settings(profile="fast")).provenance
    assert fast.profile == "fast"
    assert [model.name for model in fast.models] == ["sv_malbild_core", "sv_malbild_extraction"]


def test_the_front_door_opens_twice() -> None:
    records = [malbild.extract("Staden växer.", name="plan").to_json() for _ in range(2)]
    assert records[0] == records[1]


def test_a_file_is_read_by_its_path(corpus: list[Path]) -> None:
    assert malbild.extract_file(corpus[0]) == malbild.extract_file(str(corpus[0])) == extract_source(read(corpus[0]))


def test_the_gold_repeats_of_a_report_are_found(gold: Path) -> None:
    source = read(gold / "dev" / "helsingfors-intressebevakning.txt")
    wanted = json.loads((gold / "dev" / "helsingfors-intressebevakning.json").read_text("utf-8"))["repeats"]
    record = extract_source(source)
    check(source, record)
    assert len(wanted) == 2
    assert [[[o.start, o.end] for o in repeat.occurrences] for repeat in record.repeats] == wanted
