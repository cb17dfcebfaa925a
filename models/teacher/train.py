"""Trains the teacher. Run again, it goes on from its last state; see README.md for the commands.

python train.py --name a --epochs 12            # writes WORK/a/{state,best}.npz, WORK/a/log.txt
"""

import argparse
import json
import random
import time
from dataclasses import asdict
from pathlib import Path

import torch
from checkpoint import build, load_arrays, save_arrays, save_teacher
from data import Example, batches, collate, development, name_lists, shortened, split_names, treebanks, word_labels
from e5 import load_encoder
from labels import Labels
from model import Batch, Teacher
from options import read_options
from score import scores
from torch import Tensor, nn
from torch.nn import functional

from annotate import STYLE, annotate

WEIGHTS = {"upos": 1.0, "xpos": 0.5, "feats": 1.0, "lemma": 0.5, "name": 1.0}


def loss_of(model: Teacher, batch: Batch) -> dict[str, Tensor]:
    """The weighted losses of a batch; layers it has no targets for are left out."""
    logits, t, losses = model(batch), batch.targets, {}
    for layer, weight in WEIGHTS.items():
        if (t[layer] >= 0).any():
            losses[layer] = weight * functional.cross_entropy(
                logits[layer].flatten(0, 1), t[layer].flatten(), ignore_index=-100
            )
    if (t["head"] >= 0).any():
        relations = model.relations(logits, t["head"])
        for layer, scored in (("head", logits["head"]), ("deprel", relations)):
            losses[layer] = _smoothed(scored, t[layer], t["sure"] * (t["head"] >= 0))
    return losses


def _smoothed(scored: Tensor, target: Tensor, sure: Tensor, smooth: float = 0.04) -> Tensor:
    """Cross entropy against targets that give `smooth` to all possible classes alike, arcs weighted by `sure`."""
    logs, possible = scored.log_softmax(-1), scored > -1e3
    own = -logs.gather(-1, target.clamp(min=0)[..., None])[..., 0]
    even = -(logs * possible).sum(-1) / possible.sum(-1).clamp(min=1)
    weight = sure * (target >= 0)
    return (((1 - smooth) * own + smooth * even) * weight).sum() / weight.sum().clamp(min=1)


def groups(model: Teacher, args: argparse.Namespace) -> list[dict]:
    """Parameters with their rates, falling from the top layer down; embeddings and lowest layers stand still."""
    moving = list(model.encoder.layers[model.frozen :])
    model.encoder.requires_grad_(False)
    for layer in moving:
        layer.requires_grad_(True)
    found = [
        {"params": list(layer.parameters()), "lr": args.lr * args.decay**k} for k, layer in enumerate(reversed(moving))
    ]
    heads = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    return [*found, {"params": heads, "lr": args.head_lr}]


class Run:
    """One training: model, optimiser, running mean of the weights, and the state file that all are resumed from."""

    def __init__(self, args: argparse.Namespace, model: Teacher, steps: int):
        self.args, self.model, self.steps, self.step, self.best = args, model, steps, 0, 0.0
        self.folder = args.work / args.name
        self.folder.mkdir(parents=True, exist_ok=True)
        self.optimizer = torch.optim.AdamW(groups(model, args), betas=(0.9, 0.98), weight_decay=0.01, fused=True)
        self.moving = [(name, p) for name, p in model.named_parameters() if p.requires_grad]
        self.mean = [p.detach().clone() for _, p in self.moving]
        self.rates = [group["lr"] for group in self.optimizer.param_groups]

    def log(self, text: str) -> None:
        """A line on the terminal and in log.txt."""
        line = f"{time.strftime('%H:%M:%S')} {text}"
        print(line, flush=True)
        with (self.folder / "log.txt").open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    def learn(self, batch: Batch) -> dict[str, float]:
        """One step: warm-up over the first share of the steps, then straight down to a twentieth."""
        done = self.step / self.steps
        rate = min(1.0, (done + 1 / self.steps) / self.args.warm, max(0.05, (1 - done) / (1 - self.args.warm)))
        for group, peak in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"] = peak * rate
        losses = loss_of(self.model, batch)
        self.optimizer.zero_grad(set_to_none=True)
        sum(losses.values()).backward()
        nn.utils.clip_grad_norm_([p for _, p in self.moving], 2.0)
        self.optimizer.step()
        self.step += 1
        keep = min(0.997, (1 + self.step) / (10 + self.step))
        torch._foreach_lerp_(self.mean, [p.detach() for _, p in self.moving], 1 - keep)
        return {layer: loss.item() for layer, loss in losses.items()}

    def averaged(self) -> dict[str, Tensor]:
        """All weights, those that move as their running mean."""
        return self.model.state_dict() | {name: mean for (name, _), mean in zip(self.moving, self.mean, strict=True)}

    def save(self) -> None:
        """Write everything needed to go on."""
        state = {f"w.{k}": v for k, v in self.model.state_dict().items()}
        state |= {f"m.{name}": mean for (name, _), mean in zip(self.moving, self.mean, strict=True)}
        for name, p in self.moving:
            state |= {f"{key}.{name}": value for key, value in self.optimizer.state[p].items()}
        state["run"] = torch.tensor([self.step, self.best], dtype=torch.float64)
        save_arrays(self.folder / "state.npz", state)

    def resume(self) -> None:
        """Go on from state.npz where there is one."""
        if not (self.folder / "state.npz").exists():
            return
        state = load_arrays(self.folder / "state.npz")
        self.model.load_state_dict({k[2:]: v for k, v in state.items() if k.startswith("w.")})
        self.mean = [state[f"m.{name}"] for name, _ in self.moving]
        for name, p in self.moving:
            self.optimizer.state[p] = {key: state[f"{key}.{name}"] for key in ("step", "exp_avg", "exp_avg_sq")}
        self.step, self.best = int(state["run"][0]), float(state["run"][1])
        self.log(f"goes on from step {self.step}")


