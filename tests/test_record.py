"""The record: its schema, its way to JSON and back."""

import json
from pathlib import Path

import jsonschema
import pytest
from pydantic import ValidationError

from malbild.flow import extract_source
from malbild.read import read, read_text
from malbild.record import SCHEMA_VERSION, Deadline, Place, Record, schema, schema_text
from malbild.settings import Settings

# Heading, goal with deadline and quantity, outcome twice, another group of actors.
TEXT = """1. Mål

Västerviks kommun ska minska utsläppen med 40 procent under 2026–2030.

Andelen har ökat till 12 procent. Andelen har ökat till 12 procent. Regeringen och invånarna deltar.
"""


@pytest.fixture(scope="module")
def record() -> Record:
    # At no confidence every sentence is a goal and an outcome, whatever the model thinks.
    return extract_source(read_text(TEXT, "plan.txt"), Settings(min_confidence=0.0))


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(schema())
    return jsonschema.Draft202012Validator(schema())


def test_the_committed_schema_is_the_schema(checkout: Path) -> None:
    # After a change of the record: malbild schema > docs/record.schema.json
    assert (checkout / "docs" / "record.schema.json").read_text("utf-8") == schema_text()


def test_the_schema_names_its_dialect_title_and_version() -> None:
    made = json.loads(schema_text())
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert made["title"] == "Malbild record"
    assert made["properties"]["schema_version"]["const"] == SCHEMA_VERSION
    assert made["additionalProperties"] is False


def test_every_object_of_the_schema_is_closed_and_whole() -> None:
    made = schema()
    for name, part in {**made["$defs"], "Record": made}.items():
        assert part["additionalProperties"] is False, name
        assert set(part["required"]) == set(part["properties"]), name


def test_a_record_is_valid(record: Record, validator: jsonschema.Draft202012Validator) -> None:
    validator.validate(json.loads(record.to_json()))
    validator.validate(json.loads(record.to_json(pretty=True)))


def test_records_of_the_corpus_are_valid(corpus: list[Path], validator: jsonschema.Draft202012Validator) -> None:
    for file in corpus:
        made = extract_source(read(file))
        validator.validate(json.loads(made.to_json()))
        assert Record.model_validate_json(made.to_json()) == made


def test_a_record_is_the_same_after_json(record: Record) -> None:
    for text in (record.to_json(), record.to_json(pretty=True)):
        again = Record.model_validate_json(text)
        assert again == record
        assert again.to_json() == record.to_json()


def test_a_record_is_one_line_unless_indented(record: Record) -> None:
    assert "\n" not in record.to_json()
    assert record.to_json(pretty=True).startswith('{\n  "schema_version": "1.0"')


def test_the_record_has_the_sections_it_promises(record: Record) -> None:
    assert list(json.loads(record.to_json())) == [
        "schema_version", "document", "sections", "goals", "outcomes", "actors", "repeats", "links", "problems",
        "provenance",
    ]  # fmt: skip


def test_a_deadline_runs_from_to(record: Record) -> None:
    goal = next(goal for goal in json.loads(record.to_json())["goals"] if goal["text"].startswith("Västerviks"))
    deadline = goal["deadline"]
    assert TEXT[deadline["start"] : deadline["end"]] == deadline["text"]
    assert set(deadline) == {"start", "end", "text", "from", "to"}
    assert deadline["to"] == "2030-12-31"


def test_a_deadline_is_made_by_name_and_by_key() -> None:
    made = Deadline(start=0, end=4, text="2030", first="2030-01-01", last="2030-12-31")
    data = {"start": 0, "end": 4, "text": "2030", "from": "2030-01-01", "to": "2030-12-31"}
    assert Deadline.model_validate(data) == made
    assert made.model_dump() == data


def _set(data: dict, path: str, value: object) -> None:
    *way, last = path.split(".")
    for step in way:
        data = data[int(step)] if step.isdecimal() else data[step]
    data[last] = value


@pytest.mark.parametrize(
    ("path", "value"),
    [
        pytest.param("colour", "red", id="unknown field"),
        pytest.param("document.author", "x", id="unknown field of the document"),
        pytest.param("goals.0.score", 1, id="unknown field of a goal"),
        pytest.param("goals.0.occurrences.0.text", "x", id="unknown field of a place"),
        pytest.param("goals.0.kind", "dream", id="unknown kind"),
        pytest.param("outcomes.0.direction", "up", id="unknown direction"),
        pytest.param("goals.0.confidence", 1.5, id="confidence above one"),
        pytest.param("goals.0.start", -1, id="negative start"),
        pytest.param("goals.0.start", None, id="no start"),
        pytest.param("actors.0.type", "DOG", id="unknown type of actor"),
        pytest.param("repeats.0.kind", "same", id="unknown kind of repeat"),
        pytest.param("schema_version", "2.0", id="another version"),
    ],
)
def test_what_the_record_does_not_know_is_refused(
    record: Record, validator: jsonschema.Draft202012Validator, path: str, value: object
) -> None:
    data = json.loads(record.to_json())
    _set(data, path, value)
    with pytest.raises(ValidationError):
        Record.model_validate(data)
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(data)


@pytest.mark.parametrize("key", ["goals", "document", "problems", "provenance"])
def test_a_missing_field_is_refused(record: Record, validator: jsonschema.Draft202012Validator, key: str) -> None:
    data = json.loads(record.to_json())
    del data[key]
    with pytest.raises(ValidationError):
        Record.model_validate(data)
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(data)


def test_a_record_does_not_change() -> None:
    place = Place(start=0, end=1)
    with pytest.raises(ValidationError):
        place.start = 5  # type: ignore[misc]
