"""Findings and groups laid back on the source -> Record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from malbild import findings, record
from malbild.flat import Flat
from malbild.source import Box, Outline, Problem, Source, Span

_WE = frozenset({"vi", "man", "vår", "vårt", "våra"})
"""Pronouns by which an issuer speaks of itself."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the rooms found in one document, by position in ``outline.sentences``.

    ``flats`` are the sentences as they were analysed; ``groups`` those that are one finding, which stands at the first
    member; ``decisions`` holds a group's goal and outcome; ``speaker`` is whom "vi" means.
    """

    outline: Outline
    flats: Sequence[Flat]
    groups: Sequence[tuple[int, ...]]
    decisions: Sequence[tuple[findings.Goal | None, findings.Outcome | None]]
    actors: Sequence[findings.Actor]
    speaker: findings.Issuer | None
    repeats: Sequence[findings.Repeat]


class _Places:
    """From a sentence's own spans to the document's."""

    def __init__(self, source: Source, found: Found) -> None:
        self.text = source.text
        self.sentences = found.outline.sentences
        self.flats = found.flats
        self.source = source
        self.speaker = found.speaker

    def span(self, sentence: int, span: Span) -> Span:
        return self.flats[sentence].back(span).shift(self.sentences[sentence].span.start)

    def quote(self, sentence: int, span: Span) -> tuple[int, int, str]:
        start, end = self.span(sentence, span)
        return start, end, self.text[start:end]

    def place(self, sentence: int) -> record.Occurrence:
        start, end = self.sentences[sentence].span
        return record.Occurrence(start=start, end=end, page=self.page(sentence))

    def page(self, sentence: int) -> int | None:
        return next((line.page for line in self.source.lines_of(self.sentences[sentence].span)), None)

    def boxes(self, sentence: int) -> list[record.Box]:
        return [_box(page, box) for page, box in self.source.boxes_of(self.sentences[sentence].span)]


def _box(page: int, box: Box) -> record.Box:
    left, top, right, bottom = (round(edge, 1) for edge in box)
    return record.Box(page=page, left=left, top=top, right=right, bottom=bottom)


def _sections(source: Source, outline: Outline) -> list[record.Section]:
    return [
        record.Section(
            id=f"s{n}",
            number=section.number,
            heading=section.heading.quote(source.text) if section.heading else None,
            level=section.level,
            start=section.span.start,
            end=section.span.end,
            page=next((line.page for line in source.lines_of(section.span)), None),
            parent=None if section.parent is None else f"s{section.parent + 1}",
        )
        for n, section in enumerate(outline.sections, 1)
    ]


def _actors(places: _Places, actors: Sequence[findings.Actor]) -> tuple[list[record.Actor], dict[int, dict[Span, str]]]:
    """The actors, and for every sentence which of them stands at which span."""
    made = []
    at: dict[int, dict[Span, str]] = {}
    for n, actor in enumerate(actors, 1):
        quotes = []
        for sentence, span in actor.mentions:
            at.setdefault(sentence, {})[span] = f"a{n}"
            start, end, text = places.quote(sentence, span)
            quotes.append(record.Quote(start=start, end=end, text=text))
        body, same = actor.registered, actor.same_as
        made.append(
            record.Actor(
                id=f"a{n}",
                name=actor.name,
                type=actor.type,
                registered=body and record.Registered(name=body.name, kind=body.kind, country=body.country),
                same_as=same and record.SameAs(id=f"a{same.actor + 1}", why=same.why),
                mentions=quotes,
            )
        )
    return made, at


def _quantities(places: _Places, sentence: int, found: Sequence[findings.Quantity]) -> list[record.Quantity]:
    made = []
    for quantity in found:
        a, b, text = places.quote(sentence, quantity.span)
        compared = None
        if quantity.baseline is not None:
            start, end, year = places.quote(sentence, quantity.baseline.span)
            compared = record.Baseline(start=start, end=end, text=year, year=quantity.baseline.year)
        said = {"comparison": quantity.comparison, "change": quantity.change, "baseline": compared}
        made.append(record.Quantity(start=a, end=b, text=text, value=quantity.value, unit=quantity.unit, **said))
    return made


def _parts(places: _Places, sentence: int, found: Sequence[findings.OutcomePart]) -> list[record.OutcomePart]:
    made = []
    for part in found:
        a, b, text = places.quote(sentence, part.span)
        quantities = _quantities(places, sentence, part.quantities)
        made.append(record.OutcomePart(start=a, end=b, text=text, direction=part.direction, quantities=quantities))
    return made


def _details(
    places: _Places,
    members: tuple[int, ...],
    finding: findings.Goal | findings.Outcome,
    at: dict[int, dict[Span, str]],
) -> dict[str, object]:
    """The fields that a goal and an outcome share."""
    first = members[0]
    sentence = places.sentences[first]
    start, end = sentence.span
    actor = deadline = None
    of_goal = finding if isinstance(finding, findings.Goal) else None
    if finding.actor is not None:
        where = first if of_goal is None or of_goal.actor_in is None else of_goal.actor_in
        a, b, text = places.quote(where, finding.actor)
        here = at.get(where, {})
        inside = (name for span, name in here.items() if finding.actor.holds(span))
        name, why = here.get(finding.actor) or next(inside, None), None
        if name is None and places.speaker is not None and text.casefold() in _WE:
            name, why = f"a{places.speaker.actor + 1}", places.speaker.why
        actor = record.ActorRef(start=a, end=b, text=text, id=name, why=why)
    if finding.deadline is not None:
        where = first if of_goal is None or of_goal.deadline_in is None else of_goal.deadline_in
        a, b, text = places.quote(where, finding.deadline.span)
        deadline = record.Deadline(start=a, end=b, text=text, first=finding.deadline.first, last=finding.deadline.last)
    evidence = []
    for one in finding.evidence:
        span = None if one.span is None else places.span(first if one.sentence is None else one.sentence, one.span)
        evidence.append(record.Evidence(cue=one.cue, start=span and span.start, end=span and span.end, by=one.by))
    if sentence.lead_in is not None:
        a, b = places.sentences[sentence.lead_in].span
        evidence.append(record.Evidence(cue=places.text[a:b], start=a, end=b, by="leads in the list"))
    return {
        "start": start,
        "end": end,
        "text": places.text[start:end],
        "actor": actor,
        "deadline": deadline,
        "quantities": _quantities(places, first, finding.quantities),
        "modality": finding.state.modality,
        "tense": finding.state.tense,
        "negated": finding.state.negated,
        "hedged": finding.state.hedged,
        "section": None if sentence.section is None else f"s{sentence.section + 1}",
        "page": places.page(first),
        "boxes": places.boxes(first),
        "occurrences": [places.place(n) for n in members],
        "confidence": finding.confidence,
        "evidence": evidence,
    }


def assemble(
    source: Source, found: Found, language: str, problems: Sequence[Problem], provenance: record.Provenance
) -> record.Record:
    """One document's record: every span laid back on the source text, identifiers in the order of the text."""
    places = _Places(source, found)
    actors, at = _actors(places, found.actors)
    goals: list[record.Goal] = []
    outcomes: list[record.Outcome] = []
    for members, (goal, outcome) in zip(found.groups, found.decisions, strict=True):
        if goal is not None:
            details = _details(places, members, goal, at)
            measured = None
            if goal.indicator is not None:
                where = members[0] if goal.indicator_in is None else goal.indicator_in
                a, b, text = places.quote(where, goal.indicator)
                measured = record.Quote(start=a, end=b, text=text)
            goals.append(record.Goal(id=f"g{len(goals) + 1}", kind=goal.kind, indicator=measured, **details))
        if outcome is not None:
            details = _details(places, members, outcome, at)
            said = {"direction": outcome.direction, "aspect": outcome.aspect}
            parts = _parts(places, members[0], outcome.parts)
            outcomes.append(record.Outcome(id=f"o{len(outcomes) + 1}", parts=parts, **said, **details))
    heading = next((s.heading for s in found.outline.sections if s.heading), None)
    return record.Record(
        document=record.Document(
            id=source.id,
            # A file name that is no UTF-8 reaches Python with lone surrogates, which JSON cannot hold.
            source=source.name.encode("utf-8", "replace").decode("utf-8"),
            sha256=source.sha256,
            title=source.title or (heading.quote(source.text) if heading else None),
            media_type=source.media_type,
            language=language,
            characters=len(source.text),
            pages=len(source.pages) or None,
            text=source.text if source.built else None,
            text_file=None,
            set_aside=[record.SetAside(kind=a.kind, text=a.text, pages=list(a.pages)) for a in source.asides],
        ),
        sections=_sections(source, found.outline),
        goals=goals,
        outcomes=outcomes,
        actors=actors,
        repeats=[
            record.Repeat(
                kind=repeat.kind,
                similarity=round(repeat.similarity, 3),
                occurrences=[places.place(n) for n in repeat.members],
                differs=list(repeat.differs),
            )
            for repeat in found.repeats
        ],
        links=[],
        problems=[record.Problem(stage=p.stage, code=p.code, message=p.message) for p in problems],
        provenance=provenance,
    )
