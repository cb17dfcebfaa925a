"""Lets a teacher correct the derived Talbanken trees: writes them anew with a weight for every arc.

    python reconcile.py --model WORK/a/best.npz --to WORK/reconciled.conllu

A teacher trained on PUD and the repaired trees reads Talbanken's training sentences in PUD's style. The new tree is
the best under the teacher's log probabilities plus `--trust` for each derived arc: an arc (or a label) is exchanged
where the teacher holds another one e^trust times likelier. Arcs it still doubts get a small weight (`Sure=` in the
last column, read by `data.py`). Tags are kept; punctuation is attached by rule.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from data import Example, batches, collate, treebanks
from ensemble import load_teachers
from model import Teacher
from options import read_options
from tree import best_tree
from treebank import Sentence, conllu_row

from annotate import STYLE

from punctuation import attach_punctuation  # isort: skip (found by way of data.py)


@torch.inference_mode()
def reconciled(
    model, tokenizer, classes: dict[str, list[str]], examples: list[Example], trust: float
) -> Iterator[tuple[int, Sentence, list[float]]]:
    """(place, new sentence, weight of each arc), longest sentences first."""
    root = classes["deprel"].index("root")
    number = {label: i for i, label in enumerate(classes["deprel"])}
    for group in batches(examples, tokenizer, 3000):
        batch = collate([e for _, e in group], tokenizer, {layer: {} for layer in classes}, STYLE)
        logits = model(batch)
        arcs = logits["head"].log_softmax(-1).numpy()
        heads = np.zeros(batch.first.shape, np.int64)
        for row, (_, example) in enumerate(group):
            n = len(example.sentence.words) + 1
            scores = arcs[row, :n, :n].copy()
            scores[np.arange(1, n), [word.head + 1 for word in example.sentence.words]] += trust
            heads[row, :n] = best_tree(scores)
        relations = model.relations(logits, torch.from_numpy(heads)).log_softmax(-1).numpy()
        for row, (k, example) in enumerate(group):
            result, weights = example.sentence.copy(), []
            for i, word in enumerate(result.words, 1):
                head, labels = int(heads[row, i]), relations[row, i].copy()
                if head == word.head + 1 and word.deprel in number:
                    labels[number[word.deprel]] += trust
                labels[root] = 0 if not head else -np.inf
                rel = int(labels.argmax())
                held = float(np.exp(arcs[row, i, head] + relations[row, i, rel]))
                word.head, word.deprel = head - 1, classes["deprel"][rel]
                weights.append(1.0 if held > 0.2 or word.deprel == "punct" else 0.3)
            attach_punctuation(result)
            yield k, result, weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, nargs="+", required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--trust", type=float, default=2.5, help="log odds that speak for a derived arc")
    args = read_options(parser)
    Teacher.short = args.bf16
    model, tokenizer, classes = load_teachers(args.model, args.encoder, args.vocab)
    examples = [e for e in treebanks(args.shared) if e.style == "talbanken"]
    heads = labels = doubted = total = 0
    results = sorted(reconciled(model, tokenizer, classes, examples, args.trust), key=lambda found: found[0])
    with args.to.open("w", encoding="utf-8") as file:
        for k, sentence, weights in results:
            file.write(f"# sent_id = {sentence.id}\n# text = {sentence.text}\n")
            for i, (word, was) in enumerate(zip(sentence.words, examples[k].sentence.words, strict=True)):
                total, doubted = total + 1, doubted + (weights[i] < 1)
                heads, labels = (
                    heads + (word.head != was.head),
                    labels + (word.head == was.head and word.deprel != was.deprel),
                )
                misc = f"Sure={weights[i]}" + ("" if word.space else "|SpaceAfter=No")
                file.write(conllu_row(i + 1, word, misc) + "\n")
            file.write("\n")
    print(f"{total} arcs: {heads} heads and {labels} labels taken from the teacher, {doubted} doubted -> {args.to}")


if __name__ == "__main__":
    main()
