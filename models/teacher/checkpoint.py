"""Saves and loads teachers: `NAME.npz` (weights, float16) with `NAME.json` (shape, classes, scores); no pickles."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from e5 import Encoder, Tokenizer, load_encoder
from model import Teacher
from torch import Tensor


def save_arrays(path: Path, arrays: dict[str, Tensor], half: bool = False) -> None:
    """Write tensors as one `.npz`, whole or not at all."""
    partly = path.with_suffix(".tmp")
    with partly.open("wb") as file:
        np.savez(
            file,
            **{
                k: v.detach().half().numpy() if half and v.is_floating_point() else v.detach().numpy()
                for k, v in arrays.items()
            },
        )
    partly.replace(path)


def load_arrays(path: Path) -> dict[str, Tensor]:
    """The tensors of an `.npz`; float16 becomes float32."""
    with np.load(path, allow_pickle=False) as stored:
        arrays = {name: torch.from_numpy(stored[name]) for name in stored.files}
    return {k: v.float() if v.dtype == torch.float16 else v for k, v in arrays.items()}


def save_teacher(path: Path, weights: dict[str, Tensor], facts: dict[str, Any]) -> None:
    """`path` ends in .npz; `facts` (classes, layers, scores …) go beside it as .json."""
    save_arrays(path, weights, half=True)
    path.with_suffix(".json").write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def load_teacher(path: Path, encoder: Path, vocab: Path) -> tuple[Teacher, Tokenizer, dict[str, list[str]]]:
    """A saved teacher, its tokenizer (read from the encoder's file) and its classes."""
    facts = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    body, tokenizer = load_encoder(encoder, vocab, layers=facts["layers"])
    model = build(body, facts["classes"], facts["frozen"])
    model.load_state_dict(load_arrays(path))
    return model.eval(), tokenizer, facts["classes"]


def build(encoder: Encoder, classes: dict[str, list[str]], frozen: int) -> Teacher:
    """A teacher over an encoder, its heads fresh."""
    return Teacher(encoder, {layer: len(names) for layer, names in classes.items()}, frozen)