def epoch_batches(
    examples: list[Example], lists: list[Example], tokenizer, args: argparse.Namespace, epoch: int
) -> list[list[Example]]:
    """The batches of one epoch: PUD as often as `--pud`, a share of the name list, some sentences shortened."""
    rng = random.Random(f"{args.seed} {epoch}")
    chosen = [e for e in examples for _ in range(args.pud if e.style == "pud" else 1)]
    chosen += rng.sample(lists, min(args.listed, len(lists)))
    chosen = [shortened(e, rng) if e.sentence.parsed and rng.random() < 0.12 else e for e in chosen]
    return [[e for _, e in group] for group in batches(chosen, tokenizer, args.budget, rng)]


def measure(
    run: Run, model: Teacher, tokenizer, classes: dict[str, list[str]], dev: list[Example], held: list[Example]
) -> None:
    """Score the running mean on dev (and on held-out names); keep it if it is the best so far."""
    kept = {k: v.clone() for k, v in model.state_dict().items()}
    model.load_state_dict(run.averaged())
    gold = [e.sentence for e in dev]
    found = scores(gold, [a.sentence for a in annotate(model, tokenizer, classes, gold)])
    names = {}
    for style in ("pud", "klintan"):
        gold = [e.sentence for e in held if e.style == style]
        names[style] = scores(
            gold, [a.sentence for a in annotate(model, tokenizer, classes, gold, STYLE | {"names": style})]
        ).names
    run.log(
        f"step {run.step} all {found.all:.4f} {found} held-out names "
        + " ".join(f"{k} {v:.3f}" for k, v in names.items())
    )
    if found.all > run.best:
        run.best = found.all
        facts = {
            "classes": classes,
            "layers": len(model.encoder.layers),
            "frozen": model.frozen,
            "step": run.step,
            "scores": asdict(found),
            "held_out_names": names,
        }
        save_teacher(
            run.folder / "best.npz",
            run.averaged(),
            facts | {"settings": {k: str(v) for k, v in vars(run.args).items()}},
        )
    model.load_state_dict(kept)


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--name", default="teacher", help="folder under --work")
    parser.add_argument("--start", type=Path, help="weights to start from (best.npz of another run)")
    parser.add_argument("--derived", type=Path, help="CoNLL-U that replaces Talbanken's derived trees (reconcile.py)")
    parser.add_argument("--no-repair", action="store_true", help="take the derived trees as they are")
    parser.add_argument("--layers", type=int, default=9, help="encoder layers kept, from below")
    parser.add_argument(
        "--frozen", type=int, default=3, help="layers that stand still, from below, with the embeddings"
    )
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--stop", type=int, default=10**9, help="stop after this many steps (to compare settings)")
    parser.add_argument("--budget", type=int, default=1500, help="pieces a batch")
    parser.add_argument("--lr", type=float, default=3e-4, help="peak rate of the top layer")
    parser.add_argument("--decay", type=float, default=0.9, help="rate of each layer below the next")
    parser.add_argument("--head-lr", type=float, default=1.5e-3)
    parser.add_argument("--warm", type=float, default=0.1, help="share of the steps in which rates rise")
    parser.add_argument("--pud", type=int, default=2, help="times PUD counts")
    parser.add_argument("--listed", type=int, default=600, help="sentences of the name list an epoch")
    parser.add_argument("--every", type=int, default=100, help="steps between states saved")
    parser.add_argument("--seed", type=int, default=1)
    return read_options(parser)


def main() -> None:
    args = options()
    torch.manual_seed(args.seed)
    banks, _ = split_names(treebanks(args.shared, not args.no_repair, args.derived))
    held = split_names(treebanks(args.shared, False))[1]
    lists, more = split_names(name_lists(args.shared))
    encoder, tokenizer = load_encoder(args.encoder, args.vocab, args.layers)
    classes = Labels.of(word_labels(w) for e in banks for w in e.sentence.words).classes
    before = args.work / args.name / "best.npz"
    before = before if before.exists() else args.start
    if before:
        classes = json.loads(before.with_suffix(".json").read_text(encoding="utf-8"))["classes"]
    model = build(encoder, classes, args.frozen)
    Teacher.short = args.bf16
    if args.start:
        model.load_state_dict(load_arrays(args.start))
    per_epoch = len(epoch_batches(banks, lists, tokenizer, args, 0))
    run = Run(args, model, args.epochs * per_epoch)
    run.resume()
    run.log(
        f"{per_epoch} batches an epoch, {run.steps} steps, " + ", ".join(f"{k} {len(v)}" for k, v in classes.items())
    )
    tables, dev = Labels(classes).tables(), development(args.shared)
    for epoch in range(args.epochs):
        if (epoch + 1) * per_epoch <= run.step:
            continue
        todo, began = epoch_batches(banks, lists, tokenizer, args, epoch), run.step
        for k, group in enumerate(todo):
            if epoch * per_epoch + k < run.step or run.step >= min(run.steps, args.stop):
                continue
            model.train()
            start = time.perf_counter()
            losses = run.learn(collate(group, tokenizer, tables))
            if run.step % 20 == 0:
                run.log(
                    f"step {run.step} {time.perf_counter() - start:.2f} s "
                    + " ".join(f"{k} {v:.3f}" for k, v in losses.items())
                )
            if run.step % args.every == 0:
                run.save()
        if run.step > began:
            measure(run, model, tokenizer, classes, dev, held + more)
    run.save()


if __name__ == "__main__":
    main()
