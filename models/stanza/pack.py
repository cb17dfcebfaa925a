"""Takes Stanza's files apart: weights in half precision into ``.npz``, all else into ``.json``. No pickles.

    python models/stanza/pack.py --work DIR [--force]

Needs ``fit.py`` first. ``pipeline/malbild/annotate/stanza_models.py`` puts them together again.
"""

from __future__ import annotations

import gzip
import json
import shutil
from argparse import Namespace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from settings import PARTS, options, skip

KEPT = ("model_type", "dicts_version", "contextual")
"""What else Stanza needs of its file; the history of the training is left out."""
ASIDE = ("data_dir", "device", "shorthand", "wandb", "wandb_name", "continue_from", "finetune_load_name", "log_step")
"""Settings that say nothing of the model."""
UNKNOWN, EMPTY = 1, 2
"""Rows of an embedding: words not in the vocabulary, and words told to be ignored."""
AVERAGED = 4
"""The last states of the tagger that are averaged: its training never slows down, and this smooths its last steps."""
OWN = "PretrainedWordVocab"
"""The vocabulary of the word vectors, which has a file of its own."""


def load(path: Path) -> dict[str, Any]:
    """A file of Stanza's."""
    state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    return state


def trained(folder: Path, part: str) -> dict[str, Any]:
    """A trained part: the best on the development set, or the average of the last states where they were all kept."""
    state = load(folder / f"{part}.pt")
    last = [load(path)["model"] for path in sorted(folder.glob(f"{part}_[0-9]*.pt"))[-AVERAGED:]]
    if last:
        state["model"] = {name: torch.stack([other[name] for other in last]).mean(0) for name in last[0]}
    return state


def config(settings: dict[str, Any]) -> dict[str, Any]:
    """The settings that shape the model, without paths of this machine."""
    return {
        key: value
        for key, value in settings.items()
        if key not in ASIDE and not key.endswith(("_file", "_dir", "save_name"))
    }


def vocabulary(state: dict[str, Any]) -> dict[str, Any]:
    """A vocabulary without what can be counted out from the rest."""
    return {
        key: sorted(value) if isinstance(value, set) else value for key, value in state.items() if key != "_unit2id"
    }


def forget_ignored(state: dict[str, Any]) -> None:
    """Treat the words that the name tagger was told to ignore as unknown, and unknown words as it learnt to treat them.

    Words without a vector share one in training, but only those of the training text; in place.
    """
    if "delta" in state["vocab"]:
        state["vocab"]["delta"]["ignore"] = []
        own = state["model"]["delta_emb.weight"]
        own[UNKNOWN] = own[EMPTY]


def parted(state: dict[str, Any]) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """(what goes into JSON, what goes into arrays) of what a file of Stanza's holds."""
    forget_ignored(state)
    classes = state["vocab"].get("_key2class", {})
    facts: dict[str, Any] = {key: state[key] for key in KEPT if key in state}
    facts["config"] = config(state["config"])
    facts["vocab"] = {
        name: part if name == "_key2class" else vocabulary(part)
        for name, part in state["vocab"].items()
        if classes.get(name) != OWN
    }
    if "dicts" in state:
        facts["dicts"] = json.loads(gzip.decompress(state["dicts"]))
    return facts, {name: tensor.half().numpy() for name, tensor in state["model"].items()}


def write(folder: Path, name: str, facts: dict[str, Any], arrays: dict[str, np.ndarray]) -> None:
    """One part as two files."""
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    np.savez_compressed(folder / f"{name}.npz", **arrays)


def main(args: Namespace) -> None:
    """Pack all parts and the vectors."""
    out = args.work / "packed"
    if skip(args, out / "vectors.npz"):
        return
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for part in PARTS:
        write(out, part, *parted(trained(args.work / "trained", part)))
    vectors = load(args.work / "vectors.pt")
    write(out, "vectors", vocabulary(vectors["vocab"]), {"vectors": vectors["emb"].half().numpy()})
    for path in sorted(out.iterdir()):
        print(f"{path.name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main(options(__doc__))
