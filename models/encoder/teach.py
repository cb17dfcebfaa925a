"""Write what trained encoders think of the silver: the soft targets of a student.

    python models/encoder/teach.py --encoder e5-small-q4.bin --vocab vocab.txt --to all --teachers all fold-0 …

Reads ``WORK/silver.jsonl`` and ``WORK/TEACHER/weights.npz``, whose mean is the teacher; writes ``WORK/silver/TO.npz``,
logits in half precision. About 15 minutes on one core. The teacher of a
student without a fold is the encoder without it.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import torch

sys.path.append(str(Path(__file__).resolve().parents[2] / "pipeline"))
sys.path.append(str(Path(__file__).resolve().parents[1] / "teacher"))

from checkpoint import load_arrays
from e5 import load_encoder
from options import read_options
from reader import Reader
from torch import Tensor
from train import FROZEN, LAYERS, read_documents, scores_of

SHARD = 100
"""Stretches at once; a line is said after each."""


def mean_of(paths: list[Path]) -> dict[str, Tensor]:
    """The mean of some weights, tensor by tensor."""
    stored = [load_arrays(path) for path in paths]
    return {name: torch.stack([one[name].float() for one in stored]).mean(0) for name in stored[0]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True, help="the 4-bit file of models/teacher")
    parser.add_argument("--vocab", type=Path, required=True, help="the pieces kept, of models/teacher/vocab.py")
    parser.add_argument("--teachers", nargs="+", required=True, help="trainings, folders of --work")
    parser.add_argument("--to", required=True, help="name of what is written")
    args = read_options(parser)
    encoder, tokenizer = load_encoder(args.encoder, args.vocab, LAYERS)
    model = Reader(encoder, FROZEN)
    model.load_state_dict(mean_of([args.work / name / "weights.npz" for name in args.teachers]))
    documents = read_documents(args.work / "silver.jsonl")
    made: dict[str, np.ndarray] = {}
    for at in range(0, len(documents), SHARD):
        made |= scores_of(model, documents[at : at + SHARD], tokenizer)
        print(f"{min(at + SHARD, len(documents))} of {len(documents)} stretches", flush=True)
    target = args.work / "silver" / f"{args.to}.npz"
    target.parent.mkdir(exist_ok=True)
    with target.with_suffix(".part").open("wb") as file:
        np.savez(file, allow_pickle=False, **{name: values.astype(np.float16) for name, values in made.items()})
    target.with_suffix(".part").replace(target)


if __name__ == "__main__":
    main()
