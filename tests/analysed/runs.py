"""Runs of extraction that count what they have to make, with an archive and without."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from malbild.analysed import Analyses, made_with
from malbild.flow import Models, extract_source, load_models
from malbild.read import read_text
from malbild.settings import Settings
from malbild.source import Source

FAST, ACCURATE = Settings(profile="fast", min_confidence=0.0), Settings(min_confidence=0.0)
PROFILES = [FAST, ACCURATE]
CUT = "Kommunen ska minska utsläppen med 40 procent senast 2030."  # The municipality shall cut emissions
BUILT = "Staden har byggt 300 bostäder."  # The city has built 300 homes.


class Counting:
    """An annotator and an encoder that remember what they were asked."""

    def __init__(self, models: Models) -> None:
        self.annotator, self.encoder = models.annotator, models.encoder
        self.name, self.models = self.annotator.name, self.annotator.models
        self.annotated: list[str] = []
        self.judged = 0

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        kept = list(texts)
        self.annotated += kept
        return self.annotator.pipe(kept)

    def passages(self, *document: Any) -> Any:
        return self.encoder.passages(*document)  # type: ignore[union-attr]

    def judge(self, passage: Any) -> Any:
        self.judged += 1
        return self.encoder.judge(passage)  # type: ignore[union-attr]


@dataclass
class Run:
    """What a run wrote, what it had to make, and what it was told."""

    records: list[str] = field(default_factory=list)
    annotated: list[str] = field(default_factory=list)
    judged: int = 0
    told: list[str] = field(default_factory=list)


def run(
    archive: Path | None,
    settings: Settings,
    *documents: str | Source,
    release: str = "1",
    sha256: str | None = None,
    between: Callable[[], object] = int,
) -> Run:
    """Extract documents; ``sha256`` is the first model's, if it is to be another; ``between`` is done after each."""
    models = load_models(settings.backend, settings.model, settings.profile)
    counting = Counting(models)
    models = replace(models, annotator=counting, encoder=None if models.encoder is None else counting)  # type: ignore[arg-type]
    refs = [ref.model_copy(update={"sha256": sha256} if sha256 and not n else {}) for n, ref in enumerate(models.refs)]
    done = Run()

    def extract(analyses: Analyses | None) -> None:
        for document in documents:
            source = read_text(document) if isinstance(document, str) else document
            done.records.append(extract_source(source, settings, models, analyses).to_json())
            between()

    if archive is None:
        extract(None)
    else:
        with Analyses.at(archive, made_with(release, settings, refs), done.told.append) as analyses:
            extract(analyses)
    done.annotated, done.judged = counting.annotated, counting.judged
    return done


def asked(archive: Path, query: str, *values: object) -> list[Any]:
    """What the archive's own database answers, or does."""
    with closing(sqlite3.connect(archive)) as connection, connection:
        return connection.execute(query, values).fetchall()
