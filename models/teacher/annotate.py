"""Annotates tokenised sentences with a trained teacher: from logits to words, with the best tree and clean names."""

from dataclasses import dataclass, replace

import numpy as np
import torch
from data import Example, batches, collate
from e5 import Tokenizer
from ensemble import Ensemble
from labels import NAMES, apply_lemma_rule
from model import Teacher
from score import Sentence
from tree import best_tree

STYLE = {"tags": "talbanken", "trees": "pud", "names": "pud"}


@dataclass(slots=True)
class Annotated:
    """A sentence as the teacher sees it, for each word how likely the teacher holds what it chose, and its view.

    `view` (words, 2 * hidden), float16: what the (first) teacher's heads of tags and trees see.
    """

    sentence: Sentence
    likely: list[dict[str, float]]
    view: np.ndarray


@torch.inference_mode()
def annotate(
    model: Teacher | Ensemble,
    tokenizer: Tokenizer,
    classes: dict[str, list[str]],
    sentences: list[Sentence],
    style: dict[str, str] = STYLE,
    budget: int = 3000,
) -> list[Annotated]:
    """Every sentence annotated, in the order given; the style says whose conventions to follow."""
    model.eval()
    results: list[Annotated | None] = [None] * len(sentences)
    examples = [
        Example(replace(s, words=[replace(w, deprel="") for w in s.words], names=None), style["tags"])
        for s in sentences
    ]
    for group in batches(examples, tokenizer, budget):
        batch = collate([e for _, e in group], tokenizer, {}, style)
        logits = model(batch)
        chosen, sure = {}, {}
        for layer in ("upos", "xpos", "feats", "lemma"):
            sure[layer], chosen[layer] = (x.numpy() for x in logits[layer].softmax(-1).max(-1))
        names = logits["name"].log_softmax(-1).numpy()
        arcs = logits["head"].log_softmax(-1).numpy()
        heads = np.zeros(batch.first.shape, np.int64)
        for row, (k, _) in enumerate(group):
            n = len(sentences[k].words) + 1
            heads[row, :n] = best_tree(arcs[row, :n, :n])
        relations = model.relations(logits, torch.from_numpy(heads)).softmax(-1).numpy()
        for row, (k, _) in enumerate(group):
            one = {layer: values[row] for layer, values in chosen.items()} | {"head": heads[row]}
            odds = {layer: values[row] for layer, values in sure.items()} | {
                "head": arcs[row],
                "deprel": relations[row],
            }
            view = logits["view"][row, 1 : len(sentences[k].words) + 1].half().numpy()
            results[k] = _one(sentences[k], classes, one, odds, names[row], view)
    return results


def _one(
    sentence: Sentence,
    classes: dict[str, list[str]],
    chosen: dict[str, np.ndarray],
    odds: dict[str, np.ndarray],
    names: np.ndarray,
    view: np.ndarray,
) -> Annotated:
    root = classes["deprel"].index("root")
    words, likely = [], []
    for k, word in enumerate(sentence.words, 1):
        head, relations = int(chosen["head"][k]), odds["deprel"][k].copy()
        if head:
            relations[root] = 0
        rel = int(relations.argmax()) if head else root
        tags = {layer: classes[layer][chosen[layer][k]] for layer in ("upos", "xpos", "feats")}
        lemma = apply_lemma_rule(word.form, classes["lemma"][chosen["lemma"][k]])
        words.append(replace(word, **tags, lemma=lemma, head=head - 1, deprel=classes["deprel"][rel]))
        sure = {layer: float(odds[layer][k]) for layer in ("upos", "feats", "lemma")}
        likely.append(sure | {"head": float(np.exp(odds["head"][k, head])), "deprel": float(relations[rel])})
    tags, sure = _names(names[1 : len(words) + 1])
    for one, p in zip(likely, sure, strict=True):
        one["name"] = p
    return Annotated(replace(sentence, words=words, names=tags), likely, view)


def _names(logs: np.ndarray) -> tuple[list[str], list[float]]:
    """The likeliest tags in which no I- stands without its B- or I- before (Viterbi), and their probabilities."""
    allowed = np.array([[b[0] != "I" or (a != "O" and a[2:] == b[2:]) for b in NAMES] for a in NAMES])
    step = np.where(allowed, 0.0, -1e9)
    total, back = logs[0] + step[0], []
    for row in logs[1:]:
        ways = total[:, None] + step
        back.append(ways.argmax(0))
        total = ways.max(0) + row
    path = [int(total.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    path.reverse()
    return [NAMES[i] for i in path], [float(np.exp(row[i])) for row, i in zip(logs, path, strict=True)]
