"""Measures a pipeline against gold sentences, with gold tokens as CoNLL does, and its tokenizer against raw text.

Own code rather than spaCy's scorer, which leaves punctuation out of UAS and LAS and marks unknown values differently.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import Protocol

from spacy.language import Language
from spacy.tokens import Doc
from treebank import Sentence, name_spans


class Texts(Protocol):
    """A pipeline, or an annotator of ours."""

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        """A ``Doc`` for each text."""


def blank_doc(nlp: Language, sentence: Sentence) -> Doc:
    """The gold words with nothing known of them, but that they are one sentence."""
    words = [word.form for word in sentence.words]
    spaces = [word.space for word in sentence.words]
    return Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=[place == 0 for place in range(len(words))])


def annotated(nlp: Language, sentences: Iterable[Sentence]) -> Iterator[Doc]:
    """The sentences annotated on their gold tokens."""
    return nlp.pipe([blank_doc(nlp, sentence) for sentence in sentences])


def tagging_scores(nlp: Language, sentences: list[Sentence]) -> dict[str, float]:
    """Accuracy of UPOS, FEATS and lemma; UAS and LAS over all words, punctuation included; names by exact span."""
    right = dict.fromkeys(["upos", "feats", "lemma", "uas", "las"], 0)
    total = 0
    gold_names: set[tuple[int, int, int, str]] = set()
    found_names: set[tuple[int, int, int, str]] = set()
    for number, (sentence, doc) in enumerate(zip(sentences, annotated(nlp, sentences), strict=True)):
        for token, word in zip(doc, sentence.words, strict=True):
            total += 1
            head = token.i if word.head < 0 else word.head
            label = "ROOT" if word.head < 0 else word.deprel
            right["upos"] += token.pos_ == word.upos
            right["feats"] += str(token.morph) == word.feats
            right["lemma"] += token.lemma_ == word.lemma
            right["uas"] += token.head.i == head
            right["las"] += token.head.i == head and token.dep_ == label
        if sentence.names is not None:
            gold_names |= {(number, *name) for name in name_spans(sentence.names)}
            found_names |= {(number, ent.start, ent.end, ent.label_) for ent in doc.ents}
    both = len(gold_names & found_names)
    precision, recall = both / max(1, len(found_names)), both / max(1, len(gold_names))
    scores = {name: count / total for name, count in right.items()}
    scores |= {"ner_p": precision, "ner_r": recall, "ner_f": 2 * both / max(1, len(gold_names) + len(found_names))}
    return {name: round(value, 4) for name, value in scores.items()}


def token_score(nlp: Language, sentences: Iterable[Sentence]) -> float:
    """F1 of the tokenizer on the raw text of the sentences, by exact character spans."""
    both = found = gold = 0
    for sentence in sentences:
        want: set[tuple[int, int]] = set()
        end = 0
        for word in sentence.words:
            start = sentence.text.index(word.form, end)
            end = start + len(word.form)
            want.add((start, end))
        have = {(t.idx, t.idx + len(t)) for t in nlp.make_doc(sentence.text) if not t.is_space}
        both, found, gold = both + len(want & have), found + len(have), gold + len(want)
    return round(2 * both / (found + gold), 4)


def words_a_second(nlp: Texts, sentences: list[Sentence], times: int = 4) -> int:
    """Speed of the whole pipeline, tokenizer included, on all sentences ``times`` over; best of three."""
    texts = [sentence.text for sentence in sentences] * times
    words = sum(len(sentence.words) for sentence in sentences) * times
    fastest = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        for _doc in nlp.pipe(texts):
            pass
        fastest = min(fastest, time.perf_counter() - start)
    return round(words / fastest)
