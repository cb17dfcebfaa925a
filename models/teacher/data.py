"""Training examples for the teacher: the treebanks and name lists, harmonised, cut to pieces, batched by length.

Reading and the repair of the derived trees are `models/language/treebank.py` and `repair.py`, shared with the
recipe of the shipped model. Nothing here reads the development sentences except `development`.
"""

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from e5 import Tokenizer
from labels import LAYERS, lemma_rule
from model import STYLES, Batch, surface

sys.path.append(str(Path(__file__).parent.parent / "language"))
from conventions import UNKNOWN, harmonise_feats
from sources import development_sentences, talbanken_and_pud
from treebank import Sentence, Word, facts_of, read_name_list


@dataclass(slots=True)
class Example:
    """A sentence, its style, and `sure`: for each word how much its arc counts in training (0 to 1)."""

    sentence: Sentence
    style: str
    sure: list[float] | None = None


def treebanks(shared: Path, repair: bool = True, derived: Path | None = None) -> list[Example]:
    """Talbanken's training part (`derived` replaces it) and PUD, with names where they are known."""
    talbanken, pud = talbanken_and_pud(shared, repair, derived)
    if not repair:
        harmonise_feats(pud, talbanken)
    sure = [[float(facts_of(w).get("Sure", 1)) for w in s.words] if derived else None for s in talbanken]
    return [Example(s, "talbanken", w) for s, w in zip(talbanken, sure, strict=True)] + [Example(s, "pud") for s in pud]


def development(shared: Path) -> list[Example]:
    """Talbanken's official development sentences with names: to measure with, never to train on."""
    return [Example(sentence, "talbanken") for sentence in development_sentences(shared)]


def name_lists(shared: Path) -> list[Example]:
    """The Swedish NER corpus; it knows names only."""
    return [Example(s, "klintan") for s in read_name_list(shared / "data/ner/klintan-train.txt") if s.words]


def split_names(examples: list[Example], every: int = 12) -> tuple[list[Example], list[Example]]:
    """(to train, to measure names on): every twelfth of PUD and the name list keeps its names back."""
    train, held = [], []
    for k, example in enumerate(examples):
        if k % every or example.style == "talbanken":
            train.append(example)
            continue
        held.append(example)
        if example.sentence.parsed:
            train.append(replace(example, sentence=replace(example.sentence, names=None)))
    return train, held


def word_labels(word: Word) -> dict[str, str]:
    """Layer -> label of an annotated word; unknown features are left out."""
    labels = {"upos": word.upos, "xpos": word.xpos, "deprel": word.deprel, "lemma": lemma_rule(word.form, word.lemma)}
    return labels if word.feats == UNKNOWN else labels | {"feats": word.feats}


def shortened(example: Example, rng: random.Random) -> Example:
    """The example without its final stop, or in capitals: headings and list items look so."""
    words = example.sentence.words
    if len(words) > 3 and words[-1].form == "." and all(w.head != len(words) - 1 for w in words):
        cut = replace(example.sentence, words=words[:-1], names=example.sentence.names and example.sentence.names[:-1])
        return replace(example, sentence=cut, sure=example.sure and example.sure[:-1])
    if rng.random() < 0.15:
        upper = [replace(w, form=w.form.upper(), lemma="?") for w in words]
        return replace(example, sentence=replace(example.sentence, words=upper))
    return example


def batches(
    examples: list[Example], tokenizer: Tokenizer, budget: int, rng: random.Random | None = None
) -> Iterator[list[tuple[int, Example]]]:
    """Batches of (place, example), each of like length and at most `budget` pieces; longest first without `rng`."""
    lengths = [2 + sum(len(tokenizer.word(w.form, s)) for w, s in _spaced(e.sentence)) for e in examples]
    noise = [n + (rng.uniform(0, 4) if rng else 0) for n in lengths]
    order = sorted(range(len(examples)), key=lambda k: -noise[k])
    groups, group, longest = [], [], 0
    for k in order:
        longest = max(longest, lengths[k])
        if group and longest * (len(group) + 1) > budget:
            groups.append(group)
            group, longest = [], lengths[k]
        group.append((k, examples[k]))
    groups += [group] if group else []
    if rng:
        rng.shuffle(groups)
    yield from groups


def _spaced(sentence: Sentence) -> Iterator[tuple[Word, bool]]:
    space = True
    for word in sentence.words:
        yield word, space
        space = word.space


def collate(
    examples: list[Example],
    tokenizer: Tokenizer,
    tables: dict[str, dict[str, int]],
    styles: dict[str, str] | None = None,
) -> Batch:
    """Tensors of some examples; `styles` (task -> style) asks for one style instead of each example's own."""
    rows = []
    for example in examples:
        ids, first, last = [tokenizer.bos], [0], [0]
        for word, space in _spaced(example.sentence):
            first.append(len(ids))
            ids += tokenizer.word(word.form, space)
            last.append(len(ids) - 1)
        rows.append(([*ids[:511], tokenizer.eos], [min(i, 511) for i in first], [min(i, 511) for i in last]))
    width, length = max(len(r[0]) for r in rows), max(len(r[1]) for r in rows)
    pieces = torch.tensor([r[0] + [tokenizer.pad] * (width - len(r[0])) for r in rows])
    real = torch.tensor([[k < len(r[0]) for k in range(width)] for r in rows])
    first, last = (torch.tensor([r[i] + [0] * (length - len(r[i])) for r in rows]) for i in (1, 2))
    words = torch.tensor([[k < len(r[1]) for k in range(length)] for r in rows])
    empty = surface("")
    faces = [[empty, *(surface(w.form) for w in e.sentence.words)] for e in examples]
    faces = torch.tensor([f + [empty] * (length - len(f)) for f in faces])
    style = {
        t: torch.tensor([STYLES[(styles or {}).get(t, e.style)] for e in examples]) for t in ("tags", "trees", "names")
    }
    return Batch(pieces, real, first, last, words, faces, style, _targets(examples, length, tables))


def _targets(examples: list[Example], length: int, tables: dict[str, dict[str, int]]) -> dict[str, torch.Tensor]:
    targets = {layer: torch.full((len(examples), length), -100) for layer in (*LAYERS, "head")}
    targets["sure"] = torch.ones(len(examples), length)
    for row, example in enumerate(examples):
        sentence = example.sentence
        if sentence.names is not None:
            for k, tag in enumerate(sentence.names, 1):
                targets["name"][row, k] = tables["name"].get(tag, -100)
        if not sentence.parsed:
            continue
        for k, word in enumerate(sentence.words, 1):
            targets["head"][row, k] = word.head + 1
            for layer, label in word_labels(word).items():
                targets[layer][row, k] = tables[layer].get(label, -100)
        if example.sure:
            targets["sure"][row, 1 : len(sentence.words) + 1] = torch.tensor(example.sure)
    return targets
