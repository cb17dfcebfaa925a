"""What is written for one document: the only shape the world sees, and its JSON Schema.

All ``start`` and ``end`` are half-open code-point offsets into the decoded text of the document, and
``text[start:end]`` is the words beside them.
"""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from malbild.defaults import Profile
from malbild.findings import (
    ActorType,
    Aspect,
    BodyKind,
    Change,
    Comparison,
    Country,
    Direction,
    GoalKind,
    Modality,
    RepeatKind,
    Tense,
)
from malbild.source import AsideKind

SCHEMA_VERSION = "1.0"


class _Part(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        populate_by_name=True,
        serialize_by_alias=True,
        json_schema_serialization_defaults_required=True,
    )


class Place(_Part):
    """Where something stands."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Quote(Place):
    """A place and the words there."""

    text: str


class Occurrence(Place):
    """A place of a sentence, and its page in a paginated document."""

    page: int | None


class Box(_Part):
    """Where words stand on a page: a rectangle in points (1/72 inch) from the page's top left corner."""

    page: int = Field(ge=1)
    left: float
    top: float
    right: float
    bottom: float


class SetAside(_Part):
    """Words that are no part of the text: a running header, a page number, a table of contents, hidden text …"""

    kind: AsideKind
    text: str
    pages: list[int] = Field(description="The pages on which it stands; empty where the format has none.")


class Document(_Part):
    """What was read."""

    id: str = Field(description="The first twelve hexadecimal digits of sha256.")
    source: str = Field(description="The path or name it was read from.")
    sha256: str
    title: str | None
    media_type: str
    language: str = Field(description="ISO 639-1 code; 'und' where it cannot be told.")
    characters: int = Field(description="Length of the decoded text in code points.")
    pages: int | None
    text: str | None = Field(
        description="The text that all places count in, where it was put together from a PDF, an office file or a page "
        "of the web; null where the file itself is text, or text_file holds it."
    )
    text_file: str | None = Field(description="The file beside the record that holds the text instead (UTF-8).")
    set_aside: list[SetAside]


class Section(_Part):
    """A heading and the text under it; level 0 is text before the first heading."""

    id: str
    number: str | None
    heading: str | None
    level: int
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    page: int | None = Field(description="The page on which it begins.")
    parent: str | None


class ActorRef(Quote):
    """Who is to do it or did it, as it stands in the sentence."""

    id: str | None = Field(description="An entry of actors; of a pronoun the issuer, null where that is unsure.")
    why: str | None = Field(description="Why a pronoun ('vi', 'man') is taken for that actor.")


class Deadline(Quote):
    """The time by which. ``from`` and ``to`` are ISO 8601 dates, inclusive; null where the words do not say."""

    first: str | None = Field(alias="from")
    last: str | None = Field(alias="to")


class Baseline(Quote):
    """The year that a measure is compared with."""

    year: int


class Quantity(Quote):
    """A measure: ``value`` in ``unit``; ``value`` is null where the words give no number."""

    value: float | None
    unit: str
    comparison: Comparison | None = Field(description="A limit that is said of it: 'minst', 'högst', 'över', 'cirka'.")
    change: Change | None = Field(description="'by': a change by it; 'to': a level reached; 'from': the level before.")
    baseline: Baseline | None = Field(description="The year it is compared with: 'jämfört med 2015'.")


class Evidence(_Part):
    """Why: the words that spoke, where they stand (null when outside the sentence), and what read them."""

    cue: str
    start: int | None
    end: int | None
    by: str


class _Where(_Part):
    id: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str


class _GoalKind(_Part):
    kind: GoalKind
    indicator: Quote | None = Field(description="What its quantities measure: 'andelen unga i arbete'.")


class OutcomePart(Quote):
    """One clause of a mixed claim, with its own direction and quantities."""

    direction: Direction
    quantities: list[Quantity]


class _OutcomeDirection(_Part):
    direction: Direction
    aspect: Aspect = Field(description="What is claimed: a thing done, work going on, a trend, a standing.")
    parts: list[OutcomePart] = Field(description="The clauses of a mixed claim; empty for any other.")


class _Put(_Part):
    modality: Modality = Field(description="How it is put; 'present': plainly, with no word of wanting or obligation.")
    tense: Tense = Field(description="Tense of the clause that says it; 'none' where there is no verb.")
    negated: bool
    hedged: bool = Field(description="Whether a word takes it back a little: 'kan', 'vid behov', 'sannolikt'.")


class _Details(_Part):
    actor: ActorRef | None
    deadline: Deadline | None
    quantities: list[Quantity]
    section: str | None
    page: int | None
    boxes: list[Box] = Field(description="Where the sentence stands on its pages, a box a line; empty without pages.")
    occurrences: list[Occurrence] = Field(description="Every place of the sentence, in order, its own included.")
    confidence: float = Field(ge=0.0, le=1.0)
    evidence: list[Evidence]


# Fields come in the order of the bases from the last to the first: id and place, kind or direction, how put, details.
class Goal(_Details, _Put, _GoalKind, _Where):
    """A sentence that states what the issuer wants to be, have, reach or do."""


class Outcome(_Details, _Put, _OutcomeDirection, _Where):
    """A sentence that claims something has been reached, changed, done or failed. It has no deadline."""


class Registered(_Part):
    """The public body an actor is, as the registers of Sweden and Finland name it."""

    name: str
    kind: BodyKind
    country: Country


class SameAs(_Part):
    """Whom a role noun ('staden') stands for in this document: another entry of ``actors``, and why."""

    id: str
    why: str


class Actor(_Part):
    """Somebody who acts or is acted for, and every place where they are named."""

    id: str
    name: str
    type: ActorType
    registered: Registered | None
    same_as: SameAs | None
    mentions: list[Quote]


class Repeat(_Part):
    """Sentences that say the same (exact, near); for ``variant``: the same frame with another value."""

    kind: RepeatKind
    similarity: float = Field(
        ge=0.0, le=1.0, description="Jaccard similarity of four-letter strings, the least that one has to the first."
    )
    occurrences: list[Occurrence] = Field(description="Every place; of a variant the first place of every version.")
    differs: list[str] = Field(
        description="For every other occurrence of a variant what is another value: '40 % → 47 %; 2019 → 2021'."
    )


class Link(_Part):
    """An outcome that reports on a goal."""

    goal: str
    outcome: str
    score: float


class Problem(_Part):
    """Something that went wrong or was set aside."""

    stage: str
    code: str
    message: str


class ModelRef(_Part):
    """A model that took part."""

    name: str
    version: str
    sha256: str


class Provenance(_Part):
    """What made the record. No clock: the same input, settings and models give the same bytes."""

    malbild: str
    backend: str
    profile: Profile = Field(description="How it was extracted: fast, or accurate, with an encoder.")
    models: list[ModelRef]
    settings: str = Field(description="Fingerprint of the settings.")


class Record(_Part):
    """One document's goals, outcome claims, actors and repeats."""

    schema_version: Literal["1.0"] = "1.0"
    document: Document
    sections: list[Section]
    goals: list[Goal]
    outcomes: list[Outcome]
    actors: list[Actor]
    repeats: list[Repeat]
    links: list[Link]
    problems: list[Problem]
    provenance: Provenance

    def to_json(self, *, pretty: bool = False) -> str:
        """The record as JSON text, on one line or indented; no final newline."""
        return self.model_dump_json(indent=2 if pretty else None)


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record."""
    made = Record.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | made | {"title": "Malbild record"}


def schema_text() -> str:
    """The schema as it is committed in ``docs/record.schema.json``."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
