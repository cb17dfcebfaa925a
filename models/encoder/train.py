"""Train the encoder on the gold documents; with --fold N without those of one fold, whose scores it writes.

    python models/encoder/train.py --encoder e5-small-q4.bin --vocab vocab.txt [--fold N] [--student] [--bf16]

Reads ``WORK/documents.jsonl``, writes ``WORK/NAME/``: ``weights.npz``, ``scores.npz`` (of the documents held out and
of dev), ``log.txt``. It keeps its state after every epoch and goes on from there. Seeded. About 25 minutes on one core.

A student learns from the gold and, a share in every epoch, from ``WORK/silver.jsonl`` with what a teacher thinks of it
(``WORK/silver/all.npz``, ``fold-N.npz``, of teach.py). About 70 minutes on one core.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

sys.path.append(str(Path(__file__).resolve().parents[2] / "pipeline"))
sys.path.append(str(Path(__file__).resolve().parents[1] / "teacher"))

from checkpoint import load_arrays, save_arrays
from e5 import Tokenizer, load_encoder
from options import read_options
from reader import DETAILS, DIRECTIONS, GOAL_KINDS, LABELS, TAGS, Batch, Reader, batch_of

from malbild.encode.windows import CORE, Window, windows

LAYERS, FROZEN, EPOCHS, SEED = 9, 2, 4, 1
STUDENT_EPOCHS = 3
RATE, HEAD_RATE, LAYER_DECAY = 2e-4, 1e-3, 0.92
BUDGET = 1600
"""Pieces in a batch, padding counted."""
SMALLEST_OPENING = 60
UNKNOWN = -100
Item = tuple[dict, Window]


def cut(documents: list[dict], rng: random.Random | None = None) -> list[Item]:
    """The windows of some documents; with ``rng`` the first of each is shortened by chance."""
    found = []
    for document in documents:
        lengths = [1 + len(sentence["ids"]) for sentence in document["sentences"]]
        above = [sentence["above"] for sentence in document["sentences"]]
        opening = rng.randint(SMALLEST_OPENING, CORE) if rng else CORE
        found += [(document, window) for window in windows(lengths, above, opening)]
    return found


def batches(items: list[Item], rng: random.Random) -> list[list[Item]]:
    """Windows of about one length together, in an order drawn by ``rng``."""

    def size(item: Item) -> int:
        return sum(1 + len(item[0]["sentences"][n]["ids"]) for n in item[1].sentences)

    made: list[list[Item]] = []
    widest = 0
    for item in sorted(items, key=lambda item: size(item) + rng.uniform(0, 60)):
        widest = max(widest, size(item))
        if made and widest * (len(made[-1]) + 1) <= BUDGET:
            made[-1].append(item)
        else:
            made.append([item])
            widest = size(item)
    rng.shuffle(made)
    return made


def targets(batch: Batch) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """What the gold says: labels (-1 unknown), goal kinds, directions, tags of words, classes of details."""
    labels = torch.full((len(batch.keys), len(LABELS)), -1.0)
    kinds, directions = (torch.full((len(batch.keys),), UNKNOWN) for _ in range(2))
    tags, details = [], []
    for row, (document, n, _, words) in enumerate(batch.keys):
        sentence = document["sentences"][n]
        if "labels" in sentence:
            labels[row] = torch.tensor([float(label in sentence["labels"]) for label in LABELS])
            if sentence["goal_kind"]:
                kinds[row] = GOAL_KINDS.index(sentence["goal_kind"])
            if sentence["direction"]:
                directions[row] = DIRECTIONS.index(sentence["direction"])
        known = 0 if "mentions" in sentence else UNKNOWN
        line = [known] * words
        for kind, span in sentence.get("mentions", ()):
            for place, word in enumerate(span):
                line[word] = TAGS.index(f"{'I' if place else 'B'}-{kind}")
        tags += line
        known = 0 if "actor" in sentence else UNKNOWN
        table = [[known] * len(DETAILS) for _ in range(words)]
        for column, name in enumerate(DETAILS):
            for span in sentence.get(name, ()):
                for place, word in enumerate(span):
                    table[word][column] = 2 if place else 1
        details += table
    return labels, kinds, directions, torch.tensor(tags), torch.tensor(details)


def loss_of(said: tuple[Tensor, Tensor, Tensor], wanted: tuple[Tensor, Tensor, Tensor, Tensor, Tensor]) -> Tensor:
    """The sum of the heads' losses; what is not known counts nothing."""
    judged, tags, details = said
    labels, kinds, directions, gold_tags, gold_details = wanted

    def choice(logits: Tensor, gold: Tensor) -> Tensor:
        return functional.cross_entropy(logits, gold, ignore_index=UNKNOWN) if (gold >= 0).any() else logits.sum() * 0

    known = labels >= 0
    first = len(LABELS)
    second = first + len(GOAL_KINDS)
    loss = 2 * functional.binary_cross_entropy_with_logits(judged[:, :first][known], labels[known])
    loss = loss + 0.4 * choice(judged[:, first:second], kinds) + 0.4 * choice(judged[:, second:], directions)
    loss = loss + choice(tags, gold_tags)
    for column in range(len(DETAILS)):
        loss = loss + 0.5 * choice(details[:, 3 * column : 3 * column + 3], gold_details[:, column])
    return loss


