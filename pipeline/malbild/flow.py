"""The whole way of a document, on one screen: Source -> sentences -> distinct sentences -> readings -> Record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from malbild import __version__, record
from malbild.annotate import Annotator, load
from malbild.assemble import Found, assemble
from malbild.defaults import BACKEND, PROFILE, Profile
from malbild.encoded import Encoded
from malbild.extraction import (
    Decision,
    Reading,
    Weights,
    by_table,
    decide,
    in_periods,
    load_weights,
    read_sentences,
    restate,
    with_columns,
)
from malbild.findings import Mention
from malbild.flat import Flat, flatten
from malbild.link import group_actors, speaker
from malbild.repeat import exact_groups, repeats_of, sentence_form
from malbild.segment import numbering, outline
from malbild.settings import Settings
from malbild.source import Outline, Problem, Source
from malbild.sv import looks_swedish

if TYPE_CHECKING:
    from malbild.encode import Encoder


@dataclass(frozen=True, slots=True)
class Models:
    """What a run has loaded: the annotator, the extractor's weights, the accurate profile's encoder, and their names
    for the record.
    """

    annotator: Annotator
    weights: Weights
    encoder: Encoder | None
    refs: tuple[record.ModelRef, ...]


@lru_cache(maxsize=4)
def load_models(backend: str = BACKEND, model: str | None = None, profile: Profile = PROFILE) -> Models:
    """Load what extraction needs; the same models are loaded once a process."""
    annotator = load(backend, model)
    weights, info = load_weights()
    known = [*annotator.models, info]
    encoder = None
    if profile == "accurate":
        from malbild.encode import load_encoder

        encoder, info = load_encoder()
        known.append(info)
    refs = tuple(record.ModelRef(name=m.name, version=m.version, sha256=m.sha256) for m in known)
    return Models(annotator, weights, encoder, refs)


def extract_source(source: Source, settings: Settings | None = None, models: Models | None = None) -> record.Record:
    """One document's record. ``models`` are those of ``settings``, loaded when not given."""
    settings = settings or Settings()
    models = models or load_models(settings.backend, settings.model, settings.profile)
    plan = outline(source)
    whole, flats = flat_sentences(source, plan)
    texts = [flat.text for flat in flats]
    encoded = None if models.encoder is None else models.encoder.read(texts, plan)
    readings = in_periods(_readings(flats, models, encoded), texts, plan)
    decisions = decide(readings, plan, models.weights, settings.min_confidence, encoded)
    decisions = with_columns(decisions, readings, plan, texts, settings.min_confidence)
    cells = frozenset(n for n, sentence in enumerate(plan.sentences) if sentence.cell is not None)
    same, repeated = repeats_of([flat.text for flat in whole], cells)
    said = [_of_group(members, decisions, readings) for members in same]
    groups = same
    if settings.keep_repeats:
        of = {n: decision for members, decision in zip(same, said, strict=True) for n in members}
        groups = tuple((n,) for n in range(len(flats)))
        said = [_at_place(n, of[n], decisions, readings) for n in range(len(flats))]
    actors = group_actors(list(_mentions(flats, readings)))
    found = Found(
        outline=plan,
        flats=flats,
        groups=groups,
        decisions=said,
        actors=actors,
        speaker=speaker(actors),
        repeats=repeated,
    )
    language = "sv" if looks_swedish(source.text) else "und"
    problems = [*source.problems]
    if language != "sv":
        problems.append(Problem("language", "not-swedish", "the text does not look Swedish: findings are guesses"))
    provenance = record.Provenance(
        malbild=__version__,
        backend=settings.backend,
        profile=settings.profile,
        models=list(models.refs),
        settings=settings.fingerprint,
    )
    return assemble(source, found, language, problems, provenance)


def _of_group(members: tuple[int, ...], decisions: Sequence[Decision], readings: Sequence[Reading]) -> Decision:
    """What is decided of a sentence that stands several times: as at its first place, unless a table says more."""
    first = members[0]
    named = next((n for n in members if by_table(decisions[n])), first)
    return decisions[first] if named == first else restate(decisions[named], readings[first])


def _at_place(n: int, decision: Decision, decisions: Sequence[Decision], readings: Sequence[Reading]) -> Decision:
    """The decision of a group at one of its places: a table's row there says who and when."""
    return decisions[n] if by_table(decisions[n]) else restate(decision, readings[n])


def flat_sentences(source: Source, plan: Outline) -> tuple[list[Flat], list[Flat]]:
    """Every sentence flat: whole, as repeats compare it, and without its numbering, as it is analysed."""
    whole = [flatten(sentence.span.quote(source.text)) for sentence in plan.sentences]
    bare = [flat.after(numbering(flat.text, at.kind)) for flat, at in zip(whole, plan.sentences, strict=True)]
    return whole, bare


def _readings(flats: Sequence[Flat], models: Models, encoded: Sequence[Encoded] | None) -> list[Reading]:
    """A reading for every sentence, each distinct form annotated and read once, where it first stands."""
    distinct = exact_groups(sentence_form(flat.text) for flat in flats)
    docs = models.annotator.pipe(flats[members[0]].text for members in distinct)
    by_sentence: dict[int, Reading] = {}
    first = None if encoded is None else [encoded[members[0]] for members in distinct]
    for members, reading in zip(distinct, read_sentences(docs, models.weights, first), strict=True):
        by_sentence.update(dict.fromkeys(members, reading))
    return [by_sentence[n] for n in range(len(flats))]


def _mentions(flats: Sequence[Flat], readings: Sequence[Reading]) -> Iterator[tuple[int, Mention, str, str]]:
    """Every mention with its sentence, its words and what stands between the one before it and itself."""
    for n, (flat, reading) in enumerate(zip(flats, readings, strict=True)):
        before = 0
        for mention in reading.mentions:
            between = flat.text[before : mention.span.start] if before else ""
            yield n, mention, mention.span.quote(flat.text), between
            before = mention.span.end
