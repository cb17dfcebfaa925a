"""Trains the four parts with Stanza's own programs, at sizes that fit a small model and two cores.

    python models/stanza/fit.py --work DIR [--part PART] [--steps FACTOR] [--force]

Needs ``data.py`` and ``words.py`` first. Each part is trained by itself: ``--part`` lets several run side by side.
The threads of the linear algebra are held at one, so that the same data and seed give the same model.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

from argparse import Namespace
from collections.abc import Callable
from importlib import import_module
from typing import Any

import torch
from settings import NAME, SEED, options, skip

SIZES: dict[str, dict[str, Any]] = {
    "pos": {
        "hidden_dim": 144, "char_hidden_dim": 72, "char_emb_dim": 32, "transformed_dim": 64, "tag_emb_dim": 24,
        "deep_biaff_hidden_dim": 128, "composite_deep_biaff_hidden_dim": 48, "word_emb_dim": 32, "word_cutoff": 7,
        "batch_size": 64, "dropout": 0.25, "word_dropout": 0.15, "eval_interval": 250,
    },
    "lemma": {
        "hidden_dim": 128, "emb_dim": 48, "pos_dim": 48, "batch_size": 128, "dropout": 0.2, "emb_dropout": 0.1,
        "pos_dropout": 0.1, "lr": 0.002, "max_dec_len": 64,
    },
    "depparse": {
        "hidden_dim": 168, "char_hidden_dim": 72, "char_emb_dim": 32, "transformed_dim": 64, "tag_emb_dim": 32,
        "deep_biaff_hidden_dim": 112, "word_emb_dim": 32, "word_cutoff": 7, "num_layers": 2, "batch_size": 1200,
        "dropout": 0.25, "word_dropout": 0.15, "eval_interval": 250,
        "optim": "adam", "lr": 0.002, "beta2": 0.95, "weight_decay": 0.0, "second_lr": 0.0004,
    },
    "ner": {
        "hidden_dim": 112, "char_hidden_dim": 40, "char_emb_dim": 24, "word_emb_dim": 112, "batch_size": 32,
        "dropout": 0.35, "word_dropout": 0.02, "eval_interval": 250,
        "optim": "adam", "lr": 0.002, "min_lr": 0.0002, "patience": 1,
    },
}  # fmt: skip
FLAGS = {
    "pos": ["--fix_eval_interval", "--save_each"],
    "lemma": [],
    # Tags are read off the word: Stanza 1.15 leaves features out of the parser's input, and there is no XPOS.
    "depparse": ["--no_xpos", "--no_ufeats", "--no_linearization"],
    "ner": ["--emb_finetune_known_only"],
}
LENGTH = {"pos": 2500, "lemma": 8, "depparse": 2000, "ner": 2500}
"""Steps of training; for lemmas, times through the list."""
PROGRAMS = {"pos": "tagger", "lemma": "lemmatizer", "depparse": "parser", "ner": "ner_tagger"}


def arguments(part: str, args: Namespace) -> list[str]:
    """The command line of Stanza's program for a part."""
    data = args.work / "data"
    train, dev = ("ner-train.json", "ner-held.json") if part == "ner" else ("train.conllu", "dev.conllu")
    steps = max(1, round(LENGTH[part] * args.steps))
    options = {
        "train_file": data / ("lemma-train.conllu" if part == "lemma" else train),
        "eval_file": data / dev,
        "save_dir": args.work / "trained",
        "save_name": f"{part}.pt",
        "shorthand": f"sv_{NAME.partition('_')[2].replace('_', '')}",
        "seed": SEED,
        **SIZES[part],
    }
    if part == "lemma":
        options |= {"num_epoch": steps}
    else:
        options |= {"wordvec_pretrain_file": args.work / "vectors.pt", "max_steps": steps}
    if part == "depparse":
        options |= {"second_optim_start_step": round(steps * 0.7), "max_steps_before_stop": steps}
    elif part == "pos":
        options |= {"max_steps_before_stop": steps}
    words = [word for key, value in options.items() for word in (f"--{key}", str(value))]
    return [*words, "--cpu", *FLAGS[part], *([] if part in ("lemma", "ner") else ["--lang", "sv"])]


def main(args: Namespace) -> None:
    """Train the parts that are asked for and not there yet."""
    torch.set_num_threads(1)
    for part in args.part:
        done = args.work / "trained" / f"{part}.done"
        if skip(args, done):
            continue
        program: Callable[[list[str]], Any] = import_module(f"stanza.models.{PROGRAMS[part]}").main
        program(arguments(part, args))
        done.touch()


if __name__ == "__main__":
    main(options(__doc__))