def soft_loss_of(said: tuple[Tensor, Tensor, Tensor], batch: Batch) -> Tensor:
    """The heads' losses against a teacher's logits. Kind, direction and details count as far as the teacher sees a
    goal or an outcome: elsewhere it was taught none.
    """
    judged, tags, details = said
    theirs, their_tags, their_details = soft_targets(batch)
    first = len(LABELS)
    second = first + len(GOAL_KINDS)
    labels = torch.sigmoid(theirs[:, :first])
    words = torch.tensor([words for *_, words in batch.keys])

    def choice(logits: Tensor, wanted: Tensor, weight: Tensor) -> Tensor:
        loss = functional.cross_entropy(logits, torch.softmax(wanted, -1), reduction="none")
        return (loss * weight).sum() / weight.sum().clamp(min=1)

    loss = 2 * functional.binary_cross_entropy_with_logits(judged[:, :first], labels)
    loss = loss + 0.4 * choice(judged[:, first:second], theirs[:, first:second], labels[:, 0])
    loss = loss + 0.4 * choice(judged[:, second:], theirs[:, second:], labels[:, 1])
    loss = loss + choice(tags, their_tags, torch.ones(len(tags)))
    found = labels.amax(-1).repeat_interleave(words)
    for column in range(0, details.shape[1], 3):
        here = slice(column, column + 3)
        loss = loss + 0.5 * choice(details[:, here], their_details[:, here], found)
    return loss


