"""A text's sentences with the whole way to each decision: tree, clauses, findings, and what counted for and against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from malbild.extraction import decide, in_context, read_sentences
from malbild.extraction.explain import Share, context_shares, fact_shares, word_shares
from malbild.extraction.features import Parsed
from malbild.extraction.mentions import token_values, weighed
from malbild.extraction.read import examine
from malbild.extraction.table import tabulate
from malbild.findings import Goal, Outcome
from malbild.flow import flat_sentences, load_models
from malbild.read import read_text
from malbild.segment import outline
from malbild.settings import Settings


@dataclass(frozen=True, slots=True)
class Explanation:
    """One sentence and how it was judged.

    ``words`` and ``facts`` sum to the linear score of the sentence by itself (``linear``), less what every sentence
    starts with; ``encoder`` is the encoder's score (``None`` in the fast profile). From these and the context comes the
    score that decides: the sum of ``context``, before it is calibrated. All are log-odds.
    """

    text: str
    kind: str
    doc: Doc
    parsed: Parsed
    goal: Goal | None
    outcome: Outcome | None
    words: list[Share]
    facts: list[Share]
    linear: Share
    encoder: Share | None
    context: list[Share]


def explain(text: str, settings: Settings | None = None) -> Iterator[Explanation]:
    """Every sentence of a text with the reasons of what was found in it, or not."""
    settings = settings or Settings()
    models = load_models(settings.backend, settings.model, settings.profile)
    weights = models.weights
    source = read_text(text, "text")
    plan = outline(source)
    flats = flat_sentences(source, plan)[1]
    texts = [flat.text for flat in flats]
    encoded = None if models.encoder is None else models.encoder.read(texts, plan)
    docs = list(models.annotator.pipe(texts))
    readings = list(read_sentences(docs, weights, encoded))
    features, judge = in_context(readings, plan, weights, encoded)
    for n, decision in enumerate(decide(readings, plan, weights, settings.min_confidence, encoded)):
        table, (here,) = tabulate([docs[n]])
        theirs = None if encoded is None else encoded[n]
        parsed = examine(docs[n], weighed(weights.tag_scores(token_values(table))[here], docs[n], theirs))
        yield Explanation(
            texts[n],
            plan.sentences[n].kind,
            docs[n],
            parsed,
            *decision,
            word_shares(parsed, weights),
            fact_shares(parsed, weights),
            Share("words and grammar", *map(float, readings[n].scores[:2])),
            None if theirs is None else Share("the encoder", *map(float, theirs.labels[:2])),
            context_shares(features[n], judge),
        )
