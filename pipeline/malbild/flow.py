"""The whole way of a document, on one screen: Source -> sentences -> distinct sentences -> readings -> Record."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from malbild import __version__, record
from malbild.analysed import Analyses, Asked, Known, made_with
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


@contextmanager
def analyses_in(
    archive: str | Path, settings: Settings, tell: Callable[[str], None] = warnings.warn
) -> Iterator[Analyses]:
    """The analyses that an archive keeps for these settings and their models; it is made if it is not there.

    Args:
        archive: its file.
        settings: how to extract.
        tell: what is told, in a line, if the archive can only be read, or cannot be used any more.

    Raises:
        malbild.archive.ArchiveError: if the file is no archive, is damaged or may not be read.
    """
    models = load_models(settings.backend, settings.model, settings.profile)
    with Analyses.at(archive, made_with(__version__, settings, models.refs), tell) as analyses:
        yield analyses


def extract_source(
    source: Source, settings: Settings | None = None, models: Models | None = None, analyses: Analyses | None = None
) -> record.Record:
    """One document's record.

    Args:
        source: the document.
        settings: how to extract; ``None`` for the defaults.
        models: those of ``settings``, loaded when not given.
        analyses: what an archive keeps for these settings and models: what it has of the document's sentences is not
            made again, what it has not is kept. The record is the same without.
    """
    settings = settings or Settings()
    models = models or load_models(settings.backend, settings.model, settings.profile)
    plan = outline(source)
    whole, flats = flat_sentences(source, plan)
    texts = [flat.text for flat in flats]
    read, encoded = _analysed([flat.text for flat in whole], texts, plan, models, analyses)
    readings = in_periods(read, texts, plan)
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


def _analysed(
    whole: Sequence[str], texts: Sequence[str], plan: Outline, models: Models, analyses: Analyses | None
) -> tuple[list[Reading], list[Encoded] | None]:
    """A reading for every sentence, and what the encoder says of it; each distinct form is annotated and read once,
    where it first stands. What an archive has of this is taken from there.
    """
    distinct = exact_groups(sentence_form(text) for text in texts)
    passages = None if models.encoder is None else models.encoder.passages(texts, plan)
    asked = Asked(whole, texts, [members[0] for members in distinct], passages)
    known = Known() if analyses is None else analyses.known(asked)
    encoded = dict(known.encoded)
    if models.encoder is not None:
        for passage in passages or ():
            if passage.core.start not in encoded:
                encoded.update(zip(passage.core, models.encoder.judge(passage), strict=True))
    new = [n for n in asked.first if n not in known.readings]
    docs = models.annotator.pipe(texts[n] for n in new)
    made = read_sentences(docs, models.weights, None if passages is None else [encoded[n] for n in new])
    readings = known.readings | dict(zip(new, made, strict=True))
    if analyses is not None:
        analyses.keep(asked, known, readings, encoded)
    of = {n: readings[members[0]] for members in distinct for n in members}
    every = range(len(texts))
    return [of[n] for n in every], None if passages is None else [encoded[n] for n in every]


def _mentions(flats: Sequence[Flat], readings: Sequence[Reading]) -> Iterator[tuple[int, Mention, str, str]]:
    """Every mention with its sentence, its words and what stands between the one before it and itself."""
    for n, (flat, reading) in enumerate(zip(flats, readings, strict=True)):
        before = 0
        for mention in reading.mentions:
            between = flat.text[before : mention.span.start] if before else ""
            yield n, mention, mention.span.quote(flat.text), between
            before = mention.span.end