def soft_targets(batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
    """A teacher's logits of the sentences and words of a batch."""
    judged, tags, details = [], [], []
    for document, n, *_ in batch.keys:
        sentences, ends, their_tags, their_details = document["soft"]
        here = slice(ends[n], ends[n + 1])
        judged.append(sentences[n])
        tags.append(their_tags[here])
        details.append(their_details[here])
    return tuple(
        torch.from_numpy(np.concatenate(part).astype(np.float32)) for part in ([j[None] for j in judged], tags, details)
    )


def read_documents(path: Path) -> list[dict]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def silver_of(work: Path, name: str) -> list[dict]:
    """The stretches of plain text, each with ``soft``: a teacher's logits, and where the words of a sentence begin."""
    documents = read_documents(work / "silver.jsonl")
    with np.load(work / "silver" / f"{name}.npz", allow_pickle=False) as stored:
        for document in documents:
            key = f"{document['folder']}/{document['slug']}"
            ends = np.cumsum([0, *(len(sentence["first"]) for sentence in document["sentences"])])
            document["soft"] = stored[f"{key}/sentences"], ends, stored[f"{key}/tags"], stored[f"{key}/details"]
    return documents


def scores_of(model: Reader, documents: list[dict], tokenizer: Tokenizer) -> dict[str, np.ndarray]:
    """Logits of every sentence and word: ``FOLDER/SLUG/sentences``, ``…/tags``, ``…/details``."""
    model.eval()
    found: dict[tuple[str, int], tuple[np.ndarray, ...]] = {}
    with torch.inference_mode():
        for items in batches(cut(documents), random.Random(SEED)):
            batch = batch_of(items, tokenizer.bos, tokenizer.pad)
            judged, tags, details = (part.numpy() for part in model(batch))
            at = 0
            for row, (document, n, core, words) in enumerate(batch.keys):
                if core:
                    part = slice(at, at + words)
                    found[f"{document['folder']}/{document['slug']}", n] = judged[row], tags[part], details[part]
                at += words
    model.train()
    made = {}
    for document in documents:
        name = f"{document['folder']}/{document['slug']}"
        lines = [found[name, n] for n in range(len(document["sentences"]))]
        made[f"{name}/sentences"] = np.stack([line[0] for line in lines])
        made[f"{name}/tags"] = np.concatenate([line[1] for line in lines])
        made[f"{name}/details"] = np.concatenate([line[2] for line in lines])
    return made


def f1_of(scores: dict[str, np.ndarray], documents: list[dict]) -> str:
    """F1 of goals and outcomes at probability 0.5, in words."""
    said, wanted = [], []
    for document in documents:
        said.append(scores[f"{document['folder']}/{document['slug']}/sentences"][:, : len(LABELS)] > 0)
        wanted += [[label in sentence.get("labels", ()) for label in LABELS] for sentence in document["sentences"]]
    p, g = np.concatenate(said), np.array(wanted)
    f1 = 2 * (p & g).sum(axis=0) / np.maximum(1, p.sum(axis=0) + g.sum(axis=0))
    return ", ".join(f"{label}s {value:.4f}" for label, value in zip(LABELS, f1, strict=True))


class Averaged:
    """The running mean of the weights that move: it is what is kept."""

    def __init__(self, moving: list[Tensor]):
        self.moving, self.mean = moving, [tensor.detach().clone() for tensor in moving]

    def follow(self, step: int) -> None:
        kept = min(0.99, (1 + step) / (10 + step))
        with torch.no_grad():
            torch._foreach_lerp_(self.mean, [tensor.detach() for tensor in self.moving], 1 - kept)

    def swap(self) -> None:
        """Exchange the weights and their mean."""
        with torch.no_grad():
            for tensor, mean in zip(self.moving, self.mean, strict=True):
                other = tensor.detach().clone()
                tensor.copy_(mean)
                mean.copy_(other)


def rate_at(done: float) -> float:
    """The share of the full rate after a share ``done`` of all steps: up for a tenth, then down."""
    return min(1.0, done / 0.1, max(0.02, (1 - done) / 0.9))


def optimizer_of(model: Reader) -> torch.optim.AdamW:
    """AdamW; lower layers move more slowly, the heads faster."""
    layers = model.encoder.layers
    groups = [
        {"params": list(layer.parameters()), "lr": RATE * LAYER_DECAY ** (len(layers) - 1 - n)}
        for n, layer in enumerate(layers)
        if n >= FROZEN
    ]
    heads = [tensor for name, tensor in model.named_parameters() if not name.startswith("encoder.")]
    return torch.optim.AdamW([*groups, {"params": heads, "lr": HEAD_RATE}], betas=(0.9, 0.98), weight_decay=0.01)


def plan_of(learn: list[dict], silver: list[dict], epochs: int) -> list[list[list[Item]]]:
    """The batches of every epoch: all of the gold, and its share of the silver, never both in a batch."""
    plan = []
    for n in range(epochs):
        rng = random.Random(f"{SEED} {n}")
        made = batches(cut(learn, random.Random(f"{SEED} {n}")), rng)
        if silver:
            made += batches(cut(silver[n::epochs], rng), rng)
            rng.shuffle(made)
        plan.append(made)
    return plan


def epochs(
    model: Reader, plan: list[list[list[Item]]], tokenizer: Tokenizer, state: Path, say: Callable
) -> Iterator[int]:
    """Train; the number of every epoch that is over, while the model holds the mean of its weights."""
    optimizer = optimizer_of(model)
    full = [group["lr"] for group in optimizer.param_groups]
    averaged = Averaged([tensor for tensor in model.parameters() if tensor.requires_grad])
    total, step, start = sum(map(len, plan)), 0, 0
    if state.exists():
        kept = torch.load(state, weights_only=True)
        model.load_state_dict(kept["model"])
        optimizer.load_state_dict(kept["optimizer"])
        averaged.mean = kept["mean"]
        start = kept["epoch"]
        step = sum(map(len, plan[:start]))
    began = time.monotonic()
    for epoch in range(start, len(plan)):
        torch.manual_seed(SEED * 100 + epoch)
        for items in plan[epoch]:
            for group, rate in zip(optimizer.param_groups, full, strict=True):
                group["lr"] = rate * rate_at((step + 1) / total)
            batch = batch_of(items, tokenizer.bos, tokenizer.pad)
            said = model(batch)
            loss = soft_loss_of(said, batch) if "soft" in items[0][0] else loss_of(said, targets(batch))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(averaged.moving, 1.0)
            optimizer.step()
            step += 1
            averaged.follow(step)
            if step % 50 == 0:
                say(f"step {step} of {total}, {time.monotonic() - began:.0f} s, loss {loss.item():.3f}")
        kept = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "mean": averaged.mean}
        partly = state.with_suffix(".part")
        torch.save({**kept, "epoch": epoch + 1}, partly)
        partly.replace(state)
        averaged.swap()
        yield epoch + 1
        averaged.swap()
    averaged.swap()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True, help="the 4-bit file of models/teacher")
    parser.add_argument("--vocab", type=Path, required=True, help="the pieces kept, of models/teacher/vocab.py")
    parser.add_argument("--fold", type=int, help="leave this fold out, and write its scores")
    parser.add_argument("--student", action="store_true", help="learn from a teacher's silver too")
    parser.add_argument("--bf16", action="store_true", help="compute in bfloat16: faster where the processor can")
    args = read_options(parser)
    name = "all" if args.fold is None else f"fold-{args.fold}"
    folder = args.work / (f"student-{name}" if args.student else name)
    folder.mkdir(exist_ok=True)

    def say(line: str) -> None:
        line = time.strftime("%H:%M:%S ") + line
        print(line, flush=True)
        with (folder / "log.txt").open("a", encoding="utf-8") as log:
            log.write(line + "\n")

    documents = read_documents(args.work / "documents.jsonl")
    dev = [document for document in documents if document["fold"] < 0]
    held = [document for document in documents if document["fold"] == args.fold]
    learn = [document for document in documents if document["fold"] not in {-1, args.fold}]
    say(f"{len(learn)} documents to learn from, {len(held)} held out")
    torch.manual_seed(SEED)
    encoder, tokenizer = load_encoder(args.encoder, args.vocab, LAYERS)
    model = Reader(encoder, FROZEN, bf16=args.bf16)
    weights, state = folder / "weights.npz", folder / "state.pt"
    if weights.exists():
        model.load_state_dict(load_arrays(weights))
    else:
        silver = silver_of(args.work, name) if args.student else []
        plan = plan_of(learn, silver, STUDENT_EPOCHS if args.student else EPOCHS)
        for epoch in epochs(model, plan, tokenizer, state, say):
            for which, some in (("held out", held), ("dev", dev)):
                if some:
                    say(f"epoch {epoch}, {which}: {f1_of(scores_of(model, some, tokenizer), some)}")
        save_arrays(weights, model.state_dict(), half=True)
        state.unlink()
    model.bf16 = False
    scores = scores_of(model, held + dev, tokenizer)
    np.savez_compressed(folder / "scores.npz", allow_pickle=False, **scores)
    say(f"dev: {f1_of(scores, dev)}")


if __name__ == "__main__":
    main()
