"""What was found: quantities, deadlines, mentions, goals, outcome claims, actors, repeats.

Spans are relative to whatever text the finder was given (a sentence as analysis sees it, see ``malbild.flat``);
``malbild.assemble`` lays them back on the source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from malbild.source import Span

GoalKind = Literal["vision", "target", "action", "aim"]
Direction = Literal["improved", "worsened", "unchanged", "achieved", "not_achieved", "mixed"]
ActorType = Literal["ORG", "UNIT", "GROUP", "PERSON"]
RepeatKind = Literal["exact", "near", "variant"]
Tense = Literal["present", "past", "perfect", "pluperfect", "future", "infinitive", "imperative", "supine", "none"]
Modality = Literal["must", "shall", "should", "will", "wants", "plans", "present"]
Aspect = Literal["done", "ongoing", "trend", "standing"]
Comparison = Literal["at_least", "at_most", "more_than", "less_than", "about"]
Change = Literal["by", "to", "from"]
BodyKind = Literal["municipality", "region", "welfare_area", "county", "agency", "ministry"]
Country = Literal["se", "fi"]


@dataclass(frozen=True, slots=True)
class Baseline:
    """The year that a measure is compared with: "2015" in "jämfört med 2015"."""

    span: Span
    year: int


@dataclass(frozen=True, slots=True)
class Quantity:
    """A measure. ``value`` is the number in ``unit`` ("procent", "kronor", a counted noun's words, "" where none).

    ``value`` is ``None`` where the words give a measure that is no number. ``comparison`` is a limit that is said of
    it, ``change`` whether something moves by, to or from it, ``baseline`` the year it is compared with.
    """

    span: Span
    value: float | None
    unit: str
    comparison: Comparison | None = None
    change: Change | None = None
    baseline: Baseline | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """The time by which: ISO dates ``first`` to ``last``, inclusive, where the words give them."""

    span: Span
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class State:
    """How a finding is put. ``present`` is a plain statement, without a word of wanting or obligation."""

    modality: Modality
    tense: Tense
    negated: bool
    hedged: bool


@dataclass(frozen=True, slots=True)
class OutcomePart:
    """One clause of a mixed outcome claim, with its own direction and quantities."""

    span: Span
    direction: Direction
    quantities: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase that names somebody who acts or is acted for. ``key`` names the actor it belongs to."""

    span: Span
    type: ActorType
    key: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a finding was made: the words (``cue``), where they stand (``None``: outside the sentence), what spoke.

    ``sentence`` is the place in the outline of the sentence in which ``span`` counts; ``None``: the finding's own.
    """

    cue: str
    span: Span | None
    by: str
    sentence: int | None = None


@dataclass(frozen=True, slots=True)
class Repeat:
    """Sentences of a document that say the same (``exact``, ``near``), or the same with another value (``variant``).

    ``members`` index ``Outline.sentences``, ascending; the first is the representative. ``differs`` tells for every
    other member of a ``variant`` what is another value: "40 % → 47 %; 2019 → 2021".
    """

    kind: RepeatKind
    members: tuple[int, ...]
    similarity: float = 1.0
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Goal:
    """A sentence that states what the issuer wants to be, have, reach or do. ``indicator`` is what it measures.

    In a table they may stand in other cells of the row: then ``actor_in``, ``deadline_in`` and ``indicator_in`` are the
    places in the outline of the sentences in which the spans count.
    """

    kind: GoalKind
    confidence: float
    actor: Span | None
    deadline: Deadline | None
    quantities: tuple[Quantity, ...]
    evidence: tuple[Evidence, ...]
    state: State
    indicator: Span | None = None
    actor_in: int | None = None
    deadline_in: int | None = None
    indicator_in: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A sentence that claims something has been reached, changed, done or failed."""

    direction: Direction
    confidence: float
    actor: Span | None
    deadline: Deadline | None
    quantities: tuple[Quantity, ...]
    evidence: tuple[Evidence, ...]
    state: State
    aspect: Aspect
    parts: tuple[OutcomePart, ...]


@dataclass(frozen=True, slots=True)
class Registered:
    """A public body as the registers of Sweden (``se``) and Finland (``fi``) name it."""

    name: str
    kind: BodyKind
    country: Country


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who speaks in a document: the actor (its place among the actors), and why it is taken to be that one."""

    actor: int
    why: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts or is acted for. ``mentions`` are (sentence, span in it), in the order of the text.

    ``same_as`` is whom a role noun ("staden") stands for in this document.
    """

    name: str
    type: ActorType
    mentions: tuple[tuple[int, Span], ...]
    registered: Registered | None = None
    same_as: Issuer | None = None
