"""Gold texts as the program cuts them: our sentences with the annotators' labels and spans laid on them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from malbild.flat import Flat
from malbild.flow import flat_sentences
from malbild.read import read
from malbild.segment import outline
from malbild.source import Outline, Span

FOLDS = 5
SEED = 1


def folds_of(documents: int) -> np.ndarray:
    """A fold for every document, drawn once by seed."""
    return np.random.default_rng(SEED).permutation(documents) % FOLDS


@dataclass
class GoldSentence:
    """A sentence as the program cuts it, with what the gold says of it; ``None``: the gold has no such sentence."""

    flat: Flat
    span: Span
    gold: dict | None


@dataclass
class GoldDocument:
    slug: str
    folder: str
    full: bool
    plan: Outline
    sentences: list[GoldSentence]
    mentions: list[tuple[Span, str]] = field(default_factory=list)


def documents(shared: Path, folders: tuple[str, ...]) -> Iterator[GoldDocument]:
    """Every gold document of some folders, in the order of their names."""
    for folder in folders:
        for path in sorted((shared / "gold" / folder).glob("*.txt")):
            gold = json.loads(path.with_suffix(".json").read_text("utf-8"))
            source = read(path)
            plan = outline(source)
            sentences = []
            theirs = gold["sentences"]
            for sentence, flat in zip(plan.sentences, flat_sentences(source, plan)[1], strict=True):
                best = max(theirs, key=lambda s: sentence.span.overlap(Span(s["start"], s["end"])), default=None)
                if best is not None:
                    shared_part = sentence.span.overlap(Span(best["start"], best["end"]))
                    if shared_part * 2 < min(len(sentence.span), best["end"] - best["start"]) or not shared_part:
                        best = None
                sentences.append(GoldSentence(flat, sentence.span, best))
            mentions = [(Span(m["start"], m["end"]), m["type"]) for m in gold.get("actors", [])]
            yield GoldDocument(path.stem, folder, not gold.get("labels_only", False), plan, sentences, mentions)
